/**
 * Traffic: when callers came, how many waited at once and how many agents were on duty.
 *
 * In: range, queues, granularity (default: day). Out: a row per slot and queue; further tables per slot over all queues,
 * per queue, per hour of the day and per weekday × hour. What must hold: every table is over the same visits and adds up
 * to the same totals; callers count in the slot in which they entered; clocks are those of the zone.
 */
import { slotsBetween, type Slot } from '../../time/bucket.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { serviceLevelMeta, settingOf } from '../queues-report.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, ReportRequestError, type ReportRequest } from '../request.js';
import { loadScope } from '../scope.js';
import type { ReportTable } from '../table.js';
import { columnsOf } from './columns.js';
import { slotLoads } from './load.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, limitRange, single } from './parameters.js';
import { Traffic, TRAFFIC_FIELDS } from './traffic-tables.js';

/** More rows than one answer should hold. */
const MAX_LINES = 20_000;

export const TRAFFIC_REPORT: ReportDefinition = {
  name: 'traffic',
  title: 'Traffic',
  description:
    'Callers, greatest queue depth and agents on duty by slot and queue (granularity, default day), by hour of the day ' +
    'and by weekday and hour.',
  params: [HOURS_PARAM],
  group: 'traffic',
  access: 'viewer',
  granular: true,
  defaultGranularity: 'day',
  serviceLevel: true,
  charts: ['bar', 'line', 'heatmap'],
  paged: false,
  columns: columnsOf(TRAFFIC_FIELDS),
  make: trafficReport,
};

function parse(call: ReportCall): ReportRequest {
  const fields = new FieldParser();
  const granularity = single(fields, call, 'granularity') ?? 'day';
  const request = common(fields, { ...call, params: { ...call.params, granularity: String(granularity) } });
  limitRange(fields, request);
  fields.check();
  return request;
}

async function trafficReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const request = parse(call);
  const scope = await loadScope(context.db, { ...request, agents: null });
  const { fromMs, toMs, zone, granularity } = request;
  const slots: Slot[] = [];
  for (const slot of slotsBetween(granularity, fromMs, toMs, zone)) {
    slots.push(slot);
    if (slots.length * Math.max(1, scope.queues.size) > MAX_LINES)
      throw new ReportRequestError([tooMany(granularity)]);
  }
  const traffic = new Traffic(scope, slots, request);
  // Hours are what the tables of clocks are made of.
  const base = granularity === '15m' || granularity === '30m' ? granularity : 'hour';
  for await (const load of slotLoads(context, request, scope, base, call.signal)) traffic.add(load);
  const { total } = traffic;
  if (!total.totals.measured) total.totals.measuredBy(settingOf(context.settings, request)(null, fromMs));
  return {
    meta: {
      ...(await metaOf(context.db, 'traffic', request, scope, agentsIgnored(request))),
      serviceLevel: serviceLevelMeta(total.totals),
    },
    columns: columnsOf(TRAFFIC_FIELDS),
    rows: traffic.rows(),
    totals: traffic.totals(),
    tables: traffic.tables(),
    charts: [
      { kind: 'bar', title: 'Entered and answered', table: 'slots', x: 'from', y: ['entered', 'answered'] },
      {
        kind: 'line',
        title: 'Depth and agents on duty',
        table: 'slots',
        x: 'from',
        y: ['depthMax', 'agentsAverage'],
      },
      { kind: 'bar', title: 'By hour of the day', table: 'hours', x: 'hour', y: ['entered', 'abandoned'] },
      {
        kind: 'heatmap',
        title: 'Entered by weekday and hour',
        table: 'weekdays',
        x: 'hour',
        y: 'weekday',
        value: 'entered',
      },
    ],
  };
}

const tooMany = (granularity: string) => ({
  field: 'granularity',
  message: `${granularity} gives more than ${MAX_LINES} rows for these queues; choose a coarser one or a shorter range`,
});
