/** Shapes of the directory. */

export type MemberKind = 'queues' | 'agents';

export interface Member {
  id: number;
  pbx: string;
  name: string;
  displayName: string | null;
  displayNameOrigin: 'manual' | 'learned' | null;
  team: string | null;
  /** Goal of the service level of a queue, 0–1. */
  target: number | null;
}

/** `fromAt`: UTC ms, 0 is always. */
export interface Dated {
  origin: 'manual' | 'learned';
  fromAt: number;
  value: string | null;
}

export type FieldName = 'displayName' | 'team' | 'target';
export type History = Record<FieldName | 'hours', Dated[]>;

export interface Alias {
  pbx: string;
  interface: string;
  agent: string;
  fromAt: number;
  origin: 'manual' | 'learned';
}

export interface Proposals {
  proposals: Array<{ interface: string; agent: string; number: string }>;
  ambiguities: Array<{ number: string; agents: string[] }>;
}

/** `POST /directory/csv` */
export interface ImportPlan {
  dryRun: boolean;
  rows: number;
  changes: Array<{
    line: number;
    subject: string;
    field: string;
    fromAt: number;
    oldValue: string | null;
    newValue: string | null;
  }>;
  errors: Array<{ field: string; message: string }>;
}

export interface Changed {
  id: number;
  at: number;
  by: string | null;
  login: string | null;
  kind: string;
  subject: string;
  action: string;
  oldValue: string | null;
  newValue: string | null;
}
