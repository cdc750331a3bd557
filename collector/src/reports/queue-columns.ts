/** The columns of the queue report: every number with its meaning and where it comes from. */
import * as kpi from '../kpi/queue-kpi.js';
import type { QueueTotals } from './queue-totals.js';
import type { NumberColumn } from './member-rows.js';

export type QueueColumn = NumberColumn<QueueTotals>;

type Value = QueueColumn['value'];

const visits = (key: string, label: string, description: string, value: Value): QueueColumn => ({
  key,
  label,
  type: 'count',
  unit: 'visits',
  description,
  value,
});
const offers = (key: string, label: string, description: string, value: Value): QueueColumn => ({
  ...visits(key, label, description, value),
  unit: 'offers',
});
const seconds = (key: string, label: string, description: string, value: Value): QueueColumn => ({
  key,
  label,
  type: 'seconds',
  unit: 's',
  description,
  value,
});
const ratio = (key: string, label: string, description: string, value: Value): QueueColumn => ({
  key,
  label,
  type: 'ratio',
  unit: null,
  description,
  value,
});

export const QUEUE_COLUMNS: readonly QueueColumn[] = [
  visits(
    'entered',
    'Entered',
    'Callers who entered the queue (one per entry) = sum of all outcomes',
    (t) => t.sums.entered,
  ),
  visits(
    'answered',
    'Answered',
    'Connected to an agent, calls still talking included',
    (t) => t.sums.answered,
  ),
  visits('abandoned', 'Abandoned', 'The caller hung up while waiting', (t) => t.sums.abandoned),
  visits('timedOut', 'Timed out', 'Waited as long as the queue allows', (t) => t.sums.timedOut),
  visits('exitedByKey', 'Left by key', 'Left the queue by pressing a key', (t) => t.sums.exitedByKey),
  visits('exitedEmpty', 'Left empty', 'Sent out because no agent was left', (t) => t.sums.exitedEmpty),
  visits('withdrawn', 'Withdrawn', 'Taken out of the queue by command', (t) => t.sums.withdrawn),
  visits('pulledOut', 'Pulled out', 'Taken out by a transfer while waiting', (t) => t.sums.pulledOut),
  visits(
    'canceledAtConnect',
    'Cancelled',
    'Gone at the instant of joining an agent',
    (t) => t.sums.canceledAtConnect,
  ),
  visits('interrupted', 'Interrupted', 'The PBX restarted while they waited', (t) => t.sums.interrupted),
  visits('waiting', 'Waiting', 'Still waiting at the horizon', (t) => t.sums.waiting),
  {
    key: 'contacts',
    label: 'Contacts',
    type: 'count',
    unit: 'contacts',
    description:
      'Caller channels, counted at their first entry into this queue; in the totals, at their first entry into any',
    value: (t) => t.sums.contactsInQueue,
  },
  visits(
    'answeredWithinSl',
    'Answered in time',
    'Answered after at most T seconds (stated, T inclusive)',
    (t) => t.answeredWithin,
  ),
  visits(
    'abandonedWithinSl',
    'Abandoned in time',
    'Hung up after at most T seconds',
    (t) => t.abandonedWithin,
  ),
  visits(
    'shortAbandoned',
    'Short abandons',
    'Hung up within the short-abandon threshold; a part of abandoned',
    (t) => t.shortAbandoned,
  ),
  ratio(
    'serviceLevel',
    'Service level',
    'By the formula and threshold named in this row',
    (t) => t.serviceLevel,
  ),
  {
    key: 'slFormula',
    label: 'Formula',
    type: 'text',
    unit: null,
    description: 'Service level variant A–H of this row',
    value: (t) => t.formula,
  },
  seconds('slThresholdSeconds', 'T', 'Threshold of this row; null when several apply', (t) => t.threshold),
  seconds(
    'waitAnsweredSeconds',
    'Wait of answered',
    'Sum of stated waits of answered visits',
    (t) => t.sums.waitAnsweredSeconds,
  ),
  seconds(
    'waitAnsweredMaxSeconds',
    'Longest wait of answered',
    'Longest stated wait of an answered visit',
    (t) => t.sums.waitAnsweredMaxSeconds,
  ),
  seconds('asaSeconds', 'ASA', 'Average speed of answer: wait of answered / answered', (t) =>
    kpi.asaSeconds(t.sums),
  ),
  seconds('waitAnsweredP50Seconds', 'Wait p50', 'Half of the answered waited at most this long', (t) =>
    t.waitsAnswered.percentile(0.5),
  ),
  seconds('waitAnsweredP80Seconds', 'Wait p80', '80 % of the answered waited at most this long', (t) =>
    t.waitsAnswered.percentile(0.8),
  ),
  seconds('waitAnsweredP95Seconds', 'Wait p95', '95 % of the answered waited at most this long', (t) =>
    t.waitsAnswered.percentile(0.95),
  ),
  seconds(
    'waitAbandonedSeconds',
    'Wait of abandoned',
    'Sum of stated waits of abandoned visits',
    (t) => t.sums.waitAbandonedSeconds,
  ),
  seconds(
    'waitAbandonedMaxSeconds',
    'Longest wait of abandoned',
    'Longest stated wait of an abandoned visit',
    (t) => t.sums.waitAbandonedMaxSeconds,
  ),
  seconds('timeToAbandonSeconds', 'Time to abandon', 'Wait of abandoned / abandoned', (t) =>
    kpi.timeToAbandonSeconds(t.sums),
  ),
  seconds(
    'waitUnansweredSeconds',
    'Wait of unanswered',
    'Sum of stated waits of all outcomes but answered',
    (t) => t.sums.waitUnansweredSeconds,
  ),
  seconds(
    'waitUnansweredMaxSeconds',
    'Longest wait of unanswered',
    'Longest stated wait of all outcomes but answered',
    (t) => t.sums.waitUnansweredMaxSeconds,
  ),
  seconds('averageWaitSeconds', 'Average wait', 'Wait of everyone whose wait is over / their number', (t) =>
    kpi.averageWaitSeconds(t.sums),
  ),
  ratio('answeredRate', 'Answered rate', 'Answered / (entered − waiting)', (t) => kpi.answeredRate(t.sums)),
  ratio('abandonmentRate', 'Abandonment rate', 'Abandoned / (entered − waiting)', (t) =>
    kpi.abandonmentRate(t.sums),
  ),
  ratio(
    'abandonmentRateWithoutShort',
    'Abandonment rate without short',
    '(Abandoned − short) / (entered − waiting − short)',
    (t) => kpi.abandonmentRateWithoutShort(t.sums, t.shortAbandoned),
  ),
  ratio('timeoutRate', 'Timeout rate', 'Timed out / (entered − waiting)', (t) => kpi.timeoutRate(t.sums)),
  seconds(
    'talkSeconds',
    'Talk',
    'Sum of the talk the PBX states, counted where the caller entered',
    (t) => t.sums.talkSeconds,
  ),
  seconds('talkMaxSeconds', 'Longest talk', 'Longest talk the PBX states', (t) => t.sums.talkMaxSeconds),
  seconds('averageTalkSeconds', 'Average talk', 'Talk / answered', (t) => kpi.averageTalkSeconds(t.sums)),
  seconds(
    'ringSeconds',
    'Ring',
    'Sum of the ring time the PBX states for answered visits',
    (t) => t.sums.ringSeconds,
  ),
  seconds('holdSeconds', 'Hold', 'Measured time callers were on hold', (t) =>
    Math.round(t.sums.holdMs / 1000),
  ),
  seconds('wrapUpSeconds', 'Wrap-up', 'Wrap-up after calls of this queue, as configured', (t) =>
    Math.round(t.sums.wrapUpMs / 1000),
  ),
  seconds(
    'ahtSeconds',
    'AHT',
    'Average handle time: (talk + wrap-up) / answered; hold is inside the talk',
    (t) => kpi.ahtSeconds(t.sums.talkSeconds, t.sums.wrapUpMs, t.sums.answered),
  ),
  visits('completedByAgent', 'Ended by agent', 'Answered; the agent hung up', (t) => t.sums.completedByAgent),
  visits(
    'completedByCaller',
    'Ended by caller',
    'Answered; the caller hung up',
    (t) => t.sums.completedByCaller,
  ),
  visits('transfersOut', 'Transfers out', 'Blind and attended transfers as the PBX states them', (t) =>
    kpi.transfersOut(t.sums),
  ),
  visits('blindTransfers', 'Blind transfers', 'As the PBX states them', (t) => t.sums.blindTransfers),
  visits(
    'attendedTransfers',
    'Attended transfers',
    'As the PBX states them',
    (t) => t.sums.attendedTransfers,
  ),
  visits(
    'transfersSeen',
    'Transfers seen',
    'Transfers that really happened, seen or not by the queue',
    (t) => t.sums.transfersSeen,
  ),
  visits(
    'agentDumps',
    'Agent dumps',
    'An agent answered and hung up before the caller was joined',
    (t) => t.sums.agentDumps,
  ),
  visits(
    'talkedAfterAll',
    'Talked after all',
    'Given up by the queue, yet talked (FreeSWITCH)',
    (t) => t.sums.talkedAfterAll,
  ),
  offers('offered', 'Offers', 'Ringings of agents; null where only the log is known', (t) =>
    offersKnown(t.sums),
  ),
  offers('ringNoAnswers', 'Not answered', 'Ringings an agent let end', (t) => t.sums.ringNoAnswers),
  offers('ringCanceled', 'Ring cancelled', 'The caller left while an agent rang', (t) => t.sums.ringCanceled),
];

interface Offered {
  offered: number;
  answered: number;
  ringNoAnswers: number;
}

/** Offers are seen in the event stream only: fewer offers than answers, or misses without any, mean that it was not heard. */
export const offersKnown = ({ offered, answered, ringNoAnswers }: Offered): number | null =>
  offered < answered || (offered === 0 && ringNoAnswers > 0) ? null : offered;
