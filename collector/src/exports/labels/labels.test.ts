/** Every label and title that a report shows has its words in every language. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { recordedReports, type RecordedReports } from '../testing/recorded.js';
import { CATALOG } from '../../reports/catalog.js';
import { DICTIONARIES } from './labels.js';

let recorded: RecordedReports;
beforeAll(async () => {
  recorded = await recordedReports();
});
afterAll(() => recorded.close());

it.each(Object.keys(DICTIONARIES) as (keyof typeof DICTIONARIES)[])(
  'nothing lacks its words in %s',
  async (lang) => {
    const { labels } = DICTIONARIES[lang];
    const missing = new Set<string>();
    for (const { name, title } of CATALOG) {
      const made = await recorded.make(name);
      const shown = [title, ...(made.charts ?? []).map((chart) => chart.title)];
      for (const table of [made, ...(made.tables ?? [])]) {
        shown.push(...table.columns.map(({ label }) => label));
        if ('title' in table) shown.push(table.title);
      }
      for (const text of shown) if (labels[text] === undefined) missing.add(text);
    }
    expect([...missing]).toEqual([]);
  },
);
