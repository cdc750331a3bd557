import { FieldType, type Field } from '@grafana/data';
import { levelAbove, levelBelow, ownColor, worst } from './level';

describe('how bad a number is', () => {
  it('counts from the limit on', () => {
    const limits = { warning: 60, critical: 120 };
    expect([59, 60, 119, 120].map((value) => levelAbove(value, limits))).toEqual([
      'ok',
      'warning',
      'warning',
      'critical',
    ]);
  });

  it('counts below the limit where less is worse', () => {
    const limits = { warning: 0.8, critical: 0.7 };
    expect([0.8, 0.79, 0.7, 0.69].map((value) => levelBelow(value, limits))).toEqual([
      'ok',
      'warning',
      'warning',
      'critical',
    ]);
  });

  it('is nothing for what is not known or has no limit', () => {
    expect(levelBelow(null, { warning: 0.8, critical: 0.7 })).toBe('ok');
    expect(levelAbove(1_000, { warning: undefined, critical: undefined })).toBe('ok');
  });

  it('takes the worst of several', () => {
    expect(worst(['ok', 'critical', 'warning'])).toBe('critical');
    expect(worst([])).toBe('ok');
  });

  it('leaves the colour to thresholds set at the field', () => {
    const field = (steps: number): Field => ({
      name: 'waiting',
      type: FieldType.number,
      values: [],
      config: {
        thresholds: {
          mode: 'absolute' as never,
          steps: Array.from({ length: steps }, (_, value) => ({ value, color: 'red' })),
        },
      },
      display: () => ({ text: '', numeric: 1, color: '#f00' }),
    });
    expect(ownColor(field(2), 1)).toBe('#f00');
    expect(ownColor(field(1), 1)).toBeNull();
    expect(ownColor(field(2), null)).toBeNull();
  });
});
