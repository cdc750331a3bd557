/** Ticks of charts and what stands at them. */
import { describe, expect, it } from '@jest/globals';
import type { Column, Row } from '../../reports/table.js';
import { CellTexts } from '../cell-text.js';
import { labelsOf } from '../labels/labels.js';
import type { Language } from '../spec.js';
import { categories, tickText, ticks } from './axis.js';

describe('ticks', () => {
  it('are round numbers up to the greatest value', () => {
    expect(ticks(9_929, 'count')).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(ticks(0.9, 'ratio').map((tick) => Math.round(tick * 100))).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticks(0, 'count')).toEqual([0, 1]);
  });

  it('of times are whole seconds, minutes, hours', () => {
    expect(ticks(275, 'seconds')).toEqual([0, 60, 120, 180, 240, 300]);
    expect(ticks(11_000, 'seconds')).toEqual([0, 3600, 7200, 10_800, 14_400]);
  });

  it.each<[Column['type'], number, Language, number, string]>([
    ['ratio', 0.2, 'en', 0.6, '60%'],
    ['ratio', 0.005, 'ru', 0.015, '1,5\u202f%'],
    ['count', 2000, 'uz', 10_000, '10\u202f000'],
    ['number', 0.5, 'ru', 1.5, '1,5'],
    ['seconds', 60, 'ru', 120, '2:00'],
    ['seconds', 3600, 'en', 7200, '2:00:00'],
    ['seconds', 5, 'en', 5, '0:05'],
  ])('of %s in steps of %d in %s say %d as %s', (type, step, lang, value, expected) => {
    expect(tickText({ type }, step, lang)(value)).toBe(expected);
  });
});

describe('categories', () => {
  const column: Column = { key: 'x', label: 'X', type: 'time', unit: null, description: '' };
  const of = (lang: Language, times: readonly string[]): string[] => {
    const rows: Row[] = times.map((x) => ({ x }));
    return categories(
      column,
      rows,
      new CellTexts({ columns: [column], rows, totals: null }, labelsOf(lang)),
      lang,
    );
  };

  it('are days in the language, or times of one day', () => {
    const days = ['2026-11-20T00:00:00.000+05:00', '2026-11-21T00:00:00.000+05:00'];
    expect(of('en', days)).toEqual(['Nov 20', 'Nov 21']);
    expect(of('ru', days)).toEqual(['20 нояб', '21 нояб']);
    expect(of('en', ['2026-11-20T00:00:00+05:00', '2026-11-20T09:30:00+05:00'])).toEqual(['00:00', '09:30']);
    expect(of('en', ['2026-11-20T09:00:00+05:00', '2026-11-21T09:30:00+05:00'])).toEqual([
      'Nov 20, 09:00',
      'Nov 21, 09:30',
    ]);
  });
});
