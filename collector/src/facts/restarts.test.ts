import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import type { PbxWideEvent } from '../pbx/event.js';
import { base, logged, secondsAt } from './testing/telling.js';
import { restartsOf } from './restarts.js';

const told = (seconds: number, connection = 'ami:1'): PbxWideEvent => ({
  ...base(seconds, connection),
  kind: 'pbx-started',
});
const QUEUESTART = (seconds: number): PbxWideEvent[] =>
  logged(`${seconds} NONE|NONE|NONE|QUEUESTART`).filter(
    (event): event is PbxWideEvent => event.kind === 'pbx-started',
  );
const seconds = (events: PbxWideEvent[]): string[] =>
  restartsOf(events).map(({ atUs, fromLog }) => `${secondsAt(atUs / 1000)}${fromLog ? ' log' : ''}`);

describe('restarts of a PBX', () => {
  it('the log’s second stands for the estimate of the stream', () => {
    expect(seconds([told(1.4), ...QUEUESTART(3)])).toEqual(['3 log']);
  });

  it('each login estimates the same start anew, a second off: it is one', () => {
    expect(seconds([told(1.4), told(0.6, 'ami:2'), told(1.1, 'ami:3')])).toEqual(['0.6']);
  });

  it('those further apart are several, each with its own row or without', () => {
    expect(seconds([told(0), told(500), ...QUEUESTART(501), ...QUEUESTART(900)])).toEqual([
      '0',
      '501 log',
      '900 log',
    ]);
  });

  it('two within a minute are two in the log', () => {
    expect(seconds([...QUEUESTART(0), ...QUEUESTART(20), told(1), told(20.5)])).toEqual(['0 log', '20 log']);
  });

  it('in whatever order they are told', () => {
    const events = [told(0), told(0.7), told(500), told(500.5), ...QUEUESTART(501), ...QUEUESTART(900)];
    const expected = seconds(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(seconds(shuffled)).toEqual(expected);
      }),
    );
  });
});
