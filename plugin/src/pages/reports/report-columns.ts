/**
 * Which of a report's columns and totals are shown first: wide reports have fifty.
 *
 * In: a report. Out: keys of columns. What must hold: every other column is one click away in the column chooser; a report
 * without a line here shows all of its columns but ids.
 */
import type { Column, Row } from '../../api/types';

/** Keys in the order in which they are read, separated by spaces. */
const FIRST: Readonly<Record<string, string>> = {
  queues:
    'queueName pbx from entered answered abandoned timedOut serviceLevel abandonmentRate asaSeconds ' +
    'waitAnsweredMaxSeconds timeToAbandonSeconds ahtSeconds talkSeconds ringNoAnswers',
  agents:
    'agentName pbx from answered ringNoAnswers answerRate talkSeconds ahtSeconds loginSeconds ' +
    'pauseSeconds pauseSecondsByReason readySeconds occupancy callsPerHour',
  summary:
    'queueName pbx entered enteredDelta answered abandoned abandonmentRate serviceLevel ' +
    'serviceLevelDelta target targetGap asaSeconds ahtSeconds talkSeconds uniqueCallers repeatCallers ' +
    'peakHour peakHourEntered',
  traffic:
    'from to weekday hour queueName pbx entered answered abandoned timedOut serviceLevel ' +
    'abandonmentRate asaSeconds ahtSeconds depthMax agentsAverage agentsMin',
  calls:
    'enteredAt queueName pbx callerNumber callerName outcome waitSeconds agentName talkSeconds ' +
    'holdSeconds endedBy transferTo position attempts tags',
  answered:
    'enteredAt queueName pbx callerNumber callerName agentName waitSeconds ringSeconds talkSeconds ' +
    'holdSeconds wrapUpSeconds position attempts endedBy transferTo',
  unanswered:
    'enteredAt queueName pbx callerNumber callerName outcome exitKey waitSeconds position ' +
    'leftPosition shortAbandoned attempts agentsTried',
  unreached:
    'callerNumber callerName state queueName pbx lostContacts firstLostAt lastLostAt lastOutcome ' +
    'longestWaitSeconds callBacks reachedAt recoverySeconds',
  'agent-days':
    'date agentName pbx firstLoginAt lastLogoutAt answered ringNoAnswers loginSeconds ' +
    'talkMeasuredSeconds pauseSeconds pauseSecondsByReason readySeconds occupancy',
  'agent-queues':
    'agentName queueName pbx from answered share ringNoAnswers answerRate talkSeconds ' +
    'averageTalkSeconds loginSeconds pauseSeconds queuesServed',
  cdr:
    'startedAt direction pbx source sourceName destination disposition durationSeconds billSeconds ' +
    'trunk did queueName agentName',
  'payout-agents': 'agentName pbx calls paidCalls paidSeconds rate amount adjustments total',
  'payout-queues': 'queueName agentName pbx calls paidCalls paidSeconds rate amount',
  'payout-calls': 'enteredAt agentName queueName pbx reportedSeconds measuredSeconds rate status amount',
};

/** Shown besides where there is something in them: why calls are not paid. */
const UNPAID = 'belowMinimum talkUnknown noRate otherCurrency difference';
const WHERE_SOME: Readonly<Record<string, string>> = { 'payout-agents': UNPAID, 'payout-queues': UNPAID };

const keysOf = (keys: string | undefined): readonly string[] => keys?.split(' ') ?? [];

/** Ids and codes that stand beside what people read. */
const HIDDEN = new Set(['visitId', 'contactId', 'recordId', 'queue', 'agent', 'metric', 'type']);

/**
 * @param chosen keys from the address; null: nothing chosen
 * @param pbxs how many there are: with one, naming it in each row says nothing
 * @param totals of the rows, where the report has them
 */
export function shownColumns(
  report: string,
  columns: readonly Column[],
  chosen: readonly string[] | null,
  pbxs: number,
  totals: Row | null = null,
): readonly Column[] {
  if (chosen !== null) {
    const found = columns.filter(({ key }) => chosen.includes(key));
    if (found.length > 0) {
      return found;
    }
  }
  const some = keysOf(WHERE_SOME[report]).filter((key) => Number(totals?.[key] ?? 0) !== 0);
  const first = [...keysOf(FIRST[report]), ...some];
  const keys = new Set(columns.map(({ key }) => key));
  const isShown = ({ key }: Column) => {
    if (key === 'pbx') {
      return pbxs > 1;
    }
    return first.length > 0 ? first.includes(key) : !(HIDDEN.has(key) && hasReadable(key, keys));
  };
  const shown = columns.filter(isShown);
  return shown.length > 1 ? inOrder(shown, first) : columns;
}

/** An id is left out where the name it stands for is there; ids of rows always are. */
const READABLE: Readonly<Record<string, readonly string[]>> = {
  queue: ['queueName', 'displayName'],
  agent: ['agentName', 'displayName'],
  metric: ['label'],
  type: ['label'],
};
const hasReadable = (key: string, keys: ReadonlySet<string>): boolean =>
  READABLE[key]?.some((readable) => keys.has(readable)) ?? true;

const inOrder = (columns: readonly Column[], first: readonly string[]): readonly Column[] =>
  first.length > 0
    ? [...columns].sort((one, other) => first.indexOf(one.key) - first.indexOf(other.key))
    : columns;

const KPIS =
  'entered contacts answered answeredRate abandoned abandonmentRate serviceLevel asaSeconds ahtSeconds talkSeconds ' +
  'uniqueCallers occupancy ringNoAnswers callsPerHour lostContacts firstCallResolution clusters visits callers attempts ' +
  'asr billSeconds amount';
const MAX_KPIS = 8;
const KPIS_OF: Readonly<Record<string, string>> = {
  agents: 'answered ringNoAnswers answerRate ahtSeconds talkSeconds loginSeconds pauseSeconds occupancy',
  'agent-days': 'answered ringNoAnswers loginSeconds talkMeasuredSeconds pauseSeconds readySeconds occupancy',
  staffing: 'entered callsPerHalfHour ahtSeconds patienceSeconds erlangs agentsOnDuty serviceLevel',
  answered: 'talkSeconds holdSeconds wrapUpSeconds',
  unanswered: 'shortAbandoned',
  calls: 'talkSeconds holdSeconds wrapUpSeconds',
  cdr: 'durationSeconds billSeconds',
  'payout-agents': 'total amount adjustments paidCalls paidSeconds difference',
  'payout-queues': 'amount paidCalls paidSeconds difference',
};

/** Columns of the totals that stand above the table. */
export function kpiColumns(report: string, columns: readonly Column[], totals: Row | null): Column[] {
  if (totals === null) {
    return [];
  }
  return keysOf(KPIS_OF[report] ?? KPIS)
    .flatMap((key) => columns.find((column) => column.key === key) ?? [])
    .filter(({ key }) => totals[key] !== null && totals[key] !== undefined)
    .slice(0, MAX_KPIS);
}
