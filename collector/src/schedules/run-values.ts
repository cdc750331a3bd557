/**
 * What placeholders stand for in one run. In: the schedule, what its export contains, totals. Out: texts by name, in the
 * language of the schedule.
 */
import { CellTexts } from '../exports/cell-text.js';
import { contentLines, periodText, type Contents } from '../exports/contents.js';
import { labelsOf } from '../exports/labels/labels.js';
import type { Column, Row } from '../reports/table.js';
import { zoneOf } from '../time/zone.js';
import { totalPlaceholder, type Placeholder, type PlaceholderValues } from './placeholders.js';
import { rangeTexts } from './ranges.js';
import type { SavedReport, Schedule } from './schedule.js';

export interface Totals {
  columns: readonly Column[];
  totals: Row;
}

export interface RunFacts {
  saved: Pick<SavedReport, 'name'>;
  contents: Contents;
  /** Null: it was not counted. */
  rows: number | null;
  /** Null where nothing tells them. */
  totals: Totals | null;
}

export function runValues(
  { name, lang }: Pick<Schedule, 'name' | 'lang'>,
  { saved, contents, rows, totals }: RunFacts,
): PlaceholderValues {
  const labels = labelsOf(lang);
  const lines = contentLines(contents, undefined, labels);
  const lineOf = (word: string): string => lines.find(([one]) => one === word)?.[1] ?? '';
  const range = { fromMs: Date.parse(contents.from), toMs: Date.parse(contents.to) };
  const values: Record<Placeholder, string> = {
    schedule: name,
    name: saved.name,
    report: labels.label(contents.title),
    period: periodText(contents),
    ...rangeTexts(range, zoneOf(contents.tz)),
    zone: contents.tz,
    rows: rows === null ? '–' : String(rows),
    filters: lineOf(labels.word('filters')),
    completeness: lineOf(labels.word('completeness')),
    about: lines.map(([word, text]) => `${word}: ${text}`).join('\n'),
    madeAt: lineOf(labels.word('madeAt')),
  };
  return new Map([...Object.entries(values), ...totalTexts(totals, labels)]);
}

function totalTexts(totals: Totals | null, labels: ReturnType<typeof labelsOf>): [string, string][] {
  if (totals === null) return [];
  const texts = new CellTexts({ columns: totals.columns, rows: [], totals: totals.totals }, labels);
  return totals.columns.map((column) => [totalPlaceholder(column.key), texts.of(column, totals.totals)]);
}
