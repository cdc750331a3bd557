/**
 * The agent report: calls, offers and time per agent and slot.
 *
 * In: a checked request. Out: the table. Without a queue filter the lines come from the agents' own rows, where login
 * and pause are unions over queues; with one they come from queue × agent rows, which know the calls of those queues
 * and, for a single queue, login and pause in it.
 */
import { sql, type Kysely } from 'kysely';
import { computeAgentRows } from '../rollups/compute-agent.js';
import { loadAgentFacts } from '../rollups/load-facts.js';
import { agentHorizons } from '../rollups/rolled-horizon.js';
import {
  addSums,
  AGENT_SUM_KEYS,
  isEmptyRow,
  keysOf,
  NO_AGENT_CALLS,
  NO_AGENT_TIME,
  NO_REASONS,
  parseReasons,
  QUEUE_AGENT_SUM_KEYS,
} from '../rollups/sums.js';
import { readZones } from '../rollups/zones.js';
import type { AgentTimeSums, Database } from '../storage/schema.js';
import type { Slot } from '../time/bucket.js';
import { AGENT_COLUMNS, type AgentTimes, type AgentTotals } from './agent-columns.js';
import { completenessOf } from './completeness.js';
import type { ReportContext } from './context.js';
import { planRange, slotAt, type RangePlan } from './range.js';
import { parseReportRequest, type ReportRequest } from './request.js';
import type { ReportDefinition } from './report.js';
import { loadScope, type Scope, type ScopeMember } from './scope.js';
import { slotCells, slotColumns } from './slot-columns.js';
import {
  readRollups,
  sourcesOf,
  sumRollups,
  type RollupSource,
  type Selection,
  type SummedRow,
} from './sum-rollups.js';
import type { Cell, Column, NamedTable, ReportTable, Row } from './table.js';

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

const NUMBERS: readonly Column[] = AGENT_COLUMNS.map(({ value: _, ...column }) => column);
const COLUMNS: readonly Column[] = [...IDENTITY, ...NUMBERS];

export const AGENTS_REPORT: ReportDefinition = {
  name: 'agents',
  title: 'Agents',
  description: 'Calls, login, pauses by reason, ready time and occupancy per agent.',
  params: [],
  group: 'agents',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: [],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make: async (context, { params, tenantId }) => agentsReport(context, parseReportRequest(params, tenantId)),
};

/** @throws ReportRequestError for names that are not known, or a granularity too fine for the range */
export async function agentsReport({ db }: ReportContext, request: ReportRequest): Promise<ReportTable> {
  const scope = await loadScope(db, request);
  const plan = planRange(request, await readZones(db));
  const [lines, completeness] = await Promise.all([
    collectAgentLines(db, request, scope, plan),
    completenessOf(db, scope, request),
  ]);
  const known = knownTimes(scope);
  const total = newAgentLine();
  for (const { sums } of lines) addAgentLine(total, sums);
  return {
    meta: {
      report: 'agents',
      from: request.zone.iso(request.fromMs),
      to: request.zone.iso(request.toMs),
      tz: request.zone.name,
      granularity: request.granularity,
      completeness,
      notes: notesOf(scope),
    },
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: lines.map(({ slot, agent, sums }) =>
      agentRow(
        {
          ...slotCells(request, slot),
          pbx: agent.pbx.name,
          agent: agent.name,
          agentName: agent.displayName ?? agent.name,
        },
        sums,
        known,
      ),
    ),
    totals: agentRow({ ...slotCells(request, null), pbx: null, agent: null, agentName: null }, total, known),
    ...(request.granularity !== 'total' && { tables: [slotsTable(request, lines, known)] }),
  };
}

/** Each slot over all agents; slots in which nobody did anything have no row, as in the main table. */
function slotsTable(
  request: ReportRequest,
  lines: readonly AgentLine[],
  known: ReadonlySet<TimeKey>,
): NamedTable {
  const slots = new Map<number, { slot: Slot; sums: AgentLineSums }>();
  for (const { slot, sums } of lines) {
    const added = slots.get(slot.fromMs) ?? { slot, sums: newAgentLine() };
    addAgentLine(added.sums, sums);
    slots.set(slot.fromMs, added);
  }
  return {
    key: 'slots',
    title: 'All agents',
    columns: [...slotColumns(request.granularity), ...NUMBERS],
    rows: [...slots.values()].map(({ slot, sums }) => agentRow(slotCells(request, slot), sums, known)),
    totals: null,
  };
}

/** What is added up of one agent and slot. */
export interface AgentLineSums {
  numbers: typeof NO_AGENT_CALLS & typeof NO_AGENT_TIME;
  reasons: Map<string, number>;
}

export interface AgentLine {
  slot: Slot;
  agent: ScopeMember;
  sums: AgentLineSums;
}

export const newAgentLine = (): AgentLineSums => ({
  numbers: { ...NO_AGENT_CALLS, ...NO_AGENT_TIME },
  reasons: new Map(),
});

export function addAgentLine(total: AgentLineSums, { numbers, reasons }: AgentLineSums): void {
  addSums(total.numbers, numbers, AGENT_SUM_KEYS);
  addReasons(total, reasons);
}

export function addReasons(line: AgentLineSums, reasons: ReadonlyMap<string, number>): void {
  for (const [reason, ms] of reasons) line.reasons.set(reason, (line.reasons.get(reason) ?? 0) + ms);
}

type AgentSummedRow = SummedRow<(typeof AGENT_SUM_KEYS)[number]>;
export type TimeKey = keyof AgentTimes;

