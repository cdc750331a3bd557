/**
 * Reports as the list of them tells: all an app needs to offer a report and build a form for its parameters.
 *
 * In: definitions. Out: descriptions. What must hold: a parameter is told as its definition has it, and as the JSON schema
 * its route checks it against.
 */
import { Type, type Static, type TSchema } from 'typebox';
import { GROUPS, type ParamDefinition, type ReportDefinition } from '../../reports/report.js';
import { GRANULARITIES } from '../../time/bucket.js';
import { paramSchemas } from './report-params.js';

const KINDS = ['text', 'names', 'integer', 'choice'] as const;

const Param = Type.Object({
  name: Type.String(),
  required: Type.Boolean(),
  kind: Type.Enum([...KINDS], { description: 'names: a list, repeated or separated by commas' }),
  choices: Type.Optional(Type.Array(Type.String())),
  min: Type.Optional(Type.Number({ description: 'Of an integer' })),
  max: Type.Optional(Type.Number()),
  default: Type.Optional(
    Type.Union([Type.String(), Type.Number()], {
      description: 'What holds when nothing is given, where that is one value',
    }),
  ),
  description: Type.String(),
  needsNumbers: Type.Optional(Type.Boolean({ description: "Only for who sees callers' numbers" })),
  schema: Type.Unsafe<object>({
    type: 'object',
    additionalProperties: true,
    description: 'JSON schema of its value',
  }),
});

export const ReportInfo = Type.Object(
  {
    name: Type.String({ description: 'As in /api/v1/reports/{name}' }),
    title: Type.String(),
    description: Type.String(),
    group: Type.Enum([...GROUPS], { description: 'Where people look for it' }),
    access: Type.Enum(['viewer', 'editor', 'admin'], { description: 'Least role that may read it' }),
    paged: Type.Boolean({ description: 'Its rows come in pages' }),
    granular: Type.Boolean({ description: 'It understands granularity' }),
    serviceLevel: Type.Boolean({ description: 'It understands slThreshold and slFormula' }),
    charts: Type.Array(Type.Enum(['line', 'bar', 'heatmap']), { description: 'Kinds of chart it may have' }),
    params: Type.Array(Param),
  },
  { description: 'A report' },
);
export type ReportInfo = Static<typeof ReportInfo>;
type Param = Static<typeof Param>;

export function infoOf(report: ReportDefinition): ReportInfo {
  const { name, title, description, group, access, paged, granular, serviceLevel, charts } = report;
  const params = Object.entries(paramSchemas(report)).map(([param, schema]): Param => ({
    name: param,
    required: param === 'from' || param === 'to',
    ...toldOf(report, param, schema),
    schema,
  }));
  return {
    name,
    title,
    description,
    group,
    access,
    paged,
    granular,
    serviceLevel,
    charts: [...charts],
    params,
  };
}

type Told = Pick<Param, 'kind' | 'choices' | 'min' | 'max' | 'default' | 'description' | 'needsNumbers'>;

function toldOf(report: ReportDefinition, name: string, schema: TSchema): Told {
  const own = report.params.find((param) => param.name === name);
  if (own !== undefined) return ownTold(own);
  const description = 'description' in schema ? String(schema.description) : '';
  if (name === 'granularity')
    return {
      kind: 'choice',
      choices: [...GRANULARITIES],
      default: report.defaultGranularity ?? 'total',
      description,
    };
  return { ...sharedTold(schema), description };
}

function ownTold({
  kind,
  choices,
  min,
  max,
  default: value,
  description,
  needsNumbers,
}: ParamDefinition): Told {
  return {
    kind,
    ...(choices && { choices: [...choices] }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(value !== undefined && { default: value }),
    description,
    ...(needsNumbers && { needsNumbers }),
  };
}

/** Of a parameter all reports share, by the schema of its value. */
function sharedTold(schema: TSchema): Omit<Told, 'description'> {
  if (Type.IsEnum(schema)) return { kind: 'choice', choices: schema.enum.map(String) };
  if (Type.IsArray(schema)) return { kind: 'names' };
  if (!Type.IsInteger(schema)) return { kind: 'text' };
  const [min, max] = [numberAt(schema, 'minimum'), numberAt(schema, 'maximum')];
  return { kind: 'integer', ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function numberAt(schema: TSchema, key: string): number | undefined {
  const value: unknown = Reflect.get(schema, key);
  return typeof value === 'number' ? value : undefined;
}
