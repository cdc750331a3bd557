/** How cells read in print, in each language. */
import { describe, expect, it } from '@jest/globals';
import type { Cell, Column, Row } from '../reports/table.js';
import { CellTexts, durationText } from './cell-text.js';
import { labelsOf } from './labels/labels.js';
import type { Language } from './spec.js';

const column = (type: Column['type'], more: Partial<Column> = {}): Column => ({
  ...{ key: 'value', label: 'Value', type, unit: null, description: '' },
  ...more,
});

/** Texts of a column of these cells. */
function texts(
  lang: Language,
  one: Column,
  cells: readonly Cell[],
  others: readonly Column[] = [],
): string[] {
  const rows: Row[] = cells.map((cell) => ({ [one.key]: cell }));
  const all = new CellTexts({ columns: [one, ...others], rows, totals: null }, labelsOf(lang));
  return rows.map((row) => all.of(one, row));
}

describe('numbers', () => {
  it.each<[Language, string[]]>([
    ['en', ['1,234,567', '−1,200', '0', '–']],
    ['ru', ['1\u202f234\u202f567', '−1\u202f200', '0', '–']],
    ['uz', ['1\u202f234\u202f567', '−1\u202f200', '0', '–']],
  ])('are grouped in %s', (lang, expected) => {
    expect(texts(lang, column('count'), [1_234_567, -1200, 0, null])).toEqual(expected);
  });

  it.each<[Language, string[]]>([
    ['en', ['86.4%', '100.0%', '−3.0%']],
    ['ru', ['86,4\u202f%', '100,0\u202f%', '−3,0\u202f%']],
    ['uz', ['86,4\u202f%', '100,0\u202f%', '−3,0\u202f%']],
  ])('are shares in %s', (lang, expected) => {
    expect(texts(lang, column('ratio'), [0.8644, 1, -0.03])).toEqual(expected);
  });

  it('of one column have the same digits behind the point', () => {
    expect(texts('ru', column('number', { unit: '1/h' }), [2, 1.5, 0.256])).toEqual(['2,00', '1,50', '0,26']);
    expect(texts('en', column('number', { unit: '1/h' }), [2, 1.5])).toEqual(['2.0', '1.5']);
  });

  it('that are ids are not grouped', () => {
    expect(texts('en', column('number', { key: 'visitId' }), [48_257])).toEqual(['48257']);
  });

  it('that are differences of shares are percentage points with their sign', () => {
    const gap = column('ratio', { unit: 'points' });
    expect(texts('en', gap, [0.064, -0.069, 0.0001, 0])).toEqual(['+6.4 pp', '−6.9 pp', '0.0 pp', '0.0 pp']);
    expect(texts('ru', gap, [0.064])).toEqual(['+6,4 п. п.']);
  });

  it('of money keep every digit', () => {
    expect(texts('ru', column('money'), ['12345678901234567.10', '-0.05'])).toEqual([
      '12\u202f345\u202f678\u202f901\u202f234\u202f567,10',
      '−0,05',
    ]);
  });

  it('of a comparison are what their row says', () => {
    const columns = (['first', 'difference'] as const).map((key) => column('number', { key }));
    const rows: Row[] = [
      { type: 'ratio', first: 0.843, difference: -0.064 },
      { type: 'seconds', first: 253, difference: 3 },
      { type: 'count', first: 48_257, difference: 1 },
    ];
    const all = new CellTexts({ columns, rows, totals: null }, labelsOf('en'));
    expect(rows.map((row) => columns.map((one) => all.of(one, row)))).toEqual([
      ['84.3%', '−6.4 pp'],
      ['0:04:13', '0:00:03'],
      ['48,257', '1'],
    ]);
  });
});

describe('times', () => {
  const day = '2026-11-20T00:00:00.000+05:00';
  it('have the precision their column needs', () => {
    expect(texts('en', column('time'), [day])).toEqual(['2026-11-20']);
    expect(texts('en', column('time'), [day, '2026-11-20T09:30:00.000+05:00'])).toEqual([
      '2026-11-20 00:00',
      '2026-11-20 09:30',
    ]);
    expect(texts('en', column('time'), [day, '2026-11-20T09:30:07.000+05:00'])[0]).toBe(
      '2026-11-20 00:00:00',
    );
  });

  it('beside an exclusive end never look like whole days', () => {
    const to = column('time', { key: 'to' });
    expect(texts('en', column('time', { key: 'from' }), [day], [to])).toEqual(['2026-11-20 00:00']);
  });

  it('that last are hours, minutes, seconds', () => {
    expect([3723, 59.6, -12, -0.2, 360_000].map(durationText)).toEqual([
      ...['1:02:03', '0:01:00', '−0:00:12', '0:00:00', '100:00:00'],
    ]);
  });
});

describe('codes', () => {
  it.each<[Language, string[]]>([
    ['en', ['Timed out', 'Left by key', 'eaten', '–']],
    ['ru', ['Истекло время', 'Вышел по клавише', 'eaten', '–']],
    ['uz', ['Vaqt tugadi', 'Tugma bilan chiqdi', 'eaten', '–']],
  ])('are words in %s, unknown ones stay', (lang, expected) => {
    const outcome = column('text', { key: 'outcome' });
    expect(texts(lang, outcome, ['timedOut', 'exitedByKey', 'eaten', ''])).toEqual(expected);
  });

  it('of weekdays are words, and names of people that look like codes are names', () => {
    expect(texts('ru', column('number', { key: 'weekday' }), [1, 7])).toEqual(['Пн', 'Вс']);
    expect(texts('ru', column('text', { key: 'agentName' }), ['answered'])).toEqual(['answered']);
  });
});
