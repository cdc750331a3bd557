/** The real thread over a real database: the same answers as without it, for every report. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { answerProgram, answersInPlace } from '../../test/support/answers.js';
import { testApi, type TestApi } from '../../test/support/api.js';
import { queueSettings } from '../config/queue-settings.js';
import { CATALOG } from '../reports/catalog.js';
import { createReports } from '../reports/reports.js';
import { ReportRequestError } from '../reports/request.js';
import type { Answer, ReportAnswers, ReportAsk } from './answer.js';
import { AnswerThreads } from './answer-threads.js';

const RANGE = { from: '2026-11-01', to: '2026-11-02', tz: 'Asia/Tashkent' };
const NUMBER = '998901234567';
const RULES = [{ pbxPattern: '*', queuePattern: '*', fromMs: -Infinity, serviceLevelSeconds: 7 }];
const SECRET = 'a secret of tests';

let threads: AnswerThreads;
let api: TestApi;
beforeAll(async () => {
  const program = await answerProgram();
  const logger = pino({ level: 'silent' });
  api = await testApi(({ address: database }) => {
    const settings = { database, queueRules: RULES, maskSecret: SECRET };
    threads = new AnswerThreads({ settings, program, logger, most: 1 });
    return { answers: threads };
  });
  threads.start();
  const { db } = api.database;
  const contact = { id: 1, pbxId: 1, callId: '1.1', callerNumber: NUMBER, evidence: Buffer.from('') };
  await db.insertInto('contact').values(contact).execute();
  const sales = await db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .executeTakeFirstOrThrow();
  const visit = (seq: number) => ({
    ...{ contactId: 1, seq, pbxId: 1, tenantId: 1, queueId: sales.id, agentId: null },
    ...{ enteredAt: Date.UTC(2026, 10, 1, 10, 0, seq % 60), endedAt: Date.UTC(2026, 10, 1, 10, 2) },
    ...{
      enteredAtSource: 'log' as const,
      outcomeCertainty: 'stated' as const,
      outcome: 'abandoned' as const,
    },
    ...{ firstInQueue: 1, waitSeconds: 12, holdCount: 0, transfersSeen: 0, attempts: 0 },
    ...{ agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
  });
  await db
    .insertInto('visit')
    .values(Array.from({ length: 2_500 }, (_, seq) => visit(seq)))
    .execute();
});
afterAll(async () => {
  await threads.stop();
  await api.close();
});

const forever = new AbortController().signal;
const question = (report: string, more: Partial<ReportAsk> = {}): ReportAsk => ({
  ...{ report, params: RANGE, tenantId: 1, format: 'json', lang: null, maskedBy: null },
  ...more,
});
const bytesOf = async ({ body }: Answer): Promise<string> =>
  (body instanceof Readable ? await buffer(body) : body).toString();

/** Text of an answer, or what was wrong. */
async function told(answers: ReportAnswers, ask: ReportAsk): Promise<unknown> {
  try {
    return await bytesOf(await answers.answer(ask, forever));
  } catch (error) {
    if (error instanceof ReportRequestError) return error.errors;
    throw error;
  }
}

const inPlace = (): ReportAnswers => {
  const reports = createReports({ db: api.database.db, settings: queueSettings(RULES) });
  return answersInPlace({ reports, maskSecret: SECRET });
};

test.each(CATALOG.map(({ name }) => name))('%s is the same from a thread', async (name) => {
  const ask = question(name, { lang: 'ru', maskedBy: 'hash' });
  expect(await told(threads, ask)).toEqual(await told(inPlace(), ask));
});

describe('from a thread', () => {
  test('CSV has all pages, masked, with the words of the language', async () => {
    const ask = question('calls', { format: 'csv', lang: 'ru', maskedBy: 'stars' });
    const csv = await bytesOf(await threads.answer(ask, forever));
    expect(csv.trim().split('\r\n')).toHaveLength(2_501);
    expect(csv).toContain('**********67');
    expect(csv).not.toContain(NUMBER);
    expect(csv).toBe(await told(inPlace(), ask));
  });

  test('settings of queues are those of the configuration', async () => {
    const answer = await bytesOf(await threads.answer(question('queues'), forever));
    expect(JSON.parse(answer)).toMatchObject({ meta: { serviceLevel: { thresholdSeconds: 7 } } });
  });

  test('numbers are hashed with the secret of the site', async () => {
    const ask = question('calls', { maskedBy: 'hash' });
    expect(await bytesOf(await threads.answer(ask, forever))).toMatch(/"callerNumber":"#[0-9a-f]{12}"/);
  });

  test('the API tells the wrong parameter, and notes a CSV in the audit log', async () => {
    const token = await api.token('viewer');
    const get = (url: string) =>
      api.app.inject({ url: `/api/v1/reports/${url}`, headers: { authorization: `Bearer ${token}` } });
    const range = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';
    const wrong = await get(`queues?${range}&queues=slaes`);
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ field: 'queues' }] });
    const csv = await get(`calls?${range}&format=csv`);
    expect(csv.headers['content-disposition']).toBe('attachment; filename="calls-2026-11-01.csv"');
    expect(csv.body.trim().split('\r\n')).toHaveLength(2_501);
    const noted = await api.database.db.selectFrom('audit').select('action').execute();
    expect(noted).toEqual(expect.arrayContaining([{ action: 'report.downloaded' }]));
  });
});

test('a database that is away is known as such, and asked again', async () => {
  const database = { ...api.database.address, socketPath: `${api.database.address.socketPath}-away` };
  const settings = { database, queueRules: [], maskSecret: null };
  const away = new AnswerThreads({
    settings,
    program: await answerProgram(),
    logger: pino({ level: 'silent' }),
  });
  try {
    for (let i = 0; i < 2; i++)
      await expect(away.answer(question('queues'), forever)).rejects.toMatchObject({ code: 'ENOENT' });
  } finally {
    await away.stop();
  }
});
