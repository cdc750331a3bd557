import { Temporal } from 'temporal-polyfill';
import { zoneOf } from '../../time/zone.js';
import { clockText, clockUs, instantsOf, localTimeUs } from './local-time.js';

const DAY_MS = 86_400_000;
const utc = (iso: string): number => Date.parse(iso) * 1000;

describe('local times', () => {
  test('microseconds are kept, shorter fractions filled', () => {
    expect(localTimeUs('2026-11-20 18:58:54.841576', 'UTC')).toBe(utc('2026-11-20T18:58:54Z') + 841_576);
    expect(localTimeUs('2026-11-20 18:58:54.8', 'UTC')).toBe(utc('2026-11-20T18:58:54Z') + 800_000);
    expect(localTimeUs('2026-11-20 18:58:54', 'Asia/Tashkent')).toBe(utc('2026-11-20T13:58:54Z'));
    expect(localTimeUs('2026-11-20T18:58:54', 'Asia/Kathmandu')).toBe(utc('2026-11-20T13:13:54Z'));
  });

  test('what is no time is undefined, never another time', () => {
    for (const text of [
      '',
      '0000-00-00 00:00:00',
      '2026-13-01 00:00:00',
      '18:58:54',
      '1795201134',
      'yesterday',
    ]) {
      expect(localTimeUs(text, 'UTC')).toBeUndefined();
    }
  });

  test('a zone that does not exist is named', () => {
    expect(() => localTimeUs('2026-11-20 18:58:54', 'Europe/Belrin')).toThrow('Europe/Belrin');
  });

  test('Berlin, clocks set back: the hour that comes twice is decided by what is known', () => {
    const first = utc('2026-10-25T00:30:00Z');
    const second = utc('2026-10-25T01:30:00Z');
    expect(localTimeUs('2026-10-25 02:30:00', 'Europe/Berlin')).toBe(first);
    expect(localTimeUs('2026-10-25 02:30:00', 'Europe/Berlin', first / 1000)).toBe(first);
    expect(localTimeUs('2026-10-25 02:30:00', 'Europe/Berlin', first / 1000 + 1)).toBe(second);
    expect(localTimeUs('2026-10-25 03:00:00', 'Europe/Berlin')).toBe(utc('2026-10-25T02:00:00Z'));
    expect(localTimeUs('2026-10-25 01:59:59', 'Europe/Berlin')).toBe(utc('2026-10-24T23:59:59Z'));
  });

  test('Berlin, clocks set forward: a time that does not exist counts on from before', () => {
    expect(localTimeUs('2026-03-29 02:30:00', 'Europe/Berlin')).toBe(utc('2026-03-29T01:30:00Z'));
    expect(localTimeUs('2026-03-29 03:00:00', 'Europe/Berlin')).toBe(utc('2026-03-29T01:00:00Z'));
  });

  test('around every change of the clocks, and once a week, first and last instant agree with Temporal', () => {
    for (const name of [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
    ]) {
      const zone = zoneOf(name);
      for (let clockMs = Date.UTC(2018, 0, 1); clockMs < Date.UTC(2019, 0, 1); clockMs += 1_800_000) {
        const changes = zone.offsetMs(clockMs - DAY_MS) !== zone.offsetMs(clockMs + DAY_MS);
        if (!changes && clockMs % (7 * DAY_MS) !== 0) continue;
        const plain = Temporal.PlainDateTime.from(new Date(clockMs).toISOString().slice(0, 19));
        const [earlier, later] = (['earlier', 'later'] as const).map(
          (disambiguation) => plain.toZonedDateTime(name, { disambiguation }).epochMilliseconds,
        );
        const found = instantsOf(clockMs, zone);
        const gap =
          plain.toZonedDateTime(name, { disambiguation: 'earlier' }).toPlainDateTime().equals(plain) ===
          false;
        if (gap)
          expect(found.earlier).toBe(later); // mktime(): the offset before the change
        else expect(found).toEqual({ earlier, later });
      }
    }
  });

  test('clockText undoes clockUs', () => {
    expect(clockText((clockUs('2026-11-20 18:58:54') ?? 0) / 1000)).toBe('2026-11-20 18:58:54');
  });
});
