/**
 * When the client of a request with a body goes away. `request.signal` cannot say it there: it fires as soon as the body is
 * read.
 */
import type { FastifyReply } from 'fastify';

/** Aborts when the connection closes before the answer is out. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client went away'));
  });
  return gone.signal;
}
