/** The live stream over a real socket, on a real live view. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { testApi, type TestApi } from '../../test/support/api.js';
import { LiveView } from '../live/live-view.js';
import type { LiveDelta, LiveSnapshot } from '../live/shape.js';
import type { PbxEvent } from '../pbx/event.js';
import { LiveStreams, type LiveStreamSettings } from './live-streams.js';
import { Problem } from './problem.js';

interface Received {
  id: string;
  event: string;
  data: LiveSnapshot & LiveDelta & { reason: string };
}

/** One client: collects events, waits for them. */
class Client {
  readonly events: Received[] = [];
  comments = 0;
  ended = false;
  #response: IncomingMessage | null = null;
  #wake: () => void = () => undefined;

  static async connect(url: string, headers: Record<string, string> = {}): Promise<Client> {
    const client = new Client();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers, agent: false }, resolve).on('error', reject);
    });
    expect(response.headers['content-type']).toBe('text/event-stream');
    client.#response = response;
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) client.#take(block);
      client.#wake();
    });
    response.on('close', () => {
      client.ended = true;
      client.#wake();
    });
    response.on('error', () => undefined);
    return client;
  }

  #take(block: string): void {
    if (block.startsWith(':')) this.comments++;
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = field('event');
    if (event === undefined) return;
    const data = JSON.parse(field('data') ?? 'null') as Received['data'];
    this.events.push({ id: field('id') ?? '', event, data });
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async event(n: number): Promise<Received> {
    await this.until(() => this.events.length > n);
    const event = this.events[n];
    if (event === undefined) throw new Error('no event');
    return event;
  }

  /** Stops reading: its socket fills. */
  pause(): void {
    this.#response?.pause();
  }
  resume(): void {
    this.#response?.resume();
  }
  close(): void {
    this.#response?.destroy();
  }
}

let ordinal = 0;
function enters(view: LiveView, callId: string, queue: string, callerName = 'Aziz'): void {
  const base = { id: `e${ordinal}`, source: 'ami' as const, connection: 'ami:1', ordinal: ordinal++ };
  const event: PbxEvent = {
    ...base,
    atUs: Date.now() * 1000,
    kind: 'caller-entered',
    callId,
    queue,
    callerNumber: '998901234567',
    callerName,
  };
  view.apply('hq', event, Date.now());
}
function hangsUp(view: LiveView, callId: string, queue: string): void {
  const base = { id: `e${ordinal}`, source: 'ami' as const, connection: 'ami:1', ordinal: ordinal++ };
  const atUs = Date.now() * 1000;
  const left = { kind: 'caller-left', queue, outcome: 'abandoned', certainty: 'stated' } as const;
  view.apply('hq', { ...base, ...left, atUs, callId }, Date.now());
  view.apply('hq', { ...base, id: `${base.id}h`, atUs, callId, kind: 'caller-hung-up' }, Date.now());
}

const view = (): LiveView => new LiveView({ tenantOf: (_pbx, queue) => (queue.startsWith('acme-') ? 2 : 1) });

const clients: Client[] = [];
const connect = async (...args: Parameters<typeof Client.connect>): Promise<Client> => {
  const client = await Client.connect(...args);
  clients.push(client);
  return client;
};
afterEach(() => clients.splice(0).forEach((client) => client.close()));

describe('through the API', () => {
  let api: TestApi;
  let url: string;
  let headers: {
    editor: Record<string, string>;
    viewer: Record<string, string>;
    acme: Record<string, string>;
  };
  beforeAll(async () => {
    api = await testApi();
    url = `${await api.app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/live/stream`;
    const bearer = async (token: Promise<string>) => ({ authorization: `Bearer ${await token}` });
    headers = {
      editor: await bearer(api.token('editor')),
      viewer: await bearer(api.token('viewer')),
      acme: await bearer(api.token('editor', 'acme')),
    };
  });
  afterAll(() => api.close());

  test('a snapshot, then what changed; viewers see no numbers, tenants only their own', async () => {
    const [editor, viewer, acme] = [
      await connect(url, headers.editor),
      await connect(url, headers.viewer),
      await connect(url, headers.acme),
    ];
    for (const client of [editor, viewer, acme]) {
      expect(await client.event(0)).toMatchObject({ event: 'snapshot', data: { calls: [], queues: [] } });
    }
    enters(api.live, 'c1', 'sales');
    const delta = await editor.event(1);
    expect(delta).toMatchObject({
      event: 'delta',
      data: {
        queues: [{ queue: 'sales', waiting: 1 }],
        calls: [{ callId: 'c1', state: 'waiting', callerNumber: '998901234567' }],
      },
    });
    expect((await viewer.event(1)).data.calls[0]?.callerNumber).toBe('**********67');
    enters(api.live, 'c2', 'acme-sales');
    expect((await acme.event(1)).data.calls.map((c) => c.callId)).toEqual(['c2']);
    hangsUp(api.live, 'c1', 'sales');
    const gone = () => editor.events.slice(1).flatMap(({ data }) => data.gone.calls);
    await editor.until(() => gone().length > 0);
    expect(gone()).toEqual([{ pbx: 'hq', callId: 'c1' }]);
    expect(JSON.stringify(acme.events)).not.toContain('"sales"');
  });

  test('who comes back gets what was missed, who comes from elsewhere a snapshot', async () => {
    const first = await connect(url, headers.editor);
    await first.event(0);
    const witness = await connect(url, headers.editor);
    await witness.event(0);
    enters(api.live, 'c3', 'sales');
    const last = await first.event(1);
    first.close();
    enters(api.live, 'c4', 'sales');
    await witness.event(2);
    const again = await connect(url, { ...headers.editor, 'last-event-id': last.id });
    const missed = await again.event(0);
    expect(missed.event).toBe('delta');
    expect(missed.data.calls.map((c) => c.callId)).toEqual(['c4']);
    for (const id of ['00000000-3', 'nonsense', `${last.id.split('-')[0] ?? ''}-999999`]) {
      const stranger = await connect(url, { ...headers.editor, 'last-event-id': id });
      expect((await stranger.event(0)).event).toBe('snapshot');
    }
  });

  test('a token is needed', async () => {
    await expect(connect(url)).rejects.toThrow();
    expect((await fetch(url)).status).toBe(401);
  });

  test('the collector stops: every stream is told and closed', async () => {
    const stopping = await testApi();
    const own = `${await stopping.app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/live/stream`;
    const client = await connect(own, { authorization: `Bearer ${await stopping.token('viewer')}` });
    await client.event(0);
    await stopping.close();
    await client.until(() => client.ended);
    expect(client.events.at(-1)).toMatchObject({
      event: 'closing',
      data: { reason: 'the collector stops' },
    });
  });
});

