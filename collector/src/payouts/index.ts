/** The reports of payouts, for the catalog. */
import type { ReportDefinition } from '../reports/report.js';
import { PAYOUT_CALLS } from './calls-report.js';
import { PAYOUT_AGENTS, PAYOUT_QUEUES } from './summed-reports.js';

export const PAYOUT_REPORTS: readonly ReportDefinition[] = [PAYOUT_AGENTS, PAYOUT_QUEUES, PAYOUT_CALLS];
