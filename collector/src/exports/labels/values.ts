/**
 * Codes in cells (outcomes, directions, states …) as people read them: which column has which codes, and English.
 *
 * In: nothing. Out: the kinds of codes, the kind of a column. What must hold: every code of a kind has its words, which the
 * types of the facts themselves demand; JSON and CSV keep the codes.
 */
import type { PayoutStatus } from '../../payouts/terms.js';
import type { TransferKind } from '../../pbx/event.js';
import type { HoursFilter } from '../../reports/request.js';
import type { EpisodeState } from '../../reports/visits/episodes.js';
import type { EnteredAtSource, LegTable, Outcome, VisitTable } from '../../storage/schema.js';

type Words<Code extends string> = Readonly<Record<Code, string>>;

/** Words of each kind of codes. */
export interface ValueWords {
  outcome: Words<Outcome>;
  certainty: Words<VisitTable['outcomeCertainty']>;
  source: Words<EnteredAtSource>;
  end: Words<NonNullable<VisitTable['endReason']>>;
  party: Words<NonNullable<VisitTable['endedBy']>>;
  transfer: Words<TransferKind>;
  direction: Words<LegTable['direction']>;
  /** Of call records; a PBX may state others, which stay as they are. */
  disposition: Words<'answered' | 'noAnswer' | 'busy' | 'failed' | 'congestion'>;
  episode: Words<EpisodeState>;
  payout: Words<PayoutStatus>;
  /** The filter by business hours. */
  hours: Words<HoursFilter | 'all'>;
  /** ISO 8601: 1 = Monday. */
  weekday: Words<'1' | '2' | '3' | '4' | '5' | '6' | '7'>;
}

export type ValueKind = keyof ValueWords;

const KINDS: Readonly<Record<string, ValueKind>> = {
  outcome: 'outcome',
  lastOutcome: 'outcome',
  outcomeCertainty: 'certainty',
  enteredAtSource: 'source',
  endReason: 'end',
  endedBy: 'party',
  transferKind: 'transfer',
  direction: 'direction',
  disposition: 'disposition',
  state: 'episode',
  status: 'payout',
  hours: 'hours',
  weekday: 'weekday',
};

/** @param key of a column; undefined: its cells are no codes */
export const valueKindOf = (key: string): ValueKind | undefined =>
  Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;

export const EN_VALUES: ValueWords = {
  outcome: {
    waiting: 'Waiting',
    answered: 'Answered',
    abandoned: 'Abandoned',
    timedOut: 'Timed out',
    exitedByKey: 'Left by key',
    exitedEmpty: 'Left empty',
    withdrawn: 'Withdrawn',
    pulledOut: 'Pulled out',
    canceledAtConnect: 'Cancelled',
    interrupted: 'Interrupted',
  },
  certainty: { stated: 'Stated', assumed: 'Assumed' },
  source: {
    log: 'Log',
    stream: 'Event stream',
    received: 'Time of reception',
    listed: 'Listed',
    estimated: 'Estimated',
  },
  end: {
    left: 'Left',
    completed: 'Completed',
    transferred: 'Transferred',
    restart: 'Restart of the PBX',
    gap: 'Gap in the data',
  },
  party: { agent: 'Agent', caller: 'Caller', transfer: 'Transfer', unknown: 'Unknown' },
  transfer: { blind: 'Blind', attended: 'Attended' },
  direction: { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal', unknown: 'Unknown' },
  disposition: {
    answered: 'Answered',
    noAnswer: 'No answer',
    busy: 'Busy',
    failed: 'Failed',
    congestion: 'Congestion',
  },
  episode: { unreached: 'Not reached', returned: 'Called again', calledBack: 'Called back' },
  payout: {
    paid: 'Paid',
    belowMinimum: 'Too short',
    talkUnknown: 'Talk unknown',
    noRate: 'Without rate',
    otherCurrency: 'Other currency',
  },
  hours: { all: 'All hours', open: 'Open', closed: 'Closed' },
  weekday: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
};
