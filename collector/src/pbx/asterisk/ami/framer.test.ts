import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { decodeAmi } from './codec.js';
import { AmiFramer } from './framer.js';

const trace = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}.ami.gz`, import.meta.url)));

const framesOf = (stream: Buffer, cuts: readonly number[] = [], framer = new AmiFramer()): string[] => {
  const frames: string[] = [];
  let from = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
    // A copy: frames must not need the bytes of another chunk to stay as they are.
    for (const frame of framer.feed(Buffer.from(stream.subarray(from, cut))))
      frames.push(frame.toString('latin1'));
    from = cut;
  }
  for (const frame of framer.feed(Buffer.from(stream.subarray(from)))) frames.push(frame.toString('latin1'));
  return frames;
};

describe('AmiFramer', () => {
  test.each([
    // Frames = empty lines of the file + the greeting − the third CRLF of TestEvents, which ends none.
    ['tiny/passive', 1613, 1],
    ['small60/passive', 16611, 44],
    ['small60/late1', 3785, 11],
    ['restart/passive-3', 843, 0],
  ])('%s: every event and answer is a frame of its own', (name, emptyLines, triples) => {
    const frames = framesOf(trace(name));
    expect(frames).toHaveLength(emptyLines + 1);
    expect(trace(name).toString('latin1').split('\r\n\r\n\r\n')).toHaveLength(triples + 1);
    expect(frames[0]).toBe('Asterisk Call Manager/11.0.0');
    expect(frames.slice(1).filter((frame) => !/^(Event|Response): /.test(frame))).toEqual([]);
  });

  test('the same frames however the stream is cut', () => {
    const stream = trace('tiny/passive').subarray(0, 60_000);
    const whole = framesOf(stream);
    expect(whole.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 400 }), (cuts) => {
        expect(framesOf(stream, cuts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
    expect(
      framesOf(
        stream,
        Array.from({ length: stream.length }, (_, i) => i),
      ),
    ).toEqual(whole);
  });

  test('a whole recorded connection, cut at random', () => {
    const stream = trace('small60/late1');
    const whole = framesOf(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { minLength: 500, maxLength: 3000 }), (cuts) => {
        expect(framesOf(stream, cuts)).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  test('odd bytes: nothing throws, and cuts still change nothing', () => {
    const bits = [
      '\r',
      '\n',
      '\r\n',
      '\r\n\r\n',
      ':',
      'Event: A',
      'Response: Follows\r\n',
      '--END COMMAND--',
      'x',
    ];
    const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.nat(300), { maxLength: 30 }),
        (pieces, cuts) => {
          const stream = Buffer.from(pieces.join(''));
          const make = (): AmiFramer => new AmiFramer({ maxFrameBytes: 100 });
          const within = cuts.filter((cut) => cut <= stream.length);
          expect(framesOf(stream, within)).toEqual(framesOf(stream));
          for (const frame of framesOf(stream, within, make())) {
            expect(frame.length).toBeLessThanOrEqual(100);
            decodeAmi(Buffer.from(frame, 'latin1')).entries();
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('raw line feeds inside a value forge no frame and no event (Newexten AppData, UserEvent)', () => {
    const stream =
      'Asterisk Call Manager/5.0.4\r\nEvent: Newexten\r\nAppData: a\n\nEvent: AgentConnect\nQueue: fake\r\nUniqueid: 1.2\r\n\r\nEvent: Hangup\r\n\r\n';
    const frames = framesOf(Buffer.from(stream));
    expect(frames).toHaveLength(3);
    const message = decodeAmi(Buffer.from(frames[1] ?? '', 'latin1'));
    expect([message.name, message.get('Queue'), message.get('Uniqueid')]).toEqual([
      'Newexten',
      undefined,
      '1.2',
    ]);
    expect(message.get('AppData')).toBe('a\n\nEvent: AgentConnect\nQueue: fake');
  });

  test('a frame that ends CRLF LF (CoreShowChannelMap before 18.19 and 20.4), and a stray LF in an answer', () => {
    const stream =
      'Event: CoreShowChannelMapComplete\r\nEventList: Complete\r\n\nResponse: Error\r\nMessage: Could not get channel snapshot\n\r\n\r\nEvent: A\r\n\r\n';
    const frames = framesOf(Buffer.from(stream));
    expect(frames.map((frame) => frame.split('\r\n')[0])).toEqual([
      'Event: CoreShowChannelMapComplete',
      'Response: Error',
      'Event: A',
    ]);
  });

  test('the answer to Command of Asterisk up to 13 is one frame, also with empty lines in its text', () => {
    const stream =
      'Response: Follows\r\nPrivilege: Command\r\nActionID: qs-1\r\nline 1\n\nline 3\r\n\r\nline 5\n--END COMMAND--\r\n\r\nEvent: A\r\n\r\n';
    const frames = framesOf(Buffer.from(stream));
    expect(frames).toHaveLength(2);
    expect(decodeAmi(Buffer.from(frames[0] ?? '')).all('Output')).toEqual([
      'line 1',
      '',
      'line 3',
      '',
      'line 5',
    ]);
  });

  test('a frame that is too long is skipped, said once, and the next one is read', () => {
    const skipped: string[] = [];
    const framer = new AmiFramer({
      maxFrameBytes: 1000,
      onSkipped: (head) => skipped.push(head.toString('latin1', 0, 10)),
    });
    const frames: string[] = [];
    const feed = (text: string): void => {
      for (const frame of framer.feed(Buffer.from(text))) frames.push(frame.toString());
    };
    feed('Event: A\r\n\r\n');
    for (let i = 0; i < 5000; i++) feed('garbage without an end ');
    feed('\r');
    feed('\n\r\nEvent: B\r\n\r\n');
    feed(`Event: C\r\nLong: ${'x'.repeat(2000)}\r\n\r\nEvent: D\r\n\r\n`);
    expect(frames).toEqual(['Event: A', 'Event: B', 'Event: D']);
    expect(skipped).toEqual(['garbage wi', 'Event: C\r\n']);
  });

  test('a frame is a view of its chunk, not a copy', () => {
    const chunk = Buffer.from('Event: A\r\n\r\nEvent: B\r\n\r\n');
    const frames = new AmiFramer().feed(chunk);
    expect(frames.map((frame) => frame.buffer === chunk.buffer)).toEqual([true, true]);
  });
});
