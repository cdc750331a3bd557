/** What an app may rely on, of every report there is. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordedReports, type RecordedReports } from '../exports/testing/recorded.js';
import { CATALOG } from './catalog.js';
import { reportOf } from './reports.js';
import type { NamedTable, ReportTable } from './table.js';

let recorded: RecordedReports;
beforeAll(async () => {
  recorded = await recordedReports();
}, 60_000);
afterAll(() => recorded.close());

const tablesOf = (report: ReportTable): Pick<NamedTable, 'columns' | 'rows'>[] => [
  report,
  ...(report.tables ?? []),
];

it('names are unique', () => {
  expect(new Set(CATALOG.map(({ name }) => name)).size).toBe(CATALOG.length);
});

describe.each(CATALOG.map(({ name }) => name))('%s', (name) => {
  it('has defaults its parameters allow', () => {
    for (const { default: value, kind, choices, min = 0, max = Infinity } of reportOf(name).params) {
      if (value === undefined) continue;
      if (kind === 'choice') expect(choices).toContain(value);
      if (kind === 'integer') expect(Number(value)).toBeGreaterThanOrEqual(min);
      if (kind === 'integer') expect(Number(value)).toBeLessThanOrEqual(max);
    }
  });

  it('names the PBX, queue and agent a row stands for, and draws no other charts than it says', async () => {
    const report = await recorded.make(name);
    for (const { columns } of tablesOf(report)) {
      const keys = columns.map(({ key }) => key);
      if (keys.includes('queueName')) expect(keys).toEqual(expect.arrayContaining(['pbx', 'queue']));
      if (keys.includes('agentName')) expect(keys).toEqual(expect.arrayContaining(['pbx', 'agent']));
      if (keys.includes('displayName'))
        expect(keys.some((key) => key === 'queue' || key === 'agent')).toBe(true);
    }
    const kinds = (report.charts ?? []).map(({ kind }) => kind);
    expect(reportOf(name).charts).toEqual(expect.arrayContaining(kinds));
  });
});
