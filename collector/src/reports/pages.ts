/**
 * A report with all its rows, page by page: for CSV, exports and the command line.
 *
 * In: a report and its parameters. Out: tables; the first one carries totals, further tables and charts. What must
 * hold: no row is left out unless a `limit` asks for one page; only one page is in memory at a time.
 */
import type { ReportCall, ReportDefinition } from './report.js';
import type { ReportTable } from './table.js';

/** Rows of a page when nobody says how many: large enough that the work per page does not count. */
const PAGE_ROWS = 1000;

type Make = (call: ReportCall) => Promise<ReportTable>;

/** @throws ReportRequestError; the signal's reason when it aborts */
export async function* pagesOf(
  { paged }: ReportDefinition,
  call: ReportCall,
  make: Make,
): AsyncGenerator<ReportTable, void> {
  const single = !paged || call.params['limit'] !== undefined;
  const params = single ? call.params : { ...call.params, limit: PAGE_ROWS };
  let page = await make({ ...call, params });
  yield page;
  let cursor = single ? null : page.meta.page?.nextCursor;
  while (cursor) {
    call.signal?.throwIfAborted();
    page = await make({ ...call, params: { ...params, cursor } });
    yield page;
    cursor = page.meta.page?.nextCursor;
  }
}

/** A page that was read already, and those after it. */
export async function* chained(
  first: ReportTable,
  rest: AsyncIterable<ReportTable>,
): AsyncGenerator<ReportTable, void> {
  yield first;
  yield* rest;
}
