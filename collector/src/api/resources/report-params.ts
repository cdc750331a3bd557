/**
 * The parameters of reports as schemas: what all share, and what a definition adds.
 *
 * What must hold: a report's module checks its parameters itself and names the wrong ones; the schema here bounds
 * their size and describes them.
 */
import { Type, type TProperties, type TSchema } from 'typebox';
import { SL_DEFINITIONS, SL_FORMULAS } from '../../kpi/service-level.js';
import type { ParamDefinition, ReportDefinition } from '../../reports/report.js';
import { GRANULARITIES } from '../../time/bucket.js';

const names = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 4_000 }), {
      maxItems: 500,
      description: `${description}: repeat the parameter, or separate by commas; default: all`,
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
};

const formulas = SL_FORMULAS.map((name) => `${name}: ${SL_DEFINITIONS[name].text}`).join('; ');

const granular = ({ defaultGranularity = 'total' }: ReportDefinition): TProperties => ({
  granularity: Type.Optional(
    Type.Enum([...GRANULARITIES], {
      description: `One row per this time; default: ${defaultGranularity}`,
    }),
  ),
});

const serviceLevel = {
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

const paged = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000,
      description: 'Rows of a page; default: 100, in CSV all rows there are',
    }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'meta.page.nextCursor of the page before' }),
  ),
};

/** Schema of each parameter the report understands, by name. */
export function paramSchemas(report: ReportDefinition): TProperties {
  return {
    ...range,
    ...(report.granular ? granular(report) : {}),
    ...(report.serviceLevel ? serviceLevel : {}),
    ...Object.fromEntries(report.params.map((param) => [param.name, Type.Optional(paramSchema(param))])),
    ...(report.paged ? paged : {}),
  };
}

function paramSchema({ kind, choices = [], min, max, description }: ParamDefinition): TSchema {
  switch (kind) {
    case 'names':
      return names(description);
    case 'choice':
      return Type.Enum([...choices], { description });
    case 'integer':
      return Type.Integer({
        ...(min !== undefined && { minimum: min }),
        ...(max !== undefined && { maximum: max }),
        description,
      });
    case 'text':
      return Type.String({ minLength: 1, maxLength: 200, description });
  }
}
