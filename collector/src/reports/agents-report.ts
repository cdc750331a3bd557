/**
 * The agent report: calls, offers and time per agent and slot.
 *
 * In: a checked request. Out: the table, from lines (agent-lines.ts).
 */
import { readZones } from '../rollups/zones.js';
import type { Slot } from '../time/bucket.js';
import { AGENT_COLUMNS, type AgentColumn } from './agent-columns.js';
import {
  addAgentLine,
  agentNotes,
  agentTotals,
  collectAgentLines,
  knownTimes,
  newAgentLine,
  type AgentLine,
  type AgentLineSums,
  type TimeKey,
} from './agent-lines.js';
import { HOURS_PARAM, hoursMeta, hoursNotes } from './business-hours.js';
import { completenessOf } from './completeness.js';
import { choiceParams, chosenOf, EVERYTHING, parseChosen, type Choice } from './choice.js';
import type { ReportContext } from './context.js';
import { inTurns, limitLines } from './long-tables.js';
import { memberRows, plain, type ColumnsAndRows } from './member-rows.js';
import { planRange } from './range.js';
import type { ReportRequest } from './request.js';
import type { ReportDefinition } from './report.js';
import { loadScope } from './scope.js';
import { slotCells, slotColumns } from './slot-columns.js';
import type { Column, ReportTable, Row } from './table.js';

const IDENTITY: readonly Column[] = [
  { key: 'pbx', label: 'PBX', type: 'text', unit: null, description: 'Name of the PBX' },
  { key: 'agent', label: 'Agent', type: 'text', unit: null, description: 'Name of the member on the PBX' },
  {
    key: 'agentName',
    label: 'Agent name',
    type: 'text',
    unit: null,
    description: 'Display name, else the name on the PBX',
  },
];

const NUMBERS: readonly Column[] = AGENT_COLUMNS.map(plain);
const COLUMNS: readonly Column[] = [...IDENTITY, ...NUMBERS];

const shownWith = (known: Known) =>
  ({
    kind: 'agent',
    identity: IDENTITY,
    memberOf: ({ agent }: AgentLine) => agent,
    totalsOf: ({ sums }: AgentLine) => agentTotals(sums, known),
  }) as const;

export const AGENTS_REPORT: ReportDefinition = {
  name: 'agents',
  title: 'Agents',
  description: 'Calls, login, pauses by reason, ready time and occupancy per agent.',
  params: [HOURS_PARAM, ...choiceParams('agent', NUMBERS)],
  group: 'agents',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: [],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make: async (context, { params, tenantId, signal }) => {
    const { request, choice } = parseChosen(params, tenantId, { member: 'agent', numbers: NUMBERS });
    return agentsReport(context, request, choice, signal);
  },
};

/** @throws ReportRequestError for names that are not known, or a granularity too fine for the range */
export async function agentsReport(
  { db }: ReportContext,
  request: ReportRequest,
  choice: Choice = EVERYTHING,
  signal?: AbortSignal,
): Promise<ReportTable> {
  const scope = await loadScope(db, request);
  const plan = planRange(request, await readZones(db));
  limitLines(plan.slots.length, scope.agents.size, 'agents');
  const [lines, completeness] = await Promise.all([
    collectAgentLines(db, request, scope, plan, signal),
    completenessOf(db, scope, request),
  ]);
  const known = knownTimes(scope);
  const slots = await sumSlots(lines, signal);
  const total = newAgentLine();
  for (const { sums } of slots) addAgentLine(total, sums);
  const numbers = chosenOf(AGENT_COLUMNS, choice);
  const together = rowsTogether(request, slots, known, numbers);
  return {
    meta: {
      report: 'agents',
      from: request.zone.iso(request.fromMs),
      to: request.zone.iso(request.toMs),
      tz: request.zone.name,
      granularity: request.granularity,
      completeness,
      ...hoursMeta(scope),
      notes: [...agentNotes(scope), ...hoursNotes(scope, request)],
    },
    ...(choice.together
      ? together
      : await memberRows(request, lines, { ...shownWith(known), numbers }, signal)),
    totals: {
      ...slotCells(request, null),
      ...(choice.together ? {} : { pbx: null, agent: null, agentName: null }),
      ...numbersOf(total, known, numbers),
    },
    ...(request.granularity !== 'total' &&
      !choice.together && { tables: [{ key: 'slots', title: 'All agents', ...together, totals: null }] }),
  };
}

interface SlotSums {
  slot: Slot;
  sums: AgentLineSums;
}

/** Each slot over all agents; slots in which nobody did anything are left out, as in the main table. */
async function sumSlots(lines: readonly AgentLine[], signal: AbortSignal | undefined): Promise<SlotSums[]> {
  const slots = new Map<number, SlotSums>();
  for await (const some of inTurns(lines, signal)) {
    for (const { slot, sums } of some) {
      const added = slots.get(slot.fromMs) ?? { slot, sums: newAgentLine() };
      addAgentLine(added.sums, sums);
      slots.set(slot.fromMs, added);
    }
  }
  return [...slots.values()];
}

type Known = ReadonlySet<TimeKey>;

const rowsTogether = (
  request: ReportRequest,
  slots: readonly SlotSums[],
  known: Known,
  numbers: readonly AgentColumn[],
): ColumnsAndRows => ({
  columns: [...slotColumns(request.granularity), ...numbers.map(plain)],
  rows: slots.map(({ slot, sums }) => ({ ...slotCells(request, slot), ...numbersOf(sums, known, numbers) })),
});

function numbersOf(sums: AgentLineSums, known: Known, numbers: readonly AgentColumn[]): Row {
  const totals = agentTotals(sums, known);
  return Object.fromEntries(numbers.map(({ key, value }) => [key, value(totals)]));
}
