/**
 * Axes of charts: where their ticks are and what stands at them.
 *
 * In: a column and its values. Out: ticks from zero on, short texts in the language. What must hold: a tick says its value
 * in the column's unit, with no more digits than it needs.
 */
import type { Column, Row } from '../../reports/table.js';
import { clockText, durationText, type CellTexts } from '../cell-text.js';
import { numbersIn } from '../numbers.js';
import type { Language } from '../spec.js';

/** Steps of 1, 2 or 5 times a power of ten, about five of them; of seconds by sixty. */
export function ticks(max: number, type: Column['type']): number[] {
  if (max <= 0) return [0, 1];
  const step = type === 'seconds' ? secondsStep(max / 5) : decimalStep(max / 5);
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

function decimalStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough - 1e-12) ?? 10) * power;
}

const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400];

const secondsStep = (rough: number): number =>
  SECOND_STEPS.find((step) => step >= rough) ?? decimalStep(rough / 3600) * 3600;

/** Texts of the ticks of a value axis. */
export function tickText(
  column: Pick<Column, 'type'>,
  step: number,
  lang: Language,
): (value: number) => string {
  const numbers = numbersIn(lang);
  if (column.type === 'seconds') return shortDuration;
  const unit = column.type === 'ratio' ? 0.01 : 1;
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9));
  return column.type === 'ratio'
    ? (value) => numbers.percent(value, decimals)
    : (value) => numbers.decimal(value, decimals);
}

/** `1:05`, `1:02:03`. */
export const shortDuration = (seconds: number): string => durationText(seconds).replace(/^0:0?(?=\d)/, '');

/** Short texts of the category axis. */
export function categories(column: Column, rows: readonly Row[], texts: CellTexts, lang: Language): string[] {
  if (column.type === 'time' || column.type === 'date')
    return dates(
      rows.map((row) => row[column.key]),
      lang,
    );
  return rows.map((row) => {
    const cell = row[column.key];
    return column.type === 'seconds' && typeof cell === 'number'
      ? shortDuration(cell)
      : texts.of(column, row);
  });
}

/** Days without the year, clock times where they differ. */
function dates(cells: readonly (Row[string] | undefined)[], lang: Language): string[] {
  const times = cells.map((cell) => (typeof cell === 'string' ? clockText(cell) : ''));
  const day = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dayOf = (time: string): string =>
    time === '' ? '' : day.format(new Date(`${time.slice(0, 10)}T00:00:00Z`)).replace(/\.$/, '');
  if (times.every((time) => time.length <= 10 || time.endsWith('00:00:00'))) return times.map(dayOf);
  const isOneDay = new Set(times.map((time) => time.slice(0, 10))).size === 1;
  return times.map((time) => (isOneDay ? time.slice(11, 16) : `${dayOf(time)}, ${time.slice(11, 16)}`));
}
