/** Prometheus: `/metrics`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { CONTENT_TYPE } from '../../metrics/exposition.js';
import type { Api } from '../typed-app.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { routeOptions, textAnswer } from '../route-schema.js';

export function addMetricsRoute(
  app: Api,
  { metrics, settings }: Pick<ApiDeps, 'metrics' | 'settings'>,
): void {
  const wanted = settings.metricsToken === null ? null : digest(`Bearer ${settings.metricsToken}`);
  const { schema, config } = routeOptions({
    tag: 'health',
    summary: 'Metrics for Prometheus',
    description: 'Carries no caller data. With `metrics.token` in the configuration it needs that token.',
    access: 'public',
    answers: { 200: textAnswer('Text format 0.0.4', 'text/plain') },
    problems: [401],
  });
  const options = { schema: { ...schema, security: wanted === null ? [] : [{ metricsToken: [] }] }, config };
  app.get('/metrics', options, async (request, reply) => {
    if (wanted !== null && !timingSafeEqual(wanted, digest(request.headers.authorization ?? ''))) {
      throw new Problem(401, 'Send metrics.token of the configuration as "Authorization: Bearer …".', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    void reply.type(CONTENT_TYPE).header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return metrics.text();
    void reply.header('content-encoding', 'gzip');
    return metrics.gzipped();
  });
}

/** Of equal length whatever was sent, so that comparing them takes the same time. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
