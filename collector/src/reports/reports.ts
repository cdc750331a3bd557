/**
 * All reports by name, from parameters as text to a table: what the API and the command line call. A new report is a
 * function here and a file beside.
 */
import { agentsReport } from './agents-report.js';
import { callsReport } from './calls-report.js';
import { parseCallsRequest, type CallsParams } from './calls-request.js';
import type { ReportContext } from './context.js';
import { queuesReport } from './queues-report.js';
import { parseReportRequest, type ReportParams } from './request.js';
import type { ReportTable } from './table.js';

export interface Reports {
  queues(params: ReportParams, tenantId: number): Promise<ReportTable>;
  agents(params: ReportParams, tenantId: number): Promise<ReportTable>;
  calls(params: CallsParams, tenantId: number): Promise<ReportTable>;
}

/** Every function throws ReportRequestError for parameters that are wrong, and names them. */
export const createReports = (context: ReportContext): Reports => ({
  queues: async (params, tenantId) => queuesReport(context, parseReportRequest(params, tenantId)),
  agents: async (params, tenantId) => agentsReport(context, parseReportRequest(params, tenantId)),
  calls: async (params, tenantId) => callsReport(context, parseCallsRequest(params, tenantId)),
});
