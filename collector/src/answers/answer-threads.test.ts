/** Reports in threads: the collector is free meanwhile, who goes away stops the work, a thread that dies is replaced. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { testApi, type TestApi } from '../../test/support/api.js';
import { answerProgram } from '../../test/support/answers.js';
import { GatedAnswers } from '../api/gated-answers.js';
import type { Answer, ReportAsk } from './answer.js';
import { AnswerThreads, type AnswerThreadsOptions } from './answer-threads.js';
import { Flags, type Behaviour } from './testing/held-flags.js';

interface Held {
  threads: AnswerThreads;
  flags: Flags;
}

async function heldThreads(options: Partial<AnswerThreadsOptions> = {}): Promise<Held> {
  const flags = new Flags();
  const settings = { database: '', queueRules: [], maskSecret: null, flags: flags.shared };
  const program = await answerProgram('testing/held-worker.js');
  const logger = pino({ level: 'silent' });
  return { threads: new AnswerThreads({ settings, program, logger, ...options }), flags };
}

/** One thread for all tests; whoever kills it gets a new one. */
let held: Held;
beforeAll(async () => {
  held = await heldThreads({ most: 1 });
  held.threads.start();
});
afterAll(() => held.threads.stop());

const forever = new AbortController().signal;
const question = (queues: Behaviour): ReportAsk => ({
  ...{ report: 'queues', params: { queues }, tenantId: 1, format: 'json', lang: null, maskedBy: null },
});
const rowsOf = async ({ body }: Answer): Promise<number> => {
  const bytes = body instanceof Readable ? await buffer(body) : body;
  return (JSON.parse(bytes.toString()) as { rows: unknown[] }).rows.length;
};

describe('through the API', () => {
  const RANGE = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';

  let api: TestApi;
  let token: string;
  let answers: GatedAnswers;
  beforeAll(async () => {
    answers = new GatedAnswers(held.threads, { running: 1, waiting: 1 });
    api = await testApi(() => ({ answers }));
    token = await api.token('editor');
  });
  afterAll(() => api.close());

  const ask = (queues: Behaviour) =>
    api.app.inject({
      url: `/api/v1/reports/queues?${RANGE}&queues=${queues}`,
      headers: { authorization: `Bearer ${token}` },
    });

  test('while a report holds its thread, requests are answered and boards move', async () => {
    const until = held.flags.next('held');
    let isAnswered = false;
    const report = ask('held').then((answer) => {
      isAnswered = true;
      return answer;
    });
    await until;

    const board = await openBoard(api, token);
    for (let i = 0; i < 5; i++) {
      expect((await api.app.inject('/readyz')).statusCode).toBe(200);
      const callId = `call-${i}`;
      api.live.apply('hq', enters(callId), Date.now());
      await board.shows(callId);
    }
    expect(isAnswered).toBe(false);

    held.flags.release();
    expect((await report).statusCode).toBe(200);
    expect((await report).headers['content-type']).toBe('application/json; charset=utf-8');
    board.close();
  });

  test('what is wrong is told as ever: the field, a database that is away, a fault without its details', async () => {
    expect((await ask('wrong')).json()).toMatchObject({ status: 400, errors: [{ field: 'to' }] });
    const away = await ask('away');
    expect(away.headers['retry-after']).toBe('5');
    expect(away.json()).toMatchObject({ status: 503 });
    const broken = await ask('broken');
    expect(broken.json()).toMatchObject({ status: 500 });
    expect(away.body + broken.body).not.toMatch(/10\.1\.2\.3|secret/);
  });

  test('a thread that dies is a 500, and the next report has a new one', async () => {
    const { done, failed } = answers.reading().ended;
    expect((await ask('crash')).json()).toMatchObject({ status: 500, errors: [] });
    expect((await ask('short')).statusCode).toBe(200);
    expect(answers.reading()).toMatchObject({ running: 0, ended: { done: done + 1, failed: failed + 1 } });
  });

  test('when too many wait, the next is told to come again', async () => {
    const until = held.flags.next('held');
    const first = ask('held');
    await until;
    const second = ask('short');
    while (answers.reading().waiting < 1) await new Promise((resolve) => setImmediate(resolve));
    const third = await ask('short');
    expect(third.json()).toMatchObject({ status: 503 });
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);

    held.flags.release();
    expect([(await first).statusCode, (await second).statusCode]).toEqual([200, 200]);
    expect(answers.reading()).toMatchObject({ waiting: 0, running: 0 });
  });
});