describe('streams', () => {
  const servers: { server: Server; streams: LiveStreams }[] = [];
  async function serve(live: LiveView, settings: Partial<LiveStreamSettings>) {
    const streams = new LiveStreams(live, settings);
    const server = createServer((request, response) => {
      try {
        const lastEventId = request.headers['last-event-id'];
        const resume = typeof lastEventId === 'string' ? lastEventId : null;
        streams.open(response, { 'x-test': '1' }, { tenantId: 1, numbers: 'none', mask: null }, resume);
      } catch (error) {
        response.writeHead(error instanceof Problem ? error.status : 500).end();
      }
    });
    servers.push({ server, streams });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { streams, url: `http://127.0.0.1:${address.port}/` };
  }
  afterAll(() => {
    for (const { server, streams } of servers) {
      streams.close();
      server.closeAllConnections();
      server.close();
    }
  });

  test('many changes become one delta per flush', async () => {
    const live = view();
    const { url } = await serve(live, { flushMs: 100 });
    const client = await connect(url);
    await client.event(0);
    for (let i = 0; i < 50; i++) enters(live, `c${i}`, 'sales');
    expect((await client.event(1)).data.calls).toHaveLength(50);
    await sleep(250);
    expect(client.events).toHaveLength(2);
  });

  test('what came and went between two flushes is not left behind by a new client', async () => {
    const live = view();
    const { url } = await serve(live, { flushMs: 150 });
    const first = await connect(url);
    await first.event(0);
    enters(live, 'brief', 'sales');
    const second = await connect(url);
    const shown = new Set((await second.event(0)).data.calls.map((c) => c.callId));
    hangsUp(live, 'brief', 'sales');
    await second.until(() => {
      for (const { data } of second.events.slice(1)) data.gone.calls.forEach((c) => shown.delete(c.callId));
      return shown.size === 0;
    });
  });

  test('a heartbeat when nothing happens', async () => {
    const { url } = await serve(view(), { flushMs: 20, heartbeatMs: 60 });
    const client = await connect(url);
    await client.until(() => client.comments >= 2);
    expect(client.events.map((e) => e.event)).toEqual(['snapshot']);
  });

  test('a client that does not read is dropped; the others notice nothing', async () => {
    const live = view();
    const { url, streams } = await serve(live, { flushMs: 20, patienceMs: 300, farewellMs: 60_000 });
    const slow = await connect(url);
    const fast = await connect(url);
    await Promise.all([slow.event(0), fast.event(0)]);
    slow.pause();
    // Until the sockets' buffers of this machine are full.
    const long = 'x'.repeat(200_000);
    for (let i = 0; streams.clients === 2 && i < 2_000; i++) {
      enters(live, `c${i % 5}`, `sales${i}`, long);
      await sleep(10);
    }
    expect(streams.clients).toBe(1);
    slow.resume();
    await slow.until(() => slow.ended);
    expect(slow.events.at(-1)).toMatchObject({
      event: 'dropped',
      data: { reason: 'the client reads too slowly' },
    });
    const count = fast.events.length;
    enters(live, 'after', 'sales');
    await fast.until(() => fast.events.length > count);
    expect(fast.events.at(-1)?.data.calls.map((c) => c.callId)).toContain('after');
  });

  test('no more clients than allowed', async () => {
    const { url, streams } = await serve(view(), { maxClients: 2 });
    await connect(url);
    await connect(url);
    expect((await fetch(url)).status).toBe(503);
    clients.at(-1)?.close();
    while (streams.clients > 1) await sleep(10);
    await connect(url);
  });
});
