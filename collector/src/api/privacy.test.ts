/** How callers' numbers are shown where the configuration says other than by default. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testApi, type TestApi } from '../../test/support/api.js';
import { Masking } from '../directory/masking.js';
import type { ExportSpec } from '../exports/spec.js';

const NUMBER = '998901234567';
const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';

let api: TestApi;
const submitted: ExportSpec[] = [];
const tokens = { viewer: '', editor: '', admin: '' };
beforeAll(async () => {
  const general = { viewer: 'hide', editor: 'hash', admin: 'none' } as const;
  api = await testApi(() => ({ masking: new Masking({ general, tenants: new Map() }, 'secret') }));
  for (const role of ['viewer', 'editor', 'admin'] as const) tokens[role] = await api.token(role);
  const { db } = api.database;
  const [contactId, enteredAt] = [70, Date.UTC(2026, 10, 2, 9)];
  await db
    .insertInto('contact')
    .values({ id: contactId, pbxId: 1, callId: '1.1', callerNumber: NUMBER, evidence: Buffer.alloc(0) })
    .execute();
  await db
    .insertInto('visit')
    .values({
      ...{ contactId, seq: 0, pbxId: 1, tenantId: 1, queueId: 1, enteredAt, enteredAtSource: 'log' },
      ...{ firstInQueue: 1, outcome: 'abandoned', outcomeCertainty: 'stated', waitSeconds: 9 },
      ...{ holdCount: 0, transfersSeen: 0, attempts: 0, agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
    })
    .execute();
});
afterAll(() => api.close());

const get = (url: string, token: string) =>
  api.app.inject({ url: `/api/v1/${url}`, headers: { authorization: `Bearer ${token}` } });
const numberIn = async (token: string): Promise<unknown> =>
  (await get(`reports/calls?${RANGE}`, token)).json<{ rows: { callerNumber: unknown }[] }>().rows[0]
    ?.callerNumber;

it('a report hides them, hashes them, or shows them', async () => {
  expect(await numberIn(tokens.viewer)).toBeNull();
  expect(await numberIn(tokens.editor)).toMatch(/^#[0-9a-f]{12}$/);
  expect(await numberIn(tokens.admin)).toBe(NUMBER);
});

it('a journey shows the hash the report shows', async () => {
  const journey = (await get('calls/7', tokens.editor)).json<{ callerNumber: string }>();
  expect(journey.callerNumber).toBe(await numberIn(tokens.editor));
  const hidden = await get('calls/7', tokens.viewer);
  expect(hidden.body).not.toContain(NUMBER);
  expect(hidden.json()).toMatchObject({ callerNumber: null, legs: [{ channel: 'Local/…@in-1' }] });
});

it('who does not see numbers does not filter by them, whatever the role', async () => {
  const url = `reports/calls?${RANGE}&caller=99890`;
  expect((await get(url, tokens.editor)).statusCode).toBe(403);
  expect((await get(url, tokens.admin)).json()).toMatchObject({ totals: { visitId: 1 } });
});

it('an export shows them as its maker sees them', async () => {
  const make = async (token: string): Promise<string> => {
    const made = await api.app.inject({
      method: 'POST',
      url: '/api/v1/exports',
      headers: { authorization: `Bearer ${token}` },
      payload: {
        report: 'calls',
        format: 'csv',
        params: { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' },
      },
    });
    return made.body;
  };
  expect(JSON.parse(await make(tokens.editor))).toMatchObject({ report: 'calls' });
  const rows = await api.database.db.selectFrom('exportJob').select('spec').orderBy('id').execute();
  for (const { spec } of rows) submitted.push(JSON.parse(spec) as ExportSpec);
  expect(submitted).toMatchObject([{ numbers: false, maskedBy: 'hash' }]);
});
