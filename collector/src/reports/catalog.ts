/**
 * All reports there are. In: the definitions of each group. Out: one list, in the order in which people are shown it.
 *
 * What must hold: names are unique. A new report is a line here; routes, OpenAPI, exports and schedules follow.
 */
import { PAYOUT_REPORTS } from '../payouts/index.js';
import { AGENT_REPORTS } from './agents/index.js';
import { AGENTS_REPORT } from './agents-report.js';
import { CALLS_REPORT } from './calls-report.js';
import { LEG_REPORTS } from './legs/index.js';
import { QUEUES_REPORT } from './queues-report.js';
import type { ReportDefinition } from './report.js';
import { TAGS_REPORT } from './tags/tags.js';
import { VISIT_REPORTS } from './visits/index.js';

export const CATALOG: readonly ReportDefinition[] = [
  QUEUES_REPORT,
  AGENTS_REPORT,
  CALLS_REPORT,
  ...VISIT_REPORTS,
  TAGS_REPORT,
  ...AGENT_REPORTS,
  ...LEG_REPORTS,
  ...PAYOUT_REPORTS,
];
