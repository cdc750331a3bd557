/**
 * The day sheet: when each agent's day began and ended and what filled it.
 *
 * In: range, zone, names. Out: one row per agent and local day in which he did anything. What must hold: the numbers are
 * those of the agents report by day; days have their 23 or 25 hours.
 */
import { readZones } from '../../rollups/zones.js';
import type { Slot } from '../../time/bucket.js';
import type { Zone } from '../../time/zone.js';
import type { AgentTotals } from '../agent-columns.js';
import { addAgentLine, agentTotals, collectAgentLines, knownTimes, newAgentLine } from '../agent-lines.js';
import type { ReportContext } from '../context.js';
import { planRange } from '../range.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope, type ScopeMember } from '../scope.js';
import type { Cell, ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange } from '../visits/parameters.js';
import { AGENT_IDENTITY, agentFields } from './agent-fields.js';
import { presenceOf, NO_SHIFT, shiftsOf, type Shift } from './shifts.js';

interface DayLine {
  /** Null: the whole range, all agents. */
  slot: Slot | null;
  agent: ScopeMember | null;
  zone: Zone;
  shift: Shift;
  totals: AgentTotals;
}

const { count, date, time } = fieldsOf<DayLine>();

const instant = (atMs: number | null, zone: Zone): Cell => (atMs === null ? null : zone.iso(atMs));

const FIELDS: readonly Field<DayLine>[] = [
  date(
    'date',
    'Date',
    'Local day, in the zone of the report',
    ({ slot, zone }) => slot && zone.iso(slot.fromMs).slice(0, 10),
  ),
  ...AGENT_IDENTITY,
  time(
    'firstLoginAt',
    'First login',
    'When the agent became a member of a queue; the beginning of the day for who was one already; null: nothing told',
    ({ shift, zone }) => instant(shift.firstLoginAt, zone),
  ),
  time(
    'lastLogoutAt',
    'Last logout',
    'When the agent left the last queue; the end of the day for who stayed; null: still logged in, or nothing told',
    ({ shift, zone }) => instant(shift.lastLogoutAt, zone),
  ),
  count(
    'sessions',
    'Sessions',
    'Stretches of login in the day (union over queues)',
    ({ shift }) => shift.sessions,
  ),
  ...agentFields<DayLine>([
    'answered',
    'ringNoAnswers',
    'loginSeconds',
    'talkMeasuredSeconds',
    'holdSeconds',
    'wrapUpSeconds',
    'ringingSeconds',
    'otherCallSeconds',
    'pauseSeconds',
    'pauseSecondsByReason',
    'fullyPausedSeconds',
    'unavailableSeconds',
    'readySeconds',
    'occupancy',
  ]),
];

const COLUMNS = columnsOf(FIELDS);

/** A quarter of a year: what people are paid by, and as much as one answer should hold. */
const MAX_DAYS = 100;

export const AGENT_DAYS_REPORT: ReportDefinition = {
  name: 'agent-days',
  title: 'Agents by day',
  description:
    'Day sheet: first login, last logout, time in calls, pauses by reason and free time per agent and day. Needs tz.',
  params: [],
  group: 'agents',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: [],
  paged: false,
  columns: COLUMNS,
  make,
};

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = common(fields, { ...call, params: { ...call.params, granularity: 'day' } });
  limitRange(fields, request, MAX_DAYS);
  fields.check();
  const scope = await loadScope(db, request);
  const plan = planRange(request, await readZones(db));
  const collected = await collectAgentLines(db, request, scope, plan);
  call.signal?.throwIfAborted();
  const presence = await presenceOf(
    db,
    [...scope.agents.keys()],
    scope.queuesNamed ? [...scope.queues.keys()] : null,
    request,
  );
  const { slots } = plan;
  const { zone } = request;
  const shifts = new Map([...presence].map(([agentId, known]) => [agentId, shiftsOf(known, slots)]));
  const known = knownTimes(scope);
  const slotIndex = new Map(slots.map((slot, i) => [slot, i]));
  const total = newAgentLine();
  let sessions = 0;
  const lines = collected.map(({ slot, agent, sums }): DayLine => {
    const shift = shifts.get(agent.id)?.[slotIndex.get(slot) ?? -1] ?? NO_SHIFT;
    addAgentLine(total, sums);
    sessions += shift.sessions;
    return { slot, agent, zone, shift, totals: agentTotals(sums, known) };
  });
  const all = { slot: null, agent: null, zone, shift: { ...NO_SHIFT, sessions } };
  return {
    meta: await metaOf(db, 'agent-days', request, scope),
    columns: COLUMNS,
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: rowOf(FIELDS, { ...all, totals: agentTotals(total, known) }),
  };
}
