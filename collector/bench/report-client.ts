/**
 * Who asks for reports in report-holds.ts, in a thread of his own: what he receives must not be counted as the collector's
 * work. In: addresses. Out: how each was answered. A live stream is open all the time.
 */
import { get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

export interface ClientInput {
  url: string;
  token: string;
}

export interface Answered {
  status: number;
  bytes: number;
  /** Until the last byte. */
  ms: number;
}

async function ask({ url, token }: ClientInput, path: string): Promise<Answered> {
  const startedMs = performance.now();
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  const { byteLength } = await response.arrayBuffer();
  return { status: response.status, bytes: byteLength, ms: performance.now() - startedMs };
}

const port = parentPort;
if (port !== null) {
  const input = workerData as ClientInput;
  const headers = { authorization: `Bearer ${input.token}` };
  get(`${input.url}/api/v1/live/stream`, { headers }, (stream) => {
    stream.resume();
    port.postMessage('ready');
    port.on(
      'message',
      (path: string) => void ask(input, path).then((answered) => port.postMessage(answered)),
    );
  });
}
