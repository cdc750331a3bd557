/** Call records as FreeSWITCH 1.10.12 wrote them, and every wrapping and shape its modules can give them. */
import { describe, expect, it } from '@jest/globals';
import fc from '../../../../test/support/fast-check.js';
import { MessageError, type RawMessage } from '../../dialect.js';
import type { CallEvent, LegEvent, PbxEvent } from '../../event.js';
import { decodeCallRecord } from './decode.js';
import { recordMessage } from './messages.js';
import { recordedFiles, shortLegs } from './testing/recorded.js';

const files = recordedFiles();
const MEMBER = 'a_037a8e84-666d-4cbb-97ca-89eaca03be11.cdr.json';
const AGENT = '04055e0b-867d-4a03-8a77-b270ce1e591e.cdr.json';

const message = (bytes: Buffer | string): RawMessage => ({
  pbx: 'lab',
  source: 'json_cdr',
  connection: 'json_cdr',
  ordinal: 1,
  receivedUs: 1,
  bytes: Buffer.from(bytes),
});
const decode = (bytes: Buffer | string): PbxEvent[] => decodeCallRecord(message(bytes));
const fileNamed = (name: string): Buffer => files.get(name) ?? Buffer.alloc(0);
const legOf = (events: readonly PbxEvent[]): LegEvent => {
  const leg = events.find((event) => event.kind === 'leg-recorded');
  if (leg?.kind !== 'leg-recorded') throw new Error('no leg');
  return leg;
};
interface Json {
  variables: Record<string, unknown>;
  callflow: unknown;
}
const json = (name: string): Json => JSON.parse(fileNamed(name).toString('latin1')) as Json;
const changed = (name: string, change: Record<string, unknown>): PbxEvent[] => {
  const record = json(name);
  return decode(JSON.stringify({ ...record, variables: { ...record.variables, ...change } }));
};
const without = (name: string, ...variables: string[]): PbxEvent[] =>
  changed(name, Object.fromEntries(variables.map((variable) => [variable, undefined])));
const kinds = (events: readonly PbxEvent[]): string[] => events.map(({ kind }) => kind);
const at = (second: number): number => second * 1_000_000;

