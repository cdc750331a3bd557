import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { MessageError } from '../../dialect.js';
import { decodeEsl, type EslEvent, peekEsl, withCommand } from './codec.js';
import { EslFramer } from './framer.js';
import { isJournaled, subscribeCommand } from './subscription.js';

const frames = (name: string): Buffer[] =>
  new EslFramer().feed(
    gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}.raw.gz`, import.meta.url))),
  );

const frame = (type: string, body: string | Buffer, extra = ''): Buffer => {
  const bytes = Buffer.from(body);
  const head = `Content-Length: ${bytes.length}\nContent-Type: ${type}\n${extra}\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
};
const plain = (body: string | Buffer): Buffer => frame('text/event-plain', body);
const json = (body: string | Buffer): Buffer => frame('text/event-json', body);

function event(bytes: Buffer): EslEvent {
  const message = decodeEsl(bytes);
  if (message.type !== 'event') throw new Error(`no event but ${message.type}`);
  return message;
}

/** Every header of an event in the plain format, found without the codec. */
const headerNames = (bytes: Buffer): string[] => [
  ...new Set(
    bytes
      .toString('latin1')
      .split('\n\n')[1]
      ?.match(/^.+?(?=: )/gm),
  ),
];

describe('recorded events', () => {
  test.each([
    ['fs-tiny', 'everything', () => true, 657, 49_955],
    ['fs-small', 'what is kept', isJournaled, 641, 75_250],
    ['fs-edge', 'what is kept', isJournaled, 1123, 118_089],
    ['fs-medium', 'what is kept', isJournaled, 1176, 149_991],
  ])('%s: plain and JSON say the same, %s, header by header', (trace, _what, wanted, events, values) => {
    const bySequence = new Map<string, EslEvent>();
    for (const bytes of frames(`${trace}/json-all`)) {
      const message = wanted(bytes) ? decodeEsl(bytes) : undefined;
      if (message?.type === 'event') bySequence.set(message.get('Event-Sequence') ?? '', message);
    }
    let [compared, headers] = [0, 0];
    for (const bytes of frames(`${trace}/plain-all`)) {
      const message = wanted(bytes) ? decodeEsl(bytes) : undefined;
      if (message?.type !== 'event') continue;
      const other = bySequence.get(message.get('Event-Sequence') ?? '');
      expect([other?.name, other?.subclass, other?.body]).toEqual([
        message.name,
        message.subclass,
        message.body,
      ]);
      const names = headerNames(bytes);
      const differ = names.filter((name) => other?.get(name) !== message.get(name));
      expect(differ).toEqual([]);
      compared++;
      headers += names.length;
    }
    expect(compared).toBe(events);
    expect(bySequence.size).toBe(events);
    expect(headers).toBe(values);
  });

  test('what is kept of "plain ALL" and of "json ALL" is what was sent to a narrow subscription, in order', () => {
    const kept = (name: string): string[] =>
      frames(name)
        .filter(isJournaled)
        .map((bytes) => event(bytes).get('Event-Sequence') ?? '');
    // Recorded with CHANNEL_BRIDGE, too, which the facts do not need.
    const narrow = frames('fs-medium/plain-narrow').filter(
      (bytes) =>
        peekEsl(bytes).contentType === 'text/event-plain' && peekEsl(bytes).name !== 'CHANNEL_BRIDGE',
    );
    const sequences = narrow.map((bytes) => event(bytes).get('Event-Sequence') ?? '');
    expect(narrow).toHaveLength(1176);
    const all = kept('fs-medium/plain-all');
    expect(all).toEqual(sequences);
    expect(new Set(kept('fs-medium/json-all'))).toEqual(new Set(all));
  });

  test('the name of an event is told without decoding it, and is the one decoding gives', () => {
    for (const name of ['fs-tiny/plain-all', 'fs-tiny/json-all', 'fs-small/plain-all', 'fs-small/json-all']) {
      for (const bytes of frames(name)) {
        const message = decodeEsl(bytes);
        const { name: peeked, subclass } = peekEsl(bytes);
        if (message.type !== 'event') expect(peeked).toBeUndefined();
        else if (peeked !== message.name || subclass !== message.subclass) throw new Error(`${peeked}`);
      }
    }
  });

  test('caller names, byte for byte: pipes, quotes, a line end, Japanese and an emoji, 900 characters', () => {
    const names = frames('fs-names/plain-all').flatMap((bytes) => {
      const message = decodeEsl(bytes);
      const joins = message.type === 'event' && message.get('CC-Action') === 'member-queue-start';
      return joins ? [message.get('CC-Member-CID-Name')] : [];
    });
    expect(names).toEqual([
      'Pipe|in|Name',
      'anonymous',
      'double',
      "It's",
      'A\n literal percent',
      'Tab here',
      'Back lash',
      'trailing space',
      '名前 émoji 📞',
      '+OK',
      '-ERR no reply',
      ' member-queue-end',
      'y'.repeat(900),
    ]);
  });

  test('a name that is no UTF-8 is read as Latin-1, alike in both formats', () => {
    const names = (name: string): Set<string | undefined> =>
      new Set(
        frames(name).map((bytes) => {
          const message = decodeEsl(bytes);
          return message.type === 'event' ? message.get('CC-Member-CID-Name') : undefined;
        }),
      );
    expect(names('fs-small/plain-all')).toContain('100ÊafÃ©');
    expect(names('fs-small/json-all')).toEqual(names('fs-small/plain-all'));
  });

  test('the listings of a connect are replies, known by the command put before them', () => {
    const replies = frames('fs-medium/plain-reconnect').filter(
      (bytes) => peekEsl(bytes).contentType === 'api/response',
    );
    expect(replies).toHaveLength(10);
    const first = withCommand(replies[0] ?? Buffer.alloc(0), 'callcenter_config queue list');
    expect(decodeEsl(first)).toEqual({
      type: 'reply',
      command: 'callcenter_config queue list',
      text: replies[0]?.toString().split('\n\n')[1],
    });
    expect(decodeEsl(replies[4] ?? Buffer.alloc(0))).toEqual({
      type: 'reply',
      command: undefined,
      text: '{"row_count": 0}\n',
    });
  });
});

