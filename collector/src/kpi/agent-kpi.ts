/**
 * Agent KPIs (DOMAIN.md §2.2), each once. In: counts and measured durations of any span, as rollup rows hold them.
 * Out: a ratio 0–1 or a rate; null where the denominator is empty.
 */
import type { AgentCallSums, AgentTimeSums } from '../storage/schema.js';
import { HOUR_MS } from '../time/zone.js';
import { ratio } from './ratio.js';

/** On customers' calls: talk (hold is inside of it) and wrap-up. */
const handlingMs = (t: Pick<AgentTimeSums, 'talkMs' | 'wrapUpMs'>): number => t.talkMs + t.wrapUpMs;

/**
 * Occupancy: (talk + hold + wrap-up) / (talk + hold + wrap-up + ready) (Amazon Connect, QueueMetrics). Ringing, full
 * pauses, other calls and unreachable phones are in neither part. Measured, as a union: two calls at once count once.
 */
export const occupancy = (t: Pick<AgentTimeSums, 'talkMs' | 'wrapUpMs' | 'readyMs'>): number | null =>
  ratio(handlingMs(t), handlingMs(t) + t.readyMs);

/** Utilisation: (talk + hold + wrap-up) / login, pauses included (Genesys). */
export const utilisation = (t: Pick<AgentTimeSums, 'talkMs' | 'wrapUpMs' | 'loginMs'>): number | null =>
  ratio(handlingMs(t), t.loginMs);

/** Share of the login spent paused in all queues (QueueMetrics pause %). */
export const pauseShare = (t: Pick<AgentTimeSums, 'fullyPausedMs' | 'loginMs'>): number | null =>
  ratio(t.fullyPausedMs, t.loginMs);

/** Answer rate of offers: taken / (taken + not answered); a caller who gave up while it rang is no miss (QM, Amazon). */
export const answerRateOfOffers = (c: Pick<AgentCallSums, 'answered' | 'ringNoAnswers'>): number | null =>
  ratio(c.answered, c.answered + c.ringNoAnswers);

/** Calls per hour of login without full pauses (QueueMetrics: session − pauses). */
export const callsPerHour = (
  s: Pick<AgentCallSums, 'answered'> & Pick<AgentTimeSums, 'loginMs' | 'fullyPausedMs'>,
): number | null => ratio(s.answered, (s.loginMs - s.fullyPausedMs) / HOUR_MS);

/** Transfers out / answered, as the PBX states them. */
export const agentTransferRate = (
  c: Pick<AgentCallSums, 'blindTransfers' | 'attendedTransfers' | 'answered'>,
): number | null => ratio(c.blindTransfers + c.attendedTransfers, c.answered);
