/**
 * What every route states about itself: description, errors, who may use it.
 *
 * In: what is particular to a route. Out: its Fastify `schema` and `config`. What must hold: the description of a
 * route names the role it needs, from the same value that is enforced (auth.ts).
 */
import { Type, type TSchema } from 'typebox';
import type { RouteAccess } from './auth.js';
import { rankOf, type Rank } from './permissions.js';
import { ProblemBody, type ProblemStatus } from './problem.js';

const WHO: Record<'public' | Rank, string> = {
  public: 'Needs no token.',
  viewer: 'Needs a token of any role.',
  editor: 'Needs the role editor.',
  admin: 'Needs the role admin.',
  operator: 'Needs an admin of the tenant `default`.',
};

const WHEN: Partial<Record<ProblemStatus, string>> = {
  400: 'A parameter or the body is wrong; errors names the fields',
  401: 'No token, or one that does not exist or was revoked',
  403: 'The role of the token does not suffice',
  404: 'There is no such thing, or it belongs to another tenant',
  409: 'It contradicts what there is',
  413: 'The body is too large',
  415: 'The body is not JSON',
  416: 'None of the bytes asked for is there; Content-Range says how many there are',
  429: 'Too many requests; Retry-After says when to come back',
  500: 'A fault of the collector; its log has the details under requestId',
  503: 'The database is away or the collector is busy; Retry-After says when to come back',
};

export interface RouteDescription {
  tag: string;
  summary: string;
  description?: string;
  access: RouteAccess;
  querystring?: TSchema;
  params?: TSchema;
  headers?: TSchema;
  body?: TSchema;
  /** Answers of success by status; one media type each, JSON unless a `content` is given. */
  answers: Readonly<Record<number, TSchema>>;
  /** Errors besides those every route has. */
  problems?: readonly ProblemStatus[];
}

/** `schema` and `config` of a route. */
export function routeOptions<const D extends RouteDescription>(route: D) {
  const { tag, summary, description, access, answers, problems = [], ...input } = route;
  const common: ProblemStatus[] = access === 'public' ? [500] : [401, 403, 429, 500, 503];
  const needsFields = input.querystring || input.params || input.body ? ([400] as const) : [];
  const body = input.body ? ([413, 415] as const) : [];
  const statuses = [...new Set<ProblemStatus>([...needsFields, ...body, ...common, ...problems])].sort();
  const errors = Object.fromEntries(
    statuses.map((status) => [status, problemAnswer(WHEN[status] ?? 'Error')]),
  );
  return {
    schema: {
      tags: [tag],
      summary,
      description: [description, WHO[access === 'public' ? access : rankOf(access)]]
        .filter((text) => text !== undefined)
        .join('\n\n'),
      ...(access === 'public' ? {} : { security: [{ token: [] }] }),
      ...input,
      response: { ...answers, ...errors },
    },
    config: { access },
  };
}

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemBody } },
});

/** An answer that is not JSON. */
export const textAnswer = (description: string, mediaType: string) =>
  Type.Unsafe<string>({ description, content: { [mediaType]: { schema: Type.String() } } });

/** An id in the path. */
export const IdParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Its id' }),
});
