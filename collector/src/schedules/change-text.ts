/** A schedule as the log of changes keeps it: everything but the secret. */
import type { ScheduleSpec } from './schedule.js';

export const changeText = (spec: ScheduleSpec): string => {
  const { name, savedReportId, cron, tz, formats, lang, paper, orientation } = spec;
  const { subject, text, condition, delivery } = spec;
  return JSON.stringify({
    ...{ name, savedReportId, cron, tz, formats, lang, paper, orientation },
    ...{ subject, text, condition, delivery },
  });
};
