/**
 * Reports: the numbers of the past, as JSON or as files (report-files.ts). One route per definition of the catalog, and the
 * list of them.
 *
 * What must hold: who may not see callers' numbers neither gets nor filters by them; nothing of a report is made here but
 * asked for (answers/), so that the collector has time for everything else.
 */
import { Type } from 'typebox';
import type { ReportAsk } from '../../answers/answer.js';
import { atLeast, type Identity } from '../../directory/tokens.js';
import { labelsOf } from '../../exports/labels/labels.js';
import { LANGUAGES } from '../../exports/spec.js';
import { CATALOG } from '../../reports/catalog.js';
import type { Params } from '../../reports/params.js';
import type { ReportDefinition } from '../../reports/report.js';
import type { Api } from '../typed-app.js';
import { accessOf, seesNumbers } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import { fileParams, optionsOf, sendCsv, sendFile, shownNumbers, type FileQuery } from './report-files.js';
import { infoOf, ReportInfo } from './report-list.js';
import { paramSchemas } from './report-params.js';
import { reportAnswer } from './report-schema.js';

const lang = Type.Optional(
  Type.Enum([...LANGUAGES], {
    description:
      'Of labels, descriptions, titles and notes; with it columns of codes carry their words in `values`',
  }),
);

type Deps = Pick<ApiDeps, 'answers' | 'exports' | 'masking'>;

export function addReportRoutes(app: Api, deps: Deps): void {
  addList(app);
  for (const report of CATALOG) addReport(app, deps, report);
}

function addReport(app: Api, { answers, exports, masking }: Deps, report: ReportDefinition): void {
  const options = routeOptions({
    tag: 'reports',
    summary: report.title,
    description: descriptionOf(report),
    access: report.access,
    querystring: Type.Object(
      {
        ...paramSchemas(report),
        lang,
        ...fileParams,
      },
      { additionalProperties: false },
    ),
    answers: { 200: reportAnswer(report) },
  });
  app.get(`/api/v1/reports/${report.name}`, options, async (request, reply) => {
    // What Fastify checked against the schema made of the definition.
    const { format, lang, paper, orientation, ...params } = request.query as Params & FileQuery;
    const access = accessOf(request);
    refuseHidden(report, params, access);
    const { tenantId } = access;
    if (format === 'xlsx' || format === 'pdf') {
      const options = optionsOf({ lang, paper, orientation });
      const spec = { report: report.name, params, tenantId, format, options, ...shownNumbers(access) };
      return sendFile(request, reply, exports, spec);
    }
    const mode = masking.modeOf(access);
    const ask: ReportAsk = {
      ...{ report: report.name, params, tenantId, format, lang: lang ?? null },
      maskedBy: mode === 'none' ? null : mode,
    };
    const answer = await answers.answer(ask, request.signal);
    if (format === 'csv') return sendCsv(request, reply, exports, ask, answer);
    return reply.type('application/json; charset=utf-8').send(answer.body);
  });
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
    querystring: Type.Object({ lang }, { additionalProperties: false }),
    answers: { 200: Type.Object({ rows: Type.Array(ReportInfo) }) },
  });
  app.get('/api/v1/reports', options, (request) => {
    const { role } = accessOf(request);
    const labels = labelsOf(request.query.lang ?? 'en');
    return {
      rows: CATALOG.filter(({ access }) => atLeast(role, access)).map((report) => {
        const { title, description, ...rest } = infoOf(report);
        return { ...rest, title: labels.label(title), description: labels.meaning(description) };
      }),
    };
  });
}
