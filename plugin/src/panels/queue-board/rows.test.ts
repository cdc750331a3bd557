import { FieldType, type DataFrame } from '@grafana/data';
import { fitGrid } from './layout';
import { migrate } from './migrations';
import { isQuiet, levelsOf, queuesOf, sorted, waitOf } from './rows';
import { DEFAULTS } from './types';

const NOW = 1_000_000_000;

function frameOf(rows: Array<Record<string, unknown>>): DataFrame {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    length: rows.length,
    fields: names.map((name) => ({
      name,
      type: FieldType.other,
      config: {},
      values: rows.map((row) => row[name] ?? null),
    })),
  };
}

describe('the queues of a board', () => {
  const queues = queuesOf(
    frameOf([
      { queue: 'quiet', waiting: 0, ready: 0 },
      {
        queue: 'late',
        waiting: 2,
        oldestEnteredAt: NOW - 130_500,
        ready: 1,
        serviceLevelToday: 0.65,
        target: 0.8,
      },
      {
        queue: 'alone',
        queueName: 'Alone',
        waiting: 1,
        oldestEnteredAt: NOW - 5_000,
        ready: 0,
        onCall: 3,
        serviceLevelToday: 0.75,
      },
    ]),
  );
  const [quiet, late, alone] = queues;

  it('wait on the clock, in whole seconds; with nobody waiting there is no wait', () => {
    expect([quiet, late, alone].map((queue) => queue && waitOf(queue, NOW))).toEqual([null, 130, 5]);
    expect(late && waitOf(late, NOW + 1_000)).toBe(131);
  });

  it('are as bad as the worst of what needs someone now', () => {
    const levels = queues.map((queue) => levelsOf(queue, DEFAULTS, NOW));
    expect(levels.map(({ overall }) => overall)).toEqual(['ok', 'critical', 'critical']);
    expect(levels.map(({ wait }) => wait)).toEqual(['ok', 'critical', 'ok']);
    expect(levels.map(({ ready }) => ready)).toEqual(['ok', 'ok', 'critical']);
    // 0.65 is more than ten points below its target; 0.75 has none and is below 0.8.
    expect(levels.map(({ serviceLevel }) => serviceLevel)).toEqual(['ok', 'critical', 'warning']);
  });

  it('come in the order of urgency', () => {
    const names = (by: Parameters<typeof sorted>[1]) => sorted(queues, by).map(({ name }) => name);
    expect(names('longestWait')).toEqual(['late', 'Alone', 'quiet']);
    expect(names('waiting')).toEqual(['late', 'Alone', 'quiet']);
    expect(names('serviceLevel')).toEqual(['late', 'Alone', 'quiet']);
    expect(names('name')).toEqual(['Alone', 'late', 'quiet']);
  });

  it('are quiet without callers and agents', () => {
    expect(queues.map(isQuiet)).toEqual([true, false, false]);
  });

  it('keep what was chosen when options are new', () => {
    expect(migrate({ options: { layout: 'rows', waitWarning: 30 } } as never)).toEqual({
      ...DEFAULTS,
      layout: 'rows',
      waitWarning: 30,
    });
  });
});

describe('cards on a big screen', () => {
  const least = { width: 320, height: 280 };
  it('all fit, as large as they can', () => {
    expect(fitGrid({ width: 1920, height: 1000 }, least, 4)).toEqual({ columns: 2, lines: 2, pages: 1 });
    expect(fitGrid({ width: 1920, height: 1000 }, least, 18)).toEqual({ columns: 6, lines: 3, pages: 1 });
  });
  it('are turned in pages when they do not', () => {
    expect(fitGrid({ width: 1920, height: 1000 }, least, 40)).toEqual({ columns: 6, lines: 3, pages: 3 });
    expect(fitGrid({ width: 200, height: 100 }, least, 3)).toEqual({ columns: 1, lines: 1, pages: 3 });
  });
});