/** Which times the lines of this scope know. */
export function knownTimes({ queuesNamed, queues }: Scope): ReadonlySet<TimeKey> {
  if (!queuesNamed) return new Set(keysOf(NO_AGENT_TIME));
  return new Set<TimeKey>(queues.size === 1 ? ['loginMs', 'pauseMs', 'talkMs'] : ['talkMs']);
}

function notesOf({ queuesNamed, queues }: Scope): string[] {
  if (!queuesNamed) return [];
  return queues.size === 1
    ? ['Calls, login and pause are of this queue only; what agents do across queues is left open.']
    : ['Calls are of these queues only; login, pause and ready time are known per queue or over all queues.'];
}

/** What the columns are computed from. */
export function agentTotals({ numbers, reasons }: AgentLineSums, known: ReadonlySet<TimeKey>): AgentTotals {
  // Who was called but never seen to log in: the login is not known (static members, DECISIONS.md 9).
  const loginUnknown = numbers.loginMs === 0 && (numbers.answered > 0 || numbers.ringNoAnswers > 0);
  const isKnown = (key: TimeKey): boolean =>
    known.has(key) &&
    !(loginUnknown && ['loginMs', 'readyMs', 'fullyPausedMs', 'unavailableMs'].includes(key));
  const time = (key: TimeKey): number | null => (isKnown(key) ? numbers[key] : null);
  return {
    calls: numbers,
    times: {
      loginMs: time('loginMs'),
      pauseMs: time('pauseMs'),
      fullyPausedMs: time('fullyPausedMs'),
      ringMs: time('ringMs'),
      talkMs: time('talkMs'),
      holdMs: time('holdMs'),
      wrapUpMs: time('wrapUpMs'),
      otherCallMs: time('otherCallMs'),
      unavailableMs: time('unavailableMs'),
      readyMs: time('readyMs'),
    },
    reasons: known.has('pauseMs') ? reasons : new Map(),
  };
}

function agentRow(identity: Row, sums: AgentLineSums, known: ReadonlySet<TimeKey>): Row {
  const totals = agentTotals(sums, known);
  const row: Record<string, Cell> = { ...identity };
  for (const { key, value } of AGENT_COLUMNS) row[key] = value(totals);
  return row;
}

/** One line per slot and agent who did anything; an agent who was asked for by name has his line in any case. */
export async function collectAgentLines(
  db: Kysely<Database>,
  request: ReportRequest,
  scope: Scope,
  plan: RangePlan,
): Promise<AgentLine[]> {
  const { slots } = plan;
  const lines = new Map<string, AgentLine>();
  const lineOf = (agentId: number, slotIndex: number): AgentLineSums | undefined => {
    const key = `${slotIndex}:${agentId}`;
    const existing = lines.get(key);
    const agent = scope.agents.get(agentId);
    const slot = slots[slotIndex];
    if (existing !== undefined || agent === undefined || slot === undefined) return existing?.sums;
    const sums = newAgentLine();
    lines.set(key, { slot, agent, sums });
    return sums;
  };
  if (scope.agentsNamed && slots.length === 1) for (const id of scope.agents.keys()) lineOf(id, 0);

  const family = scope.queuesNamed ? 'queueAgent' : 'agent';
  const queueIds = [...scope.queues.keys()];
  const selection: Selection = {
    tenantId: request.tenantId,
    entity: 'agent',
    entityIds: [...scope.agents.keys()],
    ...(scope.queuesNamed ? { queueIds } : {}),
  };
  const sumsOf = async (source: RollupSource): Promise<AgentSummedRow[]> =>
    scope.queuesNamed
      ? (await sumRollups(db, source, selection, QUEUE_AGENT_SUM_KEYS, slots)).map((row) => ({
          ...NO_AGENT_TIME,
          ...row,
        }))
      : sumRollups(db, source, selection, AGENT_SUM_KEYS, slots);
  const somePause = sql`r.pause_by_reason <> ${NO_REASONS}`;
  for (const source of sourcesOf(family, plan)) {
    const [sums, pauses] = await Promise.all([
      sumsOf(source),
      readRollups<Pick<AgentTimeSums, 'pauseByReason'>>(db, source, selection, ['pauseByReason'], somePause),
    ]);
    for (const row of sums) {
      const line = lineOf(row.entityId, row.slot);
      if (line !== undefined) addSums(line.numbers, row, AGENT_SUM_KEYS);
    }
    for (const row of pauses) {
      const line = lineOf(row.entityId, slotAt(slots, row.bucketAt));
      if (line !== undefined) addReasons(line, parseReasons(row.pauseByReason));
    }
  }

  const agentIds = [...scope.agents.keys()];
  const horizons = await agentHorizons(db, plan.parts.length > 0 ? agentIds : []);
  for (const part of plan.parts) {
    const facts = await loadAgentFacts(db, agentIds, part);
    for (const [agentId, known] of facts) {
      const horizon = horizons.get(agentId) ?? { callsUntil: null, presenceUntil: null };
      const computed = computeAgentRows(known, [part.fromMs, part.toMs], horizon);
      const rows = scope.queuesNamed
        ? queueIds.flatMap((id) => computed.queues.get(id) ?? []).map((row) => ({ ...NO_AGENT_TIME, ...row }))
        : computed.agent;
      for (const row of rows.filter((one) => !isEmptyRow(one))) {
        const line = lineOf(agentId, slotAt(slots, part.fromMs));
        if (line === undefined) continue;
        addSums(line.numbers, row, AGENT_SUM_KEYS);
        addReasons(line, parseReasons(row.pauseByReason));
      }
    }
  }
  const order = new Map(agentIds.map((id, i) => [id, i]));
  return [...lines.values()].sort(
    (a, b) => a.slot.fromMs - b.slot.fromMs || (order.get(a.agent.id) ?? 0) - (order.get(b.agent.id) ?? 0),
  );
}
