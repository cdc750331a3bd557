/**
 * The API over what a real Asterisk did (trace small60): every answer as described, and the numbers of its queue_log.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testApi, type TestApi } from '../../test/support/api.js';
import { describedBy, deviations, type ApiDescription } from '../../test/support/api-description.js';
import { collect, projectAndRoll } from '../../test/support/pipeline.js';
import { loadJourney } from '../journey/load-journey.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';

const folder = fileURLToPath(new URL('../../test/traces/small60/', import.meta.url));
const file = (name: string): string => path.join(folder, name);

interface Oracle {
  queues: Record<string, { offered: number; answered: number; abandoned: number; talk: { total: number } }>;
}
interface Answer {
  rows: Record<string, unknown>[];
  totals: Record<string, unknown> | null;
  meta: { page?: { nextCursor: string | null } };
}

const oracle = JSON.parse(readFileSync(file('oracle.json'), 'utf8')) as Oracle;
const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-12-31T00:00:00Z';

let api: TestApi;
let description: ApiDescription;
let tokens: { viewer: string; editor: string };
beforeAll(async () => {
  api = await testApi(({ db }) => ({ journey: (id, tenantId) => loadJourney(db, id, tenantId) }));
  description = await describedBy(api.app);
  tokens = { viewer: await api.token('viewer'), editor: await api.token('editor') };
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  const stream = { stream: file('passive.ami.gz'), chunks: file('passive.chunks.gz') };
  const ami = await collect(asteriskDriver.replay({ pbx: 'lab', ...stream, ...quiet }));
  const log = await collect(asteriskDriver.importLog({ pbx: 'lab', files: [file('queue_log')], ...quiet }));
  const cdr = await collect(asteriskDriver.importCdr({ pbx: 'lab', files: [file('cdr.csv.gz')], ...quiet }));
  await projectAndRoll(api.database.db, [...ami, ...log, ...cdr]);
  // The first half of the stream: calls are going on.
  const projection = asteriskDriver.dialect('UTC').projection('lab');
  for (const message of ami.slice(0, ami.length / 2)) {
    for (const event of projection.apply(message)) api.live.apply('lab', event, message.receivedUs / 1000);
  }
});
afterAll(() => api.close());

async function get<T>(url: string, pathOf: string, token = tokens.editor): Promise<T> {
  const response = await api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  expect(response.statusCode).toBe(200);
  const answer: T = response.json();
  expect(deviations(description, 'get', pathOf, 200, 'application/json', answer)).toEqual([]);
  return answer;
}

const report = (name: string, query = '', token?: string): Promise<Answer> =>
  get(`/api/v1/reports/${name}?${RANGE}${query}`, `/api/v1/reports/${name}`, token);

describe('reports', () => {
  test('of queues say what queue_log says', async () => {
    const { rows } = await report('queues');
    const said = Object.fromEntries(
      rows.map(({ queue, entered, answered, abandoned, talkSeconds }) => [
        String(queue),
        { entered, answered, abandoned, talkSeconds },
      ]),
    );
    expect(Object.keys(oracle.queues).length).toBeGreaterThan(1);
    for (const [queue, { offered, answered, abandoned, talk }] of Object.entries(oracle.queues)) {
      expect([queue, said[queue]]).toEqual([
        queue,
        { entered: offered, answered, abandoned, talkSeconds: talk.total },
      ]);
    }
  });

  test('of agents, in slots of days', async () => {
    expect((await report('agents')).rows.length).toBeGreaterThan(2);
    expect((await report('agents', '&granularity=day&tz=Asia/Tashkent')).rows.length).toBeGreaterThan(2);
  });

  test('of calls, page by page, are all calls once', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await report('calls', `&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.rows.map((row) => row.visitId));
      cursor = page.meta.page?.nextCursor ?? null;
    } while (cursor !== null);
    const entered = Object.values(oracle.queues).reduce((sum, queue) => sum + queue.offered, 0);
    expect(seen).toHaveLength(entered);
    expect(new Set(seen).size).toBe(entered);
  });

  test('as CSV have the rows of the JSON', async () => {
    const { rows } = await report('calls', '&limit=1000');
    const headers = { authorization: `Bearer ${tokens.editor}` };
    const url = `/api/v1/reports/calls?${RANGE}&limit=1000&format=csv`;
    const csv = (await api.app.inject({ url, headers })).body.trimEnd().split('\r\n');
    expect(csv).toHaveLength(rows.length + 1);
    expect(csv[0]?.split(',').slice(0, 3)).toEqual(['visitId', 'contactId', 'pbx']);
  });
});

test('every journey is as described; a viewer finds no caller number in it', async () => {
  const { rows } = await report('calls', '&limit=1000');
  const contacts = new Map(rows.map((row) => [Number(row.contactId), row.callerNumber]));
  expect(contacts.size).toBeGreaterThan(20);
  let numbers = 0;
  for (const [id, number] of contacts) {
    const journey = await get<{ visits: unknown[]; events: unknown[]; hasRecordings: boolean }>(
      `/api/v1/calls/${id}`,
      '/api/v1/calls/{id}',
    );
    expect(journey.visits.length).toBeGreaterThan(0);
    expect(journey.hasRecordings).toBe(false);
    expect(journey.events.length).toBeGreaterThan(0);
    // `anonymous` is no number and stays.
    if (typeof number !== 'string' || !/\d{4}/.test(number)) continue;
    numbers++;
    const masked = await get<object>(`/api/v1/calls/${id}`, '/api/v1/calls/{id}', tokens.viewer);
    expect(JSON.stringify(masked)).not.toContain(number);
  }
  expect(numbers).toBeGreaterThan(10);
});

test('the live state in the middle of it is as described', async () => {
  const live = await get<{ queues: unknown[]; agents: unknown[]; calls: { callerNumber: string | null }[] }>(
    '/api/v1/live',
    '/api/v1/live',
  );
  expect(live.queues.length).toBeGreaterThan(1);
  expect(live.agents.length).toBeGreaterThan(2);
  expect(live.calls.length).toBeGreaterThan(0);
  const masked = await get<typeof live>('/api/v1/live', '/api/v1/live', tokens.viewer);
  const shown = masked.calls.map((call) => call.callerNumber).filter((number) => number !== null);
  expect(shown.length).toBeGreaterThan(0);
  for (const number of shown) expect(number).toMatch(/^\**.{2}$/);
});
