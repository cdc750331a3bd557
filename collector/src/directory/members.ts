/**
 * Queues and agents as the directory shows them.
 *
 * In: a tenant, what is searched for. Out: entries with the values that hold at a time, and the whole history of one.
 * What must hold: only the tenant's own; the order is stable, so that pages fit together.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { valueAt, type DatedValue } from './dated.js';
import { MissingError } from './errors.js';
import { loadValues, type Histories } from './load-values.js';

export type MemberKind = 'queue' | 'agent';

export interface Member {
  id: number;
  pbx: string;
  /** On the PBX. */
  name: string;
  /** Null: none, the name on the PBX is shown. */
  displayName: string | null;
  /** Who said the display name. */
  displayNameOrigin: DatedValue['origin'] | null;
  team: string | null;
  /** Goal of the service level of a queue, 0–1. */
  target: number | null;
}

export interface MemberSearch {
  kind: MemberKind;
  /** Part of name, display name or team, in any case. */
  search: string | null;
  pbx: string | null;
  team: string | null;
  atMs: number;
  limit: number;
  offset: number;
}

export interface MemberPage {
  rows: Member[];
  /** How many there are on all pages. */
  count: number;
}

export async function searchMembers(
  db: Kysely<Database>,
  tenantId: number,
  { kind, search, pbx, team, atMs, limit, offset }: MemberSearch,
): Promise<MemberPage> {
  const all = await membersAt(db, tenantId, kind, atMs);
  const part = search?.toLowerCase() ?? '';
  const found = all.filter(
    (member) =>
      (pbx === null || member.pbx === pbx) &&
      (team === null || member.team === team) &&
      [member.name, member.displayName, member.team].some((text) => text?.toLowerCase().includes(part)),
  );
  return { rows: found.slice(offset, offset + limit), count: found.length };
}

/** All of them, by PBX and name. */
export async function membersAt(
  db: Kysely<Database>,
  tenantId: number,
  kind: MemberKind,
  atMs: number,
): Promise<Member[]> {
  const { rows } = await sql<{ id: number; name: string; pbx: string }>`
    select member.id, member.name, pbx.name as pbx
    from ${sql.table(kind)} as member join pbx on pbx.id = member.pbx_id
    where member.tenant_id = ${tenantId} order by pbx.name, member.name, member.id`.execute(db);
  const histories = await loadValues(db, { entity: kind, tenantId });
  return rows.map((row) => memberAt(row, histories.get(row.id), atMs));
}

/** @throws MissingError */
export async function memberHistory(
  db: Kysely<Database>,
  tenantId: number,
  kind: MemberKind,
  id: number,
): Promise<Histories> {
  const owned = await db
    .selectFrom(kind)
    .select('id')
    .where('id', '=', id)
    .where('tenantId', '=', tenantId)
    .executeTakeFirst();
  if (owned === undefined) throw new MissingError(`There is no ${kind} ${id}.`);
  const histories = await loadValues(db, { entity: kind, tenantId, ids: [id] });
  return histories.get(id) ?? { name: [], team: [], target: [], hours: [] };
}

function memberAt(
  row: { id: number; name: string; pbx: string },
  history: Histories | undefined,
  atMs: number,
): Member {
  const name = valueAt(history?.name ?? [], atMs);
  const target = valueAt(history?.target ?? [], atMs)?.value ?? null;
  return {
    ...row,
    displayName: name?.value ?? null,
    displayNameOrigin: name?.value == null ? null : name.origin,
    team: valueAt(history?.team ?? [], atMs)?.value ?? null,
    target: target === null ? null : Number(target),
  };
}
