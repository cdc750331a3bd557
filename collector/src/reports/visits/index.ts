/** The reports of visits and queues, in the order in which people are shown them. */
import type { ReportDefinition } from '../report.js';
import { ANSWERED_REPORT } from './answered.js';
import { COMPARISON_REPORT } from './comparison.js';
import { FIRST_CALL_RESOLUTION_REPORT } from './first-call-resolution.js';
import { FREQUENT_CALLERS_REPORT } from './frequent-callers.js';
import { SL_CURVE_REPORT } from './sl-curve.js';
import { STAFFING_REPORT } from './staffing.js';
import { SUMMARY_REPORT } from './summary.js';
import { TALK_LENGTHS_REPORT } from './talk-lengths.js';
import { TRAFFIC_REPORT } from './traffic.js';
import { UNANSWERED_REPORT } from './unanswered.js';
import { UNREACHED_REPORT } from './unreached.js';

export const VISIT_REPORTS: readonly ReportDefinition[] = [
  SUMMARY_REPORT,
  ANSWERED_REPORT,
  UNANSWERED_REPORT,
  UNREACHED_REPORT,
  TRAFFIC_REPORT,
  COMPARISON_REPORT,
  SL_CURVE_REPORT,
  STAFFING_REPORT,
  TALK_LENGTHS_REPORT,
  FREQUENT_CALLERS_REPORT,
  FIRST_CALL_RESOLUTION_REPORT,
];