describe('recorded call records', () => {
  it('every file is read: 88 channels, with the numbers of another reader', () => {
    const legs = [...files.values()].map((bytes) => legOf(decode(bytes)));
    const byUuid = new Map(legs.map((leg) => [leg.legId, leg]));
    expect(files.size).toBe(88);
    for (const short of shortLegs('fs-small')) {
      const answeredAtMs = short.answer === null ? null : Math.floor(short.answer * 1000);
      expect(byUuid.get(short.uuid)).toMatchObject({
        [short.direction === 'outbound' ? 'destinationChannel' : 'channel']: short.name,
        callerNumber: short.from,
        destination: short.to,
        startedAtMs: Math.floor(short.start * 1000),
        answeredAtMs,
        endedAtMs: Math.floor(short.end * 1000),
        disposition:
          answeredAtMs !== null
            ? 'answered'
            : short.hangup === 'USER_BUSY'
              ? 'busy'
              : ['LOSE_RACE', 'ORIGINATOR_CANCEL', 'NO_ANSWER'].includes(short.hangup)
                ? 'noAnswer'
                : 'failed',
      });
      byUuid.delete(short.uuid);
    }
    expect(byUuid.size).toBe(0);
  });

  it('a caller who was answered: his leg and his visit', () => {
    const base = { source: 'json_cdr', connection: 'json_cdr' };
    const callId = '037a8e84-666d-4cbb-97ca-89eaca03be11';
    const visit = { ...base, callId, visitKey: 'd8fb8c4a-9e69-4036-9269-6ffadcce4c78' };
    const queue = 'billing@default';
    expect(decode(fileNamed(MEMBER))).toEqual([
      {
        ...base,
        id: `json_cdr:${callId}:leg`,
        atUs: 1_795_205_774_135_806,
        ordinal: 1_795_205_774_135_806,
        kind: 'leg-recorded',
        legId: callId,
        sequence: 0,
        linkedId: callId,
        channel: 'sofia/internal/49301100012@127.0.0.1',
        destinationChannel: 'sofia/internal/108@127.0.0.1:15090',
        callerNumber: '49301100012',
        callerName: 'Caller 12',
        destination: '6003',
        context: 'incoming',
        lastApp: 'hangup',
        lastData: 'NORMAL_CLEARING',
        startedAtMs: 1_795_205_762_155,
        answeredAtMs: 1_795_205_762_155,
        endedAtMs: 1_795_205_774_135,
        durationSeconds: 12,
        billSeconds: 12,
        disposition: 'answered',
        accountCode: '',
        userField: '',
      },
      {
        ...visit,
        id: `json_cdr:${callId}:caller-entered`,
        atUs: at(1_795_205_762),
        ordinal: at(1_795_205_762),
        kind: 'caller-entered',
        queue,
        callerNumber: '49301100012',
        callerName: 'Caller 12',
        did: '6003',
        channel: 'sofia/internal/49301100012@127.0.0.1',
        linkedId: callId,
        startedAtUs: 1_795_205_762_155_807,
      },
      {
        ...visit,
        id: `json_cdr:${callId}:agent-connected`,
        atUs: at(1_795_205_764),
        ordinal: at(1_795_205_764) + 1,
        kind: 'agent-connected',
        queue,
        agent: 'agent108@default',
        waitSeconds: 2,
      },
      {
        ...visit,
        id: `json_cdr:${callId}:agent-completed`,
        atUs: 1_795_205_774_135_806,
        ordinal: 1_795_205_774_135_808,
        kind: 'agent-completed',
        queue,
        agent: 'agent108@default',
        talkMs: 9720,
        talkSeconds: 10,
        endedBy: 'unknown',
      },
      {
        ...visit,
        id: `json_cdr:${callId}:caller-hung-up`,
        atUs: 1_795_205_774_135_806,
        ordinal: 1_795_205_774_135_809,
        kind: 'caller-hung-up',
        cause: 'NORMAL_CLEARING',
      },
    ]);
  });

  it('an agent’s leg: the talk it was dialled for belongs to the caller’s visit', () => {
    const [leg, talk] = decode(fileNamed(AGENT));
    expect(leg).toMatchObject({
      kind: 'leg-recorded',
      linkedId: 'cb35f09e-566f-4cc7-beca-e5da8aafa737',
      // Name and number are the caller's: so is the channel, or the phone would be taken for his.
      channel: 'sofia/internal/49301100022@127.0.0.1',
      callerNumber: '49301100022',
      destinationChannel: 'sofia/internal/101@127.0.0.1:15090',
      destination: '101',
    });
    expect(talk).toMatchObject({
      callId: 'cb35f09e-566f-4cc7-beca-e5da8aafa737',
      visitKey: '3f0fa923-fc76-4e1a-813e-fac6ea80937d',
      kind: 'agent-completed',
      atUs: 1_795_205_799_915_807,
      queue: 'support@default',
      agent: 'agent101@default',
      waitSeconds: 4,
      talkMs: 3340,
      talkSeconds: 3,
      endedBy: 'unknown',
    });
  });

  it('a channel that was dialled is nowhere the caller’s', () => {
    for (const leg of [...files.values()].map((bytes) => legOf(decode(bytes)))) {
      const isAgents = /^sofia\/internal\/1\d\d@/.test(leg.channel);
      expect([leg.channel, leg.callerNumber.startsWith('493011') && isAgents]).toEqual([leg.channel, false]);
    }
  });

  it('an agent who transferred the caller on', () => {
    const transferred = [...files.values()]
      .flatMap((bytes) => decode(bytes))
      .filter((event) => event.kind === 'agent-completed' && event.endedBy === 'transfer');
    expect(transferred).toMatchObject([
      { agent: 'agent106@default', transferKind: 'blind', transferTo: '6002', talkMs: 18_940 },
    ]);
  });

  it('bytes that are no UTF-8: each value is read by itself', () => {
    expect(legOf(decode(fileNamed(AGENT)))).toMatchObject({ callerName: '100ÊafÃ©' });
    const record = fileNamed(MEMBER).toString('latin1').replaceAll('Caller 12', 'Caf\xc3\xa9');
    const broken = record.replace('"digits_dialed":"none"', '"digits_dialed":"\xca"');
    expect(legOf(decode(Buffer.from(broken, 'latin1')))).toMatchObject({ callerName: 'Café' });
  });
});

