/** Simulated AMI events against recorded ones (the same headers in the same order), and against the simulated queue_log. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SiteModel } from '../model/site-model.js';
import { scenario } from '../scenarios.js';
import { coreSettings, coreShowChannels, coreStatus, queueStatus, queueSummary } from './ami-answers.js';
import { AmiEvents } from './ami-events.js';
import { queueLogRows } from './queue-log.js';

type Frame = [name: string, value: string][];

const START_US = Date.parse('2026-11-16T03:00:00Z') * 1000;
const HOUR_US = 3_600_000_000;

function frames(text: string): Frame[] {
  return text
    .split(/\r\n\r\n/)
    .map((block) => block.replace(/^(\r\n)+/, ''))
    .filter((block) => block !== '')
    .map((block) =>
      block.split('\r\n').map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    );
}

const valueOf = (frame: Frame, name: string) => frame.find(([header]) => header === name)?.[1];

/** Names in order; `Timestamp` and ids of actions depend on the connection. */
const shape = (frame: Frame) =>
  frame
    .map(([name]) => name)
    .filter((name) => name !== 'Timestamp' && name !== 'ActionID')
    .join(' ');

function recorded(trace: string): Frame[] {
  const file = new URL(`../../test/traces/${trace}`, import.meta.url);
  return frames(gunzipSync(readFileSync(file)).toString('utf8'));
}

const model = new SiteModel(scenario('demo'), { seed: 23, startUs: START_US });
const simulated: Frame[] = [];
const answers: Frame[] = [];
const rows: string[][] = [];
const known = new Map<string, Set<string>>();

beforeAll(() => {
  const events = new AmiEvents(model.world);
  model.run(START_US + 12 * HOUR_US, (happening) => {
    simulated.push(...frames(events.render(happening)));
    rows.push(...queueLogRows(model.world, happening).map((row) => row.split('|')));
  });
  const { world } = model;
  for (const answer of [
    queueStatus(world, 'a', ''),
    queueSummary(world, 'a', ''),
    coreShowChannels(world, 'a'),
  ])
    answers.push(...frames(answer));
  answers.push(...frames(coreSettings('a') + coreStatus(world, 'a')));
  for (const trace of [
    'tiny/passive.ami.gz',
    'small60/passive.ami.gz',
    'small60/late1.ami.gz',
    'restart/passive.ami.gz',
  ])
    for (const frame of recorded(trace)) {
      const event = valueOf(frame, 'Event') ?? '';
      known.set(event, (known.get(event) ?? new Set()).add(shape(frame)));
    }
});

