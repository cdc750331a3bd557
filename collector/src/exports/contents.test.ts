/** What an export says about itself. */
import { describe, expect, it } from '@jest/globals';
import { contentLines, periodText, type Contents } from './contents.js';
import { labelsOf } from './labels/labels.js';

const contents: Contents = {
  ...{ report: 'calls', title: 'Calls', tz: 'Asia/Tashkent', granularity: 'day' },
  ...{ from: '2026-11-01T00:00:00.000+05:00', to: '2026-12-01T00:00:00.000+05:00' },
  filters: { queues: 'sales', outcome: 'timedOut, abandoned', hours: 'open' },
  ...{ serviceLevel: null, complete: false, currency: null, masked: true, rows: { main: 0 } },
  completeness: { horizons: [], gaps: [], openCalls: 3, pendingBuckets: 0 },
  notes: ['The period before: 2026-10-02T00:00:00.000+05:00 – 2026-11-01T10:30:00.000+05:00.'],
  madeAt: '2026-12-01T04:05:06.000Z',
};

describe('the period', () => {
  it('of whole days names its last day', () => {
    expect(periodText(contents)).toBe('2026-11-01 – 2026-11-30');
    expect(periodText({ ...contents, to: '2026-11-02T00:00:00.000+05:00' })).toBe('2026-11-01');
  });

  it('of hours has its times', () => {
    const from = '2026-11-01T09:00:00.000+05:00';
    expect(periodText({ from, to: '2026-11-01T14:30:00.000+05:00' })).toBe(
      '2026-11-01 09:00 – 2026-11-01 14:30',
    );
    expect(periodText({ from, to: '2026-11-01T14:30:01.000+05:00' })).toBe(
      '2026-11-01 09:00:00 – 2026-11-01 14:30:01',
    );
  });
});

it('is said in the language, codes, notes and formula among it', () => {
  const serviceLevel = {
    ...{
      formula: 'B',
      formulaText: 'answered within T / offered',
      source: '',
      thresholdSeconds: 20,
      mixed: false,
    },
  };
  expect(contentLines(contents, serviceLevel, labelsOf('ru'))).toEqual([
    ['Период', '2026-11-01 – 2026-11-30'],
    ['Часовой пояс', 'Asia/Tashkent'],
    ['Каждая строка', 'день'],
    ['Фильтры', 'Очереди = sales; Исход = Истекло время, Потерян; Рабочее время = Рабочее'],
    ['Уровень обслуживания', 'B: принято за T / поступило, T = 20 s'],
    ['Полнота данных', 'незавершённые звонки: 3'],
    ['Примечание', 'Предыдущий период: 2026-10-02 – 2026-11-01 10:30.'],
    ['Примечание', 'Номера абонентов скрыты'],
    ['Составлено', '2026-12-01 04:05 UTC'],
  ]);
});
