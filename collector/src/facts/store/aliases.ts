/**
 * Which agent an interface belongs to, and since when (DECISIONS.md 8).
 *
 * Learned from every event that names both; set by users, whose word wins. What must hold: the same observations give
 * the same table, whatever their order within a batch and however late the first word about an agent comes. (Word of an
 * agent between two batches that already named another is believed until that other is seen again.)
 */
import type { PbxEvent } from '../../pbx/event.js';
import type { Kysely } from 'kysely';
import { bulkUpsert } from '../../storage/bulk-upsert.js';
import type { Database } from '../../storage/schema.js';

interface Alias {
  agent: string;
  fromMs: number;
  manual: boolean;
}

export interface Observation {
  interface: string;
  agent: string;
  atMs: number;
}

export class Aliases {
  readonly #byInterface = new Map<string, Alias[]>();
  /** Agent → the interfaces that were ever his. */
  readonly #interfacesOf = new Map<string, Set<string>>();

  /** Of the user's changes it was loaded with. */
  readonly version: number;

  constructor(version = 0) {
    this.version = version;
  }

  static async load(db: Kysely<Database>, pbxId: number): Promise<Aliases> {
    const aliases = new Aliases(await aliasVersion(db, pbxId));
    const rows = await db
      .selectFrom('agentAlias')
      .select(['interface', 'agentName', 'fromAt', 'manual'])
      .where('pbxId', '=', pbxId)
      .orderBy('fromAt')
      .execute();
    for (const row of rows) {
      aliases
        .#list(row.interface)
        .push({ agent: row.agentName, fromMs: row.fromAt, manual: row.manual === 1 });
      aliases.#note(row.agentName, row.interface);
    }
    return aliases;
  }

  /**
   * The agent a logged value (interface or name) stood for at a time. A user's word holds from its date on, never before
   * it; what was learned also holds before it was first heard.
   */
  resolve(member: string, atMs: number): string {
    const list = this.#byInterface.get(member);
    if (!list) return member;
    const manual = list.findLast((alias) => alias.manual && alias.fromMs <= atMs);
    const learned = list.filter((alias) => !alias.manual);
    return (manual ?? learned.findLast((alias) => alias.fromMs <= atMs) ?? learned[0])?.agent ?? member;
  }

  /** Every value under which the agent's evidence can stand. */
  membersOf(agent: string): string[] {
    return [...new Set([agent, ...(this.#interfacesOf.get(agent) ?? [])])];
  }

  /** @returns the aliases that are new or hold from earlier than known, to be stored; they hold here at once. */
  learn(observations: readonly Observation[]): Observation[] {
    const learned: Observation[] = [];
    for (const seen of [...observations].sort((a, b) => a.atMs - b.atMs)) {
      if (seen.interface === seen.agent) continue;
      const list = this.#list(seen.interface);
      const at = list.findLastIndex((alias) => alias.fromMs <= seen.atMs);
      const before = list[at];
      if (before?.agent === seen.agent || before?.fromMs === seen.atMs) continue;
      list.splice(at + 1, 0, { agent: seen.agent, fromMs: seen.atMs, manual: false });
      this.#note(seen.agent, seen.interface);
      learned.push(seen);
    }
    return learned;
  }

  #note(agent: string, iface: string): void {
    const interfaces = this.#interfacesOf.get(agent);
    if (interfaces) interfaces.add(iface);
    else this.#interfacesOf.set(agent, new Set([iface]));
  }

  #list(iface: string): Alias[] {
    let list = this.#byInterface.get(iface);
    if (!list) this.#byInterface.set(iface, (list = []));
    return list;
  }
}

/** Grows with every change by a user, in whichever process. */
export async function aliasVersion(db: Kysely<Database>, pbxId: number): Promise<number> {
  const row = await db
    .selectFrom('aliasVersion')
    .select('version')
    .where('pbxId', '=', pbxId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** What a batch of events teaches about who uses which interface. */
export function observations(events: Iterable<PbxEvent>): Observation[] {
  // Runs of one agent on an interface, as they were told: their two ends say all that `learn` needs.
  const runs = new Map<string, { agent: string; fromMs: number; toMs: number }[]>();
  const add = (iface: string | undefined, agent: string | undefined, atUs: number): void => {
    if (!iface || !agent) return;
    const atMs = Math.floor(atUs / 1000);
    const list = runs.get(iface);
    const last = list?.at(-1);
    if (last?.agent === agent) {
      last.fromMs = Math.min(last.fromMs, atMs);
      last.toMs = Math.max(last.toMs, atMs);
    } else if (list) list.push({ agent, fromMs: atMs, toMs: atMs });
    else runs.set(iface, [{ agent, fromMs: atMs, toMs: atMs }]);
  };
  for (const event of events) {
    if ('member' in event) add(event.interface, event.agentName, event.atUs);
    else if (event.kind === 'members-listed')
      for (const m of event.members) add(m.interface, m.agentName, event.atUs);
    else if (event.kind === 'agent-offered' || event.kind === 'agent-connected')
      add(event.interface, event.agent, event.atUs);
  }
  return [...runs].flatMap(([iface, list]) =>
    list.flatMap(({ agent, fromMs, toMs }) =>
      [fromMs, toMs].map((atMs) => ({ interface: iface, agent, atMs })),
    ),
  );
}

export async function storeAliases(
  db: Kysely<Database>,
  pbxId: number,
  learned: readonly Observation[],
): Promise<void> {
  await bulkUpsert(
    db,
    'agentAlias',
    ['pbxId', 'interface', 'agentName', 'fromAt', 'manual'],
    learned.map(({ interface: iface, agent, atMs }) => [pbxId, iface, agent, atMs, 0]),
    {}, // of the same moment there can be a user's word, which stands
  );
}
