/** Recordings of talks, and who listened to them. */
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import {
  NoRecordingError,
  RangeNotSatisfiableError,
  type FoundRecording,
} from '../../recordings/recording.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';

const VisitParams = Type.Object({
  visitId: Type.Integer({
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'visitId of the reports of calls, and of the journey',
  }),
});

const sound = (description: string) =>
  Type.Unsafe<unknown>({
    description,
    content: { 'audio/*': { schema: { type: 'string', format: 'binary' } } },
  });

const Play = Type.Object(
  {
    at: Type.Integer({ description: 'UTC ms' }),
    by: Type.Union([Type.String(), Type.Null()], { description: 'Name of the token' }),
    login: Type.Union([Type.String(), Type.Null()], { description: 'The user of Grafana it acted for' }),
  },
  { description: 'Somebody listened' },
);

export function addRecordingRoutes(app: Api, { recordings }: Pick<ApiDeps, 'recordings'>): void {
  const play = routeOptions({
    tag: 'calls',
    summary: 'The recording of a talk',
    description:
      'Understands Range, so that a player can jump. 404 says why there is none. Who listens is noted; what the same ' +
      'person asks for within ten minutes is one play.',
    access: 'recordings:play',
    params: VisitParams,
    answers: { 200: sound('The sound'), 206: sound('The part asked for by Range') },
    problems: [404, 416],
  });
  app.get('/api/v1/recordings/:visitId', play, async (request, reply) => {
    const { visitId } = request.params;
    const found = await recordings
      .play(accessOf(request), visitId, request.headers.range, request.signal)
      .catch((error: unknown) => {
        throw problemOf(error);
      });
    return send(reply, found);
  });

  const plays = routeOptions({
    tag: 'calls',
    summary: 'Who listened to a recording',
    access: 'audit:read',
    params: VisitParams,
    answers: { 200: Type.Object({ rows: Type.Array(Play, { description: 'Newest first' }) }) },
    problems: [404],
  });
  app.get('/api/v1/recordings/:visitId/plays', plays, async (request) => ({
    rows: (await recordings.plays(accessOf(request).tenantId, request.params.visitId)).map(
      ({ at, by, login }) => ({ at, by, login }),
    ),
  }));
}

function send(reply: FastifyReply, found: FoundRecording): FastifyReply {
  const { status, contentType, contentRange, length, fileName, body } = found;
  void reply
    .code(status)
    .type(contentType)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  if (length !== null) void reply.header('content-length', length);
  if (contentRange !== null) void reply.header('content-range', contentRange);
  return reply.send(body);
}

function problemOf(error: unknown): unknown {
  if (error instanceof NoRecordingError) return new Problem(404, `There is no recording: ${error.message}.`);
  if (!(error instanceof RangeNotSatisfiableError)) return error;
  return new Problem(416, error.message, {
    errors: [{ field: 'Range', message: error.message }],
    headers: { 'content-range': `bytes */${error.size ?? '*'}` },
  });
}
