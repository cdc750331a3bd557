/** The table model (reports/table.ts) as JSON: the answer of every report, with its columns where they are known. */
import { Type, type TSchema } from 'typebox';
import { MEDIA_TYPES } from '../../exports/spec.js';
import type { ReportDefinition } from '../../reports/report.js';
import type { Column, Row } from '../../reports/table.js';

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
    rows: Type.Optional(Type.Integer({ description: 'Of all pages, with the first one' })),
  },
  { description: 'Paged reports' },
);

const Meta = Type.Object(
  {
    report: Type.String({ description: 'Name of the report, as in its address' }),
    from: Time,
    to: Type.String({ description: 'ISO 8601, exclusive' }),
    tz: Type.String(),
    granularity: Type.String(),
    serviceLevel: Type.Optional(ServiceLevel),
    completeness: Completeness,
    hours: Type.Optional(
      Type.Enum(['open', 'closed'], { description: 'Only what entered while its queue was open, or closed' }),
    ),
    notes: Type.Array(Type.String(), { description: 'What to know to read the numbers right' }),
    page: Type.Optional(Page),
    currency: Type.Optional(Type.String({ description: 'ISO 4217, of the columns of type money' })),
  },
  { description: 'What was asked, how it was computed, how complete it is' },
);

const ColumnSchema = Type.Object({
  key: Type.String(),
  label: Type.String(),
  type: Type.Enum(['text', 'count', 'seconds', 'ratio', 'number', 'time', 'date', 'reasons', 'money']),
  unit: Type.Union([Type.String(), Type.Null()], {
    description: 's, visits, offers, contacts, 1/h; points: a difference of two ratios',
  }),
  description: Type.String({ description: 'What the number means, with its formula' }),
  caller: Type.Optional(Type.Boolean({ description: "A caller's number or name: masked for viewers" })),
  values: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'With `lang`: words of the codes in its cells',
    }),
  ),
});

const AnyRow = Type.Unsafe<Row>({
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'object', 'null'], additionalProperties: true },
  description: 'Its keys are those of columns',
});

const Tables = Type.Array(
  Type.Object({
    key: Type.String(),
    title: Type.String(),
    columns: Type.Array(ColumnSchema),
    rows: Type.Array(AnyRow),
    totals: Type.Union([AnyRow, Type.Null()]),
  }),
  { description: 'Further tables: distributions, curves, comparisons' },
);

const Charts = Type.Array(
  Type.Object({
    kind: Type.Enum(['line', 'bar', 'heatmap']),
    title: Type.String(),
    table: Type.Union([Type.String(), Type.Null()], {
      description: 'Key of a further table; null: the main one',
    }),
    x: Type.String({ description: 'Key of a column' }),
    // Not `type: [...]`: the serialiser would join a list to one text.
    y: Type.Unsafe<string | readonly string[]>({
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      description: 'Keys of columns; of a heatmap one',
    }),
    value: Type.Optional(Type.String({ description: 'Of a heatmap: key of the column that colours' })),
  }),
  { description: 'What to draw' },
);

const FILE = { type: 'string', format: 'binary' };

/** The answer of one report, as JSON or as a file. */
export function reportAnswer({ description, columns, sometimes = [], params }: ReportDefinition) {
  const isChosen = params.some(({ name }) => name === 'columns');
  const row =
    columns === undefined
      ? AnyRow
      : isChosen
        ? rowSchema([], [...columns, ...sometimes])
        : rowSchema(columns, sometimes);
  const table = Type.Object({
    meta: Meta,
    columns: Type.Array(ColumnSchema),
    rows: Type.Array(row),
    totals: Type.Union([row, Type.Null()], { description: 'Recomputed from sums, never averaged' }),
    tables: Type.Optional(Tables),
    charts: Type.Optional(Charts),
  });
  return Type.Unsafe<unknown>({
    description,
    content: {
      'application/json': { schema: table },
      'text/csv': { schema: Type.String({ description: 'A header line, then all rows' }) },
      [MEDIA_TYPES.xlsx]: { schema: FILE },
      [MEDIA_TYPES.pdf]: { schema: FILE },
    },
  });
}

function rowSchema(columns: readonly Column[], sometimes: readonly Column[]): TSchema {
  const properties = {
    ...Object.fromEntries(columns.map((column): [string, TSchema] => [column.key, cellSchema(column)])),
    ...Object.fromEntries(sometimes.map((column) => [column.key, Type.Optional(cellSchema(column))])),
  };
  return Type.Object(properties, {
    additionalProperties: false,
    description: 'Its keys are those of columns',
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
