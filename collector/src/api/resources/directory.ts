/** The directory: names, teams, goals and hours of queues and agents, with dates; who changed what. */
import { Type, type Static } from 'typebox';
import { checkHours, checkName, checkTarget } from '../../directory/check-value.js';
import type { DatedValue } from '../../directory/dated.js';
import type { ValueField } from '../../directory/load-values.js';
import type { MemberKind } from '../../directory/members.js';
import type { Entity, ValueChange } from '../../directory/values.js';
import { FieldParser, parseCommon } from '../../reports/request.js';
import type { BusinessHours } from '../../directory/hours.js';
import { DAY_MS } from '../../time/zone.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import * as shape from './directory-schema.js';
import { sinceOf } from './since.js';

type Directory = Pick<ApiDeps, 'directory'>;
type Change = Partial<Static<typeof shape.QueueChange>>;

const FIELDS: Readonly<Record<(typeof shape.FIELD_NAMES)[number], ValueField>> = {
  displayName: 'name',
  team: 'team',
  target: 'target',
  hours: 'hours',
};
const done = (description: string) => ({ 204: Type.Null({ description }) });
const MAX_DAYS = 400;

export function addDirectoryRoutes(app: Api, deps: Directory): void {
  addMemberRoutes(app, deps, 'queue', '/api/v1/directory/queues');
  addMemberRoutes(app, deps, 'agent', '/api/v1/directory/agents');
  addDefaultRoutes(app, deps);
  addChangeRoutes(app, deps);
}

function addMemberRoutes(app: Api, { directory }: Directory, kind: MemberKind, path: string): void {
  const list = routeOptions({
    tag: 'directory',
    summary: `Find ${kind}s`,
    description: 'With the values that hold at a time. A manual name wins over a learned one.',
    access: 'viewer',
    querystring: Type.Object(
      {
        search: shape.search('name, display name or team, in any case'),
        pbx: Type.Optional(shape.text('Name of the PBX')),
        team: Type.Optional(shape.text('Team')),
        at: Type.Optional(Type.Integer({ minimum: 0, description: 'UTC ms; default: now' })),
        limit: shape.limit,
        offset: shape.offset,
      },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({
        rows: Type.Array(shape.Member, { description: 'By PBX and name' }),
        count: Type.Integer({ description: 'How many there are on all pages' }),
      }),
    },
  });
  app.get(path, list, async (request) => {
    const { search = null, pbx = null, team = null, at = Date.now(), ...page } = request.query;
    return directory.search(accessOf(request).tenantId, { kind, search, pbx, team, atMs: at, ...page });
  });

  const history = routeOptions({
    tag: 'directory',
    summary: `All that was said of one ${kind}`,
    access: 'viewer',
    params: IdParams,
    answers: { 200: shape.History },
    problems: [404],
  });
  app.get(`${path}/:id`, history, async (request) => {
    const { name, ...rest } = await directory.history(accessOf(request).tenantId, kind, request.params.id);
    return { displayName: name, ...rest };
  });

  const set = routeOptions({
    tag: 'directory',
    summary: `Say something of one ${kind}`,
    description:
      'Each value holds from its date until the next; reports show the name that held at their end.',
    access: 'directory:write',
    params: IdParams,
    body: kind === 'queue' ? shape.QueueChange : shape.AgentChange,
    answers: done('Said'),
    problems: [404],
  });
  app.put(`${path}/:id`, set, async (request, reply) => {
    const changes = changesOf({ entity: kind, entityId: request.params.id }, request.body);
    await directory.values.set(accessOf(request), changes);
    return reply.code(204).send(null);
  });

  const remove = routeOptions({
    tag: 'directory',
    summary: `Take back what was said of one ${kind} from a date on`,
    description: 'The value before it holds again.',
    access: 'directory:write',
    params: Type.Object({
      ...IdParams.properties,
      field: Type.Enum([...shape.FIELD_NAMES], { description: 'Which value' }),
    }),
    querystring: Type.Object(shape.since, { additionalProperties: false }),
    answers: done('Taken back'),
    problems: [404],
  });
  app.delete(`${path}/:id/:field`, remove, async (request, reply) => {
    const { id, field } = request.params;
    const fromAt = sinceOf(request.query);
    await directory.values.remove(accessOf(request), {
      ...{ entity: kind, entityId: id, field: FIELDS[field], fromAt },
    });
    return reply.code(204).send(null);
  });
}

