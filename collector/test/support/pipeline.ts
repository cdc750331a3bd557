/**
 * Messages through the real projector and rollups into a real database, and what came of them, without surrogate ids.
 */
import { type Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { DEFAULT_QUEUE_SETTING } from '../../src/config/queue-settings.js';
import { DEFAULT_TAG_NOTES } from '../../src/config/schema.js';
import { Projector } from '../../src/facts/projector.js';
import type { FactSettings } from '../../src/facts/write-events.js';
import type { Journal, JournalRecord } from '../../src/journal/journal.js';
import { asteriskDriver } from '../../src/pbx/asterisk/driver.js';
import type { Dialect, RawMessage } from '../../src/pbx/dialect.js';
import { refreshRollups } from '../../src/rollups/refresh.js';
import type { Database } from '../../src/storage/schema.js';

export const FACT_SETTINGS: FactSettings = {
  wrapUpSeconds: () => DEFAULT_QUEUE_SETTING.wrapUpSeconds,
  direction: () => 'unknown',
  isTag: (note) => DEFAULT_TAG_NOTES.includes(note),
};

/**
 * What the projector needs of a journal, in memory: these tests are not about disks.
 * @param batch records in one reading at most; without it as many bytes as are asked for, as of a real journal
 */
export function journalOf(messages: readonly RawMessage[], batch = Infinity): Journal {
  const records: JournalRecord[] = messages.map((message, index) => ({ ...message, seq: index + 1 }));
  const part: Pick<Journal, 'firstSeq' | 'lastSeq' | 'read'> = {
    firstSeq: 1,
    lastSeq: records.length,
    read: (fromSeq, { maxBytes = Infinity } = {}) => {
      const first = fromSeq - 1;
      let end = first;
      for (let bytes = 0; end < records.length && end - first < batch && bytes < maxBytes; end++)
        bytes += records[end]?.bytes.length ?? 0;
      return Promise.resolve(records.slice(first, end));
    },
  };
  return part as Journal;
}

export interface ProjectOptions {
  journalName?: string;
  /** Of all messages; default: an Asterisk's. */
  dialect?: Dialect;
  /** Messages projected in one transaction. */
  batch?: number;
}

/** Projects all messages. */
export async function project(
  db: Kysely<Database>,
  messages: readonly RawMessage[],
  { journalName = 'test', dialect = asteriskDriver.dialect('UTC'), batch }: ProjectOptions = {},
): Promise<void> {
  const journal = journalOf(messages, batch);
  const projector = new Projector({
    db,
    journal,
    journalName,
    dialectOf: () => dialect,
    settings: FACT_SETTINGS,
    logger: pino({ level: 'silent' }),
  });
  await projector.run(new AbortController().signal, () => Promise.resolve(journal.lastSeq));
}

export async function projectAndRoll(
  db: Kysely<Database>,
  messages: readonly RawMessage[],
  options: ProjectOptions = {},
): Promise<void> {
  await project(db, messages, options);
  await refreshRollups(db, { advance: true });
}

export async function collect(batches: AsyncIterable<RawMessage[]>): Promise<RawMessage[]> {
  const messages: RawMessage[] = [];
  for await (const batch of batches) messages.push(...batch);
  return messages;
}

/** All facts and rollups in a canonical order, names instead of ids: equal dumps are equal facts. */
export async function dumpFacts(db: Kysely<Database>): Promise<Record<string, unknown[]>> {
  const rows = async (text: string): Promise<unknown[]> => (await sql.raw(text).execute(db)).rows;
  return {
    visits:
      await rows(`select c.call_id call_id, c.caller_number, c.caller_name, c.did, c.started_at, c.ended_at contact_ended,
      v.seq, q.name queue, a.name agent, v.entered_at, v.entered_at_source, v.first_in_queue, v.outcome, v.outcome_certainty,
      v.wait_seconds, v.wait_ms, v.ring_seconds, v.ring_ms, v.answered_at, v.talk_seconds, v.talk_ms, v.agent_talk_ms, v.hold_ms,
      v.hold_count, v.ended_at, v.end_reason, v.ended_by, v.transfer_kind, v.transfer_to, v.transfers_seen, v.position,
      v.left_position, v.exit_key, v.attempts, v.agent_dumps, v.log_final
      from visit v join contact c on c.id = v.contact_id join queue q on q.id = v.queue_id left join agent a on a.id = v.agent_id
      order by c.call_id, v.seq`),
    offers:
      await rows(`select c.call_id call_id, o.seq, o.visit_seq, q.name queue, a.name agent, o.entered_at, o.offered_at, o.ended_at,
      o.result, o.ring_ms, o.seen from offer o join contact c on c.id = o.contact_id join queue q on q.id = o.queue_id
      join agent a on a.id = o.agent_id order by c.call_id, o.seq`),
    intervals:
      await rows(`select a.name agent, q.name queue, i.kind, i.reason, i.from_at, i.to_at from agent_interval i
      join agent a on a.id = i.agent_id left join queue q on q.id = i.queue_id
      order by a.name, i.kind, q.name, i.from_at, i.to_at, i.reason`),
    tags: await rows(`select c.call_id call_id, t.visit_seq, t.tag, t.tenant_id, t.entered_at from visit_tag t
      join contact c on c.id = t.contact_id order by c.call_id, t.visit_seq, t.tag`),
    legs: await rows(
      'select leg_id, sequence, direction, started_at, answered_at, ended_at, bill_seconds from leg order by 1, 2',
    ),
    gaps: await rows('select source, from_at, to_at, reason from gap order by from_at'),
    queues15m: await named(db, 'queue_rollup_15m', ['queue']),
    queueDays: await named(db, 'queue_rollup_day', ['queue']),
    agents15m: await named(db, 'agent_rollup_15m', ['agent']),
    agentDays: await named(db, 'agent_rollup_day', ['agent']),
    queueAgents15m: await named(db, 'queue_agent_rollup_15m', ['queue', 'agent']),
    queueAgentDays: await named(db, 'queue_agent_rollup_day', ['queue', 'agent']),
  };
}

async function named(
  db: Kysely<Database>,
  table: string,
  dimensions: ('queue' | 'agent')[],
): Promise<unknown[]> {
  const joins = dimensions.map((d) => `join ${d} on ${d}.id = r.${d}_id`).join(' ');
  const names = dimensions.map((d) => `${d}.name ${d}_name`).join(', ');
  const { rows } = await sql.raw(`select ${names}, r.* from ${table} r ${joins}`).execute(db);
  const plain = (rows as Record<string, unknown>[]).map(({ queueId: _q, agentId: _a, ...row }) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        Buffer.isBuffer(value) ? value.toString('hex') : value,
      ]),
    ),
  );
  return plain.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
