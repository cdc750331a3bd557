/** The directory as CSV: many queues and agents at once. */
import { Type } from 'typebox';
import { MEMBER_CSV_COLUMNS } from '../../directory/members-csv.js';
import { FieldParser } from '../../reports/request.js';
import { zoneOf } from '../../time/zone.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { FieldError } from '../problem.js';
import { routeOptions, textAnswer } from '../route-schema.js';
import { typed, type Api } from '../typed-app.js';
import { Planned, since } from './directory-schema.js';

const PATH = '/api/v1/directory/csv';
/** 20,000 lines of long names. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const COLUMNS =
  `Columns: ${MEMBER_CSV_COLUMNS.join(', ')}. kind is queue or agent; an empty cell says nothing, "-" ends what was said; ` +
  'from empty: always.';

export function addDirectoryCsvRoutes(app: Api, { directory }: Pick<ApiDeps, 'directory'>): void {
  const read = routeOptions({
    tag: 'directory',
    summary: 'Names, teams and goals as CSV',
    description: `${COLUMNS} A line for each date; given back unchanged it changes nothing.`,
    access: 'admin',
    answers: { 200: textAnswer('The whole directory', 'text/csv') },
  });
  app.get(PATH, read, async (request, reply) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="directory.csv"')
      .send(await directory.export(accessOf(request).tenantId)),
  );

  const write = routeOptions({
    tag: 'directory',
    summary: 'Set names, teams and goals from CSV',
    description: `${COLUMNS} While any line is wrong nothing is changed. With dryRun it only says what would be.`,
    access: 'directory:write',
    querystring: Type.Object(
      {
        dryRun: Type.Boolean({ default: false, description: 'Change nothing' }),
        tz: since.tz,
      },
      { additionalProperties: false },
    ),
    body: Type.Unsafe<string>({ content: { 'text/csv': { schema: Type.String() } } }),
    answers: {
      200: Type.Object({
        dryRun: Type.Boolean(),
        rows: Type.Integer({ description: 'Lines without the header' }),
        changes: Type.Array(Planned, { description: 'What was, or would be, changed' }),
        errors: Type.Array(FieldError, { description: 'Wrong lines, of a dry run' }),
      }),
    },
  });
  // A scope of its own: everywhere else bodies are JSON.
  void app.register((scope, _options, ready) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    typed(scope).post(PATH, { ...write, bodyLimit: BODY_LIMIT_BYTES }, async (request) => {
      const { dryRun, tz = 'UTC' } = request.query;
      const fields = new FieldParser();
      const zone = fields.parse('tz', () => zoneOf(tz), zoneOf('UTC'));
      fields.check();
      const access = accessOf(request);
      const plan = dryRun
        ? await directory.plan(access.tenantId, request.body, zone)
        : await directory.import(access, request.body, zone);
      const changes = plan.changes.map(({ line, subject, field, fromAt, oldValue = null, value }) => ({
        ...{ line, subject, fromAt, oldValue, newValue: value },
        field: field === 'name' ? 'displayName' : field,
      }));
      return { dryRun, rows: plan.rows, changes, errors: plan.errors };
    });
    ready();
  });
}
