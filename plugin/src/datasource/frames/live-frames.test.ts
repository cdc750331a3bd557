import { FieldType, type DataFrame } from '@grafana/data';
import { memberKey, type Member } from '../../live/today';
import { agentRow, callRow, queueRow } from '../../live/testing/rows';
import { agentFrame, callFrame, queueFrame } from './live-frames';

const member = (name: string, said: Partial<Member> = {}): Member => ({
  id: 1,
  pbx: 'hq',
  name,
  displayName: null,
  team: null,
  target: null,
  ...said,
});
const valuesOf = (frame: DataFrame, name: string): unknown[] =>
  frame.fields.find((field) => field.name === name)?.values ?? [];

describe('live frames', () => {
  it('have a row per queue, its name of the directory and the figures of today', () => {
    const frame = queueFrame({
      rows: [
        queueRow('7001', { waiting: 3, longestWaitMs: 61_400, oldestEnteredAt: 5_000 }),
        queueRow('7002'),
      ],
      members: new Map([[memberKey('hq', '7001'), member('7001', { displayName: 'Продажи', target: 0.8 })]]),
      today: new Map([
        [memberKey('hq', '7001'), { entered: 40, answered: 31, abandoned: 9, serviceLevel: 0.775 }],
      ]),
      hours: new Map([[memberKey('hq', '7001'), [0, 12, null]]]),
    });
    expect(frame.length).toBe(2);
    expect(valuesOf(frame, 'queueName')).toEqual(['Продажи', '7002']);
    expect(valuesOf(frame, 'longestWait')).toEqual([61, 0]);
    expect(valuesOf(frame, 'oldestEnteredAt')).toEqual([5_000, null]);
    // Nobody entered 7002 today: that is 0 calls, and no service level.
    expect(valuesOf(frame, 'answeredToday')).toEqual([31, 0]);
    expect(valuesOf(frame, 'serviceLevelToday')).toEqual([0.775, null]);
    expect(valuesOf(frame, 'target')).toEqual([0.8, null]);
    expect(valuesOf(frame, 'enteredByHour')).toEqual([[0, 12, null], null]);
  });

  it('do not take what is not known yet for 0', () => {
    const frame = queueFrame({ rows: [queueRow('7001')], members: null, today: null, hours: null });
    expect(valuesOf(frame, 'answeredToday')).toEqual([null]);
  });

  it('have units: seconds, shares, exact numbers', () => {
    const frame = queueFrame({ rows: [queueRow('7001')], members: null, today: null, hours: null });
    const unitOf = (name: string) => frame.fields.find((field) => field.name === name)?.config.unit;
    expect([unitOf('longestWait'), unitOf('serviceLevelToday'), unitOf('waiting')]).toEqual([
      's',
      'percentunit',
      'locale',
    ]);
    expect(frame.fields.find(({ name }) => name === 'oldestEnteredAt')?.type).toBe(FieldType.time);
  });

  it('tell agents of one name on two PBXs apart', () => {
    const frame = agentFrame({
      rows: [agentRow('Ann'), agentRow('Ann', { pbx: 'branch' })],
      members: new Map([[memberKey('branch', 'Ann'), member('Ann', { pbx: 'branch', displayName: 'Anna' })]]),
      queues: null,
      today: new Map([[memberKey('hq', 'Ann'), { answered: 5, ringNoAnswers: 2 }]]),
    });
    expect(valuesOf(frame, 'agentName')).toEqual(['Ann', 'Anna']);
    expect(valuesOf(frame, 'answeredToday')).toEqual([5, 0]);
    expect(valuesOf(frame, 'missedToday')).toEqual([2, 0]);
  });

  it('end the wait of a caller who is talking', () => {
    const rows = [
      callRow('1', { enteredAt: 10_000 }),
      callRow('2', { enteredAt: 10_000, answeredAt: 25_000, agent: 'Ann' }),
    ];
    expect(valuesOf(callFrame({ rows, now: 70_000, queues: null, agents: null }), 'wait')).toEqual([60, 15]);
  });
});
