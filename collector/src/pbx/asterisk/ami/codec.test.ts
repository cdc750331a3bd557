import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { isJournaled, JOURNALED_EVENTS } from './allow-list.js';
import { type AmiMessage, decodeAmi, peekEventName } from './codec.js';
import { AmiFramer } from './framer.js';

const framesOf = (name: string): Buffer[] =>
  new AmiFramer().feed(
    gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}.ami.gz`, import.meta.url))),
  );

const message = (...lines: string[]): AmiMessage => decodeAmi(Buffer.from(lines.join('\r\n')));

describe('decodeAmi', () => {
  test('an event: name, headers, empty values', () => {
    const event = message('Event: QueueMemberPause', 'Queue: intl', 'PausedReason: ', 'Wrapuptime:0');
    expect([event.type, event.name]).toEqual(['event', 'QueueMemberPause']);
    expect([event.get('Queue'), event.get('PausedReason'), event.get('Wrapuptime')]).toEqual([
      'intl',
      '',
      '0',
    ]);
    expect([event.get('Event'), event.get('queue'), event.get('Paused')]).toEqual([
      'QueueMemberPause',
      undefined,
      undefined,
    ]);
  });

  test('a header whose name ends like another is not mistaken for it', () => {
    const event = message('Event: DialEnd', 'DestUniqueid: 2.2', 'Uniqueid: 1.1');
    expect(event.get('Uniqueid')).toBe('1.1');
  });

  test('repeated headers keep every value in order, with what stands behind the first =', () => {
    const event = message('Event: X', 'ChanVariable: QUEUENAME=a=b', 'ChanVariable: ', 'ChanVariable: X=1');
    expect(event.all('ChanVariable')).toEqual(['QUEUENAME=a=b', '', 'X=1']);
    expect(event.get('ChanVariable')).toBe('QUEUENAME=a=b');
    expect(message('Output: 1', 'Output: 2').all('Output')).toEqual(['1', '2']);
  });

  test('names of JavaScript itself are headers like others', () => {
    const event = message('Event: X', '__proto__: a', 'constructor: b');
    expect([event.get('__proto__'), event.get('constructor'), event.get('toString')]).toEqual([
      'a',
      'b',
      undefined,
    ]);
    expect(event.entries()).toEqual([
      ['Event', 'X'],
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('C escapes are undone where Asterisk writes them, with every prefix', () => {
    const escaped = String.raw`To\'rayev \"A\" b\?c \\ \n`;
    const plain = 'To\'rayev "A" b?c \\ \n';
    const event = message(
      'Event: DialBegin',
      `CallerIDName: ${escaped}`,
      `DestConnectedLineName: ${escaped}`,
      `EffectiveConnectedLineName: ${escaped}`,
      `MemberName: ${escaped}`,
    );
    expect(event.get('CallerIDName')).toBe(plain);
    expect(event.get('DestConnectedLineName')).toBe(plain);
    expect(event.get('EffectiveConnectedLineName')).toBe(escaped);
    expect(event.get('MemberName')).toBe(escaped);
    expect(message('Event: VarSet', `Value: ${escaped}`).get('Value')).toBe(plain);
    expect(message('Event: UserEvent', `Value: ${escaped}`).get('Value')).toBe(escaped);
    expect(message('Event: QueueEntry', `CallerIDName: ${escaped}`).get('CallerIDName')).toBe(escaped);
  });

  test("an agent's apostrophe in a recorded stream reads as an apostrophe", () => {
    const names = framesOf('heavy/passive')
      .map((frame) => decodeAmi(frame).get('CallerIDName') ?? '')
      .filter((name) => name.includes('Brien'));
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => name.startsWith("Sean O'Brien")).length).toBeGreaterThan(50);
    expect(names.some((name) => name.includes('\\'))).toBe(false);
  });

  test('Latin-1 in one header leaves UTF-8 in another alone', () => {
    const bytes = Buffer.concat([
      Buffer.from('Event: AgentCalled\r\nCallerIDName: Jos'),
      Buffer.from([0xe9]),
      Buffer.from('\r\nMemberName: Øyvind Ås'),
    ]);
    const event = decodeAmi(bytes);
    expect([event.get('CallerIDName'), event.get('MemberName')]).toEqual(['José', 'Øyvind Ås']);
  });

  test('answers, the greeting, and what is none of them', () => {
    expect(message('Response: Error', 'ActionID: qs-1', 'Message: no').actionId).toBe('qs-1');
    expect(message('Response: Error').type).toBe('response');
    expect(message('Asterisk Call Manager/11.0.0').type).toBe('greeting');
    expect(message('HTTP/1.1 400 Bad Request').type).toBe('unknown');
  });

  test('looking up one by one and reading all give the same', () => {
    let headers = 0;
    const different: string[][] = [];
    for (const frame of framesOf('small60/late1')) {
      const decoded = decodeAmi(frame);
      const first = new Map<string, string>();
      for (const [key, value] of decoded.entries()) if (key !== '' && !first.has(key)) first.set(key, value);
      for (const [key, value] of first) {
        if (decoded.get(key) !== value) different.push([key, value]);
        headers++;
      }
    }
    expect(different).toEqual([]);
    expect(headers).toBeGreaterThan(40_000);
  });

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const decoded = decodeAmi(Buffer.from(bytes));
        decoded.entries();
        decoded.get('Event');
        decoded.all('Output');
        expect(typeof isJournaled(Buffer.from(bytes))).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
  });
});

