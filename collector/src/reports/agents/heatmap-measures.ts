/**
 * What a heatmap can show: any number of the queues or agents report, per hour.
 *
 * In: a metric's key. Out: how its lines are read, added up and turned into one number. What must hold: a cell is computed
 * from added sums by the formula of the report, never averaged.
 */
import type { ScopeMember, Scope } from '../scope.js';
import type { Slot } from '../../time/bucket.js';
import { AGENT_COLUMNS } from '../agent-columns.js';
import {
  addAgentLine,
  agentTotals,
  collectAgentLines,
  knownTimes,
  newAgentLine,
  type AgentLineSums,
} from '../agent-lines.js';
import type { ReportContext } from '../context.js';
import { QUEUE_COLUMNS } from '../queue-columns.js';
import { QueueTotals } from '../queue-totals.js';
import { collectQueueLines, serviceLevelMeta } from '../queues-report.js';
import type { RangePlan } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Cell, Column, ServiceLevelMeta } from '../table.js';
import { isNumeric } from './agent-fields.js';
import { collectQueueTalk } from './queue-talk.js';

export interface MeasuredLine<T> {
  slot: Slot;
  member: ScopeMember;
  line: T;
}

/** One way of reading lines, with the metrics they give. */
export interface Measure<T> {
  lines(
    context: ReportContext,
    request: ReportRequest,
    scope: Scope,
    plan: RangePlan,
  ): Promise<MeasuredLine<T>[]>;
  empty(): T;
  add(total: T, line: T): void;
  value(line: T, scope: Scope): Cell;
  serviceLevel?(total: T): ServiceLevelMeta;
}

export const SUBJECTS = ['queues', 'agents'] as const;
export type Subject = (typeof SUBJECTS)[number];

const TALK: Column = {
  key: 'talkMeasuredSeconds',
  label: 'Time talking',
  type: 'seconds',
  unit: 's',
  description:
    'Time agents talked in calls of the queue, counted in the hours in which they really talked; two calls of one agent ' +
    'at once count once',
};

/** Metrics of each subject. */
export const METRICS: Readonly<Record<Subject, readonly Column[]>> = {
  queues: [
    ...QUEUE_COLUMNS.filter((column) => isNumeric(column) && column.key !== 'slThresholdSeconds'),
    TALK,
  ].map(plain),
  agents: AGENT_COLUMNS.filter(isNumeric).map(plain),
};

export const DEFAULT_METRIC: Readonly<Record<Subject, string>> = { queues: 'entered', agents: 'answered' };

function plain({ key, label, type, unit, description }: Column): Column {
  return { key, label, type, unit, description };
}

export function queueMeasure(key: string): Measure<QueueTotals> {
  const column = QUEUE_COLUMNS.find((one) => one.key === key);
  return {
    lines: async (context, request, scope, plan) =>
      (await collectQueueLines(context, request, scope, plan)).map(({ slot, queue, totals }) => ({
        slot,
        member: queue,
        line: totals,
      })),
    empty: () => new QueueTotals(),
    add: (total, line) => total.add(line),
    value: (line) => column?.value(line) ?? null,
    serviceLevel: serviceLevelMeta,
  };
}

export function agentMeasure(key: string): Measure<AgentLineSums> {
  const column = AGENT_COLUMNS.find((one) => one.key === key);
  return {
    lines: async ({ db }, request, scope, plan) =>
      (await collectAgentLines(db, request, scope, plan)).map(({ slot, agent, sums }) => ({
        slot,
        member: agent,
        line: sums,
      })),
    empty: newAgentLine,
    add: addAgentLine,
    value: (line, scope) => column?.value(agentTotals(line, knownTimes(scope))) ?? null,
  };
}

interface Talk {
  talkMs: number;
}

export const QUEUE_TALK: Measure<Talk> = {
  lines: async ({ db }, _, scope, plan) => collectQueueTalk(db, scope, plan),
  empty: () => ({ talkMs: 0 }),
  add: (total, { talkMs }) => {
    total.talkMs += talkMs;
  },
  value: ({ talkMs }) => Math.round(talkMs / 1000),
};

/** Time talked, whose seconds can be added up over days. */
export const isTalk = ({ key }: Pick<Column, 'key'>): boolean => key === TALK.key;
