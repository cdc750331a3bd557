/**
 * Saved reports: presets of the app, and what schedules send.
 *
 * What must hold: everybody saves for himself; sharing needs the role editor; only the owner and admins change one.
 */
import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { atLeast } from '../../directory/tokens.js';
import { reportOf } from '../../reports/reports.js';
import { isSameOwner, mayChange, ownerOf } from '../../schedules/owner.js';
import { RANGES } from '../../schedules/ranges.js';
import type { SavedReport as Saved, SavedReportSpec } from '../../schedules/schedule.js';
import type { Params } from '../../reports/params.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import { refuseHidden } from './reports.js';

const PATH = '/api/v1/saved-reports';

export const Owner = Type.Object(
  {
    login: Type.Union([Type.String(), Type.Null()], { description: 'Of the user; null: the token itself' }),
    token: Type.Union([Type.String(), Type.Null()], { description: 'Name of the token it was made with' }),
  },
  { description: 'Whose it is' },
);

const SavedReport = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    report: Type.String({ description: 'Name of the report' }),
    params: Type.Unsafe<Params>({
      type: 'object',
      additionalProperties: true,
      description: 'Its filters, as in its query',
    }),
    range: Type.Enum([...RANGES]),
    tz: Type.String({ description: 'Zone of its days' }),
    shared: Type.Boolean({ description: 'Everybody of the tenant sees it' }),
    owner: Owner,
    own: Type.Boolean({ description: 'It is yours' }),
    createdAt: Type.Integer({ description: 'UTC ms' }),
    updatedAt: Type.Integer({ description: 'UTC ms' }),
  },
  { description: 'A report with filters and a range that moves with the calendar' },
);

const NewSavedReport = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 190,
      pattern: '^[^\\p{Cc}]*$',
      description: 'What it is called',
    }),
    report: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Name of a report',
      examples: ['queues'],
    }),
    params: Type.Optional(
      Type.Unsafe<Params>({
        type: 'object',
        maxProperties: 60,
        additionalProperties: {
          anyOf: [
            { type: 'string', maxLength: 4_000 },
            { type: 'number' },
            { type: 'array', maxItems: 500, items: { type: 'string', maxLength: 4_000 } },
          ],
        },
        description: 'Filters, as in the query of the report, without from, to and tz; lists as arrays',
        examples: [{ queues: ['sales'], granularity: 'day' }],
      }),
    ),
    range: Type.Enum([...RANGES], {
      description:
        'Seen from when it is made: last-… are whole hours, days, weeks (from Monday), months; …-to-date and today end at that moment',
    }),
    tz: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'IANA zone of its days',
      examples: ['Asia/Tashkent'],
    }),
    shared: Type.Optional(
      Type.Boolean({ description: 'Everybody of the tenant sees it; needs the role editor' }),
    ),
  },
  { additionalProperties: false },
);

const Query = Type.Object(
  {
    report: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Only of this report' })),
    all: Type.Optional(Type.Boolean({ description: 'Also those of others that are not shared; for admins' })),
  },
  { additionalProperties: false },
);

export function addSavedReportRoutes(app: Api, { schedules: { saved } }: Pick<ApiDeps, 'schedules'>): void {
  const list = routeOptions({
    tag: 'schedules',
    summary: 'Saved reports',
    description: 'Your own and the shared ones, without those your role may not read.',
    access: 'viewer',
    querystring: Query,
    answers: { 200: Type.Object({ rows: Type.Array(SavedReport, { description: 'By name' }) }) },
  });
  app.get(PATH, list, async (request) => {
    const { report = null, all = false } = request.query;
    return { rows: (await saved.list(accessOf(request), { report, all })).map((one) => shown(request, one)) };
  });

  const create = routeOptions({
    tag: 'schedules',
    summary: 'Save a report',
    access: 'viewer',
    body: NewSavedReport,
    answers: { 201: SavedReport },
    problems: [409],
  });
  app.post(PATH, create, async (request, reply) => {
    const id = await saved.create(accessOf(request), specOf(request, request.body));
    return reply
      .code(201)
      .header('location', `${PATH}/${id}`)
      .send(shown(request, await savedOf(request, id)));
  });

  const one = routeOptions({
    tag: 'schedules',
    summary: 'A saved report',
    access: 'viewer',
    params: IdParams,
    answers: { 200: SavedReport },
    problems: [404],
  });
  app.get(`${PATH}/:id`, one, async (request) => shown(request, await savedOf(request, request.params.id)));

  const change = routeOptions({
    tag: 'schedules',
    summary: 'Change a saved report',
    description: 'The whole of it; for its owner and admins. Schedules send it as it then is.',
    access: 'viewer',
    params: IdParams,
    body: NewSavedReport,
    answers: { 200: SavedReport },
    problems: [404, 409],
  });
  app.put(`${PATH}/:id`, change, async (request) => {
    const { id } = request.params;
    const before = await changeable(request, id);
    await saved.change(accessOf(request), before, specOf(request, request.body));
    return shown(request, await savedOf(request, id));
  });

  const remove = routeOptions({
    tag: 'schedules',
    summary: 'Remove a saved report',
    description: 'For its owner and admins; not while schedules send it.',
    access: 'viewer',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404, 409],
  });
  app.delete(`${PATH}/:id`, remove, async (request, reply) => {
    await saved.remove(accessOf(request), await changeable(request, request.params.id));
    return reply.code(204).send(null);
  });

  async function savedOf(request: FastifyRequest, id: number): Promise<Saved> {
    const found = await saved.find(accessOf(request), id);
    if (found === null) throw new Problem(404, `There is no saved report ${id}.`);
    return found;
  }

  async function changeable(request: FastifyRequest, id: number): Promise<Saved> {
    const found = await savedOf(request, id);
    if (!mayChange(accessOf(request), found.owner))
      throw new Problem(403, `The saved report "${found.name}" is somebody else’s; save one of your own.`);
    return found;
  }
}

function specOf(
  request: FastifyRequest,
  { name, report, params = {}, range, tz, shared = false }: Static<typeof NewSavedReport>,
): SavedReportSpec {
  const access = accessOf(request);
  const definition = reportOf(report);
  if (!atLeast(access.role, definition.access))
    throw new Problem(
      403,
      `The report ${report} needs the role ${definition.access}; yours is ${access.role}.`,
    );
  refuseHidden(definition, params, access);
  if (shared && !atLeast(access.role, 'editor'))
    throw new Problem(403, 'Sharing needs the role editor; save it for yourself.', {
      errors: [{ field: 'shared', message: 'needs the role editor' }],
    });
  return { name, report, params, range, tz, shared };
}

const shown = (request: FastifyRequest, saved: Saved): Static<typeof SavedReport> => {
  const { id, name, report, params, range, tz, shared, owner, ownerToken, createdAt, updatedAt } = saved;
  return {
    ...{ id, name, report, params, range, tz, shared, createdAt, updatedAt },
    owner: { login: owner.login, token: ownerToken },
    own: isSameOwner(ownerOf(accessOf(request)), owner),
  };
};