describe('wrappings', () => {
  const plain = fileNamed(MEMBER);
  const percent = (bytes: Buffer): string =>
    bytes.toString('latin1').replace(/[^A-Za-z0-9_.-]/g, (char) => {
      const hex = char.charCodeAt(0).toString(16).toUpperCase();
      return `%${hex.padStart(2, '0')}`;
    });
  const lines = (text: string): string => text.replace(/.{72}/g, '$&\n');

  it.each<[string, (record: Buffer) => string | Buffer]>([
    ['encode=false, and files', (record) => record],
    ['encode=true', (record) => `cdr=${percent(record)}`],
    ['encode=base64', (record) => `cdr=${lines(record.toString('base64'))}`],
    ['mod_format_cdr without encoding', (record) => Buffer.concat([Buffer.from('cdr='), record])],
    ['the error folder with encode=true', (record) => `${percent(record)}\n`],
    ['the error folder with encode=base64', (record) => `${record.toString('base64')}\n`],
    ['a form of somebody else', (record) => `cdr=${percent(record).replaceAll('%20', '+')}&leg=a`],
  ])('%s', (_name, wrap) => {
    for (const name of [MEMBER, AGENT]) {
      expect(decode(wrap(fileNamed(name)))).toEqual(decode(fileNamed(name)));
    }
  });

  it('encode-values: URL-encoded variables are the same variables', () => {
    for (const [name, bytes] of files) {
      const record = JSON.parse(bytes.toString('latin1')) as Json;
      const variables = Object.fromEntries(
        Object.entries(record.variables).map(([key, value]) => [
          key,
          percent(Buffer.from(String(value), 'latin1')),
        ]),
      );
      const encoded = Buffer.from(JSON.stringify({ ...record, variables }), 'latin1');
      expect([name, decode(encoded)]).toEqual([name, decode(bytes)]);
    }
  });

  it('numbers instead of texts, one profile instead of a list', () => {
    const { variables, callflow } = json(MEMBER);
    const numbers = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [
        key,
        /^\d{1,15}$/.test(String(value)) ? Number(value) : value,
      ]),
    );
    const events = decode(JSON.stringify({ variables: numbers, callflow: (callflow as unknown[])[1] }));
    expect(events).toEqual(decode(plain));
  });
});

