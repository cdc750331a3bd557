/**
 * Service level, by name (DOMAIN.md §2.1). Every variant is a ratio 0–1 over the same counts; they differ in what
 * they do with callers who were not answered.
 *
 * What must hold: a wait of exactly T counts as within (Asterisk: `<=`); waits are the PBX's whole seconds
 * (DECISIONS.md 13). With 100 offered, 70 answered ≤ T, 10 abandoned ≤ T and 20 others: B = 0.70, C = 0.778, D = 0.80.
 */
import { ratio } from './ratio.js';

export const SL_FORMULAS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type SlFormula = (typeof SL_FORMULAS)[number];

export interface ServiceLevelCounts {
  answered: number;
  /** Answered after at most T seconds. */
  answeredWithin: number;
  abandoned: number;
  /** Hung up after at most T seconds. */
  abandonedWithin: number;
  /** Hung up within the queue's short-abandon threshold. */
  shortAbandoned: number;
  timedOut: number;
  exitedByKey: number;
  exitedEmpty: number;
  withdrawn: number;
  pulledOut: number;
  canceledAtConnect: number;
  interrupted: number;
  /** Still waiting, and for longer than T: no way is left to answer them within. Waiting less long: not yet counted. */
  waitingBeyond: number;
}

interface Definition {
  /** For people, shown with every number. */
  text: string;
  source: string;
  numerator: (counts: ServiceLevelCounts) => number;
  denominator: (counts: ServiceLevelCounts) => number;
}

/** All visits that count: every ended one, and those that have waited longer than T. */
export const offeredFor = (c: ServiceLevelCounts): number =>
  c.answered +
  c.abandoned +
  c.timedOut +
  c.exitedByKey +
  c.exitedEmpty +
  c.withdrawn +
  c.pulledOut +
  c.canceledAtConnect +
  c.interrupted +
  c.waitingBeyond;

export const SL_DEFINITIONS: Readonly<Record<SlFormula, Definition>> = {
  A: {
    text: 'answered within T / answered',
    source: 'Asterisk ServicelevelPerf, Wazo qos',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered,
  },
  B: {
    text: 'answered within T / offered',
    source: 'Cisco UCCE "abandoned calls have a negative impact"',
    numerator: (c) => c.answeredWithin,
    denominator: offeredFor,
  },
  C: {
    text: 'answered within T / (offered − abandoned within T)',
    source: 'Cisco UCCE "abandoned calls ignored"',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => offeredFor(c) - c.abandonedWithin,
  },
  D: {
    text: '(answered within T + abandoned within T) / offered',
    source: 'Cisco UCCE "abandoned calls have a positive impact", Asterisk ServicelevelPerf2',
    numerator: (c) => c.answeredWithin + c.abandonedWithin,
    denominator: offeredFor,
  },
  E: {
    text: '(answered − answered late) / (answered + abandoned)',
    source: 'Genesys, default options (neither flow-outs nor short abandons set apart)',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered + c.abandoned + c.waitingBeyond,
  },
  F: {
    text: 'answered within T / (answered + abandoned after T)',
    source: 'XCALLY',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered + c.abandoned - c.abandonedWithin + c.waitingBeyond,
  },
  G: {
    text: 'answered within T / (answered + abandoned + left by key)',
    source: 'NewVoiceMedia (Vonage): breakouts are callers who chose to leave the queue',
    numerator: (c) => c.answeredWithin,
    denominator: (c) => c.answered + c.abandoned + c.exitedByKey + c.waitingBeyond,
  },
  H: {
    text: 'answered within T / (answered + abandoned beyond the short-abandon threshold + sent on elsewhere)',
    source: 'Mitel, UniVoIP: requeues and "queue unavailable" are excluded',
    numerator: (c) => c.answeredWithin,
    denominator: (c) =>
      c.answered +
      c.abandoned -
      c.shortAbandoned +
      c.timedOut +
      c.exitedByKey +
      c.withdrawn +
      c.pulledOut +
      c.waitingBeyond,
  },
};

/** @returns 0–1, null when nobody counts */
export function serviceLevel(formula: SlFormula, counts: ServiceLevelCounts): number | null {
  const { numerator, denominator } = SL_DEFINITIONS[formula];
  return ratio(numerator(counts), denominator(counts));
}
