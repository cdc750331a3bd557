import type { LiveAgent, LiveAgentCounts, LiveCall, LiveQueue } from '../../live/types';
import {
  agentRows,
  callRows,
  keyOf,
  longestWaitSeconds,
  queueRows,
  stateSeconds,
  talkSeconds,
  totalsOf,
  waitSeconds,
  type Names,
  type QueueRow,
} from './rows';
import { Reused } from './reuse';

const NOW = 1_000_000;
const counts = (over: Partial<LiveAgentCounts> = {}): LiveAgentCounts => ({
  loggedIn: 1,
  ready: 0,
  ringing: 0,
  onCall: 1,
  onHold: 0,
  wrapUp: 0,
  paused: 0,
  otherCall: 0,
  unavailable: 0,
  ...over,
});
const queue = (
  name: string,
  waiting: number,
  waitedSeconds: number | null,
  agents = counts(),
): LiveQueue => ({
  pbx: 'hq',
  queue: name,
  waiting,
  ringing: 0,
  talking: 1,
  longestWaitMs: 0,
  oldestEnteredAt: waitedSeconds === null ? null : NOW - waitedSeconds * 1000,
  agents,
  longestPauseMs: 0,
  maxMissesInARow: 0,
});
const agent = (name: string, state: LiveAgent['state'], seconds: number): LiveAgent => ({
  pbx: 'hq',
  agent: name,
  interfaces: [],
  state,
  reason: '',
  since: NOW - seconds * 1000,
  callId: null,
  queue: null,
  callerNumber: null,
  callerName: null,
  missesInARow: 0,
  queues: [],
});
const names: Names = {
  queue: (_, name) => name.toUpperCase(),
  agent: (_, name) => `${name}!`,
  target: (_, name) => (name === 'sales' ? 0.8 : null),
};

describe('live rows', () => {
  it('put first who needs attention most, and say why', () => {
    const today = new Map([
      [
        keyOf('hq', 'sales'),
        {
          pbx: 'hq',
          queue: 'sales',
          serviceLevel: 0.79,
          slThresholdSeconds: 30,
          answered: 5,
          entered: 7,
          abandoned: 2,
        },
      ],
    ]);
    const rows = queueRows(
      [
        queue('quiet', 0, null),
        queue('support', 1, 25),
        queue('sales', 2, 29),
        queue('late', 1, 61),
        queue('alone', 1, 3, counts({ onCall: 0, paused: 1 })),
      ],
      today,
      names,
      NOW,
    );
    expect(rows.map(({ queue, waitAlarm, levelAlarm }) => [queue, waitAlarm, levelAlarm])).toEqual([
      ['late', 'critical', 'none'],
      ['alone', 'critical', 'none'],
      ['support', 'warning', 'none'],
      ['sales', 'none', 'warning'],
      ['quiet', 'none', 'none'],
    ]);
    expect(rows[3]).toMatchObject({
      name: 'SALES',
      answered: 5,
      entered: 7,
      abandoned: 2,
    });
    expect(rows[4]).toMatchObject({ answered: null, serviceLevel: null });
  });

  it('order agents by state, longest in it first, and count each once', () => {
    const listed = [
      agent('a', 'ready', 5),
      agent('b', 'paused', 60),
      agent('c', 'paused', 600),
      agent('d', 'loggedOut', 1),
    ];
    const agents = agentRows(
      listed,
      new Map([[keyOf('hq', 'a'), { pbx: 'hq', agent: 'a', answered: 3, ringNoAnswers: 1 }]]),
      names,
    );
    expect(
      agents.map(({ name, live, answered, missed }) => [name, stateSeconds(live, NOW), answered, missed]),
    ).toEqual([
      ['c!', 600, null, null],
      ['b!', 60, null, null],
      ['a!', 5, 3, 1],
      ['d!', 1, null, null],
    ]);
    expect(totalsOf([queue('x', 2, 40), queue('y', 1, 70)], listed, NOW)).toEqual({
      waiting: 3,
      longestWaitSeconds: 70,
      talking: 2,
      ready: 1,
      paused: 2,
      loggedIn: 3,
    });
  });

  it('list who waits before who talks, the longest first', () => {
    const call = (callId: string, enteredSeconds: number, talkSeconds: number | null): LiveCall => ({
      pbx: 'hq',
      callId,
      queue: 'sales',
      state: talkSeconds === null ? 'ringing' : 'talking',
      callerNumber: null,
      callerName: null,
      did: null,
      enteredAt: NOW - enteredSeconds * 1000,
      position: 1,
      offeredTo: talkSeconds === null ? ['a', 'b'] : [],
      agent: talkSeconds === null ? null : 'c',
      answeredAt: talkSeconds === null ? null : NOW - talkSeconds * 1000,
      holdSince: null,
      estimated: false,
    });
    const rows = callRows([call('1', 100, 90), call('2', 5, null), call('3', 20, null)], names);
    expect(
      rows.map(({ live, agents }) => [live.callId, waitSeconds(live, NOW), talkSeconds(live, NOW), agents]),
    ).toEqual([
      ['3', 20, null, ['a!', 'b!']],
      ['2', 5, null, ['a!', 'b!']],
      ['1', 10, 90, ['c!']],
    ]);
  });

  it('stay the same objects while the clock goes on, until they need other attention', () => {
    const [reused, today] = [new Reused<LiveQueue, QueueRow>(), new Map()];
    const listed = [queue('busy', 1, 20), queue('calm', 1, 5), queue('quiet', 0, null)];
    const before = queueRows(listed, today, names, NOW, reused);
    const after = queueRows(listed, today, names, NOW + 1000, reused);
    expect(after.map(({ live }) => longestWaitSeconds(live, NOW + 1000))).toEqual([21, 6, null]);
    expect(after.map(({ waitAlarm }) => waitAlarm)).toEqual(['warning', 'none', 'none']);
    expect(after.map((row, place) => row === before[place])).toEqual([false, true, true]);
  });
});
