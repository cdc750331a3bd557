/**
 * Agent × queue: what each agent did in each queue, and how many queues each one served.
 *
 * In: range, names, granularity. Out: one row per agent, queue and slot; a further table with one row per agent. What must
 * hold: shares are of all answered visits of the queue, whichever agents were asked for.
 */
import { averageTalkSeconds } from '../../kpi/queue-kpi.js';
import { ratio } from '../../kpi/ratio.js';
import { readZones } from '../../rollups/zones.js';
import type { Slot } from '../../time/bucket.js';
import type { AgentTotals } from '../agent-columns.js';
import { addAgentLine, agentTotals, newAgentLine, type AgentLineSums, type TimeKey } from '../agent-lines.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { planRange } from '../range.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope, type ScopeMember } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { NamedTable, ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common } from '../visits/parameters.js';
import { AGENT_IDENTITY, agentFields, QUEUE_IDENTITY } from './agent-fields.js';
import { collectPairLines, type PairLine } from './pair-lines.js';

interface Line {
  agent: ScopeMember | null;
  queue: ScopeMember | null;
  totals: AgentTotals;
  /** Answered by anybody in this queue and slot; of totals, in all queues shown. */
  answeredByAll: number;
}

const { ratio: ratioField, seconds } = fieldsOf<Line>();

const FIELDS: readonly Field<Line>[] = [
  ...AGENT_IDENTITY,
  ...QUEUE_IDENTITY,
  ...agentFields<Line>(['answered']),
  ratioField(
    'share',
    'Share',
    "Answered by the agent / answered by anybody, of the queue's visits",
    ({ totals, answeredByAll }) => ratio(totals.calls.answered, answeredByAll),
  ),
  ...agentFields<Line>([
    'offered',
    'ringNoAnswers',
    'ringCanceled',
    'busy',
    'rejected',
    'lostRace',
    'agentDumps',
    'answerRate',
    'talkSeconds',
    'talkMaxSeconds',
  ]),
  seconds('averageTalkSeconds', 'Average talk', 'Talk / answered', ({ totals }) =>
    averageTalkSeconds(totals.calls),
  ),
  ...agentFields<Line>([
    'ringSeconds',
    'loginSeconds',
    'pauseSeconds',
    'pauseSecondsByReason',
    'talkMeasuredSeconds',
    'completedByAgent',
    'completedByCaller',
    'transfersOut',
    'transfersSeen',
  ]),
];

const COLUMNS = columnsOf(FIELDS);

export const AGENT_QUEUES_REPORT: ReportDefinition = {
  name: 'agent-queues',
  title: 'Agents by queue',
  description:
    'Calls, offers, login and pauses of each agent in each queue, and the queues each one served. Login and pause are ' +
    'per queue: an agent of two queues is logged in to both at once, so the sum is more than the agents report has.',
  params: [HOURS_PARAM],
  group: 'agents',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: ['heatmap'],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make,
};

/** What is known per queue. */
const TIMES: ReadonlySet<TimeKey> = new Set<TimeKey>(['loginMs', 'pauseMs', 'talkMs']);

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = common(fields, call);
  fields.check();
  const scope = await loadScope(db, request);
  const everybody = scope.agentsNamed ? await loadScope(db, { ...request, agents: null }) : scope;
  const plan = planRange(request, await readZones(db));
  const pairs = await collectPairLines(db, everybody, plan, call.signal);
  const answered = answeredPerQueue(pairs);
  const shown = pairs.filter(({ agent }) => scope.agents.has(agent.id));
  const total = newAgentLine();
  for (const { sums } of shown) addAgentLine(total, sums);
  const answeredByAll = [...answered.values()].reduce((all, one) => all + one, 0);
  return {
    meta: await metaOf(db, 'agent-queues', request, scope),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: shown.map((pair) => {
      const line = {
        ...pair,
        totals: agentTotals(pair.sums, TIMES),
        answeredByAll: answered.get(keyOf(pair)) ?? 0,
      };
      return { ...slotCells(request, pair.slot), ...rowOf(FIELDS, line) };
    }),
    totals: {
      ...slotCells(request, null),
      ...rowOf(FIELDS, { agent: null, queue: null, totals: agentTotals(total, TIMES), answeredByAll }),
    },
    tables: [servedTable(shown, total, answeredByAll)],
    ...(request.granularity === 'total' ? { charts: [CHART] } : {}),
  };
}

const CHART = {
  kind: 'heatmap',
  title: 'Answered by agent and queue',
  table: null,
  x: 'queueName',
  y: 'agentName',
  value: 'answered',
} as const;

const keyOf = ({ slot, queue }: { slot: Slot; queue: ScopeMember }): string => `${slot.fromMs}:${queue.id}`;

function answeredPerQueue(pairs: readonly PairLine[]): Map<string, number> {
  const answered = new Map<string, number>();
  for (const pair of pairs) {
    answered.set(keyOf(pair), (answered.get(keyOf(pair)) ?? 0) + pair.sums.numbers.answered);
  }
  return answered;
}

interface Served extends Omit<Line, 'queue'> {
  /** Null: in totals. */
  queuesServed: number | null;
}

const served = fieldsOf<Served>();

const SERVED_FIELDS: readonly Field<Served>[] = [
  ...AGENT_IDENTITY,
  served.count(
    'queuesServed',
    'Queues served',
    'Queues in which the agent answered at least one call',
    ({ queuesServed }) => queuesServed,
  ),
  ...agentFields<Served>(['answered']),
  served.ratio(
    'share',
    'Share',
    'Answered by the agent / answered by anybody, of all queues of the report',
    ({ totals, answeredByAll }) => ratio(totals.calls.answered, answeredByAll),
  ),
];

function servedTable(pairs: readonly PairLine[], total: AgentLineSums, answeredByAll: number): NamedTable {
  const byAgent = new Map<ScopeMember, { sums: AgentLineSums; queues: Set<number> }>();
  for (const { agent, queue, sums } of pairs) {
    const entry = byAgent.get(agent) ?? { sums: newAgentLine(), queues: new Set<number>() };
    byAgent.set(agent, entry);
    addAgentLine(entry.sums, sums);
    if (sums.numbers.answered > 0) entry.queues.add(queue.id);
  }
  const row = (agent: ScopeMember | null, sums: AgentLineSums, queuesServed: number | null) =>
    rowOf(SERVED_FIELDS, { agent, totals: agentTotals(sums, TIMES), answeredByAll, queuesServed });
  return {
    key: 'served',
    title: 'Queues served by each agent',
    columns: columnsOf(SERVED_FIELDS),
    rows: [...byAgent].map(([agent, { sums, queues }]) => row(agent, sums, queues.size)),
    totals: row(null, total, null),
  };
}
