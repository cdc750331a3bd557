/**
 * A large history in the database, made fast: one plausible week of facts with rollups by the collector's own code, then
 * copied week after week, with all times moved. In: how many calls, weeks, queues, agents. Out: facts and rollups.
 *
 * What must hold: a copied week's rollups are those the collector would compute from its facts (`differsFromRecomputed`
 * checks it on a day); the zone of the day rows has no clock changes.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { encodeEvidence } from '../src/facts/call/evidence.js';
import { rebuildRollups, syncZones } from '../src/rollups/rebuild.js';
import { type Cell, bulkUpsert } from '../src/storage/bulk-upsert.js';
import type { Database } from '../src/storage/schema.js';
import { DAY_MS } from '../src/time/zone.js';
import { Random } from '../sim/model/random.js';

export interface LargeHistory {
  calls: number;
  weeks: number;
  queues: number;
  agents: number;
}

export const ZONE = 'Asia/Tashkent';
/** Monday, midnight in ZONE. */
export const FIRST_MS = Date.parse('2024-01-01T00:00:00+05:00');
const WEEK_MS = 7 * DAY_MS;
const HOUR_MS = 3_600_000;
/** Calls by day of the week, and by hour from 8 to 20. */
const DAY_SHARES = [0.19, 0.18, 0.17, 0.17, 0.16, 0.08, 0.05];
const HOUR_SHARES = [0.6, 1, 1.3, 1.4, 1.2, 0.9, 1, 1.2, 1.2, 1, 0.7, 0.5];
const TRANSACTION_ROWS = 5000;

/** @param onProgress 0–1 */
export async function fillHistory(
  db: Kysely<Database>,
  size: LargeHistory,
  onProgress: (share: number) => void,
): Promise<void> {
  await syncZones(db, [ZONE]);
  await fillDirectory(db, size);
  const contacts = await fillFirstWeek(db, size);
  const endMs = FIRST_MS + size.weeks * WEEK_MS;
  await db.updateTable('pbx').set({ logUntil: endMs, streamUntil: endMs }).execute();
  await rebuildRollups(db, { fromMs: FIRST_MS, toMs: FIRST_MS + WEEK_MS });
  await sql`delete from dirty_bucket`.execute(db);
  for (let week = 1; week < size.weeks; week++) {
    await copyWeek(db, week, contacts);
    onProgress(week / size.weeks);
  }
}

async function fillDirectory(db: Kysely<Database>, { queues, agents }: LargeHistory): Promise<void> {
  await bulkUpsert(db, 'pbx', ['id', 'name', 'dialect'], [[1, 'hq', 'asterisk']], {});
  const named = (count: number, name: string): Cell[][] =>
    Array.from({ length: count }, (_, i) => [i + 1, 1, 1, `${name}-${i + 1}`]);
  await bulkUpsert(db, 'queue', ['id', 'pbxId', 'tenantId', 'name'], named(queues, 'queue'), {});
  await bulkUpsert(db, 'agent', ['id', 'pbxId', 'tenantId', 'name'], named(agents, 'agent'), {});
}

/** @returns how many contacts */
async function fillFirstWeek(db: Kysely<Database>, size: LargeHistory): Promise<number> {
  const random = new Random(7);
  const perWeek = Math.round(size.calls / size.weeks);
  const entries = Array.from({ length: perWeek }, () => FIRST_MS + entryMs(random)).sort((a, b) => a - b);
  const evidence = encodeEvidence([]);
  for (let from = 0; from < entries.length; from += TRANSACTION_ROWS) {
    const calls = entries
      .slice(from, from + TRANSACTION_ROWS)
      .map((enteredAt, i) => callRows(random, size, from + i + 1, Math.floor(enteredAt), evidence));
    await db.transaction().execute(async (trx) => {
      await bulkUpsert(
        trx,
        'contact',
        CONTACT,
        calls.map((call) => call.contact),
        {},
      );
      await bulkUpsert(
        trx,
        'visit',
        VISIT,
        calls.map((call) => call.visit),
        {},
      );
      await bulkUpsert(
        trx,
        'offer',
        OFFER,
        calls.flatMap((call) => call.offers),
        {},
      );
    });
  }
  await bulkUpsert(db, 'agentInterval', INTERVAL, shifts(random, size), {});
  return entries.length;
}

