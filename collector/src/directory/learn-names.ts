/**
 * Display names learned from the PBX: the caller's name that a phone sends with its own calls (PJSIP caller id, the
 * FreeSWITCH directory's effective_caller_id_name), for agents whose name is only an address.
 *
 * In: call records added since the last look. Out: learned names, with the time they were first seen. What must hold:
 * an agent whom the queue calls by a name keeps it; what a user said is untouched; looking twice adds nothing.
 */
import { sql, type Kysely } from 'kysely';
import { Aliases } from '../facts/store/aliases.js';
import type { Database } from '../storage/schema.js';
import { numberOf } from './address.js';
import { valueAt, type DatedValue } from './dated.js';
import { refreshCurrentName } from './names.js';

const RECORDS_AT_ONCE = 5000;
const RECENT_RECORDS = 50_000;

interface Said {
  pbxId: number;
  channel: string;
  callerName: string;
  startedAt: number;
}

/** @param afterId id of the last call record looked at. @returns that of the last one now */
export async function learnNames(db: Kysely<Database>, afterId: number, nowMs: number): Promise<number> {
  const records = await db
    .selectFrom('leg')
    .select(['id', 'pbxId', 'channel', 'callerName', 'startedAt'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(RECORDS_AT_ONCE)
    .execute();
  const agents = new AgentNames(db);
  for (const record of records) if (isName(record.callerName)) await agents.learn(record, nowMs);
  return records.at(-1)?.id ?? afterId;
}

/** Where a collector that starts begins to look: the last records tell the names of today. */
export async function recentRecord(db: Kysely<Database>): Promise<number> {
  const last = await db
    .selectFrom('leg')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  return Math.max(0, Number(last?.id ?? 0) - RECENT_RECORDS);
}

/** `PJSIP/101-0000002a` → `PJSIP/101`; `sofia/internal/1001@10.0.0.5` → `1001`. */
export function phoneOf(channel: string): string {
  const sofia = /^sofia\/[^/]+\/([^@]+)/.exec(channel)?.[1];
  return sofia ?? channel.replace(/-[0-9a-f]{8}(;[12])?$/, '');
}

const isName = (text: string): boolean => text.trim() !== '' && !/^[+()\d\s.*#-]*$/.test(text);

class AgentNames {
  readonly #db: Kysely<Database>;
  readonly #aliases = new Map<number, Aliases>();
  /** Agent id → learned history, by PBX and name. */
  readonly #agents = new Map<string, { id: number; history: DatedValue[] }[]>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async learn({ pbxId, channel, callerName, startedAt }: Said, nowMs: number): Promise<void> {
    const agent = (await this.#aliasesOf(pbxId)).resolve(phoneOf(channel), startedAt);
    if (numberOf(agent) === null) return;
    const value = callerName.trim().slice(0, 190);
    for (const { id, history } of await this.#agentsOf(pbxId, agent)) {
      if (valueAt(history, startedAt)?.value === value) continue;
      await sql`insert into directory_value (entity, entity_id, field, origin, from_at, value)
        values ('agent', ${id}, 'name', 'learned', ${startedAt}, ${value})
        on duplicate key update value = values(value)`.execute(this.#db);
      history.push({ origin: 'learned', fromAt: startedAt, value });
      await refreshCurrentName(this.#db, 'agent', id, nowMs);
    }
  }

  async #aliasesOf(pbxId: number): Promise<Aliases> {
    let aliases = this.#aliases.get(pbxId);
    if (aliases === undefined) this.#aliases.set(pbxId, (aliases = await Aliases.load(this.#db, pbxId)));
    return aliases;
  }

  async #agentsOf(pbxId: number, name: string): Promise<{ id: number; history: DatedValue[] }[]> {
    const key = `${pbxId}\u0000${name}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const rows = await this.#db
      .selectFrom('agent')
      .select('id')
      .where('pbxId', '=', pbxId)
      .where('name', '=', name)
      .execute();
    const agents = [];
    for (const { id } of rows) {
      const history = await this.#db
        .selectFrom('directoryValue')
        .select(['origin', 'fromAt', 'value'])
        .where('entity', '=', 'agent')
        .where('entityId', '=', id)
        .where('field', '=', 'name')
        .where('origin', '=', 'learned')
        .execute();
      agents.push({ id, history });
    }
    this.#agents.set(key, agents);
    return agents;
  }
}