describe('peekEventName and the allow-list', () => {
  test('peeking says what decoding says', () => {
    const different: string[] = [];
    for (const frame of framesOf('small60/late1')) {
      const decoded = decodeAmi(frame);
      if (peekEventName(frame) !== (decoded.type === 'event' ? decoded.name : undefined))
        different.push(decoded.name);
    }
    expect(different).toEqual([]);
    expect(peekEventName(Buffer.from('Event: A'))).toBe('A');
    expect(peekEventName(Buffer.from('Even'))).toBeUndefined();
    expect(peekEventName(Buffer.alloc(0))).toBeUndefined();
  });

  test('of a recorded connection with all rights about a fifth is kept', () => {
    const frames = framesOf('small60/passive');
    const kept = frames.filter((frame) => isJournaled(frame)).map((frame) => decodeAmi(frame));
    const count = (name: string): number => kept.filter((event) => event.name === name).length;
    expect(frames).toHaveLength(16_612);
    // 43 answered calls, by the PBX's own queue_log (oracle.json).
    expect([
      count('AgentConnect'),
      count('AgentComplete'),
      count('AgentDump'),
      count('AttendedTransfer'),
    ]).toEqual([43, 43, 2, 8]);
    expect(count('Newexten') + count('DTMFEnd') + count('TestEvent')).toBe(0);
    expect(
      kept
        .filter((event) => event.name === 'VarSet')
        .every((event) => event.get('Variable') === 'QUEUESTATUS'),
    ).toBe(true);
    expect(count('VarSet')).toBeGreaterThan(0);
    expect(kept.length / frames.length).toBeLessThan(0.3);
  });

  test('the lists asked for after a connect are kept, with their beginning and end, and CoreStatus', () => {
    const kept = framesOf('small60/late1')
      .filter((frame) => isJournaled(frame))
      .map((frame) => decodeAmi(frame));
    const count = (name: string): number => kept.filter((event) => event.name === name).length;
    expect([count('QueueParams'), count('QueueStatusComplete'), count('CoreShowChannelsComplete')]).toEqual([
      8, 1, 1,
    ]);
    expect(kept.filter((event) => event.get('CoreStartupDate') !== undefined)).toHaveLength(1);
    expect(
      kept.filter((event) => event.name === 'Goodbye' || event.get('Message') === 'Authentication accepted'),
    ).toEqual([]);
  });

  test('the list names no event twice under another spelling', () => {
    expect(new Set([...JOURNALED_EVENTS].map((name) => name.toLowerCase())).size).toBe(JOURNALED_EVENTS.size);
  });
});
