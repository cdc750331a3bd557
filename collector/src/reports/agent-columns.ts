/** The columns of the agent report: every number with its meaning and where it comes from. */
import * as kpi from '../kpi/agent-kpi.js';
import { ahtSeconds, transfersOut } from '../kpi/queue-kpi.js';
import type { AgentCallSums, AgentTimeSums } from '../storage/schema.js';
import { offersKnown } from './queue-columns.js';
import type { NumberColumn } from './member-rows.js';

/** Times that are not known for this line (per-queue lines know login, pause and talk only) are null. */
export type AgentTimes = { [K in keyof Omit<AgentTimeSums, 'pauseByReason'>]: number | null };

export interface AgentTotals {
  calls: AgentCallSums;
  times: AgentTimes;
  reasons: ReadonlyMap<string, number>;
}

export type AgentColumn = NumberColumn<AgentTotals>;

type Value = AgentColumn['value'];

const visits = (key: string, label: string, description: string, value: Value): AgentColumn => ({
  key,
  label,
  type: 'count',
  unit: 'visits',
  description,
  value,
});
const offers = (key: string, label: string, description: string, value: Value): AgentColumn => ({
  ...visits(key, label, description, value),
  unit: 'offers',
});
const seconds = (key: string, label: string, description: string, value: Value): AgentColumn => ({
  key,
  label,
  type: 'seconds',
  unit: 's',
  description,
  value,
});
const ratio = (key: string, label: string, description: string, value: Value): AgentColumn => ({
  key,
  label,
  type: 'ratio',
  unit: null,
  description,
  value,
});
const time = (key: string, label: string, description: string, of: keyof AgentTimes): AgentColumn =>
  seconds(key, label, `${description} (measured, split at the edges of the slot)`, ({ times }) =>
    whole(times[of]),
  );

/** Milliseconds as whole seconds. */
const whole = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));

/** The value when all of the times it needs are known. */
function known<K extends keyof AgentTimes>(
  times: AgentTimes,
  keys: readonly K[],
  value: (times: Record<K, number>) => number | null,
): number | null {
  const numbers: Partial<Record<K, number>> = {};
  for (const key of keys) {
    const ms = times[key];
    if (ms === null) return null;
    numbers[key] = ms;
  }
  return isFull(numbers, keys) ? value(numbers) : null;
}

const isFull = <K extends string>(
  part: Partial<Record<K, number>>,
  keys: readonly K[],
): part is Record<K, number> => keys.every((key) => part[key] !== undefined);

