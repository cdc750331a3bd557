/** Shapes of connections to PBXs. */

export type Dialect = 'asterisk' | 'freeswitch';

/** As the configuration file has it, without its name; fields this app does not know stay as they are. */
export type Settings = { dialect: Dialect } & Record<string, unknown>;

export interface ConnectionRow {
  name: string;
  dialect: Dialect;
  managedBy: 'file' | 'database' | 'demo';
  editable: boolean;
  sources: Array<{
    source: string;
    place: string;
    link: 'up' | 'down';
    since: number | null;
    reason: string;
  }>;
  hasSecret: boolean;
  /** Which are set: `ami.secret`. */
  secrets: string[];
  settings: Settings;
  /** Why it cannot be used at all; empty: it can. */
  trouble: string;
}

export interface TrialResult {
  ok: boolean;
  version: string | null;
  findings: Array<{ source: string; level: 'ok' | 'warning' | 'failed' | 'unknown'; message: string }>;
}
