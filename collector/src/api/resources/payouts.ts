/** Payouts: rates, periods and their locks. The numbers are reports (payout-…). */
import { Type } from 'typebox';
import { DEFAULT_AGENT } from '../../payouts/rate-book.js';
import { isCurrency, parseRate } from '../../payouts/money.js';
import { FieldParser, parseCommon } from '../../reports/request.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import { limit, offset, search } from './directory-schema.js';
import { addAdjustmentRoutes, addLateRoutes } from './payouts-adjustments.js';
import * as shape from './payouts-schema.js';
import { sinceOf } from './since.js';

type Deps = Pick<ApiDeps, 'payouts' | 'directory'>;
const RATES = '/api/v1/payouts/rates';
const PERIODS = '/api/v1/payouts/periods';

export function addPayoutRoutes(app: Api, deps: Deps): void {
  addRateRoutes(app, deps);
  addPeriodRoutes(app, deps);
  addAdjustmentRoutes(app, deps);
  addLateRoutes(app, deps);
}

function addRateRoutes(app: Api, { payouts: { rates }, directory }: Deps): void {
  const list = routeOptions({
    tag: 'payouts',
    summary: 'Rates per minute of talk',
    access: 'payouts:read',
    querystring: Type.Object(
      { search: search('the name of the agent'), limit, offset },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({
        rows: Type.Array(shape.Rate, { description: 'Default first, then by agent, date' }),
      }),
    },
  });
  app.get(RATES, list, async (request) => {
    const { search: part = null, ...page } = request.query;
    return { rows: await rates.list(accessOf(request).tenantId, part, page.limit, page.offset) };
  });

  const set = routeOptions({
    tag: 'payouts',
    summary: 'Set a rate from a date on',
    description:
      'Of one agent, or without agent the default of all others. It holds until the next rate of the same; null ends an ' +
      'own rate. What a locked period was paid by cannot be changed.',
    access: 'payouts:write',
    body: shape.NewRate,
    answers: { 204: Type.Null({ description: 'Set' }) },
    problems: [409],
  });
  app.put(RATES, set, async (request, reply) => {
    const { pbx, agent, rate, currency = null } = request.body;
    const access = accessOf(request);
    const perMinute = rate === null ? null : parseRate(rate);
    const fields = new FieldParser();
    const fromAt = sinceOf(request.body, fields);
    if (rate !== null && perMinute === null)
      fields.fail('rate', `"${rate}" is no rate: a decimal from 0 on with at most 6 decimals, as 150.50`);
    if (rate !== null && (currency === null || !isCurrency(currency)))
      fields.fail(
        'currency',
        `${currency === null ? 'is needed' : `"${currency}" is unknown`}; write ISO 4217, as UZS`,
      );
    if ((agent === undefined) !== (pbx === undefined))
      fields.fail(
        agent === undefined ? 'agent' : 'pbx',
        'pbx and agent go together; without both: the default',
      );
    fields.check();
    const agentId =
      agent === undefined || pbx === undefined
        ? DEFAULT_AGENT
        : await directory.idOf(access.tenantId, 'agent', pbx, agent);
    const held = { fromAt, rate: perMinute, currency: perMinute === null ? null : currency };
    await rates.set(access, agentId, held);
    return reply.code(204).send(null);
  });

  const remove = routeOptions({
    tag: 'payouts',
    summary: 'Take a rate back',
    description: 'The one before it holds again.',
    access: 'payouts:write',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Taken back' }) },
    problems: [404, 409],
  });
  app.delete(`${RATES}/:id`, remove, async (request, reply) => {
    await rates.remove(accessOf(request), request.params.id);
    return reply.code(204).send(null);
  });
}

function addPeriodRoutes(app: Api, { payouts: { periods } }: Deps): void {
  const list = routeOptions({
    tag: 'payouts',
    summary: 'Payout periods',
    access: 'payouts:read',
    answers: { 200: Type.Object({ rows: Type.Array(shape.Period, { description: 'Newest first' }) }) },
  });
  app.get(PERIODS, list, async (request) => ({ rows: await periods.list(accessOf(request).tenantId) }));

  const create = routeOptions({
    tag: 'payouts',
    summary: 'Open a payout period',
    description: 'Periods of one currency do not overlap: no call is paid twice.',
    access: 'payouts:write',
    body: shape.NewPeriod,
    answers: { 201: shape.Period },
    problems: [409],
  });
  app.post(PERIODS, create, async (request, reply) => {
    const { name, currency, basis, rounding, minimumTalkSeconds } = request.body;
    const access = accessOf(request);
    const fields = new FieldParser();
    const { fromMs, toMs, zone } = parseCommon(fields, request.body, access.tenantId);
    if (!isCurrency(currency)) fields.fail('currency', `"${currency}" is unknown; write ISO 4217, as UZS`);
    fields.check();
    const period = await periods.create(access, {
      ...{ name: name.trim(), fromAt: fromMs, toAt: toMs, zone: zone.name },
      ...{ currency, basis, rounding, minimumTalkSeconds },
    });
    return reply.code(201).send(period);
  });

  const read = routeOptions({
    tag: 'payouts',
    summary: 'One payout period',
    access: 'payouts:read',
    params: IdParams,
    answers: { 200: shape.Period },
    problems: [404],
  });
  app.get(`${PERIODS}/:id`, read, async (request) =>
    periods.get(accessOf(request).tenantId, request.params.id),
  );

  const remove = routeOptions({
    tag: 'payouts',
    summary: 'Remove an open period without adjustments',
    access: 'payouts:write',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404, 409],
  });
  app.delete(`${PERIODS}/:id`, remove, async (request, reply) => {
    await periods.remove(accessOf(request), request.params.id);
    return reply.code(204).send(null);
  });

  const lock = routeOptions({
    tag: 'payouts',
    summary: 'Lock a period that has ended',
    description:
      'Stores every call as it is paid, for good: data, rates, names and adjustments change it no more. What comes later ' +
      'is paid by adjustments in an open period.',
    access: 'payouts:write',
    params: IdParams,
    answers: { 200: shape.Period },
    problems: [404, 409],
  });
  app.post(`${PERIODS}/:id/lock`, lock, async (request) =>
    periods.lock(accessOf(request), request.params.id),
  );
}
