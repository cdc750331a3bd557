import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { EslFramer } from './framer.js';

const trace = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}.raw.gz`, import.meta.url)));

interface Framed {
  frames: string[];
  skipped: string[];
}

/** The stream cut at `cuts`, each piece a copy: frames must not need the bytes of another chunk to stay as they are. */
function framed(stream: Buffer, cuts: readonly number[] = [], maxBytes?: number): Framed {
  const skipped: string[] = [];
  const framer = new EslFramer({
    ...(maxBytes !== undefined && { maxBytes }),
    onSkipped: (_head, reason) => skipped.push(reason),
  });
  const frames: Buffer[] = [];
  let from = 0;
  for (const cut of [...new Set(cuts), stream.length].sort((a, b) => a - b)) {
    frames.push(...framer.feed(Buffer.from(stream.subarray(from, cut))));
    from = cut;
  }
  framer.end();
  return { frames: frames.map((frame) => frame.toString('latin1')), skipped };
}

const everyByte = (stream: Buffer): number[] => Array.from(stream, (_, at) => at);
const event = (body: string): string =>
  `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-plain\n\n${body}`;
const NO_MESSAGE = 'no message begins here: the Content-Length of the one before is wrong';

describe('EslFramer', () => {
  // Counted by other means: lines that name an event, and content types of what is none.
  test.each([
    ['fs-tiny/plain-all', 657, 4],
    ['fs-tiny/json-all', 657, 4],
    ['fs-tiny/plain-narrow', 96, 4],
    ['fs-small/plain-all', 3328, 4],
    ['fs-small/json-all', 3328, 4],
    ['fs-small/plain-narrow', 674, 4],
    ['fs-edge/plain-all', 5621, 4],
    ['fs-edge/json-all', 5621, 4],
    ['fs-names/plain-all', 1277, 4],
    ['fs-medium/plain-all', 6189, 4],
    ['fs-medium/plain-narrow', 1252, 4],
    ['fs-medium/plain-reconnect', 1180, 17],
  ])('%s: %i events and %i other messages, byte for byte the whole stream', (name, events, others) => {
    const stream = trace(name);
    const { frames, skipped } = framed(stream);
    expect(skipped).toEqual([]);
    expect(frames.filter((frame) => frame.startsWith('Content-Length: '))).toHaveLength(events);
    expect(frames).toHaveLength(events + others);
    expect(frames.join('') === stream.toString('latin1')).toBe(true);
    const named = stream.toString('latin1').match(/(?<=[\n{,])"?Event-Name"?: ?"?[A-Z_]+(?=["\n])/g);
    const twice = frames.filter((frame) => (frame.match(/(?<=[\n{,])"?Event-Name"?: ?/g) ?? []).length === 2);
    expect((named?.length ?? 0) - twice.length).toBe(events);
  });

  test('the same frames however the stream is cut', () => {
    const stream = trace('fs-tiny/plain-narrow').subarray(0, 60_000);
    const whole = framed(stream);
    expect(whole.frames.length).toBeGreaterThan(10);
    expect(whole.skipped).toEqual(['the stream ends within a message']);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 400 }), (cuts) => {
        expect(framed(stream, cuts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
    expect(framed(stream, everyByte(stream))).toEqual(whole);
  });

  test('a whole recorded connection of JSON with its api answers, cut at random', () => {
    for (const stream of [
      trace('fs-tiny/json-all'),
      trace('fs-medium/plain-reconnect').subarray(0, 500_000),
    ]) {
      const whole = framed(stream);
      fc.assert(
        fc.property(fc.array(fc.nat(stream.length), { minLength: 500, maxLength: 3000 }), (cuts) => {
          expect(framed(stream, cuts)).toEqual(whole);
        }),
        { numRuns: 5 },
      );
    }
  });

  test('the length counts bytes, not characters', () => {
    const stream = Buffer.from(event('Name: Ünïcödé 📞\n\n') + event('Event-Name: B\n\n'));
    const { frames, skipped } = framed(stream, everyByte(stream));
    expect(frames.map((frame) => Buffer.from(frame, 'latin1').toString())).toEqual([
      event('Name: Ünïcödé 📞\n\n'),
      event('Event-Name: B\n\n'),
    ]);
    expect(skipped).toEqual([]);
  });

  test('a message without Content-Length has no body, also with further headers (bgapi)', () => {
    const messages = [
      'Content-Type: auth/request\n\n',
      'Content-Type: command/reply\nReply-Text: +OK Job-UUID: 7f\nJob-UUID: 7f\n\n',
      'Content-Type: api/response\nContent-Length: 0\n\n',
      'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n',
    ];
    expect(framed(Buffer.from(messages.join('')))).toEqual({ frames: messages, skipped: [] });
  });

  test('an event that carries a body with headers of its own is one frame', () => {
    const job = event(
      'Event-Name: BACKGROUND_JOB\nContent-Length: 58\n\nContent-Type: api/response\nContent-Length: 4\n\n+OK\nand more\n',
    );
    const stream = Buffer.from(job + event('Event-Name: B\n\n'));
    expect(framed(stream)).toEqual({ frames: [job, event('Event-Name: B\n\n')], skipped: [] });
  });

  test('CRLF line ends, and line ends between messages', () => {
    const messages = [
      'Content-Type: auth/request\r\n\r\n',
      'Content-Length: 19\r\nContent-Type: text/event-plain\r\n\r\nEvent-Name: A\r\n\r\nxy',
    ];
    const stream = Buffer.from(`\r\n${messages.join('\r\n\n')}\n\n`);
    expect(framed(stream, everyByte(stream))).toEqual({ frames: messages, skipped: [] });
  });

  test('an event that is longer than it says: the rest is skipped and said, the next one is whole', () => {
    const short =
      'Content-Length: 15\nContent-Type: text/event-plain\n\nEvent-Name: A\nCC-Agent: x\nContent-Length: 9\n\n';
    const next = event('Event-Name: B\n\n');
    const stream = Buffer.from(short + next + next);
    const { frames, skipped } = framed(stream);
    expect(frames).toEqual([short.slice(0, 66), next, next]);
    expect(skipped).toEqual([NO_MESSAGE]);
    expect(framed(stream, everyByte(stream))).toEqual({ frames, skipped });
  });

  test('JSON longer than it says: the next message begins in the middle of a line', () => {
    const short = 'Content-Length: 10\nContent-Type: text/event-json\n\n{"Event-Name":"A"}';
    const next = 'Content-Length: 18\nContent-Type: text/event-json\n\n{"Event-Name":"B"}';
    const stream = Buffer.from(short + next);
    const { frames, skipped } = framed(stream, everyByte(stream));
    expect(frames[1]).toBe(next);
    expect(skipped).toEqual([NO_MESSAGE]);
  });

  test('an event that is shorter than it says takes the next one with it, and that is said', () => {
    const long = 'Content-Length: 20\nContent-Type: text/event-plain\n\nEvent-Name: A\n\n';
    const next = event('Event-Name: B\n\n');
    const { frames, skipped } = framed(Buffer.from(long + next + next));
    expect(frames.slice(1)).toEqual([next]);
    expect(skipped).toEqual([NO_MESSAGE]);
  });

  test.each([
    ['99999999999', 'a Content-Length of 99999999999: more than 8388608 bytes'],
    ['8388609', 'a Content-Length of 8388609: more than 8388608 bytes'],
    ['-5', 'the Content-Length is no number: "-5"'],
    ['', 'the Content-Length is no number: ""'],
  ])('a Content-Length of "%s" is given up at once, and the next message read', (length, reason) => {
    const next = event('Event-Name: B\n\n');
    const broken = `Content-Length: ${length}\nContent-Type: text/event-plain\n\nEvent-Name: A\n\n`;
    const stream = Buffer.from(broken + next);
    expect(framed(stream)).toEqual({ frames: [next], skipped: [reason] });
    expect(framed(stream, everyByte(stream))).toEqual({ frames: [next], skipped: [reason] });
  });

  test('what is no event socket is said at once', () => {
    const heads: string[] = [];
    const framer = new EslFramer({ onSkipped: (head) => heads.push(head.toString()) });
    expect(framer.feed(Buffer.from('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'))).toEqual([]);
    framer.feed(Buffer.from('and so on'.repeat(10_000)));
    expect(heads).toEqual(['SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n']);
  });

  test('headers without end, without type', () => {
    const endless = `Content-Type: ${'x'.repeat(20_000)}`;
    const untyped = 'Content-Length: 3\nReply-Text: +OK\n\nabc';
    const next = 'Content-Type: command/reply\nReply-Text: +OK\n\n';
    const stream = Buffer.from(endless + next + untyped + next);
    const expected = {
      frames: [next, next],
      skipped: ['no empty line within 8192 bytes of headers', 'headers without a Content-Type'],
    };
    expect(framed(stream)).toEqual(expected);
    expect(framed(stream, everyByte(stream))).toEqual(expected);
  });

  test('a stream that ends within a message says so, and with one does not', () => {
    const whole = Buffer.from(event('Event-Name: A\n\n'));
    for (let end = 1; end < whole.length; end++) {
      expect(framed(whole.subarray(0, end))).toEqual({
        frames: [],
        skipped: ['the stream ends within a message'],
      });
    }
    expect(framed(whole).skipped).toEqual([]);
  });

  test('odd bytes: nothing throws, and cuts still change nothing', () => {
    const bits = [
      '\r',
      '\n',
      '\n\n',
      '\r\n\r\n',
      'Content-Length: ',
      '7',
      '40',
      'Content-Length: 9\nContent-Type: text/event-json\n\n',
      'Content-Type: auth/request\n\n',
      'Content-Type: text/x\n\n',
      'Content-',
      '{"Event-Name":"A"}',
    ];
    const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.nat(300), { maxLength: 30 }),
        (pieces, cuts) => {
          const stream = Buffer.from(pieces.join(''));
          const within = cuts.filter((cut) => cut <= stream.length);
          const whole = framed(stream, [], 80);
          expect(framed(stream, within, 80)).toEqual(whole);
          for (const frame of whole.frames) expect(frame.length).toBeLessThanOrEqual(80);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a frame is a view of its chunk, or copied once when it came in several', () => {
    const one = event(`Event-Name: A\nCC-Agent: ${'x'.repeat(10_000)}\n\n`);
    const chunks = [Buffer.from(one + one.slice(0, 5000)), Buffer.from(one.slice(5000) + one)];
    const framer = new EslFramer();
    const frames = chunks.flatMap((chunk) => framer.feed(chunk));
    expect(frames.map(String)).toEqual([one, one, one]);
    expect(frames[0]?.buffer).toBe(chunks[0]?.buffer);
    expect(frames[1]?.buffer.byteLength).toBe(one.length);
    expect(frames[2]?.buffer).toBe(chunks[1]?.buffer);
  });
});
