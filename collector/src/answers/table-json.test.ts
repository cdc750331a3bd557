/** A long table in pieces is the JSON it would be in one. */
import type { ReportTable } from '../reports/table.js';
import { jsonOf } from './table-json.js';

const column = (key: string) => ({ key, label: key, type: 'count', unit: null, description: key }) as const;

const tableOf = (length: number): ReportTable => ({
  meta: {
    report: 'queues',
    from: '2026-11-01T00:00:00.000+00:00',
    to: '2026-11-02T00:00:00.000+00:00',
    tz: 'UTC',
    granularity: 'total',
    completeness: { horizons: [], gaps: [], openCalls: 0, pendingBuckets: 0 },
    notes: ['“quoted”, \\ and \n'],
  },
  columns: [column('queue'), column('entered')],
  rows: Array.from({ length }, (_, entered) => ({ queue: `Очередь "${entered}"`, entered })),
  totals: { queue: null, entered: length },
  tables: [
    { key: 'slots', title: 'All', columns: [column('entered')], rows: [{ entered: 1 }], totals: null },
    { key: 'none', title: 'None', columns: [], rows: [], totals: null },
  ],
  charts: [{ kind: 'bar', title: 'Entered', table: null, x: 'queue', y: ['entered'] }],
});

async function textOf(table: ReportTable, signal = new AbortController().signal): Promise<string[]> {
  const pieces = [];
  for await (const piece of jsonOf(table, signal)) pieces.push(piece);
  return pieces;
}

test.each([0, 1, 250, 251, 1_200])('a table of %i rows loses nothing', async (rows) => {
  const pieces = await textOf(tableOf(rows));
  expect(JSON.parse(pieces.join(''))).toEqual(tableOf(rows));
});

test('a table without further tables has none', async () => {
  const { tables: _, charts: __, ...table } = tableOf(2);
  expect(JSON.parse((await textOf(table)).join(''))).toEqual(table);
});

test('others have their turn between two pieces', async () => {
  let turns = 0;
  let other: NodeJS.Immediate;
  const work = (): void => {
    turns++;
    other = setImmediate(work);
  };
  work();
  await textOf(tableOf(25_000));
  clearImmediate(other!);
  expect(turns).toBeGreaterThanOrEqual(100);
});

test('nobody waits for it any more: it ends', async () => {
  const abort = new AbortController();
  const pieces = jsonOf(tableOf(1_000), abort.signal);
  await pieces.next();
  abort.abort(new Error('gone'));
  await expect(pieces.next()).rejects.toThrow('gone');
});
