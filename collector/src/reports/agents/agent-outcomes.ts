/**
 * What became of the offers made to each agent.
 *
 * In: range, names, granularity. Out: one row per agent and slot: every outcome as a count and as a share. What must hold:
 * the counts are those of the agents report; an outcome only the event stream tells is null where it was not heard.
 */
import { answerRateOfOffers } from '../../kpi/agent-kpi.js';
import { ratio } from '../../kpi/ratio.js';
import { readZones } from '../../rollups/zones.js';
import type { AgentCallSums } from '../../storage/schema.js';
import { addAgentLine, collectAgentLines, newAgentLine } from '../agent-lines.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { offersKnown } from '../queue-columns.js';
import { planRange } from '../range.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope, type ScopeMember } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common } from '../visits/parameters.js';
import { AGENT_IDENTITY } from './agent-fields.js';

interface Line {
  agent: ScopeMember | null;
  calls: Readonly<AgentCallSums>;
}

interface OfferOutcome {
  key: keyof AgentCallSums;
  label: string;
  description: string;
  /** The log does not tell it: known only where the event stream was heard. */
  streamOnly?: true;
}

const OUTCOMES: readonly OfferOutcome[] = [
  { key: 'answered', label: 'Answered', description: 'Calls taken, counted where the caller entered' },
  {
    key: 'ringCanceled',
    label: 'Caller gave up',
    description: 'The caller left the queue while the agent rang',
  },
  { key: 'ringNoAnswers', label: 'Not answered', description: 'The agent let it ring until it ended' },
  { key: 'busy', label: 'Busy', description: 'The phone was busy', streamOnly: true },
  { key: 'rejected', label: 'Rejected', description: 'The agent refused the call', streamOnly: true },
  { key: 'lostRace', label: 'Lost race', description: 'Another agent took the call', streamOnly: true },
  {
    key: 'offerUnavailable',
    label: 'Unavailable',
    description: 'The phone could not be reached',
    streamOnly: true,
  },
  {
    key: 'agentDumps',
    label: 'Dumps',
    description: 'Answered and hung up before the caller was joined',
  },
];

const { count, ratio: ratioField, seconds } = fieldsOf<Line>();

const outcomesOf = (calls: Readonly<AgentCallSums>): number =>
  OUTCOMES.reduce((all, { key }) => all + calls[key], 0);

const isKnown = (calls: Readonly<AgentCallSums>, { streamOnly }: OfferOutcome): boolean =>
  !streamOnly || offersKnown(calls) !== null;

const FIELDS: readonly Field<Line>[] = [
  ...AGENT_IDENTITY,
  {
    ...count(
      'offered',
      'Offers',
      'Ringings the event stream showed; null where only the log is known',
      (line) => offersKnown(line.calls),
    ),
    unit: 'offers',
  },
  {
    ...count('outcomes', 'Outcomes', 'Sum of all outcomes: the offers whose end is known', (line) =>
      outcomesOf(line.calls),
    ),
    unit: 'offers',
  },
  ...OUTCOMES.map((outcome): Field<Line> => {
    const { key, label, description, streamOnly } = outcome;
    const meaning = streamOnly ? `${description}; null where only the log is known` : description;
    return {
      ...count(key, label, meaning, ({ calls }) => (isKnown(calls, outcome) ? calls[key] : null)),
      unit: 'offers',
    };
  }),
  ...OUTCOMES.map((outcome) =>
    ratioField(
      `${outcome.key}Share`,
      `${outcome.label}, share`,
      `${outcome.label} / outcomes`,
      ({ calls }) => (isKnown(calls, outcome) ? ratio(calls[outcome.key], outcomesOf(calls)) : null),
    ),
  ),
  ratioField(
    'answerRate',
    'Answer rate',
    'Answered / (answered + not answered): what the agent had in hand',
    ({ calls }) => answerRateOfOffers(calls),
  ),
  seconds(
    'averageRingNoAnswerSeconds',
    'Ring when not answered',
    'Time it rang when not answered / not answered',
    ({ calls }) => ratio(calls.ringNoAnswerMs / 1000, calls.ringNoAnswers),
  ),
];

const COLUMNS = columnsOf(FIELDS);

export const AGENT_OUTCOMES_REPORT: ReportDefinition = {
  name: 'agent-outcomes',
  title: 'Outcomes of offers',
  description:
    'What became of the calls offered to each agent: answered, given up by the caller while ringing, not answered, busy, ' +
    'rejected, taken by another agent, phone unreachable, hung up before joining.',
  params: [HOURS_PARAM],
  group: 'agents',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make,
};

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = common(fields, call);
  fields.check();
  const scope = await loadScope(db, request);
  const plan = planRange(request, await readZones(db));
  const lines = await collectAgentLines(db, request, scope, plan);
  call.signal?.throwIfAborted();
  const total = newAgentLine();
  for (const { sums } of lines) addAgentLine(total, sums);
  // Who was only logged in had no offers.
  const offered = lines.filter(({ sums: { numbers } }) => numbers.offered > 0 || outcomesOf(numbers) > 0);
  return {
    meta: await metaOf(db, 'agent-outcomes', request, scope),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: offered.map(({ slot, agent, sums }) => ({
      ...slotCells(request, slot),
      ...rowOf(FIELDS, { agent, calls: sums.numbers }),
    })),
    totals: { ...slotCells(request, null), ...rowOf(FIELDS, { agent: null, calls: total.numbers }) },
    ...(request.granularity === 'total' ? { charts: [CHART] } : {}),
  };
}

const CHART = {
  kind: 'bar',
  title: 'Outcomes of offers by agent',
  table: null,
  x: 'agentName',
  y: OUTCOMES.map(({ key }) => key),
} as const;
