/**
 * What of a wide report is wanted: some of its numbers; a row per member, or all members together.
 *
 * In: parameters of the reports of queues and agents. Out: a choice. What must hold: columns that say what a row is about are always
 * there; a number is the same whoever else was chosen.
 */
import { nearest } from '../config/suggest.js';
import type { ParamDefinition } from './report.js';
import {
  FieldParser,
  namesOf,
  parseCommon,
  type ReportParams,
  type ReportRequest,
  type Texts,
} from './request.js';
import type { Column } from './table.js';

export interface Choice {
  /** Keys; null: all. */
  columns: ReadonlySet<string> | null;
  /** One row, or one per slot, over all members. */
  together: boolean;
}

export const EVERYTHING: Choice = { columns: null, together: false };

type Member = 'queue' | 'agent';

export const choiceParams = (member: Member, numbers: readonly Column[]): ParamDefinition[] => [
  {
    name: 'columns',
    kind: 'names',
    choices: numbers.map(({ key }) => key),
    description: 'Only these numbers, beside the columns that say what a row is about; default: all',
  },
  {
    name: 'groupBy',
    kind: 'choice',
    choices: [member, 'none'],
    default: member,
    description: `none: all together, one row or one per slot; default: ${member}`,
  },
];

/** @throws ReportRequestError naming every wrong parameter */
export function parseChosen(
  params: ReportParams & { columns?: Texts; groupBy?: Texts },
  tenantId: number,
  { member, numbers }: { member: Member; numbers: readonly Column[] },
): { request: ReportRequest; choice: Choice } {
  const fields = new FieldParser();
  const request = parseCommon(fields, params, tenantId);
  const columns = parseColumns(
    fields,
    params.columns,
    numbers.map(({ key }) => key),
  );
  const groupBy = fields.oneOf('groupBy', namesOf(params.groupBy)?.join(','), [member, 'none']);
  fields.check();
  return { request, choice: { columns, together: groupBy === 'none' } };
}

function parseColumns(
  fields: FieldParser,
  value: Texts,
  known: readonly string[],
): ReadonlySet<string> | null {
  const keys = namesOf(value)?.flatMap((text) => text.split(',').map((key) => key.trim()));
  if (keys === undefined) return null;
  for (const key of keys) {
    if (known.includes(key)) continue;
    const [near] = nearest(key, known, 1);
    const hint = near === undefined ? `there is ${known.join(', ')}` : `did you mean ${near}?`;
    fields.fail('columns', `"${key}" is no number of this report; ${hint}`);
  }
  return new Set(keys);
}

/** The columns wanted, in the order of the report. */
export const chosenOf = <C extends Column>(all: readonly C[], { columns }: Choice): readonly C[] =>
  columns === null ? all : all.filter(({ key }) => columns.has(key));
