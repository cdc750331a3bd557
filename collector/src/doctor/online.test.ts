/** The doctor over HTTP: differences of a real log, bounded and only to who may see them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyFileSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { testApi, type TestApi } from '../../test/support/api.js';
import { collect, project } from '../../test/support/pipeline.js';
import { scratchFolder, traceFile } from '../../test/support/scratch.js';
import type { PbxConfig } from '../config/config.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { OnlineDoctor } from './online.js';

const scratch = scratchFolder();
const LOG = scratch.file('queue_log');
const LAB: PbxConfig = {
  ...{ name: 'lab', managedBy: 'file', dialect: 'asterisk', queueLog: { from: 'file', file: LOG } },
  ...{ ami: null, cdr: null, esl: null, jsonCdr: null, directions: [], recordings: null },
};
const DAY = 'pbx=lab&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  copyFileSync(traceFile('small60', 'queue_log'), LOG);
  const configs = [LAB, { ...LAB, name: 'hq', queueLog: null }];
  api = await testApi(({ db }) => ({
    doctor: new OnlineDoctor(db, (name) => configs.find((pbx) => pbx.name === name)),
  }));
  admin = await api.token('admin');
  const read = { pbx: 'lab', files: [LOG], onProgress: () => undefined };
  await project(api.database.db, await collect(asteriskDriver.importLog(read)));
});
afterAll(async () => {
  await api.close();
  scratch.remove();
});

interface Answer {
  detail?: string;
  differences: number;
  rows: { field: string; queue: string; facts: unknown; log: unknown }[];
  truncated: boolean;
  comparedFrom: number;
  logVisits: number;
  factVisits: number;
  errors: { field: string }[];
}

async function ask(query: string, token = admin): Promise<{ status: number; json: Answer }> {
  const url = `/api/v1/doctor?${query}`;
  const response = await api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  return { status: response.statusCode, json: response.json() };
}

test('equal facts have no difference; changed ones are told with both values', async () => {
  expect((await ask(DAY)).json).toMatchObject({ differences: 0, logVisits: 53, factVisits: 53, rows: [] });
  const { db } = api.database;
  const visit = await db
    .selectFrom('visit')
    .select(['id', 'talkSeconds'])
    .where('talkSeconds', '>', 3)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const write = (talkSeconds: number | null) =>
    db.updateTable('visit').set({ talkSeconds }).where('id', '=', visit.id).execute();
  await write(1);
  const { json } = await ask(DAY);
  await write(visit.talkSeconds);
  expect(json.rows).toEqual([
    expect.objectContaining({ field: 'talkSeconds', facts: 1, log: visit.talkSeconds }),
  ]);
});

test('a log that begins later is compared from there on; many differences are counted and cut', async () => {
  const lines = readFileSync(traceFile('small60', 'queue_log'), 'utf8').split('\n');
  const rest = lines.slice(lines.length / 2);
  writeFileSync(LOG, rest.join('\n'));
  const beginsMs = Number(rest[0]?.split('|')[0]) * 1000;
  const later = await ask(DAY);
  expect(later.json.comparedFrom).toBe(beginsMs);
  // Of one call the log has the end only: when it entered is estimated from it.
  expect([later.json.logVisits, later.json.factVisits]).toEqual([21, 20]);
  writeFileSync(LOG, lines.slice(0, 1).join('\n'));
  const { json } = await ask(`${DAY}&limit=5`);
  expect(json).toMatchObject({ differences: 53, truncated: true, logVisits: 0 });
  expect(json.rows).toHaveLength(5);
  copyFileSync(traceFile('small60', 'queue_log'), LOG);
});

test('an admin of another tenant is told of his queues only', async () => {
  const { db } = api.database;
  const acme = await api.token('admin', 'acme');
  expect((await ask(DAY, acme)).status).toBe(400);
  const queue = await db
    .selectFrom('queue')
    .innerJoin('visit', 'visit.queueId', 'queue.id')
    .select(['queue.id', 'queue.name'])
    .executeTakeFirstOrThrow();
  await db.updateTable('queue').set({ tenantId: 2 }).where('id', '=', queue.id).execute();
  writeFileSync(LOG, '1795201134|NONE|NONE|NONE|QUEUESTART|\n');
  const { json } = await ask(DAY, acme);
  await db.updateTable('queue').set({ tenantId: 1 }).where('id', '=', queue.id).execute();
  copyFileSync(traceFile('small60', 'queue_log'), LOG);
  expect(new Set(json.rows.map((row) => row.queue))).toEqual(new Set([queue.name]));
  expect(json.differences).toBeGreaterThan(0);
});

test('what cannot be compared here says what to do', async () => {
  const none = await ask(DAY.replace('lab', 'hq'));
  expect([none.status, none.json.detail]).toEqual([409, expect.stringContaining('queuescope doctor')]);
  expect((await ask(DAY, await api.token('editor'))).status).toBe(403);
  const wrong = await ask('pbx=labb&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z');
  expect([wrong.status, wrong.json.errors.map(({ field }) => field)]).toEqual([400, ['pbx']]);
  const long = await ask('pbx=lab&from=2026-01-01T00:00:00Z&to=2026-11-21T00:00:00Z');
  expect([long.status, long.json.errors.map(({ field }) => field)]).toEqual([400, ['to']]);
});

test('a client that goes away ends the reading', async () => {
  const gone = new AbortController();
  gone.abort(new Error('the client went away'));
  const request = { pbx: 'lab', fromMs: 0, toMs: 1, queues: null, signal: gone.signal };
  await expect(new OnlineDoctor(api.database.db, () => LAB).diagnose(request)).rejects.toThrow('went away');
});
