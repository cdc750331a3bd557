/**
 * Queue KPIs (DOMAIN.md §2.1), each once. In: counts and sums of any span, as rollup rows hold them. Out: seconds or
 * a ratio 0–1; null where the denominator is empty. Totals are made by adding sums and asking again, never by
 * averaging.
 */
import type { QueueSums } from '../storage/schema.js';
import { ratio } from './ratio.js';

/** Average speed of answer: Σ wait of answered / answered, queue wait including ringing (QueueMetrics, Vodia). */
export const asaSeconds = (s: Pick<QueueSums, 'waitAnsweredSeconds' | 'answered'>): number | null =>
  ratio(s.waitAnsweredSeconds, s.answered);

/** Average wait of everyone whose wait is over: Σ wait / (entered − waiting) (VICIdial "average queue for all"). */
export const averageWaitSeconds = (
  s: Pick<QueueSums, 'waitAnsweredSeconds' | 'waitUnansweredSeconds' | 'entered' | 'waiting'>,
): number | null => ratio(s.waitAnsweredSeconds + s.waitUnansweredSeconds, s.entered - s.waiting);

/** Average time to abandon: Σ wait of abandoned / abandoned, short abandons included (QueueMetrics). */
export const timeToAbandonSeconds = (
  s: Pick<QueueSums, 'waitAbandonedSeconds' | 'abandoned'>,
): number | null => ratio(s.waitAbandonedSeconds, s.abandoned);

/** Answered / entered whose wait is over (S0, VICIdial GDE; Wazo excludes only what never entered). */
export const answeredRate = (s: Pick<QueueSums, 'answered' | 'entered' | 'waiting'>): number | null =>
  ratio(s.answered, s.entered - s.waiting);

/** (a) abandoned / entered (PEC, Amazon Connect: abandoned / queued). Callers still waiting are not counted yet. */
export const abandonmentRate = (s: Pick<QueueSums, 'abandoned' | 'entered' | 'waiting'>): number | null =>
  ratio(s.abandoned, s.entered - s.waiting);

/** (b) (abandoned − short) / (entered − short) (Cisco, Genesys): who hung up at once never really asked. */
export const abandonmentRateWithoutShort = (
  s: Pick<QueueSums, 'abandoned' | 'entered' | 'waiting'>,
  shortAbandoned: number,
): number | null => ratio(s.abandoned - shortAbandoned, s.entered - s.waiting - shortAbandoned);

/** Timed out / entered whose wait is over. */
export const timeoutRate = (s: Pick<QueueSums, 'timedOut' | 'entered' | 'waiting'>): number | null =>
  ratio(s.timedOut, s.entered - s.waiting);

/** Left by pressing a key / entered whose wait is over (QueueMetrics ReportKoKeyPress). */
export const exitByKeyRate = (s: Pick<QueueSums, 'exitedByKey' | 'entered' | 'waiting'>): number | null =>
  ratio(s.exitedByKey, s.entered - s.waiting);

/** Sent out because no agent was left / entered whose wait is over (Wazo leaveempty). */
export const exitEmptyRate = (s: Pick<QueueSums, 'exitedEmpty' | 'entered' | 'waiting'>): number | null =>
  ratio(s.exitedEmpty, s.entered - s.waiting);

/** Transfers out / answered (QueueMetrics OkDO.Transfers), as the PBX states them. */
export const transferRate = (
  s: Pick<QueueSums, 'blindTransfers' | 'attendedTransfers' | 'answered'>,
): number | null => ratio(transfersOut(s), s.answered);

/** Calls the agent passed on, as the PBX states them (DECISIONS.md 10). */
export const transfersOut = (s: Pick<QueueSums, 'blindTransfers' | 'attendedTransfers'>): number =>
  s.blindTransfers + s.attendedTransfers;

/** Average talk: Σ stated talk / answered. */
export const averageTalkSeconds = (s: Pick<QueueSums, 'talkSeconds' | 'answered'>): number | null =>
  ratio(s.talkSeconds, s.answered);

/** Average 1-based place at entry, over the visits whose place is known (QueueMetrics). */
export const averagePosition = (s: Pick<QueueSums, 'positionSum' | 'positionCount'>): number | null =>
  ratio(s.positionSum, s.positionCount);

/**
 * Average handle time: (talk + wrap-up) / handled; the wait in the queue is not part of it (Genesys, 8x8). Hold is
 * inside the talk both Asterisk and FreeSWITCH state.
 */
export const ahtSeconds = (talkSeconds: number, wrapUpMs: number, handled: number): number | null =>
  ratio(talkSeconds + wrapUpMs / 1000, handled);
