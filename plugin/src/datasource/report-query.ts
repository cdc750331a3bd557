/**
 * Queries of the past as requests of reports, and their answers as frames.
 *
 * In: a query, the range, the zone. Out: data frames. What must hold: the collector counts, filters and adds up; nothing of
 * that is done here.
 */
import type { DataFrame, TimeRange } from '@grafana/data';
import { api, type Query } from '../api/client';
import type { ReportTable } from '../api/types';
import { activeLanguage } from '../i18n/language';
import { namesOf, paramOf, type Replace } from './filters';
import { fitting } from './fitting';
import { heatmapFrames } from './frames/heatmap-frames';
import { checkMetrics, frameOf, reportFrame } from './frames/report-frame';
import { seriesFrames } from './frames/series-frames';
import { autoGranularity } from './granularity';
import type { Filters, HeatmapQuery, NumbersQuery, ReportQuery } from './types';

export interface Asked {
  range: Pick<TimeRange, 'from' | 'to'>;
  /** IANA name. */
  zone: string;
  maxDataPoints?: number;
  replace: Replace;
  signal: AbortSignal;
}

export function reportFrames(
  query: NumbersQuery | ReportQuery | HeatmapQuery,
  asked: Asked,
): Promise<DataFrame[]> {
  switch (query.kind) {
    case 'timeseries':
    case 'table':
      return numbers(query, asked);
    case 'report':
      return wholeReport(query, asked);
    case 'heatmap':
      return heatmap(query, asked);
  }
}

const MEMBERS = {
  queues: { name: 'queue', displayName: 'queueName' },
  agents: { name: 'agent', displayName: 'agentName' },
} as const;

async function numbers(query: NumbersQuery, asked: Asked): Promise<DataFrame[]> {
  const { refId, kind, report, metrics } = query;
  const grouped = query.groupBy !== 'none';
  const granularity = granularityOf(query, asked);
  const answer = await ask(asked, report, {
    ...(await filtersOf(query, asked)),
    granularity,
    columns: metrics,
    groupBy: grouped ? null : 'none',
    ...(report === 'queues' && serviceLevelOf(query)),
  });
  checkMetrics(answer.columns, metrics);
  const shown = grouped || granularity !== null ? answer : totalsOf(answer);
  if (kind === 'table') {
    return [frameOf(refId, answer.meta, shown, metrics)];
  }
  const member = grouped ? MEMBERS[report] : null;
  return seriesFrames(refId, answer.meta, answer.columns, shown.rows, { metrics, member });
}

/** The totals as the only row: also where nobody called, and there is none. */
const totalsOf = ({ columns, totals }: ReportTable): Pick<ReportTable, 'columns' | 'rows' | 'totals'> => ({
  columns,
  rows: totals === null ? [] : [totals],
  totals: null,
});

function granularityOf({ kind, granularity }: NumbersQuery, { range, maxDataPoints }: Asked): string | null {
  const chosen = granularity ?? (kind === 'timeseries' ? 'auto' : null);
  return chosen === 'auto'
    ? autoGranularity(range.from.valueOf(), range.to.valueOf(), maxDataPoints)
    : chosen;
}

async function wholeReport(
  { refId, report, params = {}, table }: ReportQuery,
  asked: Asked,
): Promise<DataFrame[]> {
  const replaced = Object.entries(params).map(([name, text]) => [name, paramOf(text, asked.replace)]);
  return [reportFrame(refId, await ask(asked, report, Object.fromEntries(replaced)), { table })];
}

async function heatmap(query: HeatmapQuery, asked: Asked): Promise<DataFrame[]> {
  const { refId, by, metric, shape } = query;
  const answer = await ask(asked, 'heatmap', {
    ...(await filtersOf(query, asked)),
    of: by === 'queue' ? 'queues' : 'agents',
    metric,
    by: shape === 'date-hour' ? 'date' : 'weekday',
    ...serviceLevelOf(query),
  });
  return heatmapFrames(refId, answer, { by, metric, shape });
}

const serviceLevelOf = ({
  slFormula,
  slThreshold,
}: Pick<NumbersQuery, 'slFormula' | 'slThreshold'>): Query => ({
  slFormula: slFormula ?? null,
  slThreshold: slThreshold ?? null,
});

async function filtersOf({ pbx, queues, agents }: Filters, { replace, signal }: Asked): Promise<Query> {
  const pbxs = namesOf(pbx, replace);
  return {
    pbx: pbxs,
    queues: await fitting('queues', namesOf(queues, replace), pbxs, signal),
    agents: await fitting('agents', namesOf(agents, replace), pbxs, signal),
  };
}

const ask = ({ range, zone, signal }: Asked, report: string, params: Query): Promise<ReportTable> =>
  api.get<ReportTable>(
    `reports/${encodeURIComponent(report)}`,
    // What a stored query says of the range wins: a panel may show another one.
    {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      tz: zone,
      lang: activeLanguage(),
      ...params,
    },
    signal,
  );
