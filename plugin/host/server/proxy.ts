/**
 * Forwards one request to the collector as Grafana's proxy would, and its answer back, as it comes.
 *
 * In: a request and where it goes. Out: the upstream's answer, streamed; 502 when there is none. What must hold: nothing of
 * the browser's identity reaches the collector but what Grafana would say of the user; a browser that goes away ends the
 * upstream's work.
 */
import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { contextHeader, type User } from './users';

/** Not passed on: the connection's own, and what Grafana keeps to itself. */
const DROPPED_OF_REQUEST = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authorization',
  'te',
  'trailer',
  'host',
  'cookie',
  'authorization',
  'x-api-key',
  'origin',
  'referer',
]);
const DROPPED_OF_ANSWER = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'set-cookie',
  'server',
  'strict-transport-security',
]);

interface Forwarding {
  url: string;
  headers: Array<[name: string, value: string]>;
  user: User;
}

export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { url, headers, user }: Forwarding,
): void {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) {
    response.writeHead(502).end();
    return;
  }
  const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const upstream = send(address, {
    method: request.method,
    headers: {
      ...kept(request.headers, (name) => !DROPPED_OF_REQUEST.has(name) && !name.startsWith('x-grafana-')),
      ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      'x-forwarded-for': request.socket.remoteAddress ?? '',
      'x-grafana-context': contextHeader(user),
    },
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, {
      ...kept(answer.headers, (name) => !DROPPED_OF_ANSWER.has(name)),
      'content-security-policy': 'sandbox',
    });
    // An event stream's first event may be long in coming; that it is open is news already.
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) {
      response.destroy();
    } else {
      response.writeHead(502).end();
    }
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

const kept = (headers: IncomingMessage['headers'], keep: (name: string) => boolean): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name)));
