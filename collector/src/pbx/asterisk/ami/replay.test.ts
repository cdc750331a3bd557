import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { RawMessage } from '../../dialect.js';
import type { TraceFiles } from '../../trace.js';
import { captureTrace } from './capture.js';
import { type AmiMessage, decodeAmi } from './codec.js';
import { AmiFramer } from './framer.js';
import { AmiRedactor } from './redact.js';
import { replayTrace } from './replay.js';
import { until } from '../../testing/until.js';
import { FakeAsterisk } from './testing/fake-asterisk.js';

const recorded = (name: string): TraceFiles => ({
  stream: fileURLToPath(new URL(`../../../../test/traces/${name}.ami.gz`, import.meta.url)),
  chunks: fileURLToPath(new URL(`../../../../test/traces/${name}.chunks.gz`, import.meta.url)),
});

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'trace-'))));
afterEach(() => rmSync(directory, { recursive: true }));

async function read(files: TraceFiles): Promise<{ messages: RawMessage[]; error: Error | undefined }> {
  const messages: RawMessage[] = [];
  try {
    for await (const batch of replayTrace({ pbx: 'lab', ...files })) messages.push(...batch);
    return { messages, error: undefined };
  } catch (error) {
    return { messages, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

const write = (name: string, bytes: Buffer | string): string => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};

describe('replayTrace', () => {
  test('tiny: link up with the first chunk and down with the last, every event at the time of its chunk', async () => {
    const { messages, error } = await read(recorded('tiny/passive'));
    expect(error).toBeUndefined();
    const chunks = gunzipSync(readFileSync(recorded('tiny/passive').chunks))
      .toString()
      .trim()
      .split('\n');
    const timesUs = chunks.map((line) => Number(line.split('\t')[0]));
    expect(messages[0]).toMatchObject({ source: 'link', ordinal: 0, receivedUs: timesUs[0] });
    expect(messages.at(-1)).toMatchObject({ source: 'link', receivedUs: timesUs.at(-1), ordinal: 1615 });
    expect(messages.at(-1)?.bytes.toString()).toBe('{"type":"down","reason":"end of recording"}');
    expect(messages.filter(({ receivedUs }) => !timesUs.includes(receivedUs))).toEqual([]);
    const times = new Set(messages.map(({ receivedUs }) => receivedUs));
    expect(times.size).toBeGreaterThan(50);
    // timestampevents was on: an event is received some milliseconds after it happened, never before.
    for (const { bytes, receivedUs } of messages) {
      const timestamp = decodeAmi(bytes).get('Timestamp');
      if (timestamp === undefined) continue;
      const delayMs = receivedUs / 1000 - Number(timestamp) * 1000;
      expect(delayMs).toBeGreaterThan(-1);
      expect(delayMs).toBeLessThan(1000);
    }
  });

  test('twice the same files, or the same bytes unzipped elsewhere, give the same messages', async () => {
    const files = recorded('restart/passive-2');
    const copy = {
      stream: write('a.ami', gunzipSync(readFileSync(files.stream))),
      chunks: write('a.chunks', gunzipSync(readFileSync(files.chunks)).toString().replaceAll('\t', '   ')),
    };
    const [first, again, plain] = [await read(files), await read(files), await read(copy)];
    expect(first.messages.length).toBeGreaterThan(200);
    expect(again).toEqual(first);
    expect(plain).toEqual(first);
    const other = await read(recorded('restart/passive-3'));
    expect(other.messages[0]?.connection).not.toBe(first.messages[0]?.connection);
  });

  test('a stream cut off: the file and the place are named, everything before is given out, the link ends', async () => {
    const files = recorded('tiny/passive');
    const zipped = readFileSync(files.stream);
    const whole = await read(files);
    const plain = gunzipSync(zipped);
    const cutPlain = await read({ stream: write('a.ami', plain.subarray(0, 400_000)), chunks: files.chunks });
    expect(cutPlain.error?.message).toMatch(
      /a\.ami after byte 400000: it is truncated: .*passive\.chunks\.gz line \d+ needs \d+ bytes more/,
    );
    const same = whole.messages.slice(0, cutPlain.messages.length - 1);
    expect(cutPlain.messages.slice(0, -1)).toEqual(same);
    expect(same.length).toBeGreaterThan(whole.messages.length * 0.5);
    expect(cutPlain.messages.at(-1)?.bytes.toString()).toContain('recording is truncated');

    const cutZip = await read({
      stream: write('b.ami.gz', zipped.subarray(0, 20_000)),
      chunks: files.chunks,
    });
    expect(cutZip.error?.message).toMatch(/b\.ami\.gz after byte \d+: (Error: )?unexpected end of file/);
    const place = Number(/after byte (\d+)/.exec(cutZip.error?.message ?? '')?.[1]);
    // Nothing the unzipper can give is lost: 20,000 of 32,455 bytes hold about that share of the stream.
    expect(place).toBeGreaterThan(plain.length * 0.5);
    expect(cutZip.messages.slice(0, -1)).toEqual(whole.messages.slice(0, cutZip.messages.length - 1));
  });

  test('chunks cut off, garbage in them, or a missing file: each is named', async () => {
    const files = recorded('tiny/passive');
    const lines = gunzipSync(readFileSync(files.chunks)).toString().split('\n');
    const short = await read({ ...files, chunks: write('c.chunks', lines.slice(0, 10).join('\n')) });
    expect(short.error?.message).toMatch(
      /c\.chunks is truncated: it ends at line 10, and .* goes on after byte \d+/,
    );
    expect(short.messages.length).toBeGreaterThan(1);
    const garbage = await read({ ...files, chunks: write('d.chunks', `${lines[0]}\nnonsense\n`) });
    expect(garbage.error?.message).toContain('d.chunks line 2: "nonsense" is not "epochMicroseconds bytes"');
    const missing = await read({ ...files, stream: join(directory, 'missing.ami') });
    expect(missing.error?.message).toMatch(/missing\.ami after byte 0: (Error: )?ENOENT/);
    const noGzip = await read({ ...files, stream: write('e.ami.gz', 'not zipped') });
    expect(noGzip.error?.message).toMatch(/e\.ami\.gz after byte 0: (Error: )?incorrect header check/);
  });
});

describe('captureTrace', () => {
  test('what is recorded is what was received, chunk by chunk, and can be replayed', async () => {
    const fake = new FakeAsterisk();
    const port = await fake.listen();
    const abort = new AbortController();
    let bytes = 0;
    const captured = captureTrace(
      {
        ami: {
          host: '127.0.0.1',
          port,
          username: 'collector',
          secret: 'labsecret',
          retryMinMs: 5,
          retryMaxMs: 10,
        },
        directory: join(directory, 'out'),
        onProgress: (done) => (bytes = done),
      },
      abort.signal,
    );
    await until(() => fake.named('CoreShowChannels').length === 1);
    fake.send('Event: QueueCallerJoin\r\nQueue: support\r\nCallerIDNum: 0901234567\r\n\r\n');
    await until(() => bytes === fake.sockets[0]?.bytesWritten);
    abort.abort();
    const [files] = await captured;
    await fake.close();
    if (files === undefined) throw new Error('nothing recorded');
    const stream = gunzipSync(readFileSync(files.stream)).toString();
    expect(stream).toMatch(
      /^Asterisk Call Manager\/11\.0\.0\r\nResponse: Success\r\nActionID: qs-1-Challenge\r\nChallenge: x{9}\r\n/,
    );
    expect(stream).not.toContain('labsecret');
    const { messages, error } = await read(files);
    expect(error).toBeUndefined();
    expect(messages.map((message) => decodeAmi(message.bytes).get('CallerIDNum')).filter(Boolean)).toEqual([
      '0901234567',
    ]);
    expect(readdirSync(join(directory, 'out'))).toHaveLength(2);
  });

  test('a folder that cannot be written ends the capture with the reason', async () => {
    const captured = captureTrace(
      {
        ami: { host: '127.0.0.1', port: 1, username: 'a', secret: 'b' },
        directory: write('file', '') + '/below',
      },
      new AbortController().signal,
    );
    await expect(captured).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

const KEPT = [
  'Event',
  'Uniqueid',
  'Linkedid',
  'Timestamp',
  'Queue',
  'MemberName',
  'Interface',
  'DestUniqueid',
];

describe('AmiRedactor', () => {
  const redact = (stream: Buffer, anonymize: boolean, pieces = 1): Buffer => {
    const redactor = new AmiRedactor(anonymize, Buffer.from('a fixed key'));
    const size = Math.ceil(stream.length / pieces);
    const parts: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size)
      parts.push(redactor.feed(stream.subarray(at, at + size)));
    parts.push(redactor.end());
    return Buffer.concat(parts);
  };

  test('without secrets and without --anonymize nothing changes, however it is cut', () => {
    const stream = gunzipSync(readFileSync(recorded('tiny/passive').stream));
    expect(redact(stream, false, 77).equals(stream)).toBe(true);
  });

  test('secrets are blanked at their length', () => {
    const stream = Buffer.from('Event: A\r\nSecret: abc\r\nKey: \r\nMyKey: kept\r\nPassword:pä\r\n\r\n');
    const clean = redact(stream, false).toString('latin1');
    expect(clean).toBe('Event: A\r\nSecret: xxx\r\nKey: \r\nMyKey: kept\r\nPassword:xxx\r\n\r\n');
  });

  test('small60: no caller number or name is left, the rest is byte for byte the same', () => {
    const stream = gunzipSync(readFileSync(recorded('small60/passive').stream));
    const clean = redact(stream, true, 500);
    expect(clean.length).toBe(stream.length);
    const before = new AmiFramer().feed(stream).map((frame) => decodeAmi(frame));
    const after = new AmiFramer().feed(clean).map((frame) => decodeAmi(frame));
    expect(after).toHaveLength(before.length);

    const numbers = new Map<string, string>();
    let changed = 0;
    const kept = (event: AmiMessage | undefined): (string | undefined)[] =>
      KEPT.map((key) => event?.get(key));
    expect(after.map(kept)).toEqual(before.map(kept));
    before.forEach((event, i) => {
      const [real, shown] = [event.get('CallerIDNum'), after[i]?.get('CallerIDNum')];
      if (
        real === undefined ||
        shown === undefined ||
        real.length < 5 ||
        real === '<unknown>' ||
        real === 'anonymous'
      )
        return;
      if ((numbers.get(real) ?? shown) !== shown)
        throw new Error(`${real} is ${shown} and ${numbers.get(real)}`);
      numbers.set(real, shown);
      if (real !== shown) changed++;
    });
    expect(numbers.size).toBeGreaterThan(30);
    expect(new Set(numbers.values()).size).toBe(numbers.size);
    expect(changed).toBeGreaterThan(1000);
    const text = clean.toString('latin1');
    for (const real of numbers.keys()) if (/^\d{10}$/.test(real)) expect(text).not.toContain(real);
    const callers = before.map((event) =>
      event.name === 'QueueCallerJoin' ? (event.get('CallerIDName') ?? '') : '',
    );
    const callerNames = new Set(
      callers.filter((name) => name.length > 2 && name !== '<unknown>' && name !== 'Anonymous'),
    );
    expect(callerNames.size).toBeGreaterThan(3);
    const joins = after
      .filter((event) => event.name === 'QueueCallerJoin')
      .map((event) => event.get('CallerIDName') ?? '');
    for (const name of callerNames) expect(joins).not.toContain(name);
  });

  test('recorded chunk sizes stay true: the anonymized trace replays with the same events', async () => {
    const files = recorded('tiny/passive');
    const stream = write('a.ami.gz', gzipSync(redact(gunzipSync(readFileSync(files.stream)), true, 100)));
    const [real, clean] = [await read(files), await read({ ...files, stream })];
    expect(clean.error).toBeUndefined();
    expect(clean.messages.map(({ ordinal, receivedUs }) => [ordinal, receivedUs])).toEqual(
      real.messages.map(({ ordinal, receivedUs }) => [ordinal, receivedUs]),
    );
  });
});
