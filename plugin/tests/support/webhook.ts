/** A web server that takes what schedules post. In: nothing. Out: its address, what it took, what it answers. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Taken {
  headers: IncomingHttpHeaders;
  /** The bytes that are signed. */
  body: string;
}

export interface Webhook {
  url: string;
  taken: Taken[];
  /** Status of its answers. */
  status: number;
  close(): Promise<void>;
}

export async function startWebhook(): Promise<Webhook> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      webhook.taken.push({ headers: request.headers, body });
      response.writeHead(webhook.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const webhook: Webhook = {
    url: `http://127.0.0.1:${port}/reports`,
    taken: [],
    status: 204,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return webhook;
}
