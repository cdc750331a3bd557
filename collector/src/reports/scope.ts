/**
 * Which PBXs, queues and agents a report covers. In: names of a request. Out: ids, read in the tenant's own rows only
 * (DECISIONS.md 21). A name nobody has is an error that names it and the ones close to it.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { nearest } from '../config/suggest.js';
import { namesAt } from '../directory/names.js';
import { loadHoursCut, type HoursCut } from './business-hours.js';
import { ReportRequestError, type FieldError, type ReportRequest } from './request.js';

export interface ScopePbx {
  id: number;
  name: string;
  logUntil: number | null;
  streamUntil: number | null;
}

/** A queue or an agent. */
export interface ScopeMember {
  id: number;
  pbx: ScopePbx;
  name: string;
  /** That held at the end of the range. */
  displayName: string | null;
}

export interface Scope {
  tenantId: number;
  pbxs: readonly ScopePbx[];
  queues: ReadonlyMap<number, ScopeMember>;
  agents: ReadonlyMap<number, ScopeMember>;
  /** True when the request names queues. */
  queuesNamed: boolean;
  agentsNamed: boolean;
  /** Null: at all hours; else `queues` are those that have business hours. */
  hours: HoursCut | null;
  /** Queues that were asked for and left out because they have none. */
  withoutHours: readonly ScopeMember[];
}

/** Without `toMs`: the names that were given last. */
type Names = Pick<ReportRequest, 'tenantId' | 'queues' | 'agents' | 'pbxs'> & {
  fromMs?: number;
  toMs?: number;
  hours?: ReportRequest['hours'];
};

/** @throws ReportRequestError for unknown names, or hours none of the queues has */
export async function loadScope(db: Kysely<Database>, names: Names): Promise<Scope> {
  const errors: FieldError[] = [];
  const queueRows = await membersOf(db, 'queue', names);
  const agentRows = await membersOf(db, 'agent', names);
  // A PBX belongs to a tenant through its queues, agents and call records.
  const ofMembers = [...queueRows, ...agentRows].map(({ pbx }) => pbx);
  const allPbxs = [
    ...new Map([...ofMembers, ...(await pbxsOfLegs(db, names))].map((pbx) => [pbx.id, pbx])).values(),
  ].sort((a, b) => compareText(a.name, b.name));
  const pbxs = pick('pbx', names.pbxs, allPbxs, errors);
  const pbxIds = new Set(pbxs.map(({ id }) => id));
  const onPbxs = (rows: ScopeMember[]): ScopeMember[] => rows.filter(({ pbx }) => pbxIds.has(pbx.id));
  const queues = pick('queues', names.queues, onPbxs(queueRows), errors);
  const agents = pick('agents', names.agents, onPbxs(agentRows), errors);
  if (errors.length > 0) throw new ReportRequestError(errors);
  const hours = await loadHoursCut(db, names, queues);
  const cut = queues.filter(({ id }) => hours === null || hours.has(id));
  return {
    tenantId: names.tenantId,
    pbxs,
    hours,
    withoutHours: queues.filter((queue) => !cut.includes(queue)),
    queues: new Map(cut.map((queue) => [queue.id, queue])),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    queuesNamed: names.queues !== null,
    agentsNamed: names.agents !== null,
  };
}

interface MemberRow {
  id: number;
  name: string;
  displayName: string | null;
  pbxId: number;
  pbxName: string;
  logUntil: number | null;
  streamUntil: number | null;
}

async function membersOf(
  db: Kysely<Database>,
  table: 'queue' | 'agent',
  { tenantId, toMs = Number.MAX_SAFE_INTEGER }: Names,
): Promise<ScopeMember[]> {
  const named = await namesAt(db, table, tenantId, toMs);
  const { rows } = await sql<MemberRow>`
    select member.id, member.name, member.display_name, pbx.id as pbx_id, pbx.name as pbx_name,
      pbx.log_until, pbx.stream_until
    from ${sql.table(table)} as member join pbx on pbx.id = member.pbx_id
    where member.tenant_id = ${tenantId}`.execute(db);
  const pbxs = new Map<number, ScopePbx>();
  return rows
    .map(({ id, name, displayName, pbxId, pbxName, logUntil, streamUntil }) => {
      const pbx = pbxs.get(pbxId) ?? { id: pbxId, name: pbxName, logUntil, streamUntil };
      pbxs.set(pbxId, pbx);
      return { id, name, displayName: named.get(id) ?? (named.has(id) ? null : displayName), pbx };
    })
    .sort((a, b) => compareText(a.pbx.name, b.pbx.name) || compareText(a.name, b.name));
}

/** PBXs without queues may have call records all the same. */
const pbxsOfLegs = (db: Kysely<Database>, { tenantId }: Names): Promise<ScopePbx[]> =>
  db
    .selectFrom('pbx')
    .select(['id', 'name', 'logUntil', 'streamUntil'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('leg')
          .select('leg.id')
          .whereRef('leg.pbxId', '=', 'pbx.id')
          .where('leg.tenantId', '=', tenantId),
      ),
    )
    .execute();

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The entries of those names; all when no names are given. */
function pick<T extends { name: string }>(
  field: string,
  wanted: readonly string[] | null,
  entries: readonly T[],
  errors: FieldError[],
): readonly T[] {
  if (wanted === null) return entries;
  const known = new Set(entries.map(({ name }) => name));
  // A name may contain a comma; only one that is not known as it stands is a list.
  const names = wanted.flatMap((text) =>
    known.has(text) ? [text] : text.split(',').map((name) => name.trim()),
  );
  for (const name of names) {
    if (known.has(name)) continue;
    const near = nearest(name, [...known]);
    const hint =
      near.length > 0 ? `did you mean ${near.map((one) => `"${one}"`).join(', ')}?` : hintOf(field);
    errors.push({ field, message: `"${name}" is not known; ${hint}` });
  }
  const chosen = new Set(names);
  return entries.filter(({ name }) => chosen.has(name));
}

const hintOf = (field: string): string => `leave ${field} away for all`;
