/**
 * What can be asked of the data source: the model that dashboards store.
 *
 * What must hold: stored queries keep working, so kinds and fields are added, never changed. All texts may hold template
 * variables; a list element that is a variable of several values stands for all of them.
 */
import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/** Names on the PBX; nothing: all. */
export interface Filters {
  pbx?: string[];
  queues?: string[];
  agents?: string[];
}

export type LiveKind = 'queues' | 'agents' | 'calls';
export type Granularity = '15m' | '30m' | 'hour' | 'day' | 'week' | 'month';

/** What is going on now, as it changes. */
export interface LiveQuery extends DataQuery, Filters {
  kind: LiveKind;
}

/** Numbers of the queues or agents report, over time or as a table. */
export interface NumbersQuery extends DataQuery, Filters {
  kind: 'timeseries' | 'table';
  report: 'queues' | 'agents';
  /** Keys of columns of the report. */
  metrics: string[];
  /** Default: by queue or by agent, as the report. */
  groupBy?: 'queue' | 'agent' | 'none';
  /** Over time, default `auto`; a table has it only when it is said. */
  granularity?: 'auto' | Granularity;
  slFormula?: string;
  /** Seconds. */
  slThreshold?: number;
}

/** Any report as it is. */
export interface ReportQuery extends DataQuery {
  kind: 'report';
  report: string;
  params: Record<string, string>;
  /** Key of a further table of it. */
  table?: string;
}

export interface HeatmapQuery extends DataQuery, Filters {
  kind: 'heatmap';
  by: 'queue' | 'agent';
  metric: string;
  shape: 'date-hour' | 'weekday-hour';
  slFormula?: string;
  slThreshold?: number;
}

export type AnnotationKind = 'gap' | 'restart' | 'serviceLevel' | 'abandons';

export interface AnnotationsQuery extends DataQuery {
  kind: 'annotations';
  kinds: AnnotationKind[];
  pbx?: string[];
  queues?: string[];
}

/** Values of a template variable. */
export interface VariableQuery extends DataQuery {
  kind: 'variable';
  of: 'pbxs' | 'queues' | 'agents' | 'teams';
  pbx?: string[];
  /** Only members of these teams. */
  teams?: string[];
}

export type PanelQuery = LiveQuery | NumbersQuery | ReportQuery | HeatmapQuery;
export type QueuescopeQuery = PanelQuery | AnnotationsQuery | VariableQuery;

/** Nothing: address and token are those of the app. */
export type QueuescopeOptions = DataSourceJsonData;

export const DEFAULT_QUERY: Omit<LiveQuery, 'refId'> = { kind: 'queues' };

/** A query that another data source stored, or nobody yet, has no kind: it is what the editor then shows. */
export function asShown(query: QueuescopeQuery): QueuescopeQuery {
  const { kind, refId, hide, datasource } = query;
  return kind === undefined ? { ...DEFAULT_QUERY, refId, hide, datasource } : query;
}

export const isLive = (query: QueuescopeQuery): query is LiveQuery =>
  query.kind === 'queues' || query.kind === 'agents' || query.kind === 'calls';