test('a client that goes away stops the work, and the thread goes on with others', async () => {
  const { threads, flags } = held;
  const [begun, stopped] = [flags.next('endless'), flags.next('stopped')];
  const client = new AbortController();
  const answer = threads.answer(question('endless'), client.signal);
  await begun;
  client.abort(new Error('gone'));
  await expect(answer).rejects.toThrow('gone');
  await stopped;
  expect(await rowsOf(await threads.answer(question('short'), forever))).toBe(1);
  expect(threads.count).toBe(1);
});

test('all a thread works on fails when it dies', async () => {
  const { threads, flags } = held;
  const begun = flags.next('endless');
  const endless = threads.answer(question('endless'), forever);
  await begun;
  const ends = await Promise.allSettled([endless, threads.answer(question('crash'), forever)]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

describe('a long answer', () => {
  test('comes whole, in pieces', async () => {
    const { threads } = held;
    const answer = await threads.answer(question('long'), forever);
    expect(answer.body).toBeInstanceOf(Readable);
    expect(await rowsOf(answer)).toBe(20_000);
  });

  test('ends when its reader goes away', async () => {
    const { threads } = held;
    const client = new AbortController();
    const { body } = await threads.answer(question('long'), client.signal);
    if (!(body instanceof Readable)) throw new Error('it came in one piece');
    const closed = new Promise((resolve) => body.once('close', resolve));
    client.abort(new Error('gone'));
    await closed;
    expect(body.errored?.message).toBe('gone');
  });

  test('is an error, not half an answer, when its thread dies', async () => {
    const { threads } = held;
    const { body } = await threads.answer(question('long'), forever);
    if (!(body instanceof Readable)) throw new Error('it came in one piece');
    await expect(threads.answer(question('crash'), forever)).rejects.toThrow('ended');
    await expect(buffer(body)).rejects.toThrow('ended');
  });
});

test('a second thread begins while the first one works, and ends when it has nothing to do', async () => {
  const { threads, flags } = await heldThreads({ most: 2, idleMs: 0 });
  threads.start();
  expect(threads.count).toBe(1);
  const begun = flags.next('held', 2);
  const both = [threads.answer(question('held'), forever), threads.answer(question('held'), forever)];
  await begun;
  expect(threads.count).toBe(2);
  flags.release();
  expect(await Promise.all(both.map(async (answer) => rowsOf(await answer)))).toEqual([1, 1]);
  while (threads.count > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await rowsOf(await threads.answer(question('short'), forever))).toBe(1);
  await threads.stop();
});

test('a stop ends what is under way, and nothing is begun after it', async () => {
  const { threads, flags } = await heldThreads();
  const begun = flags.next('held');
  const answer = threads.answer(question('held'), forever);
  await begun;
  const [, ended] = await Promise.allSettled([threads.stop(), answer]);
  expect(ended).toMatchObject({ status: 'rejected', reason: { name: 'StoppingError' } });
  await expect(threads.answer(question('short'), forever)).rejects.toThrow('stopping');
});

const enters = (callId: string) => ({
  ...{ id: callId, source: 'ami' as const, connection: 'ami:1', ordinal: 0, atUs: Date.now() * 1000 },
  ...{ kind: 'caller-entered' as const, callId, queue: 'sales', callerNumber: '998901234567' },
});

/** The live stream over a real socket. */
async function openBoard({ app }: TestApi, token: string) {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    get(`http://127.0.0.1:${port}/api/v1/live/stream`, { headers, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
  let text = '';
  let wake: () => void = () => undefined;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    wake();
  });
  response.on('error', () => undefined);
  return {
    shows: async (word: string): Promise<void> => {
      while (!text.includes(`"${word}"`)) await new Promise<void>((resolve) => (wake = resolve));
    },
    close: () => response.destroy(),
  };
}
