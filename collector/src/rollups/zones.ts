/**
 * The zones day rows exist for. In: the names of the configuration. Out: rows of `zone` with complete day rows.
 *
 * What must hold: a zone without its prefix has all its day rows; while they are made it is named `building:…`, which
 * the refresh keeps current and reports do not use.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { zoneOf, type Zone } from '../time/zone.js';

export interface RollupZone {
  id: number;
  zone: Zone;
  /** All day rows are there. */
  complete: boolean;
}

const BUILDING = 'building:';

export async function readZones(db: Kysely<Database>): Promise<RollupZone[]> {
  const rows = await db.selectFrom('zone').select(['id', 'name']).orderBy('id').execute();
  return rows.map(({ id, name }) => {
    const complete = !name.startsWith(BUILDING);
    return { id, zone: zoneOf(complete ? name : name.slice(BUILDING.length)), complete };
  });
}

/** Adds a zone whose day rows do not exist yet. */
export async function beginZone(db: Kysely<Database>, name: string): Promise<RollupZone> {
  const zone = zoneOf(name);
  const { insertId } = await db
    .insertInto('zone')
    .values({ name: BUILDING + name })
    .executeTakeFirstOrThrow();
  return { id: Number(insertId), zone, complete: false };
}

export async function completeZone(db: Kysely<Database>, { id, zone }: RollupZone): Promise<void> {
  await db.updateTable('zone').set({ name: zone.name }).where('id', '=', id).execute();
}

export async function removeZone(db: Kysely<Database>, { id }: RollupZone): Promise<void> {
  for (const table of ['queueRollupDay', 'agentRollupDay', 'queueAgentRollupDay'] as const) {
    await db.deleteFrom(table).where('zoneId', '=', id).execute();
  }
  await db.deleteFrom('zone').where('id', '=', id).execute();
}
