/**
 * Calls, offers and time of agents, added up per agent and slot: what the reports of agents are made of.
 *
 * In: a checked request, its scope and plan. Out: lines; which times they know. What must hold: the same lines whichever mix
 * of day rows, 15-minute rows and facts answers. Without a queue filter they come from the agents' own rows, where login and
 * pause are unions over queues; with one from queue × agent rows, which know the calls of those queues and, for a single
 * queue, login and pause in it. By business hours see `readingsOf`.
 */
import { sql, type Kysely } from 'kysely';
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
  type AgentRow,
  type QueueAgentRow,
} from '../rollups/sums.js';
import type { AgentTimeSums, Database } from '../storage/schema.js';
import type { Slot } from '../time/bucket.js';
import type { AgentTimes, AgentTotals } from './agent-columns.js';
import { agentParts } from './agent-parts.js';
import { inTurns } from './long-tables.js';
import { plansOf } from './queue-plans.js';
import { slotAt, type RangePlan } from './range.js';
import type { ReportRequest } from './request.js';
import type { Scope, ScopeMember } from './scope.js';
import { readRollups, sourcesOf, sumRollups, type Selection } from './sum-rollups.js';

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

const NOTHING = { ...NO_AGENT_CALLS, ...NO_AGENT_TIME };

export const newAgentLine = (): AgentLineSums => ({
  numbers: { ...NOTHING },
  reasons: new Map(),
});

export function addAgentLine(total: AgentLineSums, { numbers, reasons }: AgentLineSums): void {
  addSums(total.numbers, numbers, AGENT_SUM_KEYS);
  addReasons(total, reasons);
}

export function addReasons(line: AgentLineSums, reasons: ReadonlyMap<string, number>): void {
  for (const [reason, ms] of reasons) line.reasons.set(reason, (line.reasons.get(reason) ?? 0) + ms);
}

export type TimeKey = keyof AgentTimes;

/** Whether time across queues is known: of all queues, which are open at the same times when hours matter. */
const knowsTimes = ({ queuesNamed, hours }: Scope): boolean =>
  !queuesNamed && (hours === null || hours.groups.length === 1);

/** Which times the lines of this scope know. */
export function knownTimes(scope: Scope): ReadonlySet<TimeKey> {
  if (knowsTimes(scope)) return new Set(keysOf(NO_AGENT_TIME));
  return new Set<TimeKey>(scope.queues.size === 1 ? ['loginMs', 'pauseMs', 'talkMs'] : ['talkMs']);
}

/** What a reader must know of the times. */
export function agentNotes(scope: Scope): string[] {
  const { queuesNamed, queues, hours } = scope;
  if (knowsTimes(scope)) return [];
  if (!queuesNamed && hours !== null)
    return [
      'Queues are open at different times: login, pause and ready time are left open; ask for one queue.',
    ];
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

/** One line per slot and agent who did anything; an agent who was asked for by name has his line in any case. */
export async function collectAgentLines(
  db: Kysely<Database>,
  request: ReportRequest,
  scope: Scope,
  plan: RangePlan,
  signal?: AbortSignal,
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

  for (const reading of readingsOf(scope, plan, request.tenantId)) {
    await addRollups(db, reading, slots, { lineOf, signal });
    const { family, selection, keys, reasons } = reading;
    for await (const { fromMs, agentId, rows } of agentParts(db, selection.entityIds, reading.plan)) {
      const some =
        family === 'agent'
          ? rows.agent
          : (selection.queueIds ?? []).flatMap((id) => rows.queues.get(id) ?? []).map(withTimes);
      for (const row of some.filter((one) => !isEmptyRow(one))) {
        const line = lineOf(agentId, slotAt(slots, fromMs));
        if (line === undefined) continue;
        addSums(line.numbers, row, keys);
        if (reasons) addReasons(line, parseReasons(row.pauseByReason));
      }
    }
  }
  const agentIds = [...scope.agents.keys()];
  const order = new Map(agentIds.map((id, i) => [id, i]));
  return [...lines.values()].sort(
    (a, b) => a.slot.fromMs - b.slot.fromMs || (order.get(a.agent.id) ?? 0) - (order.get(b.agent.id) ?? 0),
  );
}

type AgentKey = (typeof AGENT_SUM_KEYS)[number];

/** Some columns of a family of rows. */
interface Reading {
  family: 'agent' | 'queueAgent';
  selection: Selection;
  keys: readonly AgentKey[];
  /** Pauses by reason, too. */
  reasons: boolean;
  plan: RangePlan;
}

/**
 * Where lines come from. By business hours calls always count by their queue; time across queues only where all queues
 * are open at the same times.
 */
function readingsOf(scope: Scope, plan: RangePlan, tenantId: number): Reading[] {
  const selection: Selection = { tenantId, entity: 'agent', entityIds: [...scope.agents.keys()] };
  if (!scope.queuesNamed && scope.hours === null)
    return [{ family: 'agent', selection, keys: AGENT_SUM_KEYS, reasons: true, plan }];
  const ofAll = knowsTimes(scope);
  return plansOf(scope, plan).flatMap(({ queueIds, plan: part }): Reading[] => {
    const inQueues = { family: 'queueAgent', selection: { ...selection, queueIds }, plan: part } as const;
    if (!ofAll) return [{ ...inQueues, keys: QUEUE_AGENT_SUM_KEYS, reasons: true }];
    return [
      { ...inQueues, keys: keysOf(NO_AGENT_CALLS), reasons: false },
      { family: 'agent', selection, plan: part, keys: keysOf(NO_AGENT_TIME), reasons: true },
    ];
  });
}

interface Collecting {
  lineOf: (agentId: number, slotIndex: number) => AgentLineSums | undefined;
  signal: AbortSignal | undefined;
}

async function addRollups(
  db: Kysely<Database>,
  { family, selection, keys, reasons, plan }: Reading,
  slots: readonly Slot[],
  { lineOf, signal }: Collecting,
): Promise<void> {
  const somePause = sql`r.pause_by_reason <> ${NO_REASONS}`;
  for (const source of sourcesOf(family, plan)) {
    const [sums, pauses] = await Promise.all([
      sumRollups(db, source, selection, keys, slots),
      reasons
        ? readRollups<Pick<AgentTimeSums, 'pauseByReason'>>(
            db,
            source,
            selection,
            ['pauseByReason'],
            somePause,
          )
        : [],
    ]);
    for await (const some of inTurns(sums, signal)) {
      for (const row of some) {
        const line = lineOf(row.entityId, row.slot);
        if (line !== undefined) addSums(line.numbers, row, keys);
      }
    }
    for await (const some of inTurns(pauses, signal)) {
      for (const row of some) {
        const line = lineOf(row.entityId, slotAt(slots, row.bucketAt));
        if (line !== undefined) addReasons(line, parseReasons(row.pauseByReason));
      }
    }
  }
}

const withTimes = (row: QueueAgentRow): AgentRow => ({ ...NO_AGENT_TIME, ...row });
