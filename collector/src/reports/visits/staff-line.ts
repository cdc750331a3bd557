/**
 * One half hour of the staffing report. In: what was measured, and conditions. Out: what it needs and what the agents on
 * duty make of it. What must hold: agents on duty are whole people for the formulas (rounded); without calls nobody is
 * needed; without a known handle time or patience what depends on it is null.
 */
import {
  offeredLoad,
  paidStaff,
  performanceA,
  performanceC,
  requiredAgents,
  type QueuePerformance,
} from '../../kpi/erlang.js';
import { ahtSeconds } from '../../kpi/queue-kpi.js';
import { fieldsOf } from './columns.js';
import type { Load } from './load.js';
import type { HalfHour } from './staffing.js';
import type { WhatIf } from './what-if.js';

export interface Conditions {
  whatIf: WhatIf;
  thresholdSeconds: number;
  /** 0–1. */
  target: number;
  /** Of the range, for half hours in which nobody was answered. */
  ahtSeconds: number | null;
  patienceSeconds: number | null;
}

export interface StaffLine {
  at: HalfHour;
  load: Load;
  callsPerHalfHour: number;
  ahtSeconds: number | null;
  erlangs: number | null;
  onDuty: number | null;
  neededC: number | null;
  neededA: number | null;
  expectedC: QueuePerformance | null;
  expectedA: QueuePerformance | null;
  shrinkage: number;
  patienceSeconds: number | null;
}

const HALF_HOUR_SECONDS = 1800;

export function staffLine(at: HalfHour, load: Load, conditions: Conditions): StaffLine {
  const { whatIf, thresholdSeconds, target, patienceSeconds } = conditions;
  const { sums } = load.totals;
  const callsPerSecond = load.spanMs > 0 ? (whatIf.volume * sums.entered * 1000) / load.spanMs : 0;
  const ownAht = ahtSeconds(sums.talkSeconds, sums.wrapUpMs, sums.answered);
  const aht = positive(whatIf.ahtSeconds ?? ownAht) ?? positive(conditions.ahtSeconds);
  const erlangC =
    aht === null ? null : (agents: number) => performanceC(agents, callsPerSecond, aht, thresholdSeconds);
  const erlangA =
    aht === null || patienceSeconds === null
      ? null
      : (agents: number) =>
          performanceA(agents, { callsPerSecond, ahtSeconds: aht, patienceSeconds }, thresholdSeconds);
  const onDuty = whatIf.agents ?? load.agentsAverage;
  const expected = (performance: typeof erlangC): QueuePerformance | null =>
    onDuty === null || callsPerSecond === 0 ? null : (performance?.(Math.round(onDuty)) ?? null);
  const needed = (performance: typeof erlangC): number | null => {
    if (callsPerSecond === 0) return 0;
    return performance === null ? null : requiredAgents(performance, target);
  };
  return {
    at,
    load,
    callsPerHalfHour: callsPerSecond * HALF_HOUR_SECONDS,
    ahtSeconds: aht,
    erlangs: aht === null ? null : offeredLoad(callsPerSecond, aht),
    onDuty,
    neededC: needed(erlangC),
    neededA: needed(erlangA),
    expectedC: expected(erlangC),
    expectedA: expected(erlangA),
    shrinkage: whatIf.shrinkage,
    patienceSeconds,
  };
}

const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);

const difference = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;
const staff = (needed: number | null, shrinkage: number): number | null =>
  needed === null ? null : paidStaff(needed, shrinkage);

const make = fieldsOf<StaffLine>();
export const STAFF_FIELDS = [
  make.time('from', 'From', 'Start of the half hour; empty for averages', (l) => l.at.from),
  make.number('weekday', 'Weekday', 'ISO weekday: 1 = Monday … 7 = Sunday', (l) => l.at.weekday),
  make.text('time', 'Time', 'Local time at which the half hour begins', (l) => l.at.time),
  make.visits(
    'entered',
    'Entered',
    'Callers who entered in all these half hours',
    (l) => l.load.totals.sums.entered,
  ),
  make.number(
    'callsPerHalfHour',
    'Calls',
    'λ: callers per half hour, times the volume asked for',
    (l) => l.callsPerHalfHour,
  ),
  make.seconds(
    'ahtSeconds',
    'AHT',
    '(Talk + wrap-up) / answered; of the range where nobody was answered',
    (l) => l.ahtSeconds,
  ),
  make.seconds('patienceSeconds', 'Patience', 'Σ waits / abandoned, of the range', (l) => l.patienceSeconds),
  make.number('erlangs', 'Load', 'A = λ·AHT, erlangs', (l) => l.erlangs),
  make.number(
    'neededErlangC',
    'Needed (C)',
    'Fewest agents m with 1 − Pw·e^(−(m − A)·T/AHT) ≥ goal',
    (l) => l.neededC,
  ),
  make.number(
    'neededErlangA',
    'Needed (A)',
    'Fewest agents with which Erlang A, M/M/n+M with the patience, answers the goal within T',
    (l) => l.neededA,
  ),
  make.number('paidStaffErlangC', 'Paid staff (C)', 'Needed (C) / (1 − shrinkage)', (l) =>
    staff(l.neededC, l.shrinkage),
  ),
  make.number('paidStaffErlangA', 'Paid staff (A)', 'Needed (A) / (1 − shrinkage)', (l) =>
    staff(l.neededA, l.shrinkage),
  ),
  make.number(
    'agentsOnDuty',
    'On duty',
    'Agents logged in and not paused, on average; empty: nobody is known to have logged in',
    (l) => l.onDuty,
  ),
  make.number('gapErlangC', 'Gap (C)', 'On duty − needed (C); below 0: too few', (l) =>
    difference(l.onDuty, l.neededC),
  ),
  make.number('gapErlangA', 'Gap (A)', 'On duty − needed (A); below 0: too few', (l) =>
    difference(l.onDuty, l.neededA),
  ),
  make.ratio(
    'expectedServiceLevelErlangC',
    'Expected (C)',
    'Answered within T of all calls with the agents on duty',
    (l) => l.expectedC?.serviceLevel ?? null,
  ),
  make.ratio(
    'expectedServiceLevelErlangA',
    'Expected (A)',
    'The same by Erlang A',
    (l) => l.expectedA?.serviceLevel ?? null,
  ),
  make.seconds(
    'expectedAsaSeconds',
    'Expected ASA',
    'Pw·AHT/(m − A), Erlang C; empty: it would grow without end',
    (l) => l.expectedC?.averageWaitSeconds ?? null,
  ),
  make.ratio(
    'expectedAbandonment',
    'Expected abandonment',
    'Share who give up, Erlang A',
    (l) => l.expectedA?.abandonment ?? null,
  ),
  make.ratio(
    'expectedOccupancy',
    'Expected occupancy',
    'Share of the time in calls, Erlang A',
    (l) => l.expectedA?.occupancy ?? null,
  ),
  make.ratio(
    'serviceLevel',
    'Measured',
    'Service level that was, by the formula of the report',
    (l) => l.load.totals.serviceLevel,
  ),
];