describe('what may be missing', () => {
  it('no profiles: who called is unknown, the rest stands', () => {
    const { variables } = json(MEMBER);
    const events = decode(JSON.stringify({ variables }));
    expect(kinds(events)).toEqual(kinds(decode(fileNamed(MEMBER))));
    expect(legOf(events)).toMatchObject({ callerNumber: '', destination: '', durationSeconds: 12 });
    expect(events[3]).toMatchObject({
      kind: 'agent-completed',
      atUs: 1_795_205_774_135_806,
      endedBy: 'unknown',
    });
    expect(events[3]).not.toHaveProperty('talkMs');
  });

  it('only whole seconds: an old version has no …_uepoch', () => {
    const events = without(MEMBER, 'start_uepoch', 'answer_uepoch', 'end_uepoch', 'duration', 'billsec');
    expect(legOf(events)).toMatchObject({
      startedAtMs: 1_795_205_762_000,
      answeredAtMs: 1_795_205_762_000,
      endedAtMs: 1_795_205_774_000,
      durationSeconds: 12,
      billSeconds: 12,
    });
  });

  it('a call that was no queue’s is a leg alone', () => {
    expect(kinds(without(MEMBER, 'cc_side'))).toEqual(['leg-recorded']);
    expect(kinds(without(MEMBER, 'cc_queue'))).toEqual(['leg-recorded']);
    expect(kinds(without(MEMBER, 'cc_queue_joined_epoch'))).toEqual(['leg-recorded']);
  });

  it('what every record must have is asked for by name', () => {
    expect(() => without(MEMBER, 'end_uepoch', 'end_epoch')).not.toThrow(); // the profiles say it
    const { variables } = json(MEMBER);
    const { end_uepoch: _u, end_epoch: _e, ...endless } = variables;
    expect(() => decode(JSON.stringify({ variables: endless }))).toThrow(
      'the call record 037a8e84-666d-4cbb-97ca-89eaca03be11 has no end_epoch',
    );
    const { start_uepoch: _s, start_epoch: _t, ...startless } = variables;
    expect(() => decode(JSON.stringify({ variables: startless }))).toThrow('has no start_epoch');
    const { uuid: _id, ...nameless } = variables;
    expect(() => decode(JSON.stringify({ variables: nameless }))).toThrow('the call record has no uuid');
  });
});

describe('how a visit ended', () => {
  const REST = ['caller-entered', 'caller-hung-up'];
  const visit = (events: readonly PbxEvent[]): CallEvent[] =>
    events.filter((event): event is CallEvent => 'callId' in event);
  const cancelled = (change: Record<string, unknown>): PbxEvent[] =>
    changed(MEMBER, { cc_cause: 'cancel', cc_queue_canceled_epoch: '1795205773', ...change });

  it.each([
    ['TIMEOUT', 'timedOut', 'stated'],
    ['NO_AGENT_TIMEOUT', 'timedOut', 'stated'],
    ['EXIT_WITH_KEY', 'exitedByKey', 'stated'],
    ['NONE', 'canceledAtConnect', 'stated'],
    ['BREAK_OUT', 'pulledOut', 'stated'], // this call went on: its last profile began after it joined
    ['SOMETHING_NEW', 'pulledOut', 'assumed'],
  ])('%s: %s', (cc_cancel_reason, outcome, certainty) => {
    const events = visit(cancelled({ cc_cancel_reason }));
    expect(events).toMatchObject([
      { kind: 'caller-entered' },
      { kind: 'caller-left', outcome, certainty, waitSeconds: 11, atUs: at(1_795_205_773) },
      { kind: 'caller-hung-up' },
    ]);
  });

  it('hung up in the queue: nothing of the channel is later', () => {
    const abandoned = [...files.values()]
      .map((bytes) => decode(bytes))
      .filter((events) => kinds(events).includes('caller-left'));
    expect(abandoned).toHaveLength(1);
    expect(abandoned[0]?.slice(1)).toMatchObject([
      { kind: 'caller-entered', queue: 'support@default' },
      { kind: 'caller-left', outcome: 'abandoned', certainty: 'stated', waitSeconds: 3 },
      { kind: 'caller-hung-up', atUs: 1_795_205_779_715_822 },
    ]);
  });

  it('the key pressed', () => {
    const events = visit(cancelled({ cc_cancel_reason: 'EXIT_WITH_KEY', cc_exit_key: '9' }));
    expect(events[1]).toMatchObject({ outcome: 'exitedByKey', key: '9' });
  });

  it('a reason to leave that an earlier visit left behind says nothing of an answered one', () => {
    expect(kinds(visit(changed(MEMBER, { cc_cancel_reason: 'TIMEOUT' })))).toEqual([
      'caller-entered',
      'agent-connected',
      'agent-completed',
      'caller-hung-up',
    ]);
  });

  it('times and an agent of the visit before are not this one’s', () => {
    expect(kinds(visit(changed(MEMBER, { cc_queue_answered_epoch: '1795205761' })))).toEqual(REST);
    expect(kinds(visit(changed(MEMBER, { cc_agent_bridged: 'false' })))).toEqual(REST);
    const { variables } = json(MEMBER);
    const before = { ...variables, cc_queue_terminated_epoch: '1795205763' };
    const [, , , end] = decode(JSON.stringify({ variables: before }));
    expect(end).toMatchObject({ kind: 'agent-completed', atUs: 1_795_205_774_135_806 });
    expect(end).not.toHaveProperty('talkSeconds');
    const own = { ...variables, cc_queue_terminated_epoch: '1795205773' };
    expect(decode(JSON.stringify({ variables: own }))[3]).toMatchObject({
      atUs: at(1_795_205_773),
      talkSeconds: 9,
    });
  });

  it('who ended it: the caller, where his channel ended with the talk by his own hang-up', () => {
    const ended = [...files.values()]
      .flatMap((bytes) => decode(bytes))
      .filter((e) => e.kind === 'agent-completed');
    const by = (who: string): number =>
      ended.filter((e) => e.kind === 'agent-completed' && e.endedBy === who).length;
    expect([by('caller'), by('agent'), by('transfer'), by('unknown')]).toEqual([12, 15, 1, 29]);
  });
});

