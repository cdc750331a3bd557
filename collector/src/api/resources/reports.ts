/**
 * Reports: the numbers of the past, as JSON or CSV. One route per definition of the catalog, and the list of them.
 *
 * What must hold: who may not see callers' numbers neither gets nor filters by them; at most `GATE.running` reports are
 * made at once; CSV has all rows and is never held in memory as a whole.
 */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { atLeast, type Identity } from '../../directory/tokens.js';
import { csvOf } from '../../exports/csv.js';
import { CATALOG } from '../../reports/catalog.js';
import { maskedTable } from '../../reports/mask.js';
import { chained, pagesOf } from '../../reports/pages.js';
import type { Params } from '../../reports/params.js';
import type { ReportDefinition } from '../../reports/report.js';
import type { ReportTable } from '../../reports/table.js';
import type { Api } from '../typed-app.js';
import { accessOf, seesNumbers } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import { infoOf, ReportInfo } from './report-list.js';
import { paramSchemas } from './report-params.js';
import { reportAnswer } from './report-schema.js';

/** Connections the reports may take of the pool, and requests that may wait for one. */
const GATE = { running: 4, waiting: 100 };

export function addReportRoutes(app: Api, deps: Pick<ApiDeps, 'reports' | 'masking'>): void {
  addList(app);
  const gate = new Gate(GATE);
  for (const report of CATALOG) addReport(app, deps, gate, report);
}

function addReport(
  app: Api,
  { reports, masking }: Pick<ApiDeps, 'reports' | 'masking'>,
  gate: Gate,
  report: ReportDefinition,
): void {
  const options = routeOptions({
    tag: 'reports',
    summary: report.title,
    description: descriptionOf(report),
    access: report.access,
    querystring: Type.Object(
      {
        ...paramSchemas(report),
        format: Type.Enum(['json', 'csv'], {
          default: 'json',
          description: 'csv: RFC 4180, UTF-8, header line of keys; other formats: POST /api/v1/exports',
        }),
      },
      { additionalProperties: false },
    ),
    answers: { 200: reportAnswer(report) },
  });
  app.get(`/api/v1/reports/${report.name}`, options, async (request, reply) => {
    // What Fastify checked against the schema made of the definition.
    const { format, ...params } = request.query as Params & { format: 'json' | 'csv' };
    const access = accessOf(request);
    refuseHidden(report, params, access);
    const mask = masking.maskFor(access);
    const make = (call: Parameters<ApiDeps['reports']['make']>[1]): Promise<ReportTable> =>
      gate.run(request.signal, async () => {
        const made = await reports.make(report.name, call);
        return mask === null ? made : maskedTable(made, mask);
      });
    const call = { params, tenantId: access.tenantId, signal: request.signal };
    return format === 'json' ? make(call) : sendCsv(request, reply, pagesOf(report, call, make));
  });
}

/** The first page is made before anything is sent: what is wrong with the request is still an answer. */
async function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: AsyncGenerator<ReportTable, void>,
): Promise<Readable> {
  const first = await pages.next();
  if (first.done) throw new Error('a report without a table');
  const { meta } = first.value;
  void reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${meta.report}-${meta.from.slice(0, 10)}.csv"`);
  return Readable.from(csvOf(chained(first.value, pages)), { objectMode: false, signal: request.signal });
}

const descriptionOf = ({ description, paged, params }: ReportDefinition): string =>
  [
    description,
    paged ? 'Paged: pass meta.page.nextCursor as cursor; totals come with the first page.' : '',
    params.some(({ needsNumbers }) => needsNumbers)
      ? 'Viewers see numbers masked and cannot filter by them.'
      : '',
  ]
    .filter((text) => text !== '')
    .join(' ');

/** @throws Problem 403: by filtering a viewer could find out a number digit by digit */
export function refuseHidden({ params: known }: ReportDefinition, params: Params, access: Identity): void {
  if (seesNumbers(access)) return;
  const field = known.find(({ name, needsNumbers }) => needsNumbers && params[name] !== undefined)?.name;
  if (field === undefined) return;
  throw new Problem(403, `Only editors filter by ${field}: viewers do not see numbers.`, {
    errors: [{ field, message: 'needs the role editor' }],
  });
}

function addList(app: Api): void {
  const options = routeOptions({
    tag: 'reports',
    summary: 'The reports there are, with their parameters',
    description: 'Those your role may read.',
    access: 'viewer',
    answers: { 200: Type.Object({ rows: Type.Array(ReportInfo) }) },
  });
  app.get('/api/v1/reports', options, (request) => {
    const { role } = accessOf(request);
    return { rows: CATALOG.filter(({ access }) => atLeast(role, access)).map(infoOf) };
  });
}
