/**
 * Who may call which route.
 *
 * In: the bearer token of a request, the user it acts for (users.ts) and the route's `config.access`. Out:
 * `request.access`, or a 401/403/429. What must hold: every route says who may use it (a route that does not is a
 * programming error found at start); a route answers nothing before this has run; the requests of a token are limited,
 * those of each user it acts for apart, and so are a stranger's attempts.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Masking } from '../directory/masking.js';
import { DEFAULT_TENANT, type Identity, type Role } from '../directory/tokens.js';
import { may, rankOf, type Permission, type Rank } from './permissions.js';
import { Problem } from './problem.js';
import { actingFor, type VerifyUser } from './users.js';

export { isOperator, numbersFor, seesNumbers } from './permissions.js';

/** A role, or what is done there (permissions.ts). */
export type RouteAccess = 'public' | Role | 'operator' | Permission;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Who asks; null on public routes only. */
    access: Identity | null;
  }
}

export interface AuthOptions {
  authenticate: (token: string) => Promise<Identity | null>;
  /** Checks Grafana's signature of the user; null: its word is enough. */
  verifyUser: VerifyUser | null;
  masking: Pick<Masking, 'modeOf'>;
  /** Requests per minute of a token, or of one user it acts for. */
  rateLimitPerMinute: number;
}

/** Wrong tokens one address may send in a minute. */
const FAILURES_PER_MINUTE = 30;

/** Needs @fastify/rate-limit to be registered (not global). */
export function addAuth(
  app: FastifyInstance,
  { authenticate, verifyUser, masking, rateLimitPerMinute }: AuthOptions,
): void {
  const limitToken = app.createRateLimit({
    max: rateLimitPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ access }) => `token ${access?.tokenId ?? 0} ${access?.user?.login ?? ''}`,
  });
  const limitFailures = app.createRateLimit({
    // Asked before an attempt is counted, and exceeded only beyond `max`.
    max: FAILURES_PER_MINUTE - 1,
    timeWindow: 60_000,
    keyGenerator: (request) => `failure ${request.ip}`,
  });
  app.decorateRequest('access', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined && !route.url.startsWith('/docs')) {
      throw new Error(
        `route ${String(route.method)} ${route.url} does not say who may use it (config.access)`,
      );
    }
  });
  app.addHook('onRequest', async (request) => {
    const needed = request.routeOptions.config.access;
    if (needed === undefined || needed === 'public') return;
    const attempts = await limitFailures(request, { increment: false });
    if (!attempts.isAllowed && attempts.isExceeded) throw tooMany(attempts.ttlInSeconds);
    const token = bearerToken(request);
    const identity = token === null ? null : await authenticate(token);
    if (identity === null) {
      await limitFailures(request);
      throw unauthorized(token);
    }
    const access = await actingFor(identity, request.headers, verifyUser);
    request.access = { ...access, numbers: masking.modeOf(access) };
    const calls = await limitToken(request);
    if (!calls.isAllowed && calls.isExceeded) throw tooMany(calls.ttlInSeconds);
    if (!may(request.access, needed)) throw forbidden(request.access, rankOf(needed));
  });
}

/** Who asks; for handlers of routes that are not public. */
export function accessOf(request: FastifyRequest): Identity {
  if (request.access === null) throw unauthorized(null);
  return request.access;
}

/** The token of `Authorization: Bearer …`; null without that header. */
function bearerToken(request: FastifyRequest): string | null {
  const match = /^bearer +(\S+)\s*$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

function unauthorized(token: string | null): Problem {
  const message =
    token === null
      ? 'send your token as "Authorization: Bearer qs_…"'
      : 'this token does not exist or was revoked; ask an admin for a new one';
  return new Problem(401, message, {
    errors: [{ field: 'Authorization', message }],
    headers: { 'www-authenticate': token === null ? 'Bearer' : 'Bearer error="invalid_token"' },
  });
}

function forbidden({ role, tenant, user }: Identity, needed: Rank): Problem {
  const who = needed === 'operator' ? `an admin of the tenant "${DEFAULT_TENANT}"` : `the role ${needed}`;
  const you = user === null ? 'your token' : `"${user.login}"`;
  return new Problem(403, `this needs ${who}; ${you} is ${role} of "${tenant}"`);
}

const tooMany = (seconds: number): Problem =>
  new Problem(429, `Too many requests; try again in ${seconds} s.`, {
    headers: { 'retry-after': String(Math.max(1, seconds)) },
  });
