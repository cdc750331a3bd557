import { describe, expect, it } from '@jest/globals';
import { episodesOf, type CallerEvent } from './episodes.js';

const lost = (atMs: number, waitSeconds = 10): CallerEvent => ({
  kind: 'lost',
  atMs,
  queueId: 1,
  outcome: 'abandoned',
  waitSeconds,
});
const returned = (atMs: number): CallerEvent => ({ kind: 'returned', atMs });
const called = (atMs: number, answered: boolean): CallerEvent => ({ kind: 'called', atMs, answered });

describe('a caller who was lost', () => {
  it('and lost again is one to be reached, with the longest wait', () => {
    expect(episodesOf([lost(1, 40), lost(5, 3)])).toEqual([
      expect.objectContaining({
        firstLostMs: 1,
        lastLostMs: 5,
        lostContacts: 2,
        longestWaitSeconds: 40,
        state: 'unreached',
        reachedMs: null,
      }),
    ]);
  });

  it('and got through later has returned; the next loss begins anew', () => {
    const found = episodesOf([returned(0), lost(1), returned(7), returned(8), lost(9)]);
    expect(found.map(({ firstLostMs, reachedMs, state }) => [firstLostMs, reachedMs, state])).toEqual([
      [1, 7, 'returned'],
      [9, null, 'unreached'],
    ]);
  });

  it('is called back only when somebody took the call', () => {
    const [episode] = episodesOf([called(0, true), lost(1), called(2, false), called(4, true), returned(5)]);
    expect(episode).toMatchObject({ callBacks: 2, reachedMs: 4, state: 'calledBack' });
  });
});
