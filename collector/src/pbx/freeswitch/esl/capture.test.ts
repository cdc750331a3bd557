import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { RawMessage } from '../../dialect.js';
import { until } from '../../testing/until.js';
import type { TraceFiles } from '../../trace.js';
import { captureTrace, type CaptureOptions } from './capture.js';
import { decodeEsl } from './codec.js';
import { replayTrace } from './replay.js';
import { FakeFreeSwitch, type FakeOptions } from './testing/fake-freeswitch.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'capture-'))));
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.allSettled(cleanups.splice(0).map((cleanup) => cleanup()));
  rmSync(directory, { recursive: true });
});

const trace = (name: string): TraceFiles => ({
  stream: fileURLToPath(new URL(`../../../../test/traces/${name}.raw.gz`, import.meta.url)),
  chunks: fileURLToPath(new URL(`../../../../test/traces/${name}.idx.gz`, import.meta.url)),
});

async function messagesOf(files: TraceFiles): Promise<RawMessage[]> {
  const messages: RawMessage[] = [];
  for await (const batch of replayTrace({ pbx: 'lab', ...files })) messages.push(...batch);
  return messages;
}

const EVENT = /^Content-Length: \d+\nContent-Type: text\/event-/;
const eventBytes = (messages: RawMessage[]): string[] =>
  messages.map(({ bytes }) => bytes.toString('latin1')).filter((bytes) => EVENT.test(bytes));

interface Capture {
  fake: FakeFreeSwitch;
  troubles: string[];
  /** Whether all that was sent on its one connection is recorded. */
  isCaughtUp: () => boolean;
  stop: () => Promise<TraceFiles | undefined>;
}

async function start(options: Partial<CaptureOptions> = {}, fakeOptions: FakeOptions = {}): Promise<Capture> {
  const fake = new FakeFreeSwitch({ password: 'lab$ecret', ...fakeOptions });
  const port = await fake.listen();
  const abort = new AbortController();
  const troubles: string[] = [];
  let bytes = 0;
  const captured = captureTrace(
    {
      esl: { host: '127.0.0.1', port, password: 'lab$ecret', retryMinMs: 5, retryMaxMs: 10 },
      // Listed once, however long a test takes: what is asked for in the middle of an end may stay without an answer.
      resync: { format: 'plain', fifo: false, settleMs: 3_600_000, refreshMs: 3_600_000 },
      directory: join(directory, 'out'),
      onTrouble: (error) => troubles.push(error.message),
      onProgress: (done) => (bytes = done),
      ...options,
    },
    abort.signal,
  );
  const stop = (): Promise<TraceFiles | undefined> => {
    abort.abort();
    return captured;
  };
  cleanups.push(stop, () => fake.close());
  const isCaughtUp = (): boolean => bytes === fake.sockets[0]?.bytesWritten;
  return { fake, troubles, isCaughtUp, stop };
}

/** The events of a recorded connection, as bytes of the wire. */
const recordedStream = (name: string): Buffer => {
  const stream = gunzipSync(readFileSync(trace(name).stream));
  return stream.subarray(stream.indexOf('Content-Length: '));
};
const listed = ({ fake }: Capture): boolean => fake.told.includes('api show calls as json');

