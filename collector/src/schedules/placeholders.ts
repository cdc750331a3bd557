/**
 * Subject and text of a delivery: words in braces stand for what the run found.
 *
 * In: a template and values. Out: text. What must hold: what is in braces without a space is a placeholder, and an
 * unknown one is refused when it is saved; other braces stay as they are.
 */
import { nearest } from '../config/suggest.js';
import { TextError } from '../reports/request.js';

/** Name → what it stands for, as the API's description lists them. */
export const PLACEHOLDERS = {
  schedule: 'name of the schedule',
  name: 'name of the saved report',
  report: 'title of the report',
  period: 'the range in words',
  from: 'its first day; its begin, if it is not whole days',
  to: 'its last day; its end, if it is not whole days',
  zone: 'its time zone',
  rows: 'how many rows the report has',
  filters: 'its filters',
  completeness: 'whether anything of the range is missing',
  about: 'all of this, a line each',
  madeAt: 'when it was made',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;

/** Before the key of a column of the report's totals: `{total.serviceLevel}`. */
const TOTAL = 'total.';
const IN_BRACES = /\{([^{}\s]+)\}/g;

/** Values of a run; of totals by `total.` and the key. */
export type PlaceholderValues = ReadonlyMap<string, string>;

export const DEFAULT_SUBJECT = '{schedule}: {period}';
export const DEFAULT_TEXT = '{report}\n\n{about}\n';

export const totalPlaceholder = (key: string): string => TOTAL + key;

/** @param totals keys of the report's totals. @throws TextError naming the unknown placeholder and near ones */
export function checkTemplate(template: string, totals: readonly string[]): void {
  const known = [...Object.keys(PLACEHOLDERS), ...totals.map((key) => TOTAL + key)];
  for (const [, name = ''] of template.matchAll(IN_BRACES)) {
    if (known.includes(name)) continue;
    const [near] = nearest(name, known, 1);
    const hint =
      near === undefined
        ? `there are ${Object.keys(PLACEHOLDERS).join(', ')} and total.…`
        : `did you mean {${near}}?`;
    throw new TextError(`"{${name}}" is no placeholder; ${hint}`);
  }
}

/** Whether the text tells totals, which then must be made. */
export const tellsTotals = (template: string): boolean =>
  [...template.matchAll(IN_BRACES)].some(([, name = '']) => name.startsWith(TOTAL));

export const fill = (template: string, values: PlaceholderValues): string =>
  template.replace(IN_BRACES, (whole, name: string) => values.get(name) ?? whole);
