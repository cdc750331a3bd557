/**
 * Whose phone an endpoint was at a time: by the aliases of agents (DECISIONS.md 8).
 *
 * In: the PBXs and agents of a scope. Out: endpoint and time → agent, null where nobody is known; and the other way, the
 * condition that finds the legs of some agents. What must hold: one rule, that of `Aliases`, for both.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { Aliases } from '../../facts/store/aliases.js';
import type { Database } from '../../storage/schema.js';
import type { Scope, ScopeMember } from '../scope.js';
import { endpointOf, endpointSql } from './channels.js';

/** From when to when (UTC ms, exclusive) an endpoint was an agent's. */
interface Holding {
  pbxId: number;
  endpoint: string;
  agent: ScopeMember;
  fromMs: number;
  toMs: number;
}

export class PhoneBook {
  readonly #byEndpoint: ReadonlyMap<string, readonly Holding[]>;

  private constructor(holdings: readonly Holding[]) {
    const byEndpoint = new Map<string, Holding[]>();
    for (const holding of holdings) {
      const key = keyOf(holding.pbxId, holding.endpoint);
      const known = byEndpoint.get(key);
      if (known === undefined) byEndpoint.set(key, [holding]);
      else known.push(holding);
    }
    this.#byEndpoint = byEndpoint;
  }

  /** @param scope with all agents of the tenant, so that a phone of another's is not taken for unknown */
  static async load(db: Kysely<Database>, { pbxs, agents }: Scope): Promise<PhoneBook> {
    const holdings: Holding[] = [];
    for (const { id: pbxId } of pbxs) {
      const ofPbx = [...agents.values()].filter(({ pbx }) => pbx.id === pbxId);
      const byName = new Map(ofPbx.map((agent) => [agent.name, agent]));
      const aliases = await Aliases.load(db, pbxId);
      for (const { interface: iface, times } of await changesOf(db, pbxId)) {
        times.forEach((fromMs, i) => {
          const agent = byName.get(aliases.resolve(iface, fromMs));
          if (agent === undefined) return;
          // Before the first known alias, the first (aliases.ts).
          const span = { fromMs: i === 0 ? -Infinity : fromMs, toMs: times[i + 1] ?? Infinity };
          holdings.push({ pbxId, endpoint: endpointOf(iface), agent, ...span });
        });
      }
      // A member without a name of its own is named by its interface.
      for (const agent of ofPbx) {
        holdings.push({ pbxId, endpoint: endpointOf(agent.name), agent, fromMs: -Infinity, toMs: Infinity });
      }
    }
    return new PhoneBook(holdings);
  }

  agentOf(pbxId: number, endpoint: string, atMs: number): ScopeMember | null {
    const holdings = this.#byEndpoint.get(keyOf(pbxId, endpoint));
    return holdings?.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)?.agent ?? null;
  }

  /** Times within the range at which an endpoint passed from one agent to another, rising. */
  changesWithin(fromMs: number, toMs: number): number[] {
    const times = [...this.#byEndpoint.values()].flat().map((holding) => holding.fromMs);
    return [...new Set(times)].filter((time) => time > fromMs && time < toMs).sort((a, b) => a - b);
  }

  /** Whether the endpoint of a channel column of leg `l` was one of the agents' when the leg began. */
  isOneOf(agents: ReadonlyMap<number, ScopeMember>, column: string): RawBuilder<boolean> {
    const theirs = [...this.#byEndpoint.values()].flat().filter(({ agent }) => agents.has(agent.id));
    if (theirs.length === 0) return sql<boolean>`false`;
    const endpoint = endpointSql(column);
    const conditions = theirs.map(({ pbxId, endpoint: name, fromMs, toMs }) => {
      const since = Number.isFinite(fromMs) ? sql`and l.started_at >= ${fromMs}` : sql``;
      const until = Number.isFinite(toMs) ? sql`and l.started_at < ${toMs}` : sql``;
      return sql`(l.pbx_id = ${pbxId} and ${endpoint} = ${name} ${since} ${until})`;
    });
    return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
  }
}

const keyOf = (pbxId: number, endpoint: string): string => `${pbxId}\n${endpoint}`;

/** Per interface the times from which an alias was set. */
async function changesOf(
  db: Kysely<Database>,
  pbxId: number,
): Promise<{ interface: string; times: number[] }[]> {
  const rows = await db
    .selectFrom('agentAlias')
    .select(['interface', 'fromAt'])
    .distinct()
    .where('pbxId', '=', pbxId)
    .orderBy('interface')
    .orderBy('fromAt')
    .execute();
  const times = new Map<string, number[]>();
  for (const row of rows) times.set(row.interface, [...(times.get(row.interface) ?? []), row.fromAt]);
  return [...times].map(([iface, changes]) => ({ interface: iface, times: changes }));
}
