/** Shapes of the collector's API that more than one page reads; the contract is its OpenAPI document. */

export type Lang = 'en' | 'ru' | 'uz';

export type Permission =
  | 'payouts:read'
  | 'payouts:write'
  | 'directory:write'
  | 'schedules:write'
  | 'exports:create'
  | 'recordings:play'
  | 'pbxs:write'
  | 'health:manage'
  | 'calls:numbers'
  | 'audit:read';

/** `GET /me` */
export interface Me {
  login: string | null;
  name: string | null;
  role: 'viewer' | 'editor' | 'admin';
  tenant: string;
  seesNumbers: boolean;
  permissions: Permission[];
  zones: string[];
  defaultZone: string;
  version: string;
}

/** `GET`, `PUT /preferences` */
export interface Preferences {
  lang: Lang | null;
  /** Id of the saved report a report opens with. */
  defaultPresets: Record<string, number>;
}

export type Cell = string | number | null | Record<string, number>;
export type Row = Record<string, Cell>;

export interface Column {
  key: string;
  label: string;
  type: 'text' | 'count' | 'seconds' | 'ratio' | 'number' | 'time' | 'date' | 'reasons' | 'money';
  unit: string | null;
  description: string;
  caller?: true;
  /** Words of the codes in its cells, in the language asked for. */
  values?: Record<string, string>;
}

export interface Completeness {
  horizons: Array<{ pbx: string; logUntil: string | null; streamUntil: string | null }>;
  gaps: Array<{ pbx: string; source: string; from: string; to: string | null; reason: string }>;
  openCalls: number;
  pendingBuckets: number;
}

export interface ReportMeta {
  report: string;
  from: string;
  to: string;
  tz: string;
  granularity: string;
  serviceLevel?: {
    formula: string;
    formulaText: string;
    source: string;
    thresholdSeconds: number | null;
    mixed: boolean;
  };
  completeness: Completeness;
  notes: string[];
  page?: { limit: number; nextCursor: string | null; rows?: number };
  currency?: string;
}

export interface NamedTable {
  key: string;
  title: string;
  columns: Column[];
  rows: Row[];
  totals: Row | null;
}

export type Chart =
  | { kind: 'line' | 'bar'; title: string; table: string | null; x: string; y: string[] }
  | { kind: 'heatmap'; title: string; table: string | null; x: string; y: string; value: string };

/** The one table model of all reports: `GET /reports/{name}` */
export interface ReportTable {
  meta: ReportMeta;
  columns: Column[];
  rows: Row[];
  totals: Row | null;
  tables?: NamedTable[];
  charts?: Chart[];
}

export interface ParamDefinition {
  name: string;
  required: boolean;
  kind: 'text' | 'names' | 'integer' | 'choice';
  choices?: string[];
  default?: string | number;
  min?: number;
  max?: number;
  description: string;
  needsNumbers?: true;
}
