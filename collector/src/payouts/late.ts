/**
 * Late data of a locked period: what its calls would pay now, less what was paid and booked since.
 *
 * In: a locked period. Out: the difference per agent, and on command adjustments of it in an open period. What must
 * hold: the locked period stays as it is; booking twice pays once. Differences are booked when somebody says so, never
 * by themselves: facts that retention removed would otherwise be taken off the pay.
 */
import type { Kysely } from 'kysely';
import type { Actor } from '../directory/change-log.js';
import { ConflictError } from '../directory/errors.js';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { addAdjustment, adjustmentSums } from './adjustments.js';
import { callsOf, factCalls, lockedCalls, type CallSource } from './call-source.js';
import { PayoutSums } from './payout-sums.js';
import { termsOf, type Period } from './period.js';
import { openPeriod, periodOf } from './periods.js';
import { loadRateBook } from './rate-book.js';

export interface LatePay {
  agentId: number;
  /** Calls with this agent: stored with the lock, known now. */
  lockedCalls: number;
  callsNow: number;
  /** Minor units still to be booked; never 0. */
  amountMinor: bigint;
}

/** @throws MissingError; ConflictError when the period is open; the signal's reason */
export async function latePay(
  db: Kysely<Database>,
  tenantId: number,
  periodId: number,
  signal?: AbortSignal,
): Promise<LatePay[]> {
  const period = await periodOf(db, tenantId, periodId);
  if (period.status === 'open')
    throw new ConflictError(`The period "${period.name}" is open: its reports have all data as it comes.`);
  const selection = { tenantId, fromMs: period.fromAt, toMs: period.toAt, queueIds: null, agentIds: null };
  const terms = termsOf(period);
  const rates = await loadRateBook(db, tenantId);
  const paid = await sumsOf(lockedCalls(db, selection, periodId), period, signal);
  const now = await sumsOf(factCalls(db, selection, terms, rates), period, signal);
  const booked = await adjustmentSums(db, tenantId, { aboutPeriodId: periodId });
  return [...new Set([...paid.keys(), ...now.keys()])]
    .map((agentId) => ({
      agentId,
      lockedCalls: paid.get(agentId)?.counts.calls ?? 0,
      callsNow: now.get(agentId)?.counts.calls ?? 0,
      amountMinor:
        (now.get(agentId)?.amountMinor ?? 0n) -
        (paid.get(agentId)?.amountMinor ?? 0n) -
        (booked.get(agentId) ?? 0n),
    }))
    .filter(({ amountMinor }) => amountMinor !== 0n);
}

/**
 * Books what is late of the locked period `aboutId` into the open period `intoId`.
 * @returns how many adjustments that made. @throws MissingError, ConflictError
 */
export async function bookLatePay(
  db: Kysely<Database>,
  actor: Actor,
  aboutId: number,
  intoId: number,
  atMs: number,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const into = await openPeriod(trx, actor.tenantId, intoId);
    const about = await periodOf(trx, actor.tenantId, aboutId);
    if (about.currency !== into.currency) {
      throw new ConflictError(
        `"${into.name}" is paid in ${into.currency}, "${about.name}" in ${about.currency}.`,
      );
    }
    const late = await latePay(trx, actor.tenantId, aboutId);
    for (const { agentId, amountMinor, lockedCalls: before, callsNow } of late) {
      const reason = `Late data of "${about.name}": ${before} calls when it was locked, ${callsNow} known now`;
      const adjustment = { agentId, amountMinor, reason, aboutPeriodId: aboutId };
      await addAdjustment(trx, actor, into, adjustment, atMs);
    }
    return late.length;
  });
}

async function sumsOf(
  source: CallSource,
  period: Period,
  signal?: AbortSignal,
): Promise<Map<number, PayoutSums>> {
  const terms = termsOf(period);
  const byAgent = new Map<number, PayoutSums>();
  for await (const calls of callsOf(source, signal)) {
    for (const call of calls) {
      let sums = byAgent.get(call.agentId);
      if (sums === undefined) byAgent.set(call.agentId, (sums = new PayoutSums(terms)));
      sums.add(call);
    }
  }
  return byAgent;
}
