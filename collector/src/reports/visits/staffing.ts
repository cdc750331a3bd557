/**
 * Staffing: how many agents the calls of each half hour need, against how many were on duty.
 *
 * In: range, queues (taken as one pool), service level and goal, and what-ifs. Out: a row per half hour: of each date, of
 * each weekday, or of an average day. What must hold: calls, handle times, patience and agents are measured unless a
 * what-if says otherwise; formulas are those of kpi/erlang.ts; unknown stays unknown.
 */
import { loadTargets } from '../../directory/targets.js';
import { averagePatienceSeconds } from '../../kpi/erlang.js';
import { ahtSeconds } from '../../kpi/queue-kpi.js';
import { HOUR_MS } from '../../time/zone.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { serviceLevelMeta } from '../queues-report.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, type ReportRequest } from '../request.js';
import { loadScope } from '../scope.js';
import type { ReportTable } from '../table.js';
import { columnsOf, rowOf } from './columns.js';
import { addAll, Load, slotLoads } from './load.js';
import { clockText, localClock } from './local-clock.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, limitRange } from './parameters.js';
import { ALL_QUEUES } from './presence.js';
import { totalOf } from './queue-lines.js';
import { breathe } from './spans.js';
import { staffLine, STAFF_FIELDS, type Conditions } from './staff-line.js';
import { parseWhatIf, WHAT_IF_PARAMS, type WhatIf } from './what-if.js';
import { commonTarget } from './targets.js';

/** Half hours of so many days at most when each date has its own rows: every row is a search for a number of agents. */
const MAX_DATES = 31;
const DEFAULT_TARGET = 0.8;
const DEFAULT_THRESHOLD_SECONDS = 20;

export const STAFFING_REPORT: ReportDefinition = {
  name: 'staffing',
  title: 'Staffing',
  description:
    'Agents each half hour needs for the service level, by Erlang C and by Erlang A with the measured patience, against ' +
    'agents on duty; what if there were more calls, longer talks, other agents.',
  params: [HOURS_PARAM, ...WHAT_IF_PARAMS],
  group: 'planning',
  access: 'viewer',
  granular: false,
  serviceLevel: true,
  charts: ['line'],
  paged: false,
  columns: columnsOf(STAFF_FIELDS),
  make: staffingReport,
};

function parse(call: ReportCall): { request: ReportRequest; whatIf: WhatIf } {
  const fields = new FieldParser();
  const request: ReportRequest = { ...common(fields, call), granularity: 'total' };
  const whatIf = parseWhatIf(fields, call);
  limitRange(fields, request, whatIf.by === 'date' ? MAX_DATES : undefined);
  fields.check();
  return { request, whatIf };
}

async function staffingReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const { request, whatIf } = parse(call);
  const scope = await loadScope(context.db, { ...request, agents: null });
  const total = new Load();
  const cells = new Map<number, { at: HalfHour; load: Load }>();
  for await (const part of slotLoads(context, request, scope, '30m', call.signal)) {
    if (part.lengthOf(ALL_QUEUES) === 0) continue;
    const { key, ...at } = halfHourOf(part.slot.fromMs, request, whatIf.by);
    let cell = cells.get(key);
    if (cell === undefined) cells.set(key, (cell = { at, load: new Load() }));
    addAll([cell.load, total], part);
  }
  const targets = await loadTargets(context.db, request.tenantId);
  const goal = commonTarget(targets, scope.queues.keys(), request.toMs - 1);
  const conditions = conditionsOf(request, goal, whatIf, total);
  const ordered = [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
  const rows = [];
  for (const { at, load } of ordered) {
    await breathe(call.signal);
    rows.push(rowOf(STAFF_FIELDS, staffLine(at, load, conditions)));
  }
  const measured = totalOf(context, request, [total.totals]);
  const whole = staffLine({ from: null, weekday: null, time: null }, total, conditions);
  return {
    meta: {
      ...(await metaOf(context.db, 'staffing', request, scope, [
        ...notesOf(conditions),
        ...agentsIgnored(request),
      ])),
      serviceLevel: serviceLevelMeta(measured),
    },
    columns: columnsOf(STAFF_FIELDS),
    rows,
    totals: rowOf(STAFF_FIELDS, whole, TOTALS_BLANK),
    charts: [
      {
        kind: 'line',
        title: 'Agents needed and on duty',
        table: null,
        x: whatIf.by === 'date' ? 'from' : 'time',
        y: ['neededErlangC', 'neededErlangA', 'agentsOnDuty'],
      },
    ],
  };
}

/** What the average half hour needs would mean nothing: needs are not proportional to calls. */
const TOTALS_BLANK: ReadonlySet<string> = new Set([
  'neededErlangC',
  'neededErlangA',
  'paidStaffErlangC',
  'paidStaffErlangA',
  'gapErlangC',
  'gapErlangA',
  'expectedServiceLevelErlangC',
  'expectedServiceLevelErlangA',
  'expectedAsaSeconds',
  'expectedAbandonment',
  'expectedOccupancy',
]);

export interface HalfHour {
  /** Start, of a date; null for averages. */
  from: string | null;
  weekday: number | null;
  time: string | null;
}

/** `key`: what half hours with the same row share; rising. */
function halfHourOf(atMs: number, { zone }: ReportRequest, by: WhatIf['by']): HalfHour & { key: number } {
  const { weekday, minute } = localClock(atMs, zone);
  const begin = minute - (minute % 30);
  const time = clockText(begin);
  if (by === 'day') return { key: begin, from: null, weekday: null, time };
  if (by === 'weekday') return { key: weekday * 1440 + begin, from: null, weekday, time };
  const startMs = zone.startOfStep(atMs, HOUR_MS / 2);
  return { key: startMs, from: zone.iso(startMs), weekday, time };
}

function conditionsOf(
  request: ReportRequest,
  goal: number | null,
  whatIf: WhatIf,
  { totals }: Load,
): Conditions {
  const { sums } = totals;
  const waited = sums.waitAnsweredSeconds + sums.waitUnansweredSeconds;
  return {
    whatIf,
    thresholdSeconds: request.slThresholdSeconds ?? totals.threshold ?? DEFAULT_THRESHOLD_SECONDS,
    target: whatIf.target ?? goal ?? DEFAULT_TARGET,
    ahtSeconds: whatIf.ahtSeconds ?? ahtSeconds(sums.talkSeconds, sums.wrapUpMs, sums.answered),
    patienceSeconds: whatIf.patienceSeconds ?? averagePatienceSeconds(waited, sums.abandoned),
  };
}

function notesOf({
  target,
  thresholdSeconds,
  ahtSeconds: aht,
  patienceSeconds,
  whatIf,
}: Conditions): string[] {
  const seconds = (value: number | null): string => (value === null ? 'not known' : `${Math.round(value)} s`);
  return [
    `Goal: ${Math.round(target * 1000) / 10} % of the calls answered within ${thresholdSeconds} s.`,
    `Average handle time of the range ${seconds(aht)}; average patience ${seconds(patienceSeconds)}.`,
    'The queues are taken as one pool in which every agent can take every call.',
    ...(whatIf.volume === 1 ? [] : [`Calls are taken times ${whatIf.volume}.`]),
    ...(whatIf.shrinkage === 0
      ? []
      : [`Paid staff counts ${Math.round(whatIf.shrinkage * 100)} % shrinkage.`]),
    ...(whatIf.agents === null ? [] : [`Agents on duty are taken as ${whatIf.agents}.`]),
  ];
}