describe('against recorded traffic', () => {
  it('tells every story of a queue', () => {
    expect([...new Set(simulated.map((frame) => valueOf(frame, 'Event')))].sort()).toEqual([
      'AgentCalled',
      'AgentComplete',
      'AgentConnect',
      'AgentRingNoAnswer',
      'AttendedTransfer',
      'BlindTransfer',
      'BridgeCreate',
      'BridgeDestroy',
      'BridgeEnter',
      'BridgeLeave',
      'BridgeMerge',
      'DTMFBegin',
      'DTMFEnd',
      'DeviceStateChange',
      'DialBegin',
      'DialEnd',
      'DialState',
      'Hangup',
      'HangupRequest',
      'Hold',
      'LocalBridge',
      'MusicOnHoldStart',
      'MusicOnHoldStop',
      'NewConnectedLine',
      'Newchannel',
      'Newstate',
      'QueueCallerAbandon',
      'QueueCallerJoin',
      'QueueCallerLeave',
      'QueueMemberAdded',
      'QueueMemberPause',
      'QueueMemberRemoved',
      'QueueMemberStatus',
      'SoftHangupRequest',
      'Unhold',
      'VarSet',
    ]);
  });

  it('each event has the headers, in the order, of a recorded one', () => {
    const unlike = new Set<string>();
    for (const frame of simulated) {
      const event = valueOf(frame, 'Event') ?? '';
      if (!known.get(event)?.has(shape(frame))) unlike.add(`${event}: ${shape(frame)}`);
    }
    expect([...unlike]).toEqual([]);
  });

  it('each list item and answer has the headers, in the order, of a recorded one', () => {
    const unlike = answers
      .filter((frame) => !known.get(valueOf(frame, 'Event') ?? '')?.has(shape(frame)))
      // No caller waits in the recorded lists of these traces; app_queue.c gives its fields.
      .filter((frame) => valueOf(frame, 'Event') !== 'QueueEntry')
      .map(shape);
    expect([...new Set(unlike)]).toEqual([]);
    for (const event of ['QueueParams', 'QueueMember', 'QueueSummary', 'CoreShowChannel'])
      expect(answers.some((frame) => valueOf(frame, 'Event') === event)).toBe(true);
  });

  it('every event bears its class and a time that never goes back', () => {
    const heads = simulated.map((frame) =>
      frame
        .slice(0, 3)
        .map(([name]) => name)
        .join(),
    );
    expect([...new Set(heads)]).toEqual(['Event,Privilege,Timestamp']);
    const times = simulated.map((frame) => Number(valueOf(frame, 'Timestamp')));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('against the queue_log of the same run', () => {
  const of = (event: string, ...headers: string[]) =>
    simulated
      .filter((frame) => valueOf(frame, 'Event') === event)
      .map((frame) => headers.map((header) => valueOf(frame, header)).join('|'));
  const rowsOf = (pattern: RegExp, ...columns: number[]) =>
    rows
      .filter((row) => pattern.test(row[4] ?? ''))
      .map((row) => columns.map((column) => row[column]).join('|'));

  it('HoldTime and RingTime of AgentConnect are those of CONNECT', () => {
    const connects = of(
      'AgentConnect',
      'Uniqueid',
      'Queue',
      'MemberName',
      'HoldTime',
      'DestUniqueid',
      'RingTime',
    );
    expect(connects.length).toBeGreaterThan(800);
    expect(connects).toEqual(rowsOf(/^CONNECT$/, 1, 2, 3, 5, 6, 7));
  });

  it('HoldTime and TalkTime of AgentComplete are those of the closing row', () => {
    expect(of('AgentComplete', 'Uniqueid', 'Queue', 'MemberName', 'HoldTime', 'TalkTime')).toEqual(
      rows
        .filter(([, , , , event = '']) => /^COMPLETE|TRANSFER$/.test(event))
        .map((row) => [...row.slice(1, 4), ...row.slice(-3, -1)].join('|')),
    );
  });

  it('callers who join, leave and give up are the rows', () => {
    expect(of('QueueCallerJoin', 'Uniqueid', 'Queue', 'Position')).toEqual(rowsOf(/^ENTERQUEUE$/, 1, 2, 7));
    expect(of('QueueCallerLeave', 'Uniqueid', 'Queue')).toEqual(rowsOf(/^(CONNECT|ABANDON|EXIT.*)$/, 1, 2));
    expect(of('QueueCallerAbandon', 'Uniqueid', 'Queue', 'Position', 'OriginalPosition', 'HoldTime')).toEqual(
      rowsOf(/^(ABANDON|EXITWITHTIMEOUT|EXITEMPTY)$/, 1, 2, 5, 6, 7),
    );
    expect(of('AgentRingNoAnswer', 'Uniqueid', 'Queue', 'MemberName', 'RingTime')).toEqual(
      rowsOf(/^RINGNOANSWER$/, 1, 2, 3, 5),
    );
  });

  it('pauses and memberships are the rows', () => {
    expect(of('QueueMemberPause', 'Queue', 'MemberName', 'PausedReason')).toHaveLength(
      rowsOf(/^(UN)?PAUSE$/, 2).length,
    );
    expect(of('QueueMemberAdded', 'Queue', 'Interface')).toEqual(rowsOf(/^ADDMEMBER$/, 2, 3));
    expect(of('QueueMemberRemoved', 'Queue', 'Interface')).toEqual(rowsOf(/^REMOVEMEMBER$/, 2, 3));
  });

  it('every channel that began has ended, but those of calls still up', () => {
    const began = new Set(of('Newchannel', 'Uniqueid'));
    const ended = of('Hangup', 'Uniqueid');
    expect(ended.filter((id) => !began.delete(id))).toEqual([]);
    const up = answers
      .filter((frame) => valueOf(frame, 'Event') === 'CoreShowChannel')
      .map((frame) => valueOf(frame, 'Uniqueid'));
    const consulted = [...model.world.calls.values()].filter((call) => call.consult).length * 2;
    expect([...began].filter((id) => !up.includes(id))).toHaveLength(consulted);
  });

  it('names with apostrophes and quotes are escaped as Asterisk does', () => {
    const names = new Set(of('QueueCallerJoin', 'CallerIDName'));
    expect(names).toContain("To\\'rayev Sardor");
    expect(names).toContain('ТОО \\"Восток\\"');
  });
});
