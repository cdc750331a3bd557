/**
 * Callers with a lost contact in a range, with everything that happened to them from then on.
 *
 * In: range, queues, how long afterwards is looked at. Out: per caller (normal-number.ts) the events episodes are made
 * of, in order of time. What must hold: only callers with a lost contact are kept in memory.
 */
import { sql, type Kysely } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import { contactsIn, isLost, reachedAt, type ContactRow } from './contacts.js';
import type { CallerEvent } from './episodes.js';
import { normalNumber, type NumberPlan } from './normal-number.js';
import { pieces } from './spans.js';

export interface LostCaller {
  shownNumber: string | null;
  callerName: string | null;
  events: CallerEvent[];
}

export interface LostCallersAsked extends Interval {
  tenantId: number;
  /** Whether an entry into a queue is asked for. */
  counts: (queueId: number, atMs: number) => boolean;
  minWaitSeconds: number;
  /** After the end of the range. */
  afterMs: number;
  plan: NumberPlan;
}

export interface LostCallers {
  callers: LostCaller[];
  /** Lost contacts without a number. */
  nameless: number;
  /** Whether any outbound call is known in that time. */
  outboundKnown: boolean;
}

/** @throws the signal's reason when it aborts */
export async function lostCallers(
  db: Kysely<Database>,
  asked: LostCallersAsked,
  signal: AbortSignal | undefined,
): Promise<LostCallers> {
  const callers = new Map<string, LostCaller>();
  let nameless = 0;
  const range = { fromMs: asked.fromMs, toMs: asked.toMs + asked.afterMs };
  for await (const contacts of contactsIn(db, asked.tenantId, range, signal)) {
    for (const contact of contacts) {
      const number = normalNumber(contact.callerNumber, asked.plan);
      const event = eventOf(contact, asked);
      if (event === null) continue;
      if (number === null) {
        if (event.kind === 'lost') nameless++;
        continue;
      }
      let caller = callers.get(number);
      if (caller === undefined && event.kind !== 'lost') continue;
      if (caller === undefined) {
        callers.set(number, (caller = { shownNumber: null, callerName: null, events: [] }));
      }
      if (event.kind === 'lost') {
        caller.shownNumber = contact.callerNumber;
        caller.callerName = contact.callerName ?? caller.callerName;
      }
      caller.events.push(event);
    }
  }
  const outboundKnown = await addOutbound(db, { ...asked, ...range }, callers, signal);
  for (const { events } of callers.values()) events.sort((a, b) => a.atMs - b.atMs);
  return { callers: [...callers.values()], nameless, outboundKnown };
}

/** Null: it neither reached the caller nor was it lost in what is asked for. */
function eventOf(
  contact: ContactRow,
  { toMs, counts, minWaitSeconds }: LostCallersAsked,
): CallerEvent | null {
  const reachedMs = reachedAt(contact);
  if (reachedMs !== null) return { kind: 'returned', atMs: reachedMs };
  const { enteredAt, queueId, outcome, waitSeconds, endedAt, lastEnteredAt } = contact;
  const isAsked = isLost(contact) && enteredAt < toMs && counts(queueId, lastEnteredAt);
  if (!isAsked || (minWaitSeconds > 0 && (waitSeconds ?? 0) < minWaitSeconds)) return null;
  return { kind: 'lost', atMs: endedAt ?? lastEnteredAt, queueId, outcome, waitSeconds };
}

interface Outbound {
  destination: string;
  startedAt: number;
  answeredAt: number | null;
}

/** Adds our calls to the callers. A call may have several records: the first start and any answer count. */
async function addOutbound(
  db: Kysely<Database>,
  { tenantId, plan, ...range }: LostCallersAsked,
  callers: ReadonlyMap<string, LostCaller>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let isKnown = false;
  for await (const { fromMs, toMs } of pieces(range, signal)) {
    const { rows } = await sql<Outbound>`
      select destination, min(started_at) as started_at, min(answered_at) as answered_at from leg
      where tenant_id = ${tenantId} and direction = 'outbound' and started_at >= ${fromMs} and started_at < ${toMs}
      group by pbx_id, linked_id, destination`.execute(db);
    isKnown ||= rows.length > 0;
    for (const { destination, startedAt, answeredAt } of rows) {
      const number = normalNumber(destination, plan);
      const caller = number === null ? undefined : callers.get(number);
      const answered = answeredAt !== null;
      caller?.events.push({ kind: 'called', atMs: answeredAt ?? startedAt, answered });
    }
  }
  return isKnown;
}
