/** Every text that a report shows has its words in every language: labels, titles, meanings, notes and codes in cells. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATALOG } from '../../reports/catalog.js';
import type { Column, ReportTable } from '../../reports/table.js';
import { SL_DEFINITIONS } from '../../kpi/service-level.js';
import { recordedReports, type RecordedReports } from '../testing/recorded.js';
import { DICTIONARIES, labelsOf } from './labels.js';
import { translatedNote } from './notes.js';
import { EN_VALUES, valueKindOf, type ValueKind, type ValueWords } from './values.js';

let recorded: RecordedReports;
let made: ReportTable[];
beforeAll(async () => {
  recorded = await recordedReports();
  const { reports, params } = recorded;
  made = [];
  for (const { name, granular } of CATALOG) {
    made.push(await recorded.make(name));
    // Slots bring columns and tables of their own.
    const day = { ...params, granularity: 'day' };
    if (granular) made.push(await reports.make(name, { params: day, tenantId: 1 }));
  }
}, 30_000);
afterAll(() => recorded.close());

const tablesOf = (report: ReportTable) => [report, ...(report.tables ?? [])];

function allColumns(): Column[] {
  const described = CATALOG.flatMap(({ columns = [], sometimes = [] }) => [...columns, ...sometimes]);
  return [...described, ...made.flatMap((report) => tablesOf(report).flatMap(({ columns }) => columns))];
}

const missingIn = (texts: readonly string[], known: Readonly<Record<string, string>>): string[] => [
  ...new Set(texts.filter((text) => !Object.hasOwn(known, text))),
];

describe.each(Object.keys(DICTIONARIES) as (keyof typeof DICTIONARIES)[])(
  'nothing lacks its words in %s',
  (lang) => {
    const { labels, meanings, notes, values } = DICTIONARIES[lang];

    it('neither labels nor titles', () => {
      const titles = made.flatMap(({ tables = [], charts = [] }) =>
        [...tables, ...charts].map(({ title }) => title),
      );
      const shown = [
        ...CATALOG.map(({ title }) => title),
        ...titles,
        ...allColumns().map(({ label }) => label),
      ];
      expect(missingIn(shown, labels)).toEqual([]);
    });

    it('nor meanings', () => {
      const shown = [
        ...CATALOG.map(({ description }) => description),
        ...allColumns().map(({ description }) => description),
        ...Object.values(SL_DEFINITIONS).map(({ text }) => text),
      ];
      expect(missingIn(shown, meanings)).toEqual([]);
    });

    it('nor notes', () => {
      const shown = made.flatMap(({ meta }) => meta.notes);
      expect(shown.length).toBeGreaterThan(5);
      expect(shown.filter((note) => translatedNote(note, notes) === null)).toEqual([]);
    });

    it('nor codes: each kind has the same as English', () => {
      const codesOf = (words: ValueWords): string[] =>
        (Object.keys(words) as ValueKind[]).flatMap((kind) =>
          Object.keys(words[kind]).map((code) => `${kind} ${code}`),
        );
      expect(codesOf(values).sort()).toEqual(codesOf(EN_VALUES).sort());
    });
  },
);

it('every code that stands in a cell is known', () => {
  const { valuesOf } = labelsOf('en');
  const unknown = new Set<string>();
  let codes = 0;
  for (const { columns, rows } of made.flatMap(tablesOf)) {
    for (const { key, type } of columns.filter((column) => column.type === 'text')) {
      for (const row of rows) {
        const cell = row[key];
        if (typeof cell !== 'string' || cell === '') continue;
        const isCoded = valueKindOf(key) !== undefined;
        // What is written like a code but in a column nobody gave words.
        const looksCoded = /^[a-z]+[A-Z]\w*$/.test(cell) && !PROGRAM_KEYS.has(key);
        if (isCoded) codes++;
        if ((isCoded || looksCoded) && valuesOf(key)?.[cell] === undefined)
          unknown.add(`${type} ${key}: ${cell}`);
      }
    }
  }
  expect(codes).toBeGreaterThan(100);
  expect([...unknown]).toEqual([]);
});

/** Columns of keys that only programs read, and of the PBX's own words. */
const PROGRAM_KEYS: ReadonlySet<string> = new Set(['metric', 'context', 'lastApp']);

it('notes keep the names and numbers that stand in them', () => {
  const { note } = labelsOf('ru');
  expect(note('The first 20 of 54.')).toBe('Первые 20 из 54.');
  expect(note('Period "A {} (b)", open: numbers still follow data, rates and names.')).toBe(
    'Период «A {} (b)», открыт: числа ещё следуют за данными, ставками и именами.',
  );
  expect(note('Nobody translated this.')).toBe('Nobody translated this.');
});
