/**
 * Service-level curve: what share of the callers was answered, and lost, within each second.
 *
 * In: range, queues, how far and how finely. Out: a row per threshold T. What must hold: all thresholds come from the
 * same histograms of waits in the rollups, so the row of a queue's own T says what the queue report says.
 */
import { ratio } from '../../kpi/ratio.js';
import {
  offeredFor,
  serviceLevel,
  type ServiceLevelCounts,
  type SlFormula,
} from '../../kpi/service-level.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { serviceLevelMeta, waitingVisits } from '../queues-report.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, type ReportRequest } from '../request.js';
import { loadScope, type Scope } from '../scope.js';
import type { ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, integer, limitRange } from './parameters.js';
import { queueLines, totalOf } from './queue-lines.js';
import { readWaits, type Waits } from './waits.js';

const MAX_SECONDS = {
  name: 'maxSeconds',
  kind: 'integer',
  min: 1,
  max: 3600,
  default: 120,
  description: 'Greatest threshold of the curve, seconds; default 120',
} as const satisfies ParamDefinition;
const STEP = {
  name: 'stepSeconds',
  kind: 'integer',
  min: 1,
  max: 600,
  default: 1,
  description: 'Distance of the thresholds, seconds; default 1',
} as const satisfies ParamDefinition;

interface Line {
  seconds: number;
  counts: ServiceLevelCounts;
  otherWithin: number;
  formula: SlFormula;
  /** The threshold before this one. */
  before: Line | null;
}

const lostWithin = ({ counts, otherWithin }: Line): number => counts.abandonedWithin + otherWithin;
const offered = ({ counts }: Line): number => offeredFor({ ...counts, waitingBeyond: 0 });

const make = fieldsOf<Line>();
const FIELDS = [
  make.seconds('seconds', 'T', 'Threshold: waits of at most so many stated seconds', (l) => l.seconds),
  make.visits(
    'answeredWithin',
    'Answered within T',
    'Answered after at most T',
    (l) => l.counts.answeredWithin,
  ),
  make.visits(
    'answeredAdded',
    'Answered since the row before',
    'Answered within T − answered within the T before',
    (l) => l.counts.answeredWithin - (l.before?.counts.answeredWithin ?? 0),
  ),
  make.ratio('answeredShare', 'Share answered', 'Answered within T / all whose wait is over', (l) =>
    ratio(l.counts.answeredWithin, offered(l)),
  ),
  make.ratio(
    'answeredShareOfAnswered',
    'Share of the answered',
    'Answered within T / answered (formula A)',
    (l) => ratio(l.counts.answeredWithin, l.counts.answered),
  ),
  make.visits(
    'abandonedWithin',
    'Abandoned within T',
    'Hung up after at most T',
    (l) => l.counts.abandonedWithin,
  ),
  make.visits('lostWithin', 'Lost within T', 'All outcomes but answered after at most T', lostWithin),
  make.visits('lostAdded', 'Lost since the row before', 'Lost within T − lost within the T before', (l) =>
    l.before === null ? lostWithin(l) : lostWithin(l) - lostWithin(l.before),
  ),
  make.ratio('lostShare', 'Share lost', 'Lost within T / all whose wait is over', (l) =>
    ratio(lostWithin(l), offered(l)),
  ),
  make.ratio('serviceLevel', 'Service level', 'What the formula of the report gives with this T', (l) =>
    serviceLevel(l.formula, l.counts),
  ),
];

export const SL_CURVE_REPORT: ReportDefinition = {
  name: 'sl-curve',
  title: 'Service-level curve',
  description:
    'Share of callers answered and lost within each second, and the service level with that threshold.',
  params: [HOURS_PARAM, MAX_SECONDS, STEP],
  group: 'traffic',
  access: 'viewer',
  granular: false,
  serviceLevel: true,
  charts: ['line'],
  paged: false,
  columns: columnsOf(FIELDS),
  make: slCurveReport,
};

async function slCurveReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request: ReportRequest = { ...common(fields, call), granularity: 'total' };
  limitRange(fields, request);
  const maxSeconds = integer(fields, call, MAX_SECONDS) ?? MAX_SECONDS.default;
  const stepSeconds = integer(fields, call, STEP) ?? STEP.default;
  fields.check();
  const scope = await loadScope(context.db, { ...request, agents: null });
  const { lines: queues } = await queueLines(context, request, scope, 'total');
  const total = totalOf(
    context,
    request,
    queues.map(({ totals }) => totals),
  );
  const waits = await readWaits(context, request, scope, call.signal);
  const waited = await waitingSeconds(context, request, scope);

  const lines: Line[] = [];
  for (let seconds = 0; seconds <= maxSeconds; seconds += stepSeconds) {
    const within = {
      ...waitsWithin(waits, seconds),
      waitingBeyond: waited.filter((one) => one > seconds).length,
    };
    lines.push({
      seconds,
      counts: { ...total.sums, shortAbandoned: total.shortAbandoned, ...within },
      otherWithin: waits.other.countAtMost(seconds),
      formula: total.formula,
      before: lines.at(-1) ?? null,
    });
  }
  const notes = ['Totals are those of the greatest threshold.', ...agentsIgnored(request)];
  const last = lines.at(-1);
  return {
    meta: {
      ...(await metaOf(context.db, 'sl-curve', request, scope, notes)),
      serviceLevel: serviceLevelMeta(total),
    },
    columns: columnsOf(FIELDS),
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: last === undefined ? null : rowOf(FIELDS, { ...last, before: null }),
    charts: [
      {
        kind: 'line',
        title: 'Answered and lost within T',
        table: null,
        x: 'seconds',
        y: ['answeredShare', 'lostShare'],
      },
      { kind: 'line', title: 'Service level by T', table: null, x: 'seconds', y: ['serviceLevel'] },
    ],
  };
}

const waitsWithin = (
  { answered, abandoned }: Waits,
  seconds: number,
): Pick<ServiceLevelCounts, 'answeredWithin' | 'abandonedWithin'> => ({
  answeredWithin: answered.countAtMost(seconds),
  abandonedWithin: abandoned.countAtMost(seconds),
});

/** How long those have waited, until their PBX's horizon, who wait still. */
async function waitingSeconds(
  { db }: ReportContext,
  request: ReportRequest,
  scope: Scope,
): Promise<number[]> {
  const waiting = await waitingVisits(db, request, scope);
  return waiting.flatMap(({ queueId, enteredAt }) => {
    const pbx = scope.queues.get(queueId)?.pbx;
    return pbx === undefined ? [] : [(Math.max(pbx.logUntil ?? 0, pbx.streamUntil ?? 0) - enteredAt) / 1000];
  });
}
