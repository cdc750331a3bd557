/**
 * Exports: files made of reports in the background. Taken, looked at, downloaded, cancelled.
 *
 * What must hold: a job is seen by the token that made it and by admins of its tenant, because its file may hold
 * numbers others must not see.
 */
import { createReadStream } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { atLeast, type Identity } from '../../directory/tokens.js';
import { TooManyExportsError } from '../../exports/exporter.js';
import type { ExportJob, JobScope } from '../../exports/job-store.js';
import {
  DEFAULT_OPTIONS,
  FORMATS,
  LANGUAGES,
  MEDIA_TYPES,
  ORIENTATIONS,
  PAPERS,
} from '../../exports/spec.js';
import type { Params } from '../../reports/params.js';
import { reportOf } from '../../reports/reports.js';
import type { Api } from '../typed-app.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import { shownNumbers } from './report-files.js';
import { refuseHidden } from './reports.js';

const NewExport = Type.Object(
  {
    report: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name of a report',
      examples: ['calls'],
    }),
    params: Type.Unsafe<Params>({
      type: 'object',
      maxProperties: 60,
      additionalProperties: {
        anyOf: [
          { type: 'string', maxLength: 4_000 },
          { type: 'number' },
          { type: 'array', maxItems: 500, items: { type: 'string', maxLength: 4_000 } },
        ],
      },
      description: 'Parameters of the report, as in its query; lists as arrays',
      examples: [{ from: '2026-11-01', to: '2026-12-01', tz: 'Asia/Tashkent' }],
    }),
    format: Type.Enum([...FORMATS]),
    lang: Type.Optional(
      Type.Enum([...LANGUAGES], { description: 'Of labels; default: en, in CSV the keys of the columns' }),
    ),
    bom: Type.Optional(Type.Boolean({ description: 'CSV: byte order mark, for Excel' })),
    table: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'CSV: key of a further table of the report' }),
    ),
    paper: Type.Optional(Type.Enum([...PAPERS], { description: 'PDF; default: A4' })),
    orientation: Type.Optional(Type.Enum([...ORIENTATIONS], { description: 'PDF; default: landscape' })),
  },
  { additionalProperties: false },
);

const orNull = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description });

const Export = Type.Object(
  {
    id: Type.Integer(),
    report: Type.String(),
    format: Type.Enum([...FORMATS]),
    params: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
    state: Type.Enum(['queued', 'running', 'done', 'failed', 'canceled', 'expired']),
    rowsDone: Type.Integer({ description: 'Rows written so far' }),
    rowsTotal: orNull('Rows there will be; null: not known'),
    bytes: orNull('Size of the file'),
    error: Type.Union([Type.String(), Type.Null()], { description: 'Why it failed, and what to do' }),
    contents: Type.Union(
      [
        Type.Unsafe<object>({
          type: 'object',
          additionalProperties: true,
          description: 'What the file holds: range, zone, filters, service level, completeness, notes, rows',
        }),
        Type.Null(),
      ],
      { description: 'Null until it is done' },
    ),
    createdAt: Type.Integer({ description: 'UTC ms' }),
    startedAt: orNull('UTC ms'),
    finishedAt: orNull('UTC ms'),
    expiresAt: orNull('UTC ms; the file is removed then'),
  },
  { description: 'An export and how far it is' },
);

const LIST_LIMIT = 200;

