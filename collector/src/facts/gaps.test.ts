import { describe, expect, it } from '@jest/globals';
import type { PbxWideEvent } from '../pbx/event.js';
import { base, secondsAt } from './testing/telling.js';
import { END_OF_RECORDING } from '../pbx/link.js';
import { gapsOf } from './gaps.js';

const up = (seconds: number, connection = 'ami:1'): PbxWideEvent => ({
  ...base(seconds, connection),
  source: 'link',
  kind: 'link-up',
});
const down = (seconds: number, reason: string, connection = 'ami:1'): PbxWideEvent => ({
  ...base(seconds, connection),
  source: 'link',
  kind: 'link-down',
  reason,
});
const gaps = (...events: PbxWideEvent[]): string[] =>
  gapsOf(events).map(
    ({ fromMs, toMs, reason }) => `${secondsAt(fromMs)}–${toMs === null ? '' : secondsAt(toMs)} ${reason}`,
  );

describe('gaps', () => {
  it('before the first connection nothing was promised', () => {
    expect(gaps()).toEqual([]);
    expect(gaps(up(100))).toEqual([]);
  });

  it('is deaf from the end of one connection to the beginning of the next', () => {
    expect(gaps(up(0), down(60, 'closed'), up(75, 'ami:2'))).toEqual(['60–75 closed']);
  });

  it('is still deaf while nobody listens', () => {
    expect(gaps(up(0), down(60, 'closed'))).toEqual(['60– closed']);
  });

  it('has none where another connection listened', () => {
    expect(gaps(up(0), up(50, 'ami:2'), down(60, 'closed'))).toEqual([]);
    expect(gaps(up(0), down(60, 'closed'), up(50, 'ami:2'), down(90, 'lost', 'ami:2'))).toEqual(['90– lost']);
  });

  it('the end of a recording is no gap, what lies between two recordings is one', () => {
    expect(gaps(up(0), down(60, END_OF_RECORDING))).toEqual([]);
    expect(
      gaps(up(0), down(60, END_OF_RECORDING), up(80, 'ami:2'), down(99, END_OF_RECORDING, 'ami:2')),
    ).toEqual([`60–80 ${END_OF_RECORDING}`]);
  });

  it('does not depend on the order in which connections are told of', () => {
    const events = [up(0), down(60, 'a'), up(75, 'ami:2'), down(90, 'b', 'ami:2'), up(100, 'ami:3')];
    expect(gaps(...[...events].reverse())).toEqual(['60–75 a', '90–100 b']);
  });
});
