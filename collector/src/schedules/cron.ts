/**
 * When a schedule runs: five cron fields in a time zone.
 *
 * In: an expression and a zone. Out: the runs after and up to an instant. What must hold: a time of day that the clocks
 * jump over runs at the end of the jump, one that comes twice runs once; steps and stars (`*`, `*` + `/15`) follow real time. Lists
 * and ranges of hours are times of day.
 */
import { Cron } from 'croner';
import { TextError } from '../reports/request.js';
import { MINUTE_MS, zoneOf } from '../time/zone.js';

export interface CronTimes {
  /** The first run after an instant, UTC ms; null: never again. */
  after(atMs: number): number | null;
  /** The last run at or before an instant; null: there was none. */
  latest(atMs: number): number | null;
}

/** Reports are not a live display; closer runs would only queue up. */
const MIN_INTERVAL_MS = 5 * MINUTE_MS;
/** Runs that are looked at for the interval: more than a day of the closest that are allowed. */
const LOOKED_AT = 300;
const NICKNAMES = /^@(hourly|daily|weekly|monthly|yearly|annually)$/;

/** @throws TextError for an expression that is wrong, never comes or comes too often; ZoneError */
export function cronTimes(expression: string, tz: string): CronTimes {
  zoneOf(tz);
  const cron = parsed(expression.trim(), tz);
  return {
    after: (atMs) => cron.nextRun(new Date(atMs))?.getTime() ?? null,
    // Croner looks before the instant, we mean it too.
    latest: (atMs) => cron.previousRuns(1, new Date(atMs + 1))[0]?.getTime() ?? null,
  };
}

/** As `cronTimes`, for an expression somebody just typed. @param nowMs from when on it must come */
export function checkedCronTimes(expression: string, tz: string, nowMs: number): CronTimes {
  const times = cronTimes(expression, tz);
  const runs = parsed(expression.trim(), tz)
    .nextRuns(LOOKED_AT, new Date(nowMs))
    .map((run) => run.getTime());
  if (runs.length === 0) throw new TextError(`"${expression}" never comes`);
  if (runs.some((run, i) => i > 0 && run - (runs[i - 1] ?? 0) < MIN_INTERVAL_MS)) {
    throw new TextError(
      `"${expression}" comes more often than every ${MIN_INTERVAL_MS / MINUTE_MS} minutes; use */5 or more`,
    );
  }
  return times;
}

function parsed(expression: string, tz: string): Cron {
  // Croner also takes dates and seconds; a schedule has neither.
  if (expression.split(/\s+/).length !== 5 && !NICKNAMES.test(expression)) {
    throw new TextError(
      `"${expression}" is no cron expression: write minute, hour, day, month and weekday, as in "0 8 * * 1" (Mondays at 8)`,
    );
  }
  try {
    return new Cron(expression, { timezone: tz, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw new TextError(`"${expression}" is no cron expression: ${reason}`);
  }
}
