/**
 * Counts and sums of visits per caller. In: range and queues. Out: one entry per number (normal-number.ts).
 *
 * What must hold: the database adds up per number as shown, spellings are joined here; a contact counts at its first
 * visit in the asked queues and range, so pieces of the range add up.
 */
import { sql, type Kysely } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import { inHours, type HoursCut } from '../business-hours.js';
import { normalNumber, type NumberPlan } from './normal-number.js';
import { pieces } from './spans.js';

export interface CallerSums {
  callerNumber: string | null;
  callerName: string | null;
  contacts: number;
  visits: number;
  answered: number;
  abandoned: number;
  waiting: number;
  waitSeconds: number;
  talkSeconds: number;
  firstMs: number;
  lastMs: number;
}

export const NO_CALLS: Readonly<CallerSums> = {
  callerNumber: null,
  callerName: null,
  contacts: 0,
  visits: 0,
  answered: 0,
  abandoned: 0,
  waiting: 0,
  waitSeconds: 0,
  talkSeconds: 0,
  firstMs: Infinity,
  lastMs: -Infinity,
};

export interface CallerRange extends Interval {
  tenantId: number;
  queueIds: readonly number[];
  plan: NumberPlan;
  hours: HoursCut | null;
}

/** @throws the signal's reason when it aborts */
export async function callerSums(
  db: Kysely<Database>,
  { tenantId, queueIds, plan, hours, ...range }: CallerRange,
  signal: AbortSignal | undefined,
): Promise<{ callers: Map<string, CallerSums>; nameless: CallerSums }> {
  const callers = new Map<string, CallerSums>();
  const nameless: CallerSums = { ...NO_CALLS };
  if (queueIds.length === 0) return { callers, nameless };
  const ids = sql.join([...queueIds]);
  for await (const { fromMs, toMs } of pieces(range, signal)) {
    const { rows } = await sql<CallerSums>`
      select contact.caller_number, max(contact.caller_name) as caller_name, count(*) as visits,
        sum(visit.seq = 0 or not exists (select 1 from visit as earlier where earlier.contact_id = visit.contact_id
          and earlier.seq < visit.seq and earlier.tenant_id = visit.tenant_id and earlier.queue_id in (${ids})
          and earlier.entered_at >= ${range.fromMs} and ${inHours({ hours }, 'earlier', range)})) as contacts,
        sum(visit.outcome = 'answered') as answered, sum(visit.outcome = 'abandoned') as abandoned,
        sum(visit.outcome = 'waiting') as waiting, coalesce(sum(visit.wait_seconds), 0) as wait_seconds,
        coalesce(sum(visit.talk_seconds), 0) as talk_seconds,
        min(visit.entered_at) as first_ms, max(visit.entered_at) as last_ms
      from visit join contact on contact.id = visit.contact_id
      where visit.tenant_id = ${tenantId} and visit.entered_at >= ${fromMs} and visit.entered_at < ${toMs}
        and visit.queue_id in (${ids}) and ${inHours({ hours }, 'visit', { fromMs, toMs })}
      group by contact.caller_number`.execute(db);
    for (const row of rows) {
      const number = normalNumber(row.callerNumber, plan);
      if (number === null) {
        addCaller(nameless, row);
        continue;
      }
      let caller = callers.get(number);
      if (caller === undefined) callers.set(number, (caller = { ...NO_CALLS }));
      addCaller(caller, row);
    }
  }
  return { callers, nameless };
}

/** Adds the calls of `more`, in place. */
export function addCaller(sums: CallerSums, more: Readonly<CallerSums>): void {
  sums.callerNumber ??= more.callerNumber;
  sums.callerName ??= more.callerName;
  sums.contacts += Number(more.contacts);
  sums.visits += Number(more.visits);
  sums.answered += Number(more.answered);
  sums.abandoned += Number(more.abandoned);
  sums.waiting += Number(more.waiting);
  sums.waitSeconds += Number(more.waitSeconds);
  sums.talkSeconds += Number(more.talkSeconds);
  sums.firstMs = Math.min(sums.firstMs, more.firstMs);
  sums.lastMs = Math.max(sums.lastMs, more.lastMs);
}
