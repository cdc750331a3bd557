import { chooseLanguage } from '../i18n/language';
import {
  formatDate,
  formatDuration,
  formatMoney,
  formatNumber,
  formatRatio,
  formatTime,
  UNKNOWN,
} from './format';

/** Locales separate with different spaces; people see the same. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

afterEach(() => chooseLanguage(null));

describe('format', () => {
  it('shows durations so that they align, and what is unknown as a dash', () => {
    expect([0, 59.4, 59.5, 754, 3600, 45_296, -61].map(formatDuration)).toEqual([
      '0:00',
      '0:59',
      '1:00',
      '12:34',
      '1:00:00',
      '12:34:56',
      '−1:01',
    ]);
    expect([
      formatDuration(null),
      formatNumber(undefined),
      formatRatio(null),
      formatTime(null, 'UTC'),
    ]).toEqual(Array(4).fill(UNKNOWN));
  });

  it('speaks the language that was chosen', () => {
    expect([formatNumber(1234567.891, 2), formatRatio(0.8564)]).toEqual(['1,234,567.89', '85.6%']);
    chooseLanguage('ru');
    expect([formatNumber(1234567.891, 2), formatRatio(0.8564)].map(plain)).toEqual([
      '1 234 567,89',
      '85,6 %',
    ]);
    expect(plain(formatDate('2026-11-20'))).toBe('20 нояб. 2026 г.');
    chooseLanguage('uz');
    expect(formatDate('2026-11-20')).toBe('20.11.2026');
    expect(plain(formatNumber(1234567.891, 2))).toBe('1 234 567,89');
  });

  it('shows money to the last digit, beyond what a float holds', () => {
    expect(formatMoney('12345678901234567.89', 'UZS')).toBe('12,345,678,901,234,567.89 UZS');
    expect(formatMoney('-3.10', undefined)).toBe('-3.10');
  });

  it('shows times in the zone asked for, the hour that DST repeats too', () => {
    expect(plain(formatTime('2026-11-20T19:30:00Z', 'Asia/Tashkent'))).toBe('Nov 21, 2026, 12:30:00 AM');
    expect(plain(formatTime(Date.UTC(2026, 9, 25, 1, 30), 'Europe/Berlin', false))).toBe('2:30:00 AM');
    chooseLanguage('ru');
    expect(plain(formatTime('2026-11-20T19:30:00Z', 'Asia/Tashkent'))).toBe('21 нояб. 2026 г., 00:30:00');
    chooseLanguage('uz');
    expect(plain(formatTime('2026-11-20T19:30:00Z', 'Asia/Tashkent'))).toBe('21.11.2026, 00:30:00');
  });
});
