import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SilenceWatch } from './silence.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A watch that is started, and what it did: the ms at which it asked, and why it counts the link as dead. */
function watch() {
  const startedMs = performance.now();
  const asked: number[] = [];
  const dead: string[] = [];
  const silence = new SilenceWatch({
    afterMs: 10_000,
    ask: () => asked.push(performance.now() - startedMs),
    onDead: (reason) => {
      dead.push(reason);
      silence.stop();
    },
  });
  silence.start();
  return { silence, asked, dead };
}

describe('a silent link', () => {
  it('is asked after the time given, and dead after three times as long', () => {
    const { asked, dead } = watch();
    jest.advanceTimersByTime(9_999);
    expect(asked).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(asked).toEqual([10_000]);
    jest.advanceTimersByTime(19_999);
    expect(dead).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(dead).toEqual(['nothing received for 30 s']);
    expect(asked).toEqual([10_000, 15_000, 20_000, 25_000]);
  });

  it('is alive by whatever is received: heartbeats alone, and nothing is asked', () => {
    const { silence, asked, dead } = watch();
    for (let i = 0; i < 20; i++) {
      jest.advanceTimersByTime(8_000);
      silence.heard();
    }
    expect([asked, dead]).toEqual([[], []]);
  });

  it('is alive by its answers', () => {
    const { silence, asked, dead } = watch();
    for (let i = 0; i < 10; i++) {
      jest.advanceTimersByTime(20_000);
      silence.heard();
    }
    expect(asked).toHaveLength(30);
    expect(dead).toEqual([]);
  });

  it('is not dead because this process stood still: first it is asked', () => {
    const { asked, dead } = watch();
    jest.advanceTimersByTime(5_000);
    // The clock goes on, the timers do not; then each of them runs once.
    const fakeNow = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => fakeNow() + 3_600_000);
    jest.advanceTimersByTime(5_000);
    expect([asked.length, dead]).toEqual([1, []]);
    jest.advanceTimersByTime(20_000);
    expect(dead).toEqual(['nothing received for 3630 s']);
  });
});
