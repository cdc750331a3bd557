/** The questions the staffing report answers besides what was: parameters in, checked values out. */
import type { ParamDefinition, ReportCall } from '../report.js';
import type { FieldParser } from '../request.js';
import { integer, single } from './parameters.js';

const BY = ['weekday', 'day', 'date'] as const;

export interface WhatIf {
  by: (typeof BY)[number];
  /** Goal, 0–1; null: the queues' own. */
  target: number | null;
  /** Factor of calls. */
  volume: number;
  /** Share of paid time not worked, 0–1. */
  shrinkage: number;
  /** Instead of what was measured; null: measured. */
  ahtSeconds: number | null;
  patienceSeconds: number | null;
  agents: number | null;
}

const whole = (name: string, min: number, max: number, description: string): ParamDefinition => ({
  name,
  kind: 'integer',
  min,
  max,
  description,
});

const GROUP: ParamDefinition = {
  name: 'by',
  kind: 'choice',
  choices: BY,
  default: 'weekday',
  description:
    'Half hours of an average week (weekday, default), an average day (day), or of each date (at most 31 days)',
};
const TARGET = whole(
  'targetPercent',
  1,
  99,
  'Goal of the service level, percent; default: that of the queues, else 80',
);
const VOLUME: ParamDefinition = {
  ...whole('volumePercent', 1, 1000, 'What if calls were so many percent of what they were; default 100'),
  default: 100,
};
const SHRINKAGE: ParamDefinition = {
  ...whole('shrinkagePercent', 0, 90, 'Share of paid time not worked, percent; default 0'),
  default: 0,
};
const AHT = whole('aht', 1, 86_400, 'What if calls took so long to handle, seconds; default: measured');
const PATIENCE = whole(
  'patience',
  1,
  86_400,
  'What if callers waited so long on average, seconds; default: measured',
);
const AGENTS = whole('agentsOnDuty', 0, 10_000, 'What if so many agents were on duty; default: measured');

export const WHAT_IF_PARAMS: readonly ParamDefinition[] = [
  GROUP,
  TARGET,
  VOLUME,
  SHRINKAGE,
  AHT,
  PATIENCE,
  AGENTS,
];

export function parseWhatIf(fields: FieldParser, call: ReportCall): WhatIf {
  const percent = (definition: ParamDefinition): number | null => {
    const value = integer(fields, call, definition);
    return value === null ? null : value / 100;
  };
  return {
    by: fields.oneOf('by', single(fields, call, 'by'), BY) ?? 'weekday',
    target: percent(TARGET),
    volume: percent(VOLUME) ?? 1,
    shrinkage: percent(SHRINKAGE) ?? 0,
    ahtSeconds: integer(fields, call, AHT),
    patienceSeconds: integer(fields, call, PATIENCE),
    agents: integer(fields, call, AGENTS),
  };
}
