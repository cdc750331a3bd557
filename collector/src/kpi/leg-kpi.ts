/**
 * KPIs of call legs (DOMAIN.md §2.5), each once. In: counts and sums of any span. Out: a ratio 0–1, seconds or a rate; null
 * where the denominator is empty.
 */
import { HOUR_MS } from '../time/zone.js';
import { ratio } from './ratio.js';

interface Attempts {
  attempts: number;
  answered: number;
}

/** ASR, answer-seizure ratio: answered / attempts (ITU-T E.411, FusionPBX). */
export const answerSeizureRatio = ({ answered, attempts }: Attempts): number | null =>
  ratio(answered, attempts);

/** ACD (ALOC), average call duration: billable seconds / answered (ITU-T E.437, FusionPBX). */
export const averageCallDurationSeconds = ({
  billSeconds,
  answered,
}: Attempts & { billSeconds: number }): number | null => ratio(billSeconds, answered);

/** Average billable time: billable seconds / attempts, those without answer included. */
export const averageBillableSeconds = ({
  billSeconds,
  attempts,
}: Attempts & { billSeconds: number }): number | null => ratio(billSeconds, attempts);

/** Attempts per hour of the span. */
export const attemptsPerHour = ({ attempts }: Attempts, spanMs: number): number | null =>
  ratio(attempts, spanMs / HOUR_MS);