describe('what is no record', () => {
  it.each([
    ['', 'the call record is empty'],
    ['<cdr core-uuid="1"/>', 'it begins with "<cdr core-uuid'],
    ['cdr=%3C%3Fxml version', 'it begins with "cdr=%3C'],
    ['{"variables":{"uuid":"1",', 'no JSON, or broken off'],
    ['[]', 'no JSON call record'],
    ['{"uuid":"1"}', 'has no "variables"'],
    ['{"variables":[]}', 'has no "variables"'],
    ['cdr=', 'no JSON call record'],
  ])('%s', (text, reason) => {
    expect(() => decode(text)).toThrow(MessageError);
    expect(() => decode(text)).toThrow(reason);
  });

  it('says where it came from, and keeps the bytes', () => {
    const bytes = Buffer.from('{"variables":{"uuid":"\xca', 'latin1');
    const kept = recordMessage({ pbx: 'lab', bytes, from: '/var/log/x.cdr.json', receivedUs: 7 });
    expect(kept).toMatchObject({ source: 'json_cdr', connection: 'json_cdr', ordinal: 0, receivedUs: 7 });
    expect(kept.bytes.includes(bytes)).toBe(true);
    expect(() => decodeCallRecord(kept)).toThrow(/^\/var\/log\/x.cdr.json: the call record is no JSON/);
  });

  it('what a mended decoder could read is read, though it was kept as unreadable', () => {
    const kept = recordMessage({ pbx: 'lab', bytes: Buffer.from('{'), from: 'x' });
    const bytes = Buffer.concat([kept.bytes.subarray(0, -1), fileNamed(MEMBER)]);
    expect(decodeCallRecord({ ...kept, bytes })).toEqual(decode(fileNamed(MEMBER)));
  });

  it('any bytes, and any damage to a record, give events or a MessageError', () => {
    const tried = (bytes: Buffer): void => {
      try {
        expect(decode(bytes).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(MessageError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => tried(Buffer.from(bytes))));
    const record = fileNamed(MEMBER);
    fc.assert(
      fc.property(fc.nat(record.length), fc.nat(40), fc.uint8Array({ maxLength: 5 }), (start, cut, put) => {
        tried(Buffer.concat([record.subarray(0, start), Buffer.from(put), record.subarray(start + cut)]));
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (variables, callflow) => {
        tried(Buffer.from(JSON.stringify({ variables, callflow })));
      }),
    );
  });
});
