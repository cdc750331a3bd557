/**
 * Reports by name, from parameters as text to a table: what API, command line, exports and schedules call.
 */
import { nearest } from '../config/suggest.js';
import { CATALOG } from './catalog.js';
import type { ReportContext } from './context.js';
import type { ReportCall, ReportDefinition } from './report.js';
import { ReportRequestError } from './request.js';
import type { ReportTable } from './table.js';

export interface Reports {
  /** @throws ReportRequestError naming every parameter that is wrong; `report` when there is none of that name */
  make(name: string, call: ReportCall): Promise<ReportTable>;
}

export const createReports = (context: ReportContext): Reports => ({
  make: async (name, call) => {
    call.signal?.throwIfAborted();
    return reportOf(name).make(context, call);
  },
});

/** @throws ReportRequestError when there is no report of that name */
export function reportOf(name: string): ReportDefinition {
  const found = CATALOG.find((report) => report.name === name);
  if (found !== undefined) return found;
  const names = CATALOG.map((report) => report.name);
  const [near] = nearest(name, names, 1);
  const hint = near === undefined ? `there is ${names.join(', ')}` : `did you mean ${near}?`;
  throw new ReportRequestError([{ field: 'report', message: `"${name}" is not known; ${hint}` }]);
}