function addDefaultRoutes(app: Api, { directory }: Directory): void {
  const path = '/api/v1/directory/defaults';
  const read = routeOptions({
    tag: 'directory',
    summary: 'Goal and hours of all queues',
    access: 'viewer',
    answers: { 200: shape.Defaults },
  });
  app.get(path, read, async (request): Promise<Record<'target' | 'hours', DatedValue[]>> => {
    const { target, hours } = await directory.defaults(accessOf(request).tenantId);
    return { target, hours };
  });

  const set = routeOptions({
    tag: 'directory',
    summary: 'Say goal or hours of all queues',
    description: 'A queue that has its own keeps it.',
    access: 'directory:write',
    body: shape.DefaultsChange,
    answers: done('Said'),
  });
  app.put(path, set, async (request, reply) => {
    const access = accessOf(request);
    const changes = changesOf({ entity: 'tenant', entityId: access.tenantId }, request.body);
    await directory.values.set(access, changes);
    return reply.code(204).send(null);
  });

  const open = routeOptions({
    tag: 'directory',
    summary: 'When a queue is open',
    description: `By its hours and holidays, which may change within the range; at most ${MAX_DAYS} days.`,
    access: 'viewer',
    params: IdParams,
    querystring: Type.Object(
      { from: shape.text('Begin', 60), to: shape.text('End, exclusive', 60), tz: shape.since.tz },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({
        known: Type.Boolean({ description: 'false: no hours are given, so nothing can be said' }),
        rows: Type.Array(
          Type.Object({
            fromMs: Type.Integer({ description: 'UTC ms' }),
            toMs: Type.Integer({ description: 'UTC ms, exclusive' }),
          }),
        ),
      }),
    },
    problems: [404],
  });
  app.get('/api/v1/directory/queues/:id/open-times', open, async (request) => {
    const { tenantId } = accessOf(request);
    const fields = new FieldParser();
    const { fromMs, toMs } = parseCommon(fields, request.query, tenantId);
    if (toMs - fromMs > MAX_DAYS * DAY_MS) fields.fail('to', `is more than ${MAX_DAYS} days after from`);
    fields.check();
    const rows = await directory.openTimes(tenantId, request.params.id, fromMs, toMs);
    return { known: rows !== null, rows: rows ?? [] };
  });
}

function addChangeRoutes(app: Api, { directory }: Directory): void {
  const list = routeOptions({
    tag: 'directory',
    summary: 'Who changed what of directory and payouts',
    access: 'audit:read',
    querystring: Type.Object(
      {
        kind: Type.Optional(shape.text('What it is about, as queue or payout-rate', 32)),
        search: shape.search('the subject'),
        before: Type.Optional(
          Type.Integer({ minimum: 1, description: 'Only ids below: the last one of the page before' }),
        ),
        limit: shape.limit,
      },
      { additionalProperties: false },
    ),
    answers: { 200: Type.Object({ rows: Type.Array(shape.Changed, { description: 'Newest first' }) }) },
  });
  app.get('/api/v1/directory/changes', list, async (request) => {
    const { kind = null, search = null, before = null, limit } = request.query;
    const filter = { kind, search, beforeId: before, limit };
    return { rows: await directory.changes(accessOf(request).tenantId, filter) };
  });
}

/** @throws ReportRequestError naming every wrong field */
function changesOf(whose: { entity: Entity; entityId: number }, change: Change): ValueChange[] {
  const fields = new FieldParser();
  const fromAt = sinceOf(change, fields);
  const { displayName, team, target, hours } = change;
  const values = {
    name: displayName && fields.parse('displayName', () => checkName(displayName), ''),
    team: team && fields.parse('team', () => checkName(team), ''),
    target:
      typeof target === 'number' ? fields.parse('target', () => checkTarget(String(target)), '') : target,
    hours: hours && fields.parse('hours', () => checkHours(hours as BusinessHours), ''),
  };
  fields.check();
  return (Object.entries(values) as [ValueField, string | null | undefined][]).flatMap(([field, value]) =>
    value === undefined ? [] : [{ ...whose, field, fromAt, value }],
  );
}
