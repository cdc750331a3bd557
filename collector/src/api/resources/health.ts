/** Health: for people (`/api/v1/health`), for load balancers and supervisors (`/readyz`, `/livez`). */
import { Type } from 'typebox';
import type { Api } from '../typed-app.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { routeOptions } from '../route-schema.js';
import { Health, Readiness } from './health-schema.js';

export function addHealthRoutes(app: Api, { health }: Pick<ApiDeps, 'health'>): void {
  const report = routeOptions({
    tag: 'health',
    summary: 'Links to the PBXs, lag, gaps, backlog',
    access: 'viewer',
    answers: { 200: Health },
  });
  app.get('/api/v1/health', report, (request) => health.health(accessOf(request).tenantId));

  const ready = routeOptions({
    tag: 'health',
    summary: 'Ready to answer?',
    description: '200 when every check is ok, else 503 with the same body.',
    access: 'public',
    answers: { 200: Readiness, 503: Readiness },
  });
  app.get('/readyz', ready, async (_request, reply) => {
    const readiness = await health.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });

  const alive = routeOptions({
    tag: 'health',
    summary: 'Alive?',
    description: 'Answers as long as the event loop turns, whatever the state of database and PBXs.',
    access: 'public',
    answers: { 200: Type.Object({ alive: Type.Literal(true) }) },
  });
  app.get('/livez', alive, () => ({ alive: true as const }));
}
