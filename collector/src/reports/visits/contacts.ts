/**
 * Contacts of a range: what each caller channel lived through, all its visits together.
 *
 * In: tenant and range. Out: contacts that first entered a queue of the tenant in the range, in that order, page by page.
 * What must hold: a contact is answered when its last visit is (QueueMetrics, multi-stint calls: DOMAIN.md §2.0), whatever
 * queue that was in; so who timed out in one queue and was answered in the next was not lost.
 */
import { sql, type Kysely } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database, Outcome } from '../../storage/schema.js';
import { pieces } from './spans.js';

export interface ContactRow {
  contactId: number;
  callerNumber: string | null;
  callerName: string | null;
  /** First entry into a queue of the tenant, UTC ms. */
  enteredAt: number;
  firstQueueId: number;
  /** The last visit. */
  queueId: number;
  outcome: Outcome;
  waitSeconds: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  lastEnteredAt: number;
  talkedAfterAll: number;
}

/** @throws the signal's reason when it aborts */
export async function* contactsIn(
  db: Kysely<Database>,
  tenantId: number,
  range: Interval,
  signal: AbortSignal | undefined,
): AsyncGenerator<ContactRow[], void> {
  for await (const { fromMs, toMs } of pieces(range, signal)) {
    const { rows } = await sql<ContactRow>`
      select first.contact_id, contact.caller_number, contact.caller_name, first.entered_at,
        first.queue_id as first_queue_id, last.queue_id, last.outcome, last.wait_seconds, last.answered_at, last.ended_at,
        last.entered_at as last_entered_at, last.talked_after_all
      from visit as first
      join contact on contact.id = first.contact_id
      join visit as last on last.contact_id = first.contact_id and last.tenant_id = first.tenant_id
      where first.tenant_id = ${tenantId} and first.entered_at >= ${fromMs} and first.entered_at < ${toMs}
        and (first.seq = 0 or not exists (select 1 from visit as earlier where earlier.contact_id = first.contact_id
          and earlier.tenant_id = first.tenant_id and earlier.seq < first.seq))
        and not exists (select 1 from visit as later where later.contact_id = last.contact_id
          and later.tenant_id = last.tenant_id and later.seq > last.seq)
      order by first.entered_at, first.contact_id`.execute(db);
    yield rows;
  }
}

/** When caller and agent spoke; null: they did not (yet). */
export const reachedAt = ({
  outcome,
  talkedAfterAll,
  answeredAt,
  lastEnteredAt,
}: ContactRow): number | null =>
  outcome === 'answered' || talkedAfterAll === 1 ? (answeredAt ?? lastEnteredAt) : null;

/** Gone without an agent; who still waits is not lost yet. */
export const isLost = (contact: ContactRow): boolean =>
  contact.outcome !== 'waiting' && reachedAt(contact) === null;
