/** Cells as people read them in print. In: a column, a cell, a language. Out: text; unknown is a dash. */
import type { Cell, Column } from '../reports/table.js';
import { shortTime } from './contents.js';
import type { Language } from './spec.js';

export const UNKNOWN = '–';

export type CellText = (column: Pick<Column, 'type'>, cell: Cell) => string;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en', ru: 'ru', uz: 'uz' };

export function cellTextIn(lang: Language): CellText {
  const decimal = new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(LOCALES[lang], {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return ({ type }, cell) => {
    if (cell === null || cell === '') return UNKNOWN;
    if (typeof cell === 'object') return reasonsText(cell);
    if (typeof cell === 'string') return type === 'time' ? shortTime(cell) : cell;
    if (type === 'seconds') return durationText(cell);
    return type === 'ratio' ? percent.format(cell) : decimal.format(cell);
  };
}

/** `1:02:03`; tenths of a second are rounded away. */
export function durationText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${seconds < 0 ? '-' : ''}${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** `lunch 0:30:00; 0:05:00`: reasons with their seconds. */
export const reasonsText = (reasons: Readonly<Record<string, number>>): string =>
  Object.entries(reasons)
    .map(([reason, seconds]) => `${reason} ${durationText(seconds)}`.trim())
    .join('; ') || UNKNOWN;
