/** Aliases of agents: which address is whose, since when. */
import { Type } from 'typebox';
import { accessOf, isOperator } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import { limit, offset, search, since, text } from './directory-schema.js';
import { sinceOf } from './since.js';
import type { FastifyRequest } from 'fastify';

const PATH = '/api/v1/directory/aliases';
const pbx = text('Name of the PBX');
const address = text('Address, as PJSIP/101');

const Alias = Type.Object({
  pbx: Type.String(),
  interface: Type.String({ description: 'Address' }),
  agent: Type.String({ description: 'Whose it is' }),
  fromAt: Type.Integer({ description: 'UTC ms; 0: always' }),
  origin: Type.Enum(['manual', 'learned'], {
    description: 'manual: said by a user, which wins; learned: from the PBX or by the rule of numbers',
  }),
});
const Proposal = Type.Object({
  interface: Type.String({ description: 'Address' }),
  agent: Type.String({ description: 'Whose it would be' }),
  number: Type.String({ description: 'The number they share' }),
});
const Proposals = Type.Array(Proposal, { description: 'What the rule of numbers makes one agent' });

const RULE =
  'The rule: addresses of one number on one PBX (PJSIP/101, SIP/101, Local/101@…/n, 101) are one agent: the person known ' +
  'to use one of them, else the number.';

const actorOf = (request: FastifyRequest) => {
  const access = accessOf(request);
  return { ...access, isOperator: isOperator(access) };
};

export function addAliasRoutes(app: Api, { directory: { aliases } }: Pick<ApiDeps, 'directory'>): void {
  const list = routeOptions({
    tag: 'directory',
    summary: 'Aliases of agents',
    access: 'viewer',
    querystring: Type.Object(
      { search: search('the address or the name of the agent'), limit, offset },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({ rows: Type.Array(Alias, { description: 'By PBX, address and date' }) }),
    },
  });
  app.get(PATH, list, async (request) => {
    const { search: part = null, ...page } = request.query;
    return { rows: await aliases.list(accessOf(request).tenantId, part, page.limit, page.offset) };
  });

  const set = routeOptions({
    tag: 'directory',
    summary: 'Say whose an address is, from a date on',
    description:
      'Calls and times of the agents concerned are derived again, at once; those before the date stay.',
    access: 'directory:write',
    body: Type.Object(
      { pbx, interface: address, agent: text('Agent, as the PBX names him'), ...since },
      { additionalProperties: false },
    ),
    answers: { 204: Type.Null({ description: 'Said' }) },
    problems: [404, 409],
  });
  app.put(PATH, set, async (request, reply) => {
    const { pbx: where, interface: iface, agent } = request.body;
    const alias = { interface: iface.trim(), agent: agent.trim(), fromMs: sinceOf(request.body) };
    await aliases.set(actorOf(request), where, alias);
    return reply.code(204).send(null);
  });

  const remove = routeOptions({
    tag: 'directory',
    summary: 'Take an alias back',
    access: 'directory:write',
    querystring: Type.Object({ pbx, interface: address, ...since }, { additionalProperties: false }),
    answers: { 204: Type.Null({ description: 'Taken back' }) },
    problems: [404, 409],
  });
  app.delete(PATH, remove, async (request, reply) => {
    const { pbx: where, interface: iface } = request.query;
    await aliases.remove(actorOf(request), where, { interface: iface, fromMs: sinceOf(request.query) });
    return reply.code(204).send(null);
  });

  const propose = routeOptions({
    tag: 'directory',
    summary: 'What the rule of numbers would make one agent',
    description: RULE,
    access: 'directory:write',
    querystring: Type.Object({ pbx }, { additionalProperties: false }),
    answers: {
      200: Type.Object({
        proposals: Proposals,
        ambiguities: Type.Array(Type.Object({ number: Type.String(), agents: Type.Array(Type.String()) }), {
          description: 'Several people with one number: say yourself whose it is',
        }),
      }),
    },
    problems: [404],
  });
  app.get(`${PATH}/proposals`, propose, async (request) =>
    aliases.proposals(accessOf(request).tenantId, request.query.pbx),
  );

  const unify = routeOptions({
    tag: 'directory',
    summary: 'Apply the rule of numbers to a PBX',
    description: `${RULE} What a user said, and what the PBX says later, wins over it.`,
    access: 'directory:write',
    body: Type.Object({ pbx }, { additionalProperties: false }),
    answers: { 200: Type.Object({ rows: Proposals }) },
    problems: [404, 409],
  });
  app.post(`${PATH}/unify`, unify, async (request) => ({
    rows: await aliases.unify(actorOf(request), request.body.pbx),
  }));
}
