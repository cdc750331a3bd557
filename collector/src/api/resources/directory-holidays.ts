/** Holidays of all queues or one. */
import { Type } from 'typebox';
import { ALL_QUEUES } from '../../directory/calendars.js';
import { spansError, type OpenSpan } from '../../directory/hours.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { badField } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import { orNull, Spans, text } from './directory-schema.js';

const PATH = '/api/v1/directory/holidays';
const DATE = /^\d{4}-\d\d-\d\d$/;

const Holiday = Type.Object({
  id: Type.Integer(),
  date: Type.String({ description: 'Local date, 2026-12-25' }),
  name: Type.String(),
  spans: orNull(Spans, 'null: closed'),
  pbx: orNull(Type.String(), 'null: all queues'),
  queue: orNull(Type.String(), 'null: all queues'),
});

const NewHoliday = Type.Object(
  {
    date: Type.String({ minLength: 10, maxLength: 10, description: 'Local date', examples: ['2026-12-25'] }),
    name: text('What it is called'),
    spans: Type.Optional(Spans),
    pbx: Type.Optional(text('With queue: of this queue only')),
    queue: Type.Optional(text('Name of the queue on the PBX')),
  },
  { additionalProperties: false, description: 'Without spans: closed' },
);

export function addHolidayRoutes(app: Api, { directory }: Pick<ApiDeps, 'directory'>): void {
  const list = routeOptions({
    tag: 'directory',
    summary: 'Holidays',
    access: 'viewer',
    answers: { 200: Type.Object({ rows: Type.Array(Holiday, { description: 'By date' }) }) },
  });
  app.get(PATH, list, async (request) => ({
    rows: (await directory.holidays.list(accessOf(request).tenantId)).map(({ spans, ...holiday }) => ({
      ...holiday,
      spans: spans?.map((span) => [...span]) ?? null,
    })),
  }));

  const add = routeOptions({
    tag: 'directory',
    summary: 'Add a holiday',
    description: 'On its date other hours hold, or none. A queue’s own wins over that of all queues.',
    access: 'directory:write',
    body: NewHoliday,
    answers: { 201: Type.Object({ id: Type.Integer() }) },
    problems: [409],
  });
  app.post(PATH, add, async (request, reply) => {
    const { date, name, spans: given, pbx, queue } = request.body;
    if (!isDate(date)) throw badField('date', `"${date}" is no date of the calendar; write 2026-12-25`);
    const spans = given?.map(([from = '', to = '']): OpenSpan => [from, to]) ?? null;
    const wrong = spans && spansError(spans);
    if (wrong !== null) throw badField('spans', wrong);
    const access = accessOf(request);
    const id = await directory.holidays.add(access, await queueIdOf(access.tenantId, pbx, queue), {
      ...{ date, name, spans },
    });
    return reply.code(201).send({ id });
  });

  const remove = routeOptions({
    tag: 'directory',
    summary: 'Remove a holiday',
    access: 'directory:write',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404],
  });
  app.delete(`${PATH}/:id`, remove, async (request, reply) => {
    await directory.holidays.remove(accessOf(request), request.params.id);
    return reply.code(204).send(null);
  });

  async function queueIdOf(tenantId: number, pbx?: string, queue?: string): Promise<number> {
    if (pbx === undefined && queue === undefined) return ALL_QUEUES;
    if (pbx === undefined) throw badField('pbx', 'is needed with queue');
    if (queue === undefined) throw badField('queue', 'is needed with pbx');
    return directory.idOf(tenantId, 'queue', pbx, queue);
  }
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return DATE.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
