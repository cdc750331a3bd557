/**
 * Errors as answers: what handlers throw, unknown addresses, wrong methods, requests that are no HTTP.
 *
 * In: an app, before its routes. Out: the same with handlers. What must hold: one shape (problem.ts) for all; only
 * what is the collector's own fault is logged as an error.
 */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nearest } from '../config/suggest.js';
import { KnownMethods } from './methods.js';
import { Problem, problemBody, toProblem, type ProblemStatus } from './problem.js';

const MEDIA_TYPE = 'application/problem+json';

export function addErrorAnswers(app: FastifyInstance): void {
  const known = new KnownMethods();
  const paths = new Set<string>();
  app.addHook('onRoute', (route) => {
    known.add(route.url, route.method);
    if (route.url.startsWith('/api/')) paths.add(route.url);
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.setErrorHandler((error, request, reply) => answer(toProblem(error), error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const methods = known.of(path.length > 1 ? path.replace(/\/$/, '') : path);
    return answer(
      methods.length > 0 ? wrongMethod(request.method, methods) : noSuchPath(path, paths),
      null,
      request,
      reply,
    );
  });
}

function answer(
  problem: Problem,
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (problem.status >= 500) request.log.error({ err: cause, url: request.url }, problem.message);
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type(MEDIA_TYPE)
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(problem, request.id));
}

function wrongMethod(method: string, allowed: readonly string[]): Problem {
  return new Problem(405, `${method} is not possible here; use ${allowed.join(' or ')}`, {
    headers: { allow: allowed.join(', ') },
  });
}

function noSuchPath(path: string, paths: Iterable<string>): Problem {
  const near = nearest(path, paths, 1)[0];
  const hint = near === undefined ? 'see /docs for what there is' : `did you mean ${near}?`;
  return new Problem(404, `There is nothing at this address; ${hint}`);
}

/** What Node's HTTP parser refuses never becomes a request: the answer is written to the socket itself. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, detail } = BROKEN[error.code ?? ''] ?? {
    status: 400,
    detail: 'This is no valid HTTP request.',
  };
  const body = JSON.stringify(problemBody(new Problem(status, detail), randomUUID()));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: ${MEDIA_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const BROKEN: Record<string, { status: ProblemStatus; detail: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The address and headers together are longer than 16 KB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not arrive in time.' },
};
