/** One report by each way there is: request, background job, command line. The same numbers, the directory's goals among them. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ReportTable } from '../src/reports/table.js';
import { testApi, type TestApi } from './support/api.js';
import { commandHere } from './support/command.js';
import { databaseUrl, scratchFolder } from './support/scratch.js';

// Within a quarter of an hour: answered from the facts themselves.
const PARAMS = { from: '2026-11-01T10:00:00Z', to: '2026-11-01T10:14:00Z' };

const scratch = scratchFolder();
let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await testApi();
  token = await api.token('editor');
  const { db } = api.database;
  const queue = db.selectFrom('queue').select('id').where('name', '=', 'sales');
  const { id: queueId } = await queue.executeTakeFirstOrThrow();
  const agent = { pbxId: 1, tenantId: 1, name: 'Anna' };
  const { insertId } = await db.insertInto('agent').values(agent).executeTakeFirstOrThrow();
  const contact = { id: 1, pbxId: 1, callId: '1.1', callerNumber: '998901234567', evidence: Buffer.from('') };
  await db.insertInto('contact').values(contact).execute();
  const visit = (seq: number, waitSeconds: number, isAnswered: boolean) => ({
    ...{ contactId: 1, seq, pbxId: 1, tenantId: 1, queueId, waitSeconds, firstInQueue: seq === 0 ? 1 : 0 },
    agentId: isAnswered ? Number(insertId) : null,
    outcome: isAnswered ? ('answered' as const) : ('abandoned' as const),
    talkSeconds: isAnswered ? 60 : null,
    enteredAt: Date.UTC(2026, 10, 1, 10, seq),
    endedAt: Date.UTC(2026, 10, 1, 10, seq + 3),
    ...{ enteredAtSource: 'log' as const, outcomeCertainty: 'stated' as const },
    ...{ holdCount: 0, transfersSeen: 0, attempts: 0, agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
  });
  // Four of five within 20 s: 80 %, where 90 % are the goal.
  const visits = [
    visit(0, 5, true),
    visit(1, 20, true),
    visit(2, 8, true),
    visit(3, 1, true),
    visit(4, 30, false),
  ];
  await db.insertInto('visit').values(visits).execute();
  const goal = { entity: 'queue' as const, entityId: queueId, field: 'target' as const, value: '0.9' };
  await db
    .insertInto('directoryValue')
    .values({ ...goal, origin: 'manual', fromAt: 0 })
    .execute();
});
afterAll(async () => {
  await api.close();
  scratch.remove();
});

const request = (method: 'GET' | 'POST', url: string, payload?: object) =>
  api.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${token}` } },
    ...(payload !== undefined && { payload }),
  });

async function byJob(): Promise<ReportTable> {
  const asked = { report: 'summary', params: { ...PARAMS, queues: 'sales' }, format: 'json' };
  const { id } = (await request('POST', '/api/v1/exports', asked)).json<{ id: number }>();
  for (;;) {
    const { state } = (await request('GET', `/api/v1/exports/${id}`)).json<{ state: string }>();
    if (state === 'done') return (await request('GET', `/api/v1/exports/${id}/file`)).json<ReportTable>();
    expect(['queued', 'running']).toContain(state);
    await wait(50);
  }
}

async function byCommand(): Promise<ReportTable> {
  const out = scratch.file('report.json');
  const { code, stderr } = await commandHere([
    ...[
      'report',
      'summary',
      '--from',
      PARAMS.from,
      '--to',
      PARAMS.to,
      '--queues',
      'sales',
      '--format',
      'json',
      '--out',
      out,
    ],
    ...['--database-url', databaseUrl(api.database.address), '--data-dir', scratch.file('data')],
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(readFileSync(out, 'utf8')) as ReportTable;
}

it('has the same gap to the goal by request, by job and on the command line', async () => {
  const query = new URLSearchParams({ ...PARAMS, queues: 'sales' });
  const [byRequest, ...others] = [
    (await request('GET', `/api/v1/reports/summary?${String(query)}`)).json<ReportTable>(),
    await byJob(),
    await byCommand(),
  ];
  expect(byRequest.rows).toMatchObject([{ queue: 'sales', entered: 5, serviceLevel: 0.8, target: 0.9 }]);
  expect(byRequest.rows[0]?.['targetGap']).toBeCloseTo(-0.1, 12);
  for (const other of others) {
    expect(other.rows).toEqual(byRequest.rows);
    expect(other.totals).toEqual(byRequest.totals);
  }
}, 60_000);