const CONTACT = [
  'id',
  'pbxId',
  'callId',
  'callerNumber',
  'startedAt',
  'endedAt',
  'firstEnteredAt',
  'evidence',
] as const;
const VISIT = [
  ...([
    'contactId',
    'seq',
    'pbxId',
    'tenantId',
    'queueId',
    'agentId',
    'enteredAt',
    'enteredAtSource',
  ] as const),
  ...([
    'firstInQueue',
    'outcome',
    'outcomeCertainty',
    'waitSeconds',
    'waitMs',
    'ringSeconds',
    'ringMs',
  ] as const),
  ...([
    'answeredAt',
    'talkSeconds',
    'talkMs',
    'agentTalkMs',
    'wrapUpMs',
    'endedAt',
    'endReason',
    'endedBy',
  ] as const),
  ...(['position', 'attempts', 'logFinal'] as const),
];
const OFFER = [
  ...(['contactId', 'visitSeq', 'seq', 'pbxId', 'tenantId', 'queueId', 'agentId', 'enteredAt'] as const),
  ...(['offeredAt', 'endedAt', 'result', 'ringMs', 'seen'] as const),
];
const INTERVAL = ['pbxId', 'agentId', 'queueId', 'kind', 'reason', 'fromAt', 'toAt'] as const;

interface CallRows {
  contact: Cell[];
  visit: Cell[];
  offers: Cell[][];
}

/** Four of five are answered, after one offer or two; the others give up or time out. */
function callRows(
  random: Random,
  size: LargeHistory,
  id: number,
  enteredAt: number,
  evidence: Buffer,
): CallRows {
  const queueId = 1 + Math.floor(size.queues * random.unit() ** 1.5);
  const answered = random.unit() < 0.8;
  const waitMs = Math.round(answered ? random.exponential(15_000) : random.exponential(60_000)) + 1000;
  const ringMs = Math.min(waitMs, Math.round(random.between(1000, 12_000)));
  const talkMs = Math.round(random.exponential(180_000)) + 2000;
  const agentIds = [agentOf(random, size, queueId), agentOf(random, size, queueId)] as const;
  const missed = random.unit() < 0.1 && waitMs > 20_000;
  const answeredAt = enteredAt + waitMs;
  const endedAt = answered ? answeredAt + talkMs : answeredAt;
  const offer = (seq: number, agentId: number, fromAt: number, toAt: number, result: string): Cell[] => [
    ...[id, 0, seq, 1, 1, queueId, agentId, enteredAt, fromAt, toAt, result, toAt - fromAt, 1],
  ];
  const offers: Cell[][] = [];
  if (missed) offers.push(offer(0, agentIds[1], enteredAt + 1000, enteredAt + 16_000, 'noAnswer'));
  if (answered) offers.push(offer(offers.length, agentIds[0], answeredAt - ringMs, answeredAt, 'answered'));
  const caller = `+99890${String(Math.floor(random.unit() * 1e7)).padStart(7, '0')}`;
  const outcome = answered ? 'answered' : random.unit() < 0.8 ? 'abandoned' : 'timedOut';
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return {
    contact: [id, 1, `${seconds(enteredAt)}.${id}`, caller, enteredAt - 500, endedAt, enteredAt, evidence],
    visit: [
      ...[id, 0, 1, 1, queueId, answered ? agentIds[0] : null, enteredAt, 'log', 1, outcome, 'stated'],
      ...[seconds(waitMs), waitMs, answered ? seconds(ringMs) : null, answered ? ringMs : null],
      ...(answered
        ? [answeredAt, seconds(talkMs), talkMs, talkMs, 10_000, endedAt, 'completed', 'caller']
        : [null, null, null, null, null, endedAt, 'left', null]),
      ...[1 + Math.floor(random.unit() * 4), offers.length, 1],
    ],
    offers,
  };
}

/** A queue's agents are neighbours, about thirty of them. */
const agentOf = (random: Random, { agents, queues }: LargeHistory, queueId: number): number =>
  1 + ((Math.floor((queueId * agents) / queues) + Math.floor(random.unit() * 30)) % agents);

function entryMs(random: Random): number {
  const day = pick(random, DAY_SHARES);
  const hour = 8 + pick(random, HOUR_SHARES);
  return day * DAY_MS + hour * HOUR_MS + random.unit() * HOUR_MS;
}

