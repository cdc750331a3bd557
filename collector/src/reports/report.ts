/**
 * What a report is to everybody who offers it: API, command line, exports and schedules know reports only by this.
 *
 * In: nothing (types only). A new report is a file that gives a `ReportDefinition`, and a line in `catalog.ts`; it then has
 * a route, OpenAPI, all formats and schedules.
 */
import type { Granularity } from '../time/bucket.js';
import type { ReportContext } from './context.js';
import type { Texts } from './request.js';
import type { Chart, Column, ReportTable } from './table.js';

/** A parameter besides those all reports share (from, to, tz, queues, agents, pbx). */
export interface ParamDefinition {
  name: string;
  /** `names`: a list, repeated or separated by commas. */
  kind: 'text' | 'names' | 'integer' | 'choice';
  choices?: readonly string[];
  /** Bounds of an integer. */
  min?: number;
  max?: number;
  description: string;
  /** What holds when nothing is given, where that is one value. */
  default?: string | number;
  /** Only for who sees callers' numbers: by filtering one could find out a number digit by digit. */
  needsNumbers?: true;
}

/** Where people look for a report. */
export const GROUPS = [
  'overview',
  'calls',
  'traffic',
  'agents',
  'planning',
  'callers',
  'records',
  'payouts',
] as const;

export interface ReportCall {
  /** As text, from a query string, a command line or a saved report. */
  params: Readonly<Record<string, Texts>>;
  tenantId: number;
  /** The client went away, or the export was cancelled: work stops. */
  signal?: AbortSignal;
}

export interface ReportDefinition {
  /** In URLs and file names: `unanswered`. */
  name: string;
  title: string;
  description: string;
  params: readonly ParamDefinition[];
  group: (typeof GROUPS)[number];
  /** Least role that may read it. */
  access: 'viewer' | 'editor' | 'admin';
  /** Understands `granularity`. */
  granular: boolean;
  /** Of the reports that understand it; without: `total`. */
  defaultGranularity?: Granularity;
  /** Has a service level: understands `slThreshold` and `slFormula`. */
  serviceLevel: boolean;
  /** Kinds of chart it may have. */
  charts: readonly Chart['kind'][];
  /** Its rows come in pages: understands `limit` and `cursor`, gives `meta.page`. */
  paged: boolean;
  /** Columns of the main table, for the description of the API; without them that only says how to read a row. */
  columns?: readonly Column[];
  /** Columns it has for some parameters only, as those of a slot. */
  sometimes?: readonly Column[];
  /** @throws ReportRequestError naming every wrong parameter */
  make(context: ReportContext, call: ReportCall): Promise<ReportTable>;
}
