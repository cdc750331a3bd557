/** The reports of visits and queues, in the order in which people are shown them. */
import type { ReportDefinition } from '../report.js';
import { ANSWERED_REPORT } from './answered.js';
import { FIRST_CALL_RESOLUTION_REPORT } from './first-call-resolution.js';
import { FREQUENT_CALLERS_REPORT } from './frequent-callers.js';
import { TALK_LENGTHS_REPORT } from './talk-lengths.js';
import { UNANSWERED_REPORT } from './unanswered.js';
import { UNREACHED_REPORT } from './unreached.js';

export const VISIT_REPORTS: readonly ReportDefinition[] = [
  ANSWERED_REPORT,
  UNANSWERED_REPORT,
  UNREACHED_REPORT,
  TALK_LENGTHS_REPORT,
  FREQUENT_CALLERS_REPORT,
  FIRST_CALL_RESOLUTION_REPORT,
];
