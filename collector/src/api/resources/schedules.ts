/**
 * Schedules: saved reports that are sent by themselves. Made, looked at, run, paused.
 *
 * What must hold: editors see and change their own, admins all of their tenant; a secret never leaves.
 */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Schedule } from '../../schedules/schedule.js';
import { accessOf } from '../auth.js';
import { clientGone } from '../client-gone.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import * as shape from './schedules-schema.js';

const PATH = '/api/v1/schedules';
/** Previews make their report in this process. */
const GATE = { running: 2, waiting: 20 };
const MAX_RUNS = 200;

type Deps = Pick<ApiDeps, 'schedules'>;

export function addScheduleRoutes(app: Api, deps: Deps): void {
  addStored(app, deps);
  addActions(app, deps);
  addRuns(app, deps);
  addPreviews(app, deps);
}

function addStored(app: Api, { schedules }: Deps): void {
  const list = routeOptions({
    tag: 'schedules',
    summary: 'Schedules and how they do',
    description: 'Your own; for admins those of the tenant.',
    access: 'schedules:write',
    answers: { 200: Type.Object({ rows: Type.Array(shape.Schedule, { description: 'By name' }) }) },
  });
  app.get(PATH, list, async (request) => ({
    rows: (await schedules.list(accessOf(request))).map(shape.shownSchedule),
  }));

  const create = routeOptions({
    tag: 'schedules',
    summary: 'Make a schedule',
    description:
      'It sends what you may read, and callers’ numbers as you see them. What was missed while the collector was down is ' +
      'made up for once, the latest only.',
    access: 'schedules:write',
    body: shape.NewSchedule,
    answers: { 201: shape.Schedule },
    problems: [409],
  });
  app.post(PATH, create, async (request, reply) => {
    const id = await schedules.create(accessOf(request), shape.askedOf(request.body));
    const made = await schedules.status(await scheduleOf(schedules, request, id));
    return reply.code(201).header('location', `${PATH}/${id}`).send(shape.shownSchedule(made));
  });

  const one = routeOptions({
    tag: 'schedules',
    summary: 'A schedule and how it does',
    access: 'schedules:write',
    params: IdParams,
    answers: { 200: shape.Schedule },
    problems: [404],
  });
  app.get(`${PATH}/:id`, one, async (request) =>
    shape.shownSchedule(await schedules.status(await scheduleOf(schedules, request, request.params.id))),
  );

  const change = routeOptions({
    tag: 'schedules',
    summary: 'Change a schedule',
    description: 'The whole of it. It stays its owner’s, and sends what he may read.',
    access: 'schedules:write',
    params: IdParams,
    body: shape.NewSchedule,
    answers: { 200: shape.Schedule },
    problems: [404, 409],
  });
  app.put(`${PATH}/:id`, change, async (request) => {
    const { id } = request.params;
    const before = await scheduleOf(schedules, request, id);
    await schedules.change(accessOf(request), before, shape.askedOf(request.body));
    return shape.shownSchedule(await schedules.status(await scheduleOf(schedules, request, id)));
  });

  const remove = routeOptions({
    tag: 'schedules',
    summary: 'Remove a schedule and its history',
    access: 'schedules:write',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404],
  });
  app.delete(`${PATH}/:id`, remove, async (request, reply) => {
    await schedules.remove(accessOf(request), await scheduleOf(schedules, request, request.params.id));
    return reply.code(204).send(null);
  });
}

function addActions(app: Api, { schedules }: Deps): void {
  const run = routeOptions({
    tag: 'schedules',
    summary: 'Run a schedule now',
    description:
      'Besides its times, also while it is paused; its condition holds. Look at its runs for how it ends.',
    access: 'schedules:write',
    params: IdParams,
    answers: { 202: shape.Run },
    problems: [404, 409],
  });
  app.post(`${PATH}/:id/run`, run, async (request, reply) => {
    const schedule = await scheduleOf(schedules, request, request.params.id);
    return reply.code(202).send(shape.shownRun(await schedules.runNow(accessOf(request), schedule)));
  });

  for (const [word, paused, summary] of [
    ['pause', true, 'Pause a schedule'],
    ['resume', false, 'Let a paused schedule go on'],
  ] as const) {
    const options = routeOptions({
      tag: 'schedules',
      summary,
      description: 'What is due while it is paused is not made up for.',
      access: 'schedules:write',
      params: IdParams,
      answers: { 200: shape.Schedule },
      problems: [404],
    });
    app.post(`${PATH}/:id/${word}`, options, async (request) => {
      const { id } = request.params;
      await schedules.setPaused(accessOf(request), await scheduleOf(schedules, request, id), paused);
      return shape.shownSchedule(await schedules.status(await scheduleOf(schedules, request, id)));
    });
  }
}

function addRuns(app: Api, { schedules }: Deps): void {
  const runs = routeOptions({
    tag: 'schedules',
    summary: 'History of a schedule',
    description: 'Its runs of the last 400 days.',
    access: 'schedules:write',
    params: IdParams,
    querystring: Type.Object(
      {
        limit: Type.Integer({ minimum: 1, maximum: MAX_RUNS, default: 50, description: 'Runs at most' }),
        before: Type.Optional(Type.Integer({ minimum: 1, description: 'next of the page before' })),
      },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({
        rows: Type.Array(shape.Run, { description: 'Newest first' }),
        next: Type.Union([Type.Integer(), Type.Null()], {
          description: 'before of the next page; null: this is the last one',
        }),
      }),
    },
    problems: [404],
  });
  app.get(`${PATH}/:id/runs`, runs, async (request) => {
    const { limit, before = null } = request.query;
    const schedule = await scheduleOf(schedules, request, request.params.id);
    const rows = await schedules.runs(schedule, before, limit);
    return { rows: rows.map(shape.shownRun), next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  });
}

function addPreviews(app: Api, { schedules }: Deps): void {
  const gate = new Gate(GATE);
  const draft = routeOptions({
    tag: 'schedules',
    summary: 'What a schedule would send now, before it is made',
    description: 'Nothing is stored or sent.',
    access: 'schedules:write',
    body: shape.NewSchedule,
    answers: { 200: shape.Preview },
    problems: [409],
  });
  app.post(`${PATH}/preview`, draft, (request, reply) => {
    const signal = clientGone(reply);
    return gate.run(signal, () =>
      schedules.previewDraft(accessOf(request), shape.askedOf(request.body), signal),
    );
  });

  const stored = routeOptions({
    tag: 'schedules',
    summary: 'What a schedule would send now',
    description: 'Nothing is sent.',
    access: 'schedules:write',
    params: IdParams,
    answers: { 200: shape.Preview },
    problems: [404, 409],
  });
  app.post(`${PATH}/:id/preview`, stored, (request, reply) => {
    const signal = clientGone(reply);
    return gate.run(signal, async () =>
      schedules.preview(await scheduleOf(schedules, request, request.params.id), signal),
    );
  });
}

async function scheduleOf(
  schedules: Deps['schedules'],
  request: FastifyRequest,
  id: number,
): Promise<Schedule> {
  const found = await schedules.find(accessOf(request), id);
  if (found === null) throw new Problem(404, `There is no schedule ${id}.`);
  return found;
}
