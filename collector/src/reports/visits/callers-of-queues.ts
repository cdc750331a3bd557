/**
 * How many different callers there were, and how many of them called more than once.
 *
 * In: range and queues. Out: counts per queue and over all. What must hold: spellings of one number are one caller
 * (normal-number.ts); callers without a number are not counted; a caller repeats when he has two contacts, not two visits.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import { inHours } from '../business-hours.js';
import type { CallerRange } from './caller-sums.js';
import { normalNumber } from './normal-number.js';
import { pieces } from './spans.js';

export interface CallerCounts {
  unique: number;
  repeat: number;
}

/** Of one caller: a contact, and whether there is another one. */
interface Seen {
  contactId: number;
  many: boolean;
}

/** @throws the signal's reason when it aborts */
export async function callersOfQueues(
  db: Kysely<Database>,
  { tenantId, queueIds, plan, hours, ...range }: CallerRange,
  signal: AbortSignal | undefined,
): Promise<{ queues: Map<number, CallerCounts>; all: CallerCounts }> {
  const perQueue = new Map(queueIds.map((id) => [id, new Map<string, Seen>()]));
  const overall = new Map<string, Seen>();
  if (queueIds.length > 0) {
    for await (const { fromMs, toMs } of pieces(range, signal)) {
      const { rows } = await sql<{ queueId: number; callerNumber: string | null; low: number; high: number }>`
        select visit.queue_id, contact.caller_number, min(visit.contact_id) as low, max(visit.contact_id) as high
        from visit join contact on contact.id = visit.contact_id
        where visit.tenant_id = ${tenantId} and visit.entered_at >= ${fromMs} and visit.entered_at < ${toMs}
          and visit.queue_id in (${sql.join([...queueIds])}) and ${inHours({ hours }, 'visit', { fromMs, toMs })}
        group by visit.queue_id, contact.caller_number`.execute(db);
      for (const { queueId, callerNumber, low, high } of rows) {
        const number = normalNumber(callerNumber, plan);
        if (number === null) continue;
        for (const seen of [overall, perQueue.get(queueId)]) {
          if (seen === undefined) continue;
          see(seen, number, low);
          see(seen, number, high);
        }
      }
    }
  }
  return { queues: new Map([...perQueue].map(([id, seen]) => [id, countOf(seen)])), all: countOf(overall) };
}

function see(callers: Map<string, Seen>, number: string, contactId: number): void {
  const known = callers.get(number);
  if (known === undefined) callers.set(number, { contactId, many: false });
  else if (known.contactId !== contactId) known.many = true;
}

const countOf = (callers: ReadonlyMap<string, Seen>): CallerCounts => ({
  unique: callers.size,
  repeat: [...callers.values()].filter(({ many }) => many).length,
});