function pick(random: Random, shares: readonly number[]): number {
  let left = random.unit() * shares.reduce((sum, share) => sum + share, 0);
  const at = shares.findIndex((share) => (left -= share) < 0);
  return at < 0 ? shares.length - 1 : at;
}

/** Five days a week, nine hours in two queues, a lunch and a short pause. */
function* shifts(random: Random, { agents, queues }: LargeHistory): Generator<Cell[]> {
  for (let agentId = 1; agentId <= agents; agentId++) {
    const free = Math.floor(random.unit() * 7);
    for (let day = 0; day < 7; day++) {
      if (day === free || day === (free + 1) % 7) continue;
      const fromAt = FIRST_MS + day * DAY_MS + (agentId % 2 === 0 ? 8 : 11) * HOUR_MS;
      const queue = Math.floor((agentId * queues) / agents);
      for (const queueId of [1 + (queue % queues), 1 + ((queue + 1) % queues)]) {
        const row = (kind: string, reason: string, startAt: number, hours: number): Cell[] => [
          ...[1, agentId, queueId, kind, reason, Math.round(startAt), Math.round(startAt + hours * HOUR_MS)],
        ];
        yield row('login', `PJSIP/${agentId}`, fromAt, 9);
        yield row('pause', 'lunch', fromAt + 4 * HOUR_MS, 0.75);
        yield row('pause', 'break', fromAt + 7 * HOUR_MS, 0.2);
      }
    }
  }
}

/** Table → columns that are times. Ids of contacts move on as well; other tables number their rows themselves. */
const COPIED: Record<string, readonly string[]> = {
  contact: ['started_at', 'ended_at', 'first_entered_at'],
  visit: ['entered_at', 'answered_at', 'ended_at'],
  offer: ['entered_at', 'offered_at', 'ended_at'],
  agent_interval: ['from_at', 'to_at'],
  queue_rollup_15m: ['bucket_at'],
  queue_rollup_day: ['bucket_at'],
  agent_rollup_15m: ['bucket_at'],
  agent_rollup_day: ['bucket_at'],
  queue_agent_rollup_15m: ['bucket_at'],
  queue_agent_rollup_day: ['bucket_at'],
};

async function copyWeek(db: Kysely<Database>, week: number, contacts: number): Promise<void> {
  for (const [table, times] of Object.entries(COPIED)) {
    const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = database() and table_name = ${table} order by ordinal_position`.execute(db);
    const names = rows.map(({ name }) => name).filter((name) => name !== 'id' || table === 'contact');
    const values = names.map((name) => {
      if (times.includes(name)) return sql`${sql.ref(name)} + ${week * WEEK_MS}`;
      if (name === 'call_id') return sql`concat(${sql.ref(name)}, ${`w${week}`})`;
      if (name === 'contact_id' || (table === 'contact' && name === 'id'))
        return sql`${sql.ref(name)} + ${week * contacts}`;
      return sql.ref(name);
    });
    const first = times[0] === 'started_at' ? 'first_entered_at' : (times[0] ?? '');
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
      select ${sql.join(values)} from ${sql.table(table)}
      where ${sql.ref(first)} < ${FIRST_MS + WEEK_MS}`.execute(db);
  }
}

/** Computes a day's rollups anew from its facts. @returns the tables in which a row was another before */
export async function differsFromRecomputed(db: Kysely<Database>, dayMs: number): Promise<string[]> {
  const read = async (table: string): Promise<string[]> => {
    const { rows } = await sql<object>`select * from ${sql.table(table)}
      where bucket_at >= ${dayMs} and bucket_at < ${dayMs + DAY_MS}`.execute(db);
    return rows.map((row) => JSON.stringify(row)).sort();
  };
  const tables = Object.keys(COPIED).filter((table) => table.includes('rollup'));
  const copied = new Map<string, string[]>();
  for (const table of tables) copied.set(table, await read(table));
  for (const table of tables) {
    await sql`delete from ${sql.table(table)} where bucket_at >= ${dayMs} and bucket_at < ${dayMs + DAY_MS}`.execute(
      db,
    );
  }
  await rebuildRollups(db, { fromMs: dayMs, toMs: dayMs + DAY_MS });
  const different: string[] = [];
  for (const table of tables) {
    const rows = await read(table);
    if (rows.length === 0 || !isDeepStrictEqual(rows, copied.get(table))) different.push(table);
  }
  return different;
}
