import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from '../../../../test/support/fast-check.js';
import { decodeEsl, type EslEvent } from './codec.js';
import { EslFramer } from './framer.js';
import { EslRedactor } from './redact.js';

const trace = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../../test/traces/${name}.raw.gz`, import.meta.url)));

const KEY = Buffer.from('a fixed key');

function redact(stream: Buffer, anonymize: boolean, pieces = 1): Buffer {
  const redactor = new EslRedactor(anonymize, KEY);
  const size = Math.max(1, Math.ceil(stream.length / pieces));
  const parts: Buffer[] = [];
  for (let at = 0; at < stream.length; at += size) parts.push(redactor.feed(stream.subarray(at, at + size)));
  return Buffer.concat([...parts, redactor.end()]);
}

function eventsOf(stream: Buffer): EslEvent[] {
  const skipped: string[] = [];
  const framer = new EslFramer({ onSkipped: (_head, reason) => skipped.push(reason) });
  const messages = framer.feed(stream).map(decodeEsl);
  expect(skipped).toEqual([]);
  return messages.filter((message) => message.type === 'event');
}

const KEPT = (
  'Event-Name Event-Sequence Event-Date-Timestamp Core-UUID Unique-ID Call-Direction Answer-State Hangup-Cause ' +
  'Channel-Presence-ID Caller-Context CC-Queue CC-Agent CC-Action CC-Cause CC-Member-UUID CC-Member-Session-UUID ' +
  'CC-Agent-UUID CC-Member-Joined-Time'
).split(' ');

const words = (row = ''): string[] => row.match(/[a-z0-9]+@default|Answered|Waiting|\b\d{10}\b/g) ?? [];

const text = (lines: string, anonymize = true): string => redact(Buffer.from(lines), anonymize).toString();
const MEMBER_LIST =
  'queue|instance_id|uuid|session_uuid|cid_number|cid_name|joined_epoch|state\n' +
  'sales@default|single_box|09428f5a-86f3-4857-92f9-ac9f8f67fbc1|b7da40e2-0588-44d9-841d-b8085ceab8f2|49301100004|Ann|1795202682|Waiting\n' +
  'sales@default|single_box|19428f5a-86f3-4857-92f9-ac9f8f67fbc1|c7da40e2-0588-44d9-841d-b8085ceab8f2|49301100005|Pipe|in|Name|1795202682|Waiting\n' +
  'sales@default|single_box|29428f5a-86f3-4857-92f9-ac9f8f67fbc1|d7da40e2-0588-44d9-841d-b8085ceab8f2|49301100006|Line\n' +
  'Break|1795202682|Waiting\n+OK\n';

describe('EslRedactor', () => {
  test('without secrets and without --anonymize nothing changes, however it is cut', () => {
    for (const name of ['fs-tiny/plain-all', 'fs-tiny/json-all', 'fs-medium/plain-reconnect']) {
      const stream = trace(name).subarray(0, 1_000_000);
      expect(redact(stream, false).equals(stream)).toBe(true);
      expect(redact(stream, false, 997).equals(stream)).toBe(true);
    }
  });

  test('secrets are blanked at their length, in headers and in dial strings, plain and JSON', () => {
    expect(
      text(
        'Event-Name: A\nvariable_sip_auth_password: s%20crét\nvariable_bridge: %7Bsip_auth_password%3Dgeheim%2Ca%3D1%7Duser/1\n\n' +
          '{"Event-Name":"A","variable_user_vm-password":"12\\"34","list":["x","password=geheim]"]}Content-Length: 9\n',
        false,
      ),
    ).toBe(
      'Event-Name: A\nvariable_sip_auth_password: x%78xxxxx\nvariable_bridge: %7Bsip_auth_password%3Dxxxxxx%2Ca%3D1%7Duser/1\n\n' +
        '{"Event-Name":"A","variable_user_vm-password":"xxxxxx","list":["x","password=xxxxxx]"]}Content-Length: 9\n',
    );
  });

  test.each([
    ['fs-small/plain-narrow', 26],
    ['fs-tiny/json-all', 5],
    ['fs-names/plain-all', 10],
  ])('%s: no caller number or name is left, lengths and everything else stay', (name, nameCount) => {
    const stream = trace(name);
    const clean = redact(stream, true, 500);
    expect(clean.length).toBe(stream.length);
    const [before, after] = [eventsOf(stream), eventsOf(clean)];
    expect(after.length).toBe(before.length);

    const numbers = new Map<string, string>();
    const names = new Map<string, string>();
    const same = (map: Map<string, string>, real = '', shown = ''): void => {
      if (map.has(real)) expect(shown).toBe(map.get(real));
      map.set(real, shown);
    };
    before.forEach((event, i) => {
      const other = after[i];
      for (const kept of KEPT) {
        if (other?.get(kept) !== event.get(kept))
          throw new Error(`${kept} of ${event.name}: ${other?.get(kept)}`);
      }
      same(numbers, event.get('Caller-Caller-ID-Number'), other?.get('Caller-Caller-ID-Number'));
      same(names, event.get('Caller-Caller-ID-Name'), other?.get('Caller-Caller-ID-Name'));
      same(names, event.get('CC-Member-CID-Name'), other?.get('CC-Member-CID-Name'));
      // The same number is the same in whatever it stands.
      const [real, shown] = [event.get('Channel-Name') ?? '', other?.get('Channel-Name') ?? ''];
      expect(shown.replace(/\d{5,}/, '')).toBe(real.replace(/\d{5,}/, ''));
      const number = /internal\/(\d{6,})@/.exec(real)?.[1];
      if (number !== undefined) same(numbers, number, /internal\/(\d{6,})@/.exec(shown)?.[1]);
    });

    const realNumbers = [...numbers.keys()].filter((number) => /^\+?\d{5,}$/.test(number));
    expect(realNumbers.length).toBeGreaterThanOrEqual(5);
    expect(new Set(numbers.values()).size).toBe(numbers.size);
    const realNames = [...names.keys()].filter((one) => /\p{L}{3}/u.test(one) && one !== 'anonymous');
    expect(realNames).toHaveLength(nameCount);
    expect(new Set(names.values()).size).toBe(names.size);

    const decoded = name.includes('json')
      ? clean.toString()
      : decodeURIComponent(clean.toString('latin1').replace(/%(?![0-9A-F]{2})|%CA/g, '%25'));
    for (const number of realNumbers) expect(decoded).not.toContain(number);
    for (const one of realNames.filter((real) => !real.includes('Ê'))) {
      // Beyond letters and digits: the agent's own "double" would be no leak, a whole value is.
      expect(decoded.includes(`"${one}"`) || decoded.includes(`: ${one}\n`)).toBe(false);
    }
  });

  test('plain and JSON of one run get the same replacements', () => {
    const callers = (stream: Buffer): Set<string> =>
      new Set(
        eventsOf(redact(stream, true))
          .filter((event) => event.get('CC-Action') === 'member-queue-start')
          .map((event) => `${event.get('CC-Member-CID-Number')} ${event.get('CC-Member-CID-Name')}`),
      );
    const plain = callers(trace('fs-tiny/plain-all'));
    expect(plain.size).toBe(5);
    expect(callers(trace('fs-tiny/json-all'))).toEqual(plain);
  });

  test('what makes names dangerous stays: pipes, quotes, line ends, other scripts', () => {
    const stream = trace('fs-names/plain-all');
    const [real, shown] = [stream, redact(stream, true, 500)].map((bytes) =>
      eventsOf(bytes)
        .filter((event) => event.get('CC-Action') === 'member-queue-start')
        .map((event) => event.get('CC-Member-CID-Name') ?? ''),
    );
    const shape = (name: string): string =>
      name
        .replace(/\p{L}/gu, (letter) => (letter <= '\x7f' ? 'a' : letter <= '\u2fff' ? 'é' : '名'))
        .replace(/\p{Emoji_Presentation}/u, '📞');
    expect(shape('名前 émoji')).toBe('名名 éaaaa');
    expect(real).toHaveLength(13);
    expect(shown?.map(shape)).toEqual(real?.map(shape));
    expect(shown?.filter((name) => real?.includes(name))).toEqual(['anonymous']);
  });

  test('listings: tables with names that break them, and JSON', () => {
    const shown = text(MEMBER_LIST).split('\n');
    expect(shown.map((line) => line.length)).toEqual(MEMBER_LIST.split('\n').map((line) => line.length));
    expect(shown[0]).toBe(MEMBER_LIST.split('\n')[0]);
    expect(shown[1]).toMatch(
      /^sales@default\|single_box\|09428f5a-86f3-4857-92f9-ac9f8f67fbc1\|b7da40e2-0588-44d9-841d-b8085ceab8f2\|9\d{10}\|[A-Z][a-z]{2}\|1795202682\|Waiting$/,
    );
    expect(shown[2]).toMatch(/\|9\d{10}\|[A-Z][a-z]{3}\|[a-z]{2}\|[A-Z][a-z]{3}\|1795202682\|Waiting$/);
    expect(shown.slice(3, 5).join('\n')).not.toMatch(/49301100006|Line|Break/);
    expect(shown[5]).toBe('+OK');

    const json =
      '{"row_count":1,"rows":[{"uuid":"b7da40e2-0588-44d9-841d-b8085ceab8f2","created_epoch":"1795202682","name":"sofia/internal/49301100004@127.0.0.1",' +
      '"cid_name":"It\'s \\"A\\\\nn\\"","cid_num":"49301100004","dest":"6001"},{"name":"10001@default","contact":"user/10001@x"}]}\n';
    expect(text(json)).toMatch(
      /^\{"row_count":1,"rows":\[\{"uuid":"b7da40e2-0588-44d9-841d-b8085ceab8f2","created_epoch":"1795202682","name":"sofia\/internal\/(9\d{10})@127\.0\.0\.1","cid_name":"[A-Z][a-z]'[a-z] \\"[A-Z]\\\\n[a-z]\\"","cid_num":"\1","dest":"6001"\},\{"name":"10001@default","contact":"user\/9\d{4}@x"\}\]\}\n$/,
    );
  });

  test('fs-names: no caller is left in what FreeSWITCH itself listed while they waited and talked', () => {
    const file = new URL('../../../../test/traces/fs-names/snapshots.json.gz', import.meta.url);
    const { snapshots } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
      snapshots: Record<string, unknown>[];
    };
    const answers = snapshots.flatMap((one) => Object.values(one)).filter((one) => typeof one === 'string');
    const stream = answers
      .map((one) => `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(one)}\n\n${one}`)
      .join('');
    const clean = text(stream);
    expect(Buffer.byteLength(clean)).toBe(Buffer.byteLength(stream));
    const callers =
      /49301100\d{3}|49302002|Pipe|Tab here|Back lash|literal|名前|trailing|queue-end|yyyyy|It's/g;
    expect(stream.match(callers)?.length).toBeGreaterThan(200);
    expect(clean.match(callers)).toBeNull();
    // Everything else is untouched, but for the two halves of a row with a line end in its name.
    const rows = clean.split('\n');
    let broken = 0;
    stream.split('\n').forEach((row, at) => {
      if (/\|A$|^ literal percent\|/.test(row)) broken++;
      else expect(words(rows[at])).toEqual(words(row));
    });
    expect(broken).toBe(4);
  });

  test('names in addresses and settings; a number that is also a length or a sequence', () => {
    const shown = text(
      'Content-Length: 49301\nEvent-Sequence: 49301\nCaller-Caller-ID-Number: 49301\nvariable_x: 49301\n' +
        'variable_sip_full_from: %22Ann%20Lee%22%20%3Csip%3A49301%40127.0.0.1%3E\nvariable_y: Ann%20Lee%20%3Csip%3Aa%40b%3E\n' +
        "variable_z: %7Borigination_caller_id_name%3D'Ann%20Lee',a%3Db%7Dsofia/gateway/g/49301\nvariable_caller_id_name: Ann%20Lee\n" +
        'variable_file: /rec/2026-49301-09428f5a-86f3-4857-92f9-49301049301a.wav\n',
    );
    const [, number = '', name = ''] =
      /Caller-Caller-ID-Number: (9\d{4})\n[^]*variable_caller_id_name: ([A-Z][a-z]{2}%20[A-Z][a-z]{2})\n/.exec(
        shown,
      ) ?? [];
    expect(shown.split('\n')).toEqual([
      'Content-Length: 49301',
      'Event-Sequence: 49301',
      `Caller-Caller-ID-Number: ${number}`,
      `variable_x: ${number}`,
      `variable_sip_full_from: %22${name}%22%20%3Csip%3A${number}%40127.0.0.1%3E`,
      `variable_y: ${name}%20%3Csip%3Aa%40b%3E`,
      expect.stringMatching(
        new RegExp(
          `^variable_z: %7Borigination_caller_id_name%3D'[A-Z][a-z]{2}%20[A-Z][a-z]{2}',a%3Db%7Dsofia/gateway/g/${number}$`,
        ),
      ),
      `variable_caller_id_name: ${name}`,
      `variable_file: /rec/2026-${number}-09428f5a-86f3-4857-92f9-49301049301a.wav`,
      '',
    ]);
    expect(shown).not.toContain('Ann');
  });

  test('whatever the bytes are, their number stays, however they are cut', () => {
    const bits = [
      '\n',
      ': ',
      '%',
      '%22',
      '"',
      '\\',
      '{"a',
      '":"',
      '|',
      '|cid_number|cid_name|',
      '+OK',
      '12345',
      'Caller-ANI: ',
    ];
    const piece = fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        (pieces, anonymize, cuts) => {
          const stream = Buffer.from(pieces.join(''));
          expect(redact(stream, anonymize, cuts)).toHaveLength(stream.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