export const AGENT_COLUMNS: readonly AgentColumn[] = [
  visits(
    'answered',
    'Answered',
    'Calls taken, counted where the caller entered',
    ({ calls }) => calls.answered,
  ),
  offers('offered', 'Offers', 'Ringings; null where only the log is known', ({ calls }) =>
    offersKnown(calls),
  ),
  offers('ringNoAnswers', 'Not answered', 'Ringings the agent let end', ({ calls }) => calls.ringNoAnswers),
  offers(
    'ringCanceled',
    'Ring cancelled',
    'The caller left while it rang',
    ({ calls }) => calls.ringCanceled,
  ),
  offers('busy', 'Busy', 'The phone was busy; null where only the log is known', ({ calls }) =>
    offersKnown(calls) === null ? null : calls.busy,
  ),
  offers(
    'rejected',
    'Rejected',
    'The agent refused the call; null where only the log is known',
    ({ calls }) => (offersKnown(calls) === null ? null : calls.rejected),
  ),
  offers(
    'lostRace',
    'Lost race',
    'Another agent took the call; null where only the log is known',
    ({ calls }) => (offersKnown(calls) === null ? null : calls.lostRace),
  ),
  visits(
    'agentDumps',
    'Dumps',
    'Answered and hung up before the caller was joined',
    ({ calls }) => calls.agentDumps,
  ),
  ratio('answerRate', 'Answer rate', 'Answered / (answered + not answered)', ({ calls }) =>
    kpi.answerRateOfOffers(calls),
  ),
  seconds(
    'talkSeconds',
    'Talk',
    'Sum of the talk the PBX states, counted where the caller entered',
    ({ calls }) => calls.talkSeconds,
  ),
  seconds(
    'talkMaxSeconds',
    'Longest talk',
    'Longest talk the PBX states',
    ({ calls }) => calls.talkMaxSeconds,
  ),
  seconds(
    'ringSeconds',
    'Ring',
    'Sum of the ring time the PBX states for answered calls',
    ({ calls }) => calls.ringSeconds,
  ),
  seconds(
    'ahtSeconds',
    'AHT',
    'Average handle time: (talk + wrap-up) / answered; hold is inside the talk',
    ({ calls, times }) =>
      known(times, ['wrapUpMs'], ({ wrapUpMs }) => ahtSeconds(calls.talkSeconds, wrapUpMs, calls.answered)),
  ),
  time('loginSeconds', 'Login', 'Member of at least one queue', 'loginMs'),
  time('pauseSeconds', 'Pause', 'Paused in at least one queue', 'pauseMs'),
  {
    key: 'pauseSecondsByReason',
    label: 'Pause by reason',
    type: 'reasons',
    unit: 's',
    description: 'Reason → seconds paused for it in at least one queue; no reason = ""',
    value: ({ reasons }) =>
      Object.fromEntries([...reasons].map(([reason, ms]) => [reason, Math.round(ms / 1000)])),
  },
  time(
    'fullyPausedSeconds',
    'Fully paused',
    'Paused in all queues the agent was a member of',
    'fullyPausedMs',
  ),
  time(
    'readySeconds',
    'Ready',
    'Login without full pause, ringing, talk, wrap-up, other calls and unreachable phone',
    'readyMs',
  ),
  time('talkMeasuredSeconds', 'Time talking', 'Time in queue calls, two at once counted once', 'talkMs'),
  time('holdSeconds', 'Hold', 'Time with the caller on hold; a part of the talk', 'holdMs'),
  time('wrapUpSeconds', 'Wrap-up', 'After calls, as configured per queue', 'wrapUpMs'),
  time('ringingSeconds', 'Time ringing', 'Time the phone rang for queue calls', 'ringMs'),
  time('otherCallSeconds', 'Other calls', 'Phone in use without a queue call', 'otherCallMs'),
  time('unavailableSeconds', 'Unreachable', 'Logged in with no phone that could be reached', 'unavailableMs'),
  ratio('occupancy', 'Occupancy', '(talk + wrap-up) / (talk + wrap-up + ready), measured', ({ times }) =>
    known(times, ['talkMs', 'wrapUpMs', 'readyMs'], kpi.occupancy),
  ),
  ratio('utilisation', 'Utilisation', '(talk + wrap-up) / login, measured', ({ times }) =>
    known(times, ['talkMs', 'wrapUpMs', 'loginMs'], kpi.utilisation),
  ),
  {
    key: 'callsPerHour',
    label: 'Calls per hour',
    type: 'number',
    unit: '1/h',
    description: 'Answered / hours of login without full pauses',
    value: ({ calls, times }) =>
      known(times, ['loginMs', 'fullyPausedMs'], (t) => kpi.callsPerHour({ ...t, answered: calls.answered })),
  },
  visits('completedByAgent', 'Ended by agent', 'The agent hung up', ({ calls }) => calls.completedByAgent),
  visits(
    'completedByCaller',
    'Ended by caller',
    'The caller hung up',
    ({ calls }) => calls.completedByCaller,
  ),
  visits(
    'transfersOut',
    'Transfers out',
    'Blind and attended transfers as the PBX states them',
    ({ calls }) => transfersOut(calls),
  ),
  visits(
    'transfersSeen',
    'Transfers seen',
    'Transfers that really happened',
    ({ calls }) => calls.transfersSeen,
  ),
];