describe('plain events', () => {
  test('only whole lines of the header block are headers', () => {
    const message = event(
      plain(
        'Event-Name: MESSAGE\nvariable_Event-Name: REQUEST_PARAMS\nX-CC-Agent: no\nCC-Action: a\nCC-Action: b\n' +
          'Odd-: 1\nContent-Length: 30\n\nCC-Agent: forged\nOther: no\n\nÜ',
      ),
    );
    expect(message.name).toBe('MESSAGE');
    expect(message.get('variable_Event-Name')).toBe('REQUEST_PARAMS');
    expect(message.get('CC-Agent')).toBeUndefined();
    expect(message.get('CC-Action')).toBe('a');
    expect(message.get('Odd-')).toBe('1');
    expect(message.get('Odd')).toBeUndefined();
    expect(message.body).toBe('CC-Agent: forged\nOther: no\n\nÜ');
  });

  test.each([
    ['100%25', '100%'],
    ['100%', '100%'],
    ['50% off, 20%2C', '50% off, 20,'],
    ['%zz%4', '%zz%4'],
    ['A%0A%20b', 'A\n b'],
    ['%C3%A9%F0%9F%93%9E', 'é📞'],
    ['%E9', 'é'],
    ['100%CA%2', '100Ê%2'],
    ['a+b', 'a+b'],
    ['_undef_', ''],
    ['', ''],
    ['ARRAY%3A%3Aa%7C%3Ab', 'ARRAY::a|:b'],
  ])('the value %s is %j', (written, value) => {
    expect(event(plain(`Event-Name: A\nX: ${written}\n\n`)).get('X')).toBe(value);
  });

  test('any text comes back as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = encodeURIComponent(text);
        expect(event(plain(`Event-Name: A\nX: ${written}\nY: 1\n\n`)).get('X')).toBe(text);
      }),
    );
  });

  test('CRLF, and an event without the empty line at its end', () => {
    const message = event(plain('Event-Name: CUSTOM\r\nEvent-Subclass: fifo%3A%3Ainfo\r\nX: 1\r\n\r\n'));
    expect([message.name, message.subclass, message.get('X'), message.body]).toEqual([
      'CUSTOM',
      'fifo::info',
      '1',
      undefined,
    ]);
    expect(event(plain('Event-Name: A\nX: 1\n')).get('X')).toBe('1');
  });
});

