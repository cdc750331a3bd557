import type { Column } from '../../api/types';
import { cellTextOf, isNumeric, oneCellText } from './cell-text';
import { rangeText } from './time-text';

const column = (type: Column['type'], more: Partial<Column> = {}): Column => ({
  key: 'cell',
  label: 'Cell',
  unit: null,
  description: '',
  type,
  ...more,
});
const zone = 'Asia/Tashkent';
const text = (one: Column, cell: unknown, more = {}) =>
  oneCellText(one, { cell, ...more } as never, { zone });

describe('cells', () => {
  it('say unknown as a dash, never as 0', () => {
    expect(text(column('count'), null)).toBe('–');
    expect(text(column('seconds'), 0)).toBe('0:00');
    expect(text(column('text'), '')).toBe('–');
  });

  it('are durations, ratios, counts, money and reasons', () => {
    expect(text(column('seconds'), 3725)).toBe('1:02:05');
    expect(text(column('ratio'), 0.8571)).toBe('85.7%');
    expect(text(column('count'), 11919)).toBe('11,919');
    expect(oneCellText(column('money'), { cell: '1234.50' }, { zone, currency: 'UZS' })).toBe('1,234.50 UZS');
    expect(text(column('reasons'), { Lunch: 1800, WC: 61 })).toBe('Lunch 30:00; WC 1:01');
  });

  it('show words of codes', () => {
    expect(text(column('text', { values: { timedOut: 'Timed out' } }), 'timedOut')).toBe('Timed out');
    expect(text(column('number', { values: { '1': 'Mon' } }), 1)).toBe('Mon');
    expect(isNumeric(column('number', { values: { '1': 'Mon' } }))).toBe(false);
  });

  it('of a comparison are what their row says', () => {
    const difference = column('number', { key: 'cell' });
    expect(text(difference, 65, { type: 'seconds' })).toBe('1:05');
    expect(text({ ...difference, key: 'difference' }, 0, { type: 'ratio', difference: -0.052 })).toBe(
      '−5.2 pp',
    );
  });

  it('of time have one precision in a column: no seconds for slots', () => {
    const rows = ['2026-11-20T00:00:00.000+05:00', '2026-11-20T14:00:00.000+05:00'].map((cell) => ({ cell }));
    const slots = cellTextOf(column('time'), rows, { zone });
    expect(rows.map(slots)).toEqual(['Nov 20, 2026, 00:00', 'Nov 20, 2026, 14:00']);
    const days = cellTextOf(column('time'), rows.slice(0, 1), { zone });
    expect(rows.slice(0, 1).map(days)).toEqual(['Nov 20, 2026']);
    expect(text(column('time'), '2026-11-20T14:00:07.000+05:00')).toBe('Nov 20, 2026, 14:00:07');
  });
});

describe('ranges', () => {
  const at = (clock: string) => Date.parse(`2026-11-${clock}+05:00`);
  it('say nothing twice', () => {
    expect(rangeText(at('20T00:00:00'), at('21T00:00:00'), zone)).toBe('Nov 20, 2026');
    expect(rangeText(at('14T00:00:00'), at('21T00:00:00'), zone)).toBe('Nov 14, 2026 – Nov 20, 2026');
    expect(rangeText(at('20T14:00:00'), at('20T15:00:00'), zone)).toBe('Nov 20, 2026, 14:00 – 15:00');
  });
});
