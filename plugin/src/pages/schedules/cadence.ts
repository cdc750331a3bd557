/**
 * How often, as people say it, and as cron says it.
 *
 * In/Out: a cadence and its cron expression. What must hold: pure; an expression that is none of these cadences stays as it is
 * (`custom`), and a cadence read from an expression writes the same expression.
 */

export type Cadence =
  | { kind: 'daily'; time: string }
  | { kind: 'workdays'; time: string }
  | { kind: 'weekly'; time: string; /** 1 is Monday. */ weekday: number }
  | { kind: 'monthly'; time: string; day: number }
  | { kind: 'custom'; cron: string };

export type CadenceKind = Cadence['kind'];

const PLAIN = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1-5|[1-7])$/;

export function cronOf(cadence: Cadence): string {
  if (cadence.kind === 'custom') {
    return cadence.cron.trim();
  }
  const [hour = 0, minute = 0] = cadence.time.split(':').map(Number);
  const at = `${minute} ${hour}`;
  switch (cadence.kind) {
    case 'daily':
      return `${at} * * *`;
    case 'workdays':
      return `${at} * * 1-5`;
    case 'weekly':
      return `${at} * * ${cadence.weekday}`;
    case 'monthly':
      return `${at} ${cadence.day} * *`;
  }
}

export function cadenceOf(cron: string): Cadence {
  const found = PLAIN.exec(cron.trim());
  const [, minute = '', hour = '', day = '', weekday = ''] = found ?? [];
  const custom: Cadence = { kind: 'custom', cron };
  if (!found || Number(hour) > 23 || Number(minute) > 59 || (day !== '*' && weekday !== '*')) {
    return custom;
  }
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day !== '*') {
    return { kind: 'monthly', time, day: Number(day) };
  }
  if (weekday === '*') {
    return { kind: 'daily', time };
  }
  return weekday === '1-5' ? { kind: 'workdays', time } : { kind: 'weekly', time, weekday: Number(weekday) };
}

/** Keeps the time of day when the kind changes. */
export function withKind(cadence: Cadence, kind: CadenceKind): Cadence {
  const time = cadence.kind === 'custom' ? '08:00' : cadence.time;
  switch (kind) {
    case 'daily':
    case 'workdays':
      return { kind, time };
    case 'weekly':
      return { kind, time, weekday: 1 };
    case 'monthly':
      return { kind, time, day: 1 };
    case 'custom':
      return { kind, cron: cronOf(cadence) };
  }
}
