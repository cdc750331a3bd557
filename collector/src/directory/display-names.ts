/**
 * Display names of now, for what must not wait for the database: the metrics.
 *
 * In: queues and agents. Out: the name to show for what a PBX calls so. What must hold: what has no display name, or is not known
 * yet, is called as the PBX calls it.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';

export class DisplayNames {
  #queues: ReadonlyMap<string, string> = new Map();
  #agents: ReadonlyMap<string, string> = new Map();

  readonly queue = (pbx: string, queue: string): string => this.#queues.get(keyOf(pbx, queue)) ?? queue;
  readonly agent = (pbx: string, agent: string): string => this.#agents.get(keyOf(pbx, agent)) ?? agent;

  /** Reads them again. */
  async load(db: Kysely<Database>): Promise<void> {
    this.#queues = await namesOf(db, 'queue');
    this.#agents = await namesOf(db, 'agent');
  }
}

async function namesOf(db: Kysely<Database>, table: 'queue' | 'agent'): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom(table)
    .innerJoin('pbx', 'pbx.id', `${table}.pbxId`)
    .select(['pbx.name as pbx', `${table}.name as name`, `${table}.displayName as displayName`])
    .where(`${table}.displayName`, 'is not', null)
    .execute();
  return new Map(rows.map(({ pbx, name, displayName }) => [keyOf(pbx, name), displayName ?? name]));
}

const keyOf = (pbx: string, name: string): string => `${pbx}\n${name}`;