describe('captureTrace', () => {
  test('what is recorded is what was received, and its replay gives the events of the wire', async () => {
    const capture = await start();
    await until(() => listed(capture));
    const wire = recordedStream('fs-tiny/plain-narrow');
    const end = wire.lastIndexOf('Content-Type: text/disconnect-notice');
    capture.fake.send(wire.subarray(0, end));
    await until(capture.isCaughtUp);
    const files = await capture.stop();
    if (!files) throw new Error('nothing recorded');

    expect(capture.troubles).toEqual([]);
    expect(readdirSync(join(directory, 'out')).map((name) => name.replace(/\d+/, 'N'))).toEqual([
      'esl-N.idx.gz',
      'esl-N.raw.gz',
    ]);
    const index = gunzipSync(readFileSync(files.chunks)).toString();
    const stream = gunzipSync(readFileSync(files.stream));
    expect(stream.includes(wire.subarray(0, end))).toBe(true);
    expect(index).toMatch(
      /^\d{16} connect\n\d{16} S 0 28\n\d{16} C auth \*{4}\n\d{16} S 28 54\n\d{16} C event plain /,
    );
    expect(index).toMatch(/\n\d{16} C exit\n(?:\d{16} S \d+ \d+\n)?\d{16} close\n$/);
    expect(index + stream.toString('latin1')).not.toContain('lab$ecret');

    const messages = await messagesOf(files);
    expect(eventBytes(messages)).toEqual(eventBytes(await messagesOf(trace('fs-tiny/plain-narrow'))));
    expect(eventBytes(messages)).toHaveLength(92);
    const asked = capture.fake.told.filter((text) => text.startsWith('api ')).map((text) => text.slice(4));
    const replies = messages.flatMap(({ source, bytes }) => {
      const message = source === 'esl' ? decodeEsl(bytes) : undefined;
      return message?.type === 'reply' ? [message.command] : [];
    });
    expect(replies).toEqual(asked);
    expect(replies.length).toBeGreaterThan(4);
  });

  test('a reconnect goes on in the same files, and the replay has two connections with a gap between', async () => {
    const capture = await start();
    await until(() => listed(capture));
    capture.fake.sockets[0]?.destroy();
    await until(() => capture.fake.told.filter((text) => text === 'api show calls as json').length === 2);
    await until(() => capture.fake.sockets.length === 2);
    const files = await capture.stop();
    if (!files) throw new Error('nothing recorded');
    expect(readdirSync(join(directory, 'out'))).toHaveLength(2);
    const marks = gunzipSync(readFileSync(files.chunks))
      .toString()
      .match(/connect|close/g);
    expect(marks).toEqual(['connect', 'close', 'connect', 'close']);
    const links = (await messagesOf(files)).filter(({ source }) => source === 'link');
    expect(links.map(({ bytes }) => bytes.toString())).toEqual([
      '{"type":"up"}',
      '{"type":"down","reason":"closed in the recording"}',
      '{"type":"up"}',
      '{"type":"down","reason":"end of recording"}',
    ]);
    expect(new Set(links.map(({ connection }) => connection)).size).toBe(2);
  });

  test('--anonymize: the same events at the same places, without a number or name of a caller', async () => {
    const capture = await start({ anonymize: true });
    await until(() => listed(capture));
    const wire = recordedStream('fs-tiny/plain-narrow');
    const end = wire.lastIndexOf('Content-Type: text/disconnect-notice');
    for (let at = 0; at < end; at += 5000) capture.fake.send(wire.subarray(at, Math.min(end, at + 5000)));
    await until(capture.isCaughtUp);
    const files = await capture.stop();
    if (!files) throw new Error('nothing recorded');
    const stream = gunzipSync(readFileSync(files.stream)).toString('latin1');
    expect(wire.includes('4930110000')).toBe(true);
    expect(stream).not.toMatch(/4930110000|Caller%20\d|Caller \d/);
    const identities = (messages: RawMessage[]): string[] =>
      messages.flatMap(({ source, bytes }) => {
        const event = source === 'esl' ? decodeEsl(bytes) : undefined;
        if (event?.type !== 'event') return [];
        return [
          `${event.get('Event-Sequence')} ${event.get('CC-Action')} ${event.get('CC-Agent')} ${event.get('CC-Queue')}`,
        ];
      });
    const replayed = identities(await messagesOf(files));
    expect(replayed).toEqual(identities(await messagesOf(trace('fs-tiny/plain-narrow'))));
    expect(replayed).toHaveLength(92);
  });

  test('JSON is recorded as it is subscribed', async () => {
    const capture = await start({ resync: { format: 'json', fifo: true } });
    await until(() => listed(capture));
    const files = await capture.stop();
    const index = gunzipSync(readFileSync(files?.chunks ?? '')).toString();
    expect(index).toMatch(
      / C event json HEARTBEAT .* CUSTOM callcenter::info sofia::register .* fifo::info\n/,
    );
  });

  test('a refused password leaves no file', async () => {
    const capture = await start({}, { password: 'another' });
    await until(() => capture.troubles.length > 0);
    expect(await capture.stop()).toBeUndefined();
    expect(readdirSync(join(directory, 'out'))).toEqual([]);
    expect(capture.troubles[0]).toMatch(/refused the password/);
  });

  test('a folder that cannot be written ends the capture with the reason', async () => {
    writeFileSync(join(directory, 'file'), '');
    const { stop } = await start({ directory: join(directory, 'file', 'below') });
    await expect(stop()).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
