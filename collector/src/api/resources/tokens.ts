/** Tokens: admins look after those of their tenant, who runs the site after all. */
import { Type } from 'typebox';
import { DEFAULT_TENANT, ROLES, UnknownTenantError } from '../../directory/tokens.js';
import type { Api } from '../typed-app.js';
import { accessOf, isOperator } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { badField, Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';

const orNull = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description });

const Token = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String({ description: 'What it is for' }),
    role: Type.Enum([...ROLES]),
    tenant: Type.String(),
    actsForUsers: Type.Boolean({ description: 'It takes the user and his role from X-Grafana-Context' }),
    createdAt: Type.Integer({ description: 'UTC ms' }),
    lastUsedAt: orNull('UTC ms, to the minute; null: never used'),
    revokedAt: orNull('UTC ms; null: it works'),
  },
  { description: 'A token, without its secret' },
);

const NewToken = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '\\S',
      description: 'What it is for',
      examples: ['Grafana'],
    }),
    role: Type.Enum([...ROLES]),
    tenant: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        description: 'Default: your own; others only for who runs the site',
      }),
    ),
    actsForUsers: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'For Grafana: requests with X-Grafana-Context are made for the user in it, with the lower of his role and the ' +
          "token's. Whoever has such a token can speak for anybody",
      }),
    ),
  },
  { additionalProperties: false },
);

const CreatedToken = Type.Object({
  token: Type.String({ description: 'The secret, shown this once', examples: ['qs_…'] }),
  info: Token,
});

export function addTokenRoutes(app: Api, { tokens }: Pick<ApiDeps, 'tokens'>): void {
  const list = routeOptions({
    tag: 'admin',
    summary: 'Tokens, revoked ones too',
    access: 'admin',
    answers: { 200: Type.Object({ rows: Type.Array(Token, { description: 'Newest first' }) }) },
  });
  app.get('/api/v1/tokens', list, async (request) => {
    const access = accessOf(request);
    return { rows: await tokens.list(isOperator(access) ? null : access.tenantId) };
  });

  const create = routeOptions({
    tag: 'admin',
    summary: 'Make a token',
    access: 'admin',
    body: NewToken,
    answers: { 201: CreatedToken },
  });
  app.post('/api/v1/tokens', create, async (request, reply) => {
    const access = accessOf(request);
    const { name, role, tenant = access.tenant, actsForUsers = false } = request.body;
    if (tenant !== access.tenant && !isOperator(access)) {
      throw new Problem(
        403,
        `Only an admin of the tenant "${DEFAULT_TENANT}" makes tokens for other tenants.`,
        {
          errors: [{ field: 'tenant', message: `must be "${access.tenant}"` }],
        },
      );
    }
    try {
      return await reply
        .code(201)
        .send(await tokens.create({ name: name.trim(), role, tenant, actsForUsers }));
    } catch (error) {
      if (!(error instanceof UnknownTenantError)) throw error;
      throw badField('tenant', `${error.message}; create it first: POST /api/v1/tenants`);
    }
  });

  const revoke = routeOptions({
    tag: 'admin',
    summary: 'Revoke a token',
    description: 'It stops working at once. Your own cannot be revoked with itself.',
    access: 'admin',
    params: IdParams,
    answers: { 204: Type.Null({ description: 'Revoked, or was so already' }) },
    problems: [404, 409],
  });
  app.delete('/api/v1/tokens/:id', revoke, async (request, reply) => {
    const access = accessOf(request);
    const { id } = request.params;
    if (id === access.tokenId)
      throw new Problem(409, 'This is the token you use; revoke it with another one.');
    const found = await tokens.revoke(id, isOperator(access) ? null : access.tenantId);
    if (!found) throw new Problem(404, `There is no token ${id}.`);
    return reply.code(204).send(null);
  });
}