describe('JSON events', () => {
  test('the first of two equal keys counts; arrays read as in plain; escapes are undone', () => {
    const message = event(
      json(
        '{"Event-Name":"CUSTOM","Event-Subclass":"callcenter::info","Hangup-Cause":"A","Hangup-Cause":"B","two":["a","b\\"]"],' +
          '"one":["a"],"none":"","name":"\\"x\\\\","line":"a\\n\\u0001\\tb","É":"名"}',
      ),
    );
    expect([message.name, message.subclass, message.body]).toEqual(['CUSTOM', 'callcenter::info', undefined]);
    expect(
      ['Hangup-Cause', 'two', 'one', 'none', 'name', 'line', 'É', 'x'].map((name) => message.get(name)),
    ).toEqual(['A', 'ARRAY::a|:b"]', 'a', '', '"x\\', 'a\n\u0001\tb', '名', undefined]);
  });

  test('a body is what came with the event', () => {
    const job = event(
      json('{"Event-Name":"BACKGROUND_JOB","Job-UUID":"7f","Content-Length":"4","_body":"+OK\\n"}'),
    );
    expect([job.body, job.get('Job-UUID')]).toEqual(['+OK\n', '7f']);
    const empty = event(json('{"Event-Name":"A","Content-Length":"0","_body":""}'));
    expect(empty.body).toBeUndefined();
  });

  test('JSON that others write: white space, numbers', () => {
    const message = event(json('{\n  "Event-Name": "A",\n  "count": 3, "list": [1, "x"], "yes": true\n}\n'));
    expect(['count', 'list', 'yes'].map((name) => message.get(name))).toEqual(['3', 'ARRAY::1|:x', 'true']);
    expect(isJournaled(json('{ "Event-Name": "HEARTBEAT" }'))).toBe(true);
    expect(isJournaled(json('{ "Event-Name": "RE_SCHEDULE" }'))).toBe(false);
  });

  test('any text comes back as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ minLength: 1 })), (text, list) => {
        const message = event(json(JSON.stringify({ 'Event-Name': 'A', text, list: ['', 'x', ...list] })));
        expect(message.get('text')).toBe(text);
        expect(message.get('list')).toBe(`ARRAY::${['', 'x', ...list].join('|:')}`);
      }),
    );
  });
});

