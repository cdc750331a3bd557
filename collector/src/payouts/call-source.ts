/**
 * Where the calls of a payout come from: the facts, or what was stored when its period was locked.
 *
 * In: a selection. Out: `CallSource`, which gives pages in the order of entry. What must hold: only the tenant's
 * calls; a page starts right after the last call of the one before; memory holds one page; work stops with the signal.
 */
import { sql, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '../storage/schema.js';
import { judgeCall } from './judge-call.js';
import type { RateBook } from './rate-book.js';
import type { PayoutCall, PayoutTerms } from './terms.js';

export interface CallSelection {
  tenantId: number;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  /** Null: all. */
  queueIds: readonly number[] | null;
  agentIds: readonly number[] | null;
}

export type CallPosition = Pick<PayoutCall, 'enteredAt' | 'visitId'>;

/** @param after null: from the first one */
export type CallSource = (after: CallPosition | null, limit: number) => Promise<PayoutCall[]>;

const PAGE = 2000;

/** @throws the signal's reason when it aborts */
export async function* callsOf(source: CallSource, signal?: AbortSignal): AsyncGenerator<PayoutCall[], void> {
  let after: CallPosition | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const calls: PayoutCall[] = await source(after, PAGE);
    if (calls.length > 0) yield calls;
    if (calls.length < PAGE) return;
    after = calls.at(-1) ?? null;
  }
}

/** Calls as they are known now, by the rates as they are now. */
export const factCalls =
  (db: Kysely<Database>, selection: CallSelection, terms: PayoutTerms, rates: RateBook): CallSource =>
  async (after, limit) => {
    const rows = await db
      .selectFrom('visit')
      .select(['id as visitId', 'enteredAt', 'agentId', 'queueId', 'talkSeconds', 'agentTalkMs'])
      .where('tenantId', '=', selection.tenantId)
      .where('agentId', 'is not', null)
      .where(within(selection, after, 'id'))
      .orderBy('enteredAt')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.flatMap(({ agentId, talkSeconds, agentTalkMs, ...call }) =>
      agentId === null
        ? []
        : [
            judgeCall(
              {
                ...call,
                agentId,
                reportedMs: talkSeconds === null ? null : talkSeconds * 1000,
                measuredMs: agentTalkMs,
              },
              terms,
              rates,
            ),
          ],
    );
  };

/** Calls as they were paid. The period is the tenant's own. */
export const lockedCalls =
  (db: Kysely<Database>, selection: CallSelection, periodId: number): CallSource =>
  async (after, limit) =>
    db
      .selectFrom('payoutLine')
      .select(['visitId', 'enteredAt', 'agentId', 'queueId', 'reportedMs', 'measuredMs', 'rate', 'currency'])
      .select('status')
      .where('periodId', '=', periodId)
      .where(within(selection, after, 'visit_id'))
      .orderBy('enteredAt')
      .orderBy('visitId')
      .limit(limit)
      .execute();

function within(selection: CallSelection, after: CallPosition | null, idColumn: 'id' | 'visit_id') {
  const { fromMs, toMs, queueIds, agentIds } = selection;
  const among = (column: 'queue_id' | 'agent_id', ids: readonly number[] | null) => {
    if (ids === null) return sql`true`;
    return ids.length === 0 ? sql`false` : sql`${sql.ref(column)} in (${sql.join(ids)})`;
  };
  const beyond =
    after === null
      ? sql`true`
      : sql`(entered_at > ${after.enteredAt} or (entered_at = ${after.enteredAt}
          and ${sql.ref(idColumn)} > ${after.visitId}))`;
  return sql<SqlBool>`(entered_at >= ${Math.max(fromMs, after?.enteredAt ?? fromMs)} and entered_at < ${toMs}
    and ${among('queue_id', queueIds)} and ${among('agent_id', agentIds)} and ${beyond})`;
}
