/** The reports of agents. A new one is a file of this folder and a line here. */
import type { ReportDefinition } from '../report.js';
import { AGENT_DAYS_REPORT } from './agent-days.js';
import { AGENT_OUTCOMES_REPORT } from './agent-outcomes.js';
import { AGENT_QUEUES_REPORT } from './agent-queues.js';
import { HEATMAP_REPORT } from './heatmap.js';
import { RANKING_REPORT } from './ranking.js';

export const AGENT_REPORTS: readonly ReportDefinition[] = [
  AGENT_DAYS_REPORT,
  AGENT_QUEUES_REPORT,
  AGENT_OUTCOMES_REPORT,
  RANKING_REPORT,
  HEATMAP_REPORT,
];