describe('broken messages', () => {
  test.each<[string, Buffer, RegExp]>([
    ['no header block', Buffer.from('Content-Type: text/event-plain\n'), /breaks off within its headers/],
    ['no type', Buffer.from('Content-Length: 0\n\n'), /has no Content-Type/],
    ['cut off', plain('Event-Name: A\n\n').subarray(0, -3), /says its body has 15 bytes, but there are 12/],
    ['too long', Buffer.concat([json('{}'), Buffer.from('x')]), /has 2 bytes, but there are 3/],
    ['a line cut off', plain('Event-Name: A\nCC-Que'), /breaks off within a line/],
    ['plain without name', plain('CC-Queue: A\n\n'), /has no Event-Name/],
    ['plain of nothing', plain(''), /has no Event-Name/],
    ['another event behind', plain('Event-Name: A\n\nEvent-Name: B\n\n'), /15 bytes follow the headers of A/],
    ['body too short', plain('Event-Name: A\nContent-Length: 9\n\nabc'), /3 bytes follow .* body has 9/],
    ['JSON cut off', json('{"Event-Name":"A","CC-Qu'), /is no JSON: /],
    ['JSON of something else', json('["Event-Name"]'), /is no JSON object/],
    ['JSON without name', json('{"a":"b"}'), /has no Event-Name/],
    ['JSON and more', json('{"Event-Name":"A"}Content'), /is no JSON: /],
    ['XML', frame('text/event-xml', '<event/>'), /XML are not read: subscribe with "event plain"/],
  ])('%s', (_what, bytes, reason) => {
    expect(() => decodeEsl(bytes)).toThrow(MessageError);
    expect(() => decodeEsl(bytes)).toThrow(reason);
  });

  test('what looks like an event and cannot be read is kept, to stand in the list of errors', () => {
    expect(isJournaled(plain('CC-Queue: A\n\n'))).toBe(true);
    expect(isJournaled(json('{"Event-Na'))).toBe(true);
    expect(isJournaled(frame('text/event-xml', '<event/>'))).toBe(true);
  });

  test('no bytes make peeking throw, and decoding only with a MessageError', () => {
    const bits = [
      'Content-Type: text/event-plain\n',
      'Content-Type: text/event-json\n\n',
      'Content-Length: 3\n',
      '\n\n',
      'Event-Name: A\n',
      '{"Event-Name":',
      '"x"}',
      '[',
      '\\',
      '"',
      '%',
    ];
    const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        peekEsl(bytes);
        isJournaled(bytes);
        try {
          const message = decodeEsl(bytes);
          if (message.type === 'event') message.get('x');
        } catch (error) {
          expect(error).toBeInstanceOf(MessageError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('other messages', () => {
  test('answers to commands, and what is no event', () => {
    const reply = Buffer.from('Content-Type: command/reply\nReply-Text: -ERR 100% busy\n\n');
    expect(decodeEsl(reply)).toEqual({ type: 'reply', command: undefined, text: '-ERR 100% busy' });
    const notice = frame(
      'text/disconnect-notice',
      'Disconnected, goodbye.\n',
      'Content-Disposition: linger\nLinger-Time: 5\n',
    );
    expect(decodeEsl(notice)).toEqual({
      type: 'other',
      contentType: 'text/disconnect-notice',
      text: 'Disconnected, goodbye.\n',
    });
    expect(decodeEsl(Buffer.from('Content-Type: auth/request\n\n'))).toEqual({
      type: 'other',
      contentType: 'auth/request',
      text: '',
    });
  });
});

describe('the subscription', () => {
  test('asks for what is kept, and for nothing else', () => {
    const narrow =
      'HEARTBEAT CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE';
    const custom = 'CUSTOM callcenter::info sofia::register sofia::unregister sofia::expire';
    expect(subscribeCommand('plain', { fifo: false })).toBe(`event plain ${narrow} ${custom}`);
    expect(subscribeCommand('json', { fifo: true })).toBe(`event json ${narrow} ${custom} fifo::info`);
    for (const name of narrow.split(' ')) expect(isJournaled(plain(`Event-Name: ${name}\n\n`))).toBe(true);
  });

  test.each([
    ['Event-Name: CUSTOM\nEvent-Subclass: callcenter%3A%3Ainfo', true],
    ['Event-Subclass: fifo%3A%3Ainfo\nEvent-Name: CUSTOM', true],
    ['Event-Subclass: sofia%3A%3Aregister\nEvent-Name: CUSTOM', true],
    ['Event-Subclass: sofia%3A%3Areinvite\nEvent-Name: CUSTOM', false],
    ['Event-Name: CUSTOM\nvariable_Event-Subclass: callcenter%3A%3Ainfo', false],
    ['Event-Name: API', false],
    ['Event-Name: CHANNEL_HANGUP', false],
    ['variable_Event-Name: HEARTBEAT\nEvent-Name: API', false],
  ])('%j is kept: %s', (headers, kept) => {
    expect(isJournaled(plain(`${headers}\n\n`))).toBe(kept);
    const object = headers.split('\n').map((line) => line.split(': ').map(decodeURIComponent));
    expect(isJournaled(json(JSON.stringify(Object.fromEntries(object))))).toBe(kept);
  });

  test.each([
    ['callcenter_config queue list', true],
    ['callcenter_config queue list members', true],
    ['callcenter_config agent list', true],
    ['callcenter_config tier list', true],
    ['json {"command":"callcenter_config","data":{"arguments":"member list"}}', true],
    ['show registrations as json', true],
    ['show channels as json', true],
    ['show calls as json', true],
    ['global_getvar core_uuid', true],
    ['fifo list', false],
    ['callcenter_config agent get status x', false],
    ['show channels', false],
    ['status', false],
  ])('the answer to "%s" is kept: %s', (command, kept) => {
    const reply = Buffer.from('Content-Type: api/response\nContent-Length: 3\n\n+OK');
    expect(isJournaled(withCommand(reply, command))).toBe(kept);
    expect(isJournaled(reply)).toBe(false);
  });

  test('greeting, replies and notices are not kept', () => {
    for (const bytes of frames('fs-tiny/plain-all')) {
      const { contentType } = peekEsl(bytes);
      if (contentType !== 'text/event-plain') expect(isJournaled(bytes)).toBe(false);
    }
  });
});