export function addExportRoutes(app: Api, { exports }: Pick<ApiDeps, 'exports'>): void {
  const create = routeOptions({
    tag: 'exports',
    summary: 'Make a file of a report',
    description:
      'All rows, in the background: ask GET /api/v1/exports/{id} until its state is done, then GET its file. ' +
      'Viewers get numbers masked.',
    access: 'exports:create',
    body: NewExport,
    answers: { 202: Export },
  });
  app.post('/api/v1/exports', create, async (request, reply) => {
    const access = accessOf(request);
    const { report: name, params, format, ...options } = request.body;
    const report = reportOf(name);
    if (!atLeast(access.role, report.access)) {
      throw new Problem(
        403,
        `the report ${name} needs the role ${report.access}; your token is ${access.role}`,
      );
    }
    refuseHidden(report, params, access);
    const spec = {
      report: name,
      params,
      tenantId: access.tenantId,
      format,
      options: { ...DEFAULT_OPTIONS, ...options },
      ...shownNumbers(access),
    };
    try {
      const job = await exports.submit(spec, access);
      return await reply.code(202).header('location', `/api/v1/exports/${job.id}`).send(shown(job));
    } catch (error) {
      if (!(error instanceof TooManyExportsError)) throw error;
      throw new Problem(429, error.message, { headers: { 'retry-after': '30' } });
    }
  });

  const list = routeOptions({
    tag: 'exports',
    summary: 'Exports',
    description: `The last ${LIST_LIMIT} of yours; for admins those of the tenant.`,
    access: 'viewer',
    answers: { 200: Type.Object({ rows: Type.Array(Export, { description: 'Newest first' }) }) },
  });
  app.get('/api/v1/exports', list, async (request) => ({
    rows: (await exports.list(scopeOf(accessOf(request)), LIST_LIMIT)).map(shown),
  }));

  const one = routeOptions({
    tag: 'exports',
    summary: 'An export and how far it is',
    access: 'viewer',
    params: IdParams,
    answers: { 200: Export },
    problems: [404],
  });
  app.get('/api/v1/exports/:id', one, async (request) => shown(await jobOf(request, request.params.id)));

  const file = routeOptions({
    tag: 'exports',
    summary: 'The file of an export that is done',
    access: 'viewer',
    params: IdParams,
    answers: {
      200: Type.Unsafe<unknown>({
        description: 'The file',
        content: Object.fromEntries(
          Object.values(MEDIA_TYPES).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
        ),
      }),
    },
    problems: [404, 409],
  });
  app.get('/api/v1/exports/:id/file', file, async (request, reply) => {
    const job = await jobOf(request, request.params.id);
    const path = await exports.download(job, accessOf(request));
    if (path === null) throw notThere(job);
    const name = `${job.report}-${job.contents?.from.slice(0, 10) ?? job.id}.${job.format}`;
    void reply
      .type(MEDIA_TYPES[job.format])
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-length', job.bytes ?? 0);
    return reply.send(createReadStream(path));
  });

  const remove = routeOptions({
    tag: 'exports',
    summary: 'Cancel an export, or remove its file',
    access: 'viewer',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'It is stopped, its file is gone' }) },
    problems: [404],
  });
  app.delete('/api/v1/exports/:id', remove, async (request, reply) => {
    await exports.remove(await jobOf(request, request.params.id));
    return reply.code(204).send(null);
  });

  async function jobOf(request: FastifyRequest, id: number): Promise<ExportJob> {
    const job = await exports.find(id, scopeOf(accessOf(request)));
    if (job === null) throw new Problem(404, `There is no export ${id}.`);
    return job;
  }
}

/** Admins see all of their tenant. */
const scopeOf = ({ tenantId, tokenId, user, role }: Identity): JobScope => ({
  tenantId,
  tokenId: role === 'admin' ? null : tokenId,
  login: user?.login ?? null,
});

function notThere({ id, state, error }: ExportJob): Problem {
  const why: Partial<Record<ExportJob['state'], string>> = {
    queued: 'waits for its turn',
    running: 'is being made',
    failed: `failed: ${error ?? ''}`,
    done: 'was made by another collector, or its file was removed',
  };
  return new Problem(409, `Export ${id} has no file: it ${why[state] ?? `is ${state}`}.`);
}

const shown = ({ spec, ...job }: ExportJob): Static<typeof Export> => ({
  id: job.id,
  report: job.report,
  format: job.format,
  params: spec.params,
  state: job.state,
  rowsDone: job.rowsDone,
  rowsTotal: job.rowsTotal,
  bytes: job.bytes,
  error: job.error,
  contents: job.contents,
  createdAt: job.createdAt,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt,
  expiresAt: job.expiresAt,
});
