/**
 * Shapes of the report resources: parameters all reports share, and the table model (reports/table.ts) as JSON.
 *
 * What must hold: a report's module checks its parameters itself and names the wrong ones; the schema here bounds
 * their size and describes them.
 */
import { Type, type TProperties, type TSchema } from 'typebox';
import { SL_DEFINITIONS, SL_FORMULAS } from '../../kpi/service-level.js';
import { GRANULARITIES } from '../../time/bucket.js';
import { OUTCOMES } from '../../reports/calls-request.js';
import type { Column, ReportTable } from '../../reports/table.js';

const names = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 4_000 }), {
      maxItems: 500,
      description: `${what}: repeat the parameter, or separate by commas; default: all`,
    }),
  );

const instant = (description: string, example: string) =>
  Type.String({ minLength: 1, maxLength: 60, description, examples: [example] });

const range = {
  from: instant('Begin: ISO 8601 with offset, a date in tz, or epoch ms', '2026-11-01T00:00:00+05:00'),
  to: instant('End, exclusive', '2026-12-01T00:00:00+05:00'),
  tz: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      description: 'IANA time zone of days, weeks, months and of dates; needed where a day matters',
      examples: ['Asia/Tashkent'],
    }),
  ),
  queues: names('Queues by name'),
  agents: names('Agents by name'),
  pbx: names('PBXs by name'),
  format: Type.Enum(['json', 'csv'], { default: 'json', description: 'csv: RFC 4180, UTF-8, header line' }),
};

const seconds = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000, description: `${description} (seconds)` }));

const formulas = SL_FORMULAS.map((name) => `${name}: ${SL_DEFINITIONS[name].text}`).join('; ');

const numbers = {
  granularity: Type.Optional(
    Type.Enum([...GRANULARITIES], { description: 'One row per this time; default: total' }),
  ),
  slThreshold: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'T of the service level for all queues (seconds); default: what is configured for each',
    }),
  ),
  slFormula: Type.Optional(
    Type.Enum([...SL_FORMULAS], { description: `Service level for all queues. ${formulas}` }),
  ),
};

const query = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const TotalsQuery = query({ ...range, ...numbers });

export const CallsQuery = query({
  ...range,
  outcome: names(`Outcomes (${OUTCOMES.join(', ')})`),
  caller: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: "Part of the caller's number; editors only" }),
  ),
  minWait: seconds('Waited at least so long'),
  maxWait: seconds('Waited at most so long'),
  minTalk: seconds('Talked at least so long'),
  order: Type.Optional(Type.Enum(['asc', 'desc'], { description: 'By time of entry; default: desc' })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000, description: 'Rows of a page; default: 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'meta.page.nextCursor of the page before' }),
  ),
});

const Time = Type.String({ description: 'ISO 8601' });
const TimeOrNull = Type.Union([Time, Type.Null()]);

const ServiceLevel = Type.Object(
  {
    formula: Type.String({ description: 'Of the totals' }),
    formulaText: Type.String(),
    source: Type.String({ description: 'Who defines it so' }),
    thresholdSeconds: Type.Union([Type.Integer(), Type.Null()], { description: 'null: queues differ' }),
    mixed: Type.Boolean({
      description: 'Queues or times of the range have different formulas or thresholds',
    }),
  },
  { description: 'How service level was computed' },
);

const Completeness = Type.Object(
  {
    horizons: Type.Array(Type.Object({ pbx: Type.String(), logUntil: TimeOrNull, streamUntil: TimeOrNull }), {
      description: "Until when each PBX's own record and its event stream are known; what is open ends there",
    }),
    gaps: Type.Array(
      Type.Object({
        pbx: Type.String(),
        source: Type.String(),
        from: Time,
        to: TimeOrNull,
        reason: Type.String(),
      }),
      { description: 'Times of the range in which a source was not heard; to null: still deaf' },
    ),
    openCalls: Type.Integer({ description: 'Visits of the range that still wait or talk' }),
    pendingBuckets: Type.Integer({ description: 'Buckets whose changes are not in the numbers yet' }),
  },
  { description: 'What the numbers may still miss' },
);

const Page = Type.Object(
  {
    limit: Type.Integer(),
    nextCursor: Type.Union([Type.String(), Type.Null()], {
      description: 'cursor of the next page; null: the last one',
    }),
  },
  { description: 'Paged reports' },
);

const Meta = Type.Object(
  {
    report: Type.Enum(['queues', 'agents', 'calls']),
    from: Time,
    to: Type.String({ description: 'ISO 8601, exclusive' }),
    tz: Type.String(),
    granularity: Type.String(),
    serviceLevel: Type.Optional(ServiceLevel),
    completeness: Completeness,
    notes: Type.Array(Type.String(), { description: 'What to know to read the numbers right' }),
    page: Type.Optional(Page),
  },
  { description: 'What was asked, how it was computed, how complete it is' },
);

const ColumnSchema = Type.Object({
  key: Type.String(),
  label: Type.String(),
  type: Type.Enum(['text', 'count', 'seconds', 'ratio', 'number', 'time', 'reasons']),
  unit: Type.Union([Type.String(), Type.Null()], { description: 's, visits, offers, contacts, 1/h' }),
  description: Type.String({ description: 'What the number means, with its formula' }),
});

/**
 * A report as JSON or CSV.
 *
 * @param columns documented as the properties of a row.
 * @param sometimes columns it has for some parameters only.
 */
export function reportAnswer(
  description: string,
  columns: readonly Column[],
  sometimes: readonly Column[] = [],
) {
  const properties = {
    ...Object.fromEntries(columns.map((column): [string, TSchema] => [column.key, cellSchema(column)])),
    ...Object.fromEntries(sometimes.map((column) => [column.key, Type.Optional(cellSchema(column))])),
  };
  const row = Type.Object(properties, {
    additionalProperties: false,
    description: 'Its keys are those of columns',
  });
  const table = Type.Object({
    meta: Meta,
    columns: Type.Array(ColumnSchema),
    rows: Type.Array(row),
    totals: Type.Union([row, Type.Null()], { description: 'Recomputed from sums, never averaged' }),
  });
  return Type.Unsafe<ReportTable | string>({
    description,
    content: {
      'application/json': { schema: table },
      'text/csv': { schema: Type.String({ description: 'A header of keys, then the rows' }) },
    },
  });
}

const JSON_TYPES = {
  text: 'string',
  time: 'string',
  date: 'string',
  money: 'string',
  count: 'integer',
  seconds: 'number',
  number: 'number',
  ratio: 'number',
  reasons: 'object',
} as const;

/** `type: [..., 'null']` rather than a union: the serialiser need not try both. */
function cellSchema({ type, description, unit }: Column): TSchema {
  return Type.Unsafe({
    type: [JSON_TYPES[type], 'null'],
    ...(type === 'reasons' ? { additionalProperties: { type: 'number' } } : {}),
    description: unit === null ? description : `${description} (${unit})`,
  });
}
