/** Adjustments of payout periods, and what late data of locked ones adds. */
import { Type } from 'typebox';
import { minorDigits, parseMoney } from '../../payouts/money.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { badField } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import * as shape from './payouts-schema.js';

type Deps = Pick<ApiDeps, 'payouts' | 'directory'>;
const PERIODS = '/api/v1/payouts/periods';

export function addAdjustmentRoutes(app: Api, { payouts: { adjustments, periods }, directory }: Deps): void {
  const path = `${PERIODS}/:id/adjustments`;
  const list = routeOptions({
    tag: 'payouts',
    summary: 'Adjustments of a period',
    access: 'payouts:read',
    params: IdParams,
    answers: { 200: Type.Object({ rows: Type.Array(shape.Adjustment, { description: 'By time' }) }) },
    problems: [404],
  });
  app.get(path, list, async (request) => ({
    rows: await adjustments.list(accessOf(request).tenantId, request.params.id),
  }));

  const add = routeOptions({
    tag: 'payouts',
    summary: 'Add an adjustment to an open period',
    access: 'payouts:write',
    params: IdParams,
    body: shape.NewAdjustment,
    answers: { 201: Type.Object({ id: Type.Integer() }) },
    problems: [404, 409],
  });
  app.post(path, add, async (request, reply) => {
    const { pbx, agent, amount, reason } = request.body;
    const access = accessOf(request);
    const { currency } = await periods.get(access.tenantId, request.params.id);
    const digits = minorDigits(currency);
    const amountMinor = parseMoney(amount, digits);
    if (amountMinor === null || amountMinor === 0n)
      throw badField(
        'amount',
        `"${amount}" is no amount of ${currency}: a decimal, not 0, with at most ${digits} decimals`,
      );
    const agentId = await directory.idOf(access.tenantId, 'agent', pbx, agent);
    const adjustment = { agentId, amountMinor, reason: reason.trim(), aboutPeriodId: null };
    const id = await adjustments.add(access, request.params.id, adjustment);
    return reply.code(201).send({ id });
  });

  const remove = routeOptions({
    tag: 'payouts',
    summary: 'Take an adjustment of an open period back',
    access: 'payouts:write',
    params: Type.Object({
      ...IdParams.properties,
      adjustmentId: Type.Integer({ minimum: 1, description: 'Its id' }),
    }),
    answers: { 204: Type.Null({ description: 'Taken back' }) },
    problems: [404, 409],
  });
  app.delete(`${path}/:adjustmentId`, remove, async (request, reply) => {
    const { id, adjustmentId } = request.params;
    await adjustments.remove(accessOf(request), id, adjustmentId);
    return reply.code(204).send(null);
  });
}

export function addLateRoutes(app: Api, { payouts }: Deps): void {
  const path = `${PERIODS}/:id/late`;
  const list = routeOptions({
    tag: 'payouts',
    summary: 'Late data of a locked period',
    description:
      'What its calls as known now would pay, less what was paid and booked. Retention that removes calls shows here too.',
    access: 'payouts:read',
    params: IdParams,
    answers: {
      200: Type.Object({ rows: Type.Array(shape.Late, { description: 'Agents with a difference' }) }),
    },
    problems: [404, 409],
  });
  app.get(path, list, async (request) => ({
    rows: await payouts.late(accessOf(request).tenantId, request.params.id, request.signal),
  }));

  const book = routeOptions({
    tag: 'payouts',
    summary: 'Book late data into an open period',
    description: 'One adjustment per agent. Booking twice pays once.',
    access: 'payouts:write',
    params: IdParams,
    body: Type.Object(
      { into: Type.Integer({ minimum: 1, description: 'Id of the open period that pays it' }) },
      { additionalProperties: false },
    ),
    answers: { 200: Type.Object({ adjustments: Type.Integer({ description: 'How many were made' }) }) },
    problems: [404, 409],
  });
  app.post(path, book, async (request) => ({
    adjustments: await payouts.bookLate(accessOf(request), request.params.id, request.body.into),
  }));
}
