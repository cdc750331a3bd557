import { describe, expect, it } from '@jest/globals';
import { type SeenVisit, VisitCounter } from './visit-counter.js';

const START = 1_795_200_000_000;

class Bench {
  now = START;
  readonly counted: string[] = [];
  readonly leftOut: string[] = [];
  readonly counter = new VisitCounter(
    {
      count: ({ visitKey, outcome }) => this.counted.push(`${visitKey} ${outcome}`),
      leaveOut: ({ visitKey }) => this.leftOut.push(visitKey),
    },
    () => this.now,
  );
  /** Seconds after the start. */
  at(seconds: number): this {
    this.now = START + seconds * 1000;
    return this;
  }
  seen(visitKey: string, endedAt: number | null, words: Partial<SeenVisit> = {}): this {
    this.counter.seen({
      visitKey,
      pbx: 'hq',
      queue: 'sales',
      outcome: 'abandoned',
      waitSeconds: 7,
      ringSeconds: null,
      talkSeconds: null,
      endedAt: endedAt === null ? null : START + endedAt * 1000,
      logFinal: false,
      offers: {},
      ...words,
    });
    return this;
  }
  tick(seconds: number): this {
    this.at(seconds).counter.tick();
    return this;
  }
}

describe('a visit', () => {
  it('counts at once when the log has stated its end', () => {
    const bench = new Bench().at(10).seen('a', 9, { logFinal: true });
    expect(bench.counted).toEqual(['a abandoned']);
  });

  it('counts 30 s after its end without a log, with the outcome it has by then', () => {
    const bench = new Bench().at(10).seen('a', 9).tick(38.999);
    expect(bench.counted).toEqual([]);
    bench.seen('a', 9, { outcome: 'timedOut' }).tick(39);
    expect(bench.counted).toEqual(['a timedOut']);
  });

  it('counts once, whatever is said of it later', () => {
    const bench = new Bench().at(10).seen('a', 9, { logFinal: true });
    bench.seen('a', 9, { logFinal: true, outcome: 'exitedByKey' }).seen('a', 12).tick(60).tick(3000);
    bench.seen('a', 9, { logFinal: true });
    expect(bench.counted).toEqual(['a abandoned']);
    bench.tick(9000).seen('a', 9, { logFinal: true });
    expect(bench.counted).toEqual(['a abandoned']);
  });

  it('does not count while the caller waits or talks, nor when its end is taken back', () => {
    const bench = new Bench()
      .at(1)
      .seen('a', null, { outcome: 'waiting' })
      .seen('b', null, { outcome: 'answered' });
    bench.seen('c', 1).seen('c', null, { outcome: 'answered' });
    bench.seen('d', 1).counter.gone('d');
    bench.tick(3000);
    expect(bench.counted).toEqual([]);
    bench.seen('c', 2999, { outcome: 'answered', logFinal: true });
    expect(bench.counted).toEqual(['c answered']);
  });

  it('is history when it ended before the start, or over an hour before it was known', () => {
    const bench = new Bench().at(10).seen('before', -1, { logFinal: true }).seen('before', -1);
    bench.at(4000).seen('late', 399, { logFinal: true }).seen('in time', 400, { logFinal: true });
    bench.tick(4100);
    expect(bench.leftOut).toEqual(['before', 'late']);
    expect(bench.counted).toEqual(['in time abandoned']);
  });
});
