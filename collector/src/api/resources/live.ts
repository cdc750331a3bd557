/** Live state: once (`/api/v1/live`) and as a stream of server-sent events. */
import { Type } from 'typebox';
import { LiveSnapshot } from '../../live/shape.js';
import type { Api } from '../typed-app.js';
import { accessOf, numbersFor } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { maskLive } from '../live-mask.js';
import { LiveStreams } from '../live-streams.js';
import { routeOptions, textAnswer } from '../route-schema.js';

const STREAM = `Server-sent events. First \`snapshot\` (as \`GET /api/v1/live\`), then \`delta\` with the rows that changed and the
keys of those \`gone\`, at most four a second. Every event has an id; a client that comes back with \`Last-Event-ID\`
within a minute gets what it missed, later a new \`snapshot\`. A comment every 15 s shows that the line is alive.
\`closing\`: the collector stops. \`dropped\`: the client read too slowly; connect again.`;

export function addLiveRoutes(app: Api, { live, masking }: Pick<ApiDeps, 'live' | 'masking'>): void {
  const streams = new LiveStreams(live);
  app.addHook('preClose', (done) => {
    streams.close();
    done();
  });

  const once = routeOptions({
    tag: 'live',
    summary: 'What is going on now',
    access: 'viewer',
    answers: { 200: LiveSnapshot },
  });
  app.get('/api/v1/live', once, (request) => {
    const access = accessOf(request);
    const snapshot = live.snapshot(access.tenantId, Date.now());
    const mask = masking.maskFor(access);
    return mask === null ? snapshot : maskLive(snapshot, mask);
  });

  const stream = routeOptions({
    tag: 'live',
    summary: 'Live state as it changes',
    description: STREAM,
    access: 'viewer',
    headers: Type.Object({
      'last-event-id': Type.Optional(
        Type.String({ maxLength: 100, description: 'Id of the last event received' }),
      ),
    }),
    answers: { 200: textAnswer('Events snapshot, delta, closing, dropped', 'text/event-stream') },
  });
  app.get('/api/v1/live/stream', stream, (request, reply) => {
    const access = accessOf(request);
    const audience = {
      tenantId: access.tenantId,
      numbers: numbersFor(access),
      mask: masking.maskFor(access),
    };
    streams.open(
      reply.raw,
      { 'x-request-id': request.id },
      audience,
      request.headers['last-event-id'] ?? null,
    );
    reply.hijack();
  });
}
