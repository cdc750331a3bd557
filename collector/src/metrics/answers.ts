/** Reports as metrics. In: a reading of how they go. Out: text. What must hold: every result and bucket has its series from the start. */
import { REPORT_SECONDS, type AnswersReading } from '../answers/reading.js';
import { familyText, headerText, numberText } from './exposition.js';
import { REPORTS } from './families.js';

export interface AnswersSeen extends AnswersReading {
  threads: number;
}

export const answersText = ({ waiting, running, ended, seconds, threads }: AnswersSeen): string =>
  familyText(REPORTS.asked, [
    { labels: ['queued'], value: waiting },
    { labels: ['running'], value: running },
  ]) +
  familyText(
    REPORTS.ended,
    Object.entries(ended).map(([result, value]) => ({ labels: [result], value })),
  ) +
  secondsText(seconds) +
  familyText(REPORTS.threads, [{ labels: [], value: threads }]);

function secondsText({ counts, sum }: AnswersReading['seconds']): string {
  const { name } = REPORTS.seconds;
  let below = 0;
  const buckets = [...REPORT_SECONDS, '+Inf'].map(
    (bound, i) => `${name}_bucket{le="${bound}"} ${(below += counts[i] ?? 0)}\n`,
  );
  return `${headerText(REPORTS.seconds)}${buckets.join('')}${name}_sum ${numberText(sum)}\n${name}_count ${below}\n`;
}
