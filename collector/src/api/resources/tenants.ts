/** Tenants and the rules by which queues belong to them, for who runs the site. */
import { Type } from 'typebox';
import type { Api } from '../typed-app.js';
import type { ApiDeps } from '../deps.js';
import { badField, Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';

const NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$';

const Tenant = Type.Object({ id: Type.Integer(), name: Type.String() }, { description: 'A tenant' });

const pattern = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 190,
    description: `${description} (* any text, ? one character)`,
    examples: ['acme-*'],
  });

const rule = {
  pbxPattern: pattern('PBXs'),
  queuePattern: pattern('Queues'),
  tenant: Type.String({ minLength: 1, maxLength: 63, description: 'Tenant of the queues that match' }),
};
const NewRule = Type.Object(rule, { additionalProperties: false });
const Rule = Type.Object(
  {
    id: Type.Integer(),
    ...rule,
    origin: Type.Enum(['file', 'api'], {
      description: 'file: from the configuration, and changed there only',
    }),
  },
  { description: 'Queues that match belong to the tenant, if no rule before matches' },
);

export function addTenantRoutes(app: Api, { tenants }: Pick<ApiDeps, 'tenants'>): void {
  const list = routeOptions({
    tag: 'admin',
    summary: 'Tenants',
    access: 'operator',
    answers: { 200: Type.Object({ rows: Type.Array(Tenant) }) },
  });
  app.get('/api/v1/tenants', list, async () => ({ rows: await tenants.list() }));

  const create = routeOptions({
    tag: 'admin',
    summary: 'Make a tenant',
    description: 'Then give it queues by a rule, and tokens.',
    access: 'operator',
    body: Type.Object(
      {
        name: Type.String({
          pattern: NAME,
          description: 'Letters, digits, . _ -, at most 63',
          examples: ['acme'],
        }),
      },
      { additionalProperties: false },
    ),
    answers: { 201: Tenant },
    problems: [409],
  });
  app.post('/api/v1/tenants', create, async (request, reply) => {
    const { name } = request.body;
    const tenant = await tenants.create(name);
    if (tenant === null) throw new Problem(409, `There is a tenant "${name}" already.`);
    return reply.code(201).send(tenant);
  });

  const rules = routeOptions({
    tag: 'admin',
    summary: 'Rules: which queues belong to which tenant',
    description:
      'The first rule that matches a queue when it is first seen gives its tenant, for good; without one: default.',
    access: 'operator',
    answers: { 200: Type.Object({ rows: Type.Array(Rule, { description: 'In the order they are tried' }) }) },
  });
  app.get('/api/v1/tenants/rules', rules, async () => ({ rows: await tenants.rules() }));

  const addRule = routeOptions({
    tag: 'admin',
    summary: 'Add a rule behind the others',
    access: 'operator',
    body: NewRule,
    answers: { 201: Rule },
  });
  app.post('/api/v1/tenants/rules', addRule, async (request, reply) => {
    const added = await tenants.addRule(request.body);
    if (added === null)
      throw badField('tenant', `there is no tenant "${request.body.tenant}"; create it first`);
    return reply.code(201).send(added);
  });

  const removeRule = routeOptions({
    tag: 'admin',
    summary: 'Remove a rule',
    access: 'operator',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404, 409],
  });
  app.delete('/api/v1/tenants/rules/:id', removeRule, async ({ params }, reply) => {
    const outcome = await tenants.removeRule(params.id);
    if (outcome === 'missing') throw new Problem(404, `There is no rule ${params.id}.`);
    if (outcome === 'file') {
      throw new Problem(409, 'This rule stands in the configuration file; change it there (tenants).');
    }
    return reply.code(204).send(null);
  });
}
