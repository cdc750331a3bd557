import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { createServer, request, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { text } from 'stream/consumers';
import { startHost, type Host } from './server';

const ID = 'acme-app';
const PLUGIN = {
  ...{
    id: ID,
    name: 'Acme',
    type: 'app',
    info: { version: '1.0.0', updated: '', logos: { small: 's', large: 'l' } },
  },
  includes: [{ type: 'panel', name: 'Board', path: 'panels/board/plugin.json' }],
  roles: [{ role: { permissions: [{ action: `${ID}.pay:read` }] }, grants: ['Admin'] }],
  routes: [
    { path: 'v1/pay', url: '{{ .JsonData.apiUrl }}/pay', reqAction: `${ID}.pay:read` },
    {
      path: 'v1/*',
      url: '{{ .JsonData.apiUrl }}/api',
      headers: [{ name: 'Authorization', content: 'Bearer {{ .SecureJsonData.apiToken }}' }],
    },
  ],
};

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

let folder: string;
let upstream: Server;
let heard: IncomingMessage[];
let ended: number;
let host: Host;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preview-'));
  mkdirSync(join(folder, 'dist/panels/board'), { recursive: true });
  writeFileSync(join(folder, 'dist/plugin.json'), JSON.stringify(PLUGIN));
  writeFileSync(
    join(folder, 'dist/panels/board/plugin.json'),
    JSON.stringify({ ...PLUGIN, id: 'acme-board-panel', type: 'panel', includes: [] }),
  );
  writeFileSync(join(folder, 'dist/panels/board/module.js'), 'board');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  upstream = createServer((asked, response) => {
    heard.push(asked);
    if (asked.url === '/api/stream') {
      response.on('close', () => (ended += 1));
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: one\n\n');
      return;
    }
    response.writeHead(201, { 'set-cookie': 'a=b', server: 'x', 'content-type': 'text/plain' });
    asked.pipe(response);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  const folders = Object.fromEntries(
    ['host', 'grafanaImages', 'unicons', 'icons', 'inter', 'robotoMono'].map((name) => [
      name,
      join(folder, name),
    ]),
  );
  host = await startHost({
    collectorUrl: `http://127.0.0.1:${port}/`,
    token: 'qs_1',
    folders: { dist: join(folder, 'dist'), ...folders } as Parameters<typeof startHost>[0]['folders'],
    port: 0,
  });
});

beforeEach(() => {
  heard = [];
  ended = 0;
});

afterAll(async () => {
  await host.stop();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(folder, { recursive: true });
});

async function ask(
  path: string,
  { role = 'Admin', headers = {}, method = 'GET', body = '' } = {},
): Promise<Answer> {
  const cookie = `queuescope-preview-role=${role}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(`${host.url}${path}`, { method, headers: { cookie, ...headers } }, resolve);
    asked.on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

const proxy = `/api/plugin-proxy/${ID}`;

describe('the preview’s server', () => {
  it('says who asks as Grafana does, with nothing of the browser’s own', async () => {
    const { status, headers, body } = await ask(`${proxy}/v1/calls?from=1&q=%D0%BE`, {
      ...{ method: 'POST', body: 'order', role: 'Editor' },
      headers: {
        'x-grafana-id': 'forged',
        'x-grafana-context': '{"OrgRole":"Admin"}',
        authorization: 'Basic x',
      },
    });
    expect([status, body]).toEqual([201, 'order']);
    expect(headers).toMatchObject({ 'content-security-policy': 'sandbox' });
    expect([headers['set-cookie'], headers.server]).toEqual([undefined, undefined]);
    const [asked] = heard;
    expect(asked?.url).toBe('/api/calls?from=1&q=%D0%BE');
    expect(asked?.headers.authorization).toBe('Bearer qs_1');
    expect([asked?.headers.cookie, asked?.headers['x-grafana-id']]).toEqual([undefined, undefined]);
    const context = Buffer.from(String(asked?.headers['x-grafana-context']), 'latin1').toString('utf8');
    expect(JSON.parse(context)).toMatchObject({ OrgRole: 'Editor', Login: 'preview-editor', OrgID: 1 });
  });

  it('refuses what the role may not, before the collector hears of it', async () => {
    expect((await ask(`${proxy}/v1/pay`, { role: 'Editor' })).status).toBe(403);
    expect(heard).toEqual([]);
    expect((await ask(`${proxy}/v1/pay`)).status).toBe(201);
  });

  it('passes events on as they come, and ends the stream when the browser goes', async () => {
    const received = await new Promise<string>((resolve, reject) => {
      const asked = request(`${host.url}${proxy}/v1/stream`, (response) => {
        response.once('data', (bytes: Buffer) => {
          resolve(String(bytes));
          asked.destroy();
        });
      });
      asked.on('error', reject).end();
    });
    expect(received).toBe('event: one\n\n');
    const deadline = Date.now() + 2000;
    while (ended === 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(ended).toBe(1);
  });

  it('is not for other sites: neither their scripts nor their names', async () => {
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(403);
    const origin = 'http://evil.example';
    expect((await ask(`${proxy}/v1/calls`, { method: 'POST', headers: { origin } })).status).toBe(403);
    expect((await ask(`${proxy}/v1/calls`, { method: 'POST', headers: { origin: host.url } })).status).toBe(
      201,
    );
    expect(heard).toHaveLength(1);
  });

  it('serves the build of nested plugins under their own ids, and nothing outside of it', async () => {
    const module = '/public/plugins/acme-board-panel/module.js';
    const { body, headers } = await ask(module);
    expect(body).toBe('board');
    expect((await ask(module, { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(304);
    for (const path of [
      '/public/plugins/acme-app/..%2fsecret.txt',
      '/public/plugins/acme-app/%2e%2e/secret.txt',
    ]) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  it('keeps choices in cookies and goes on only to pages of its own', async () => {
    const { headers, body } = await ask('/preview/as?role=Viewer&lang=uz&theme=pink&to=//evil.example');
    expect(headers['set-cookie']?.map((cookie) => cookie.split(';')[0])).toEqual([
      'queuescope-preview-role=Viewer',
      'queuescope-preview-lang=uz',
      'queuescope-preview-theme=dark',
      'queuescope-preview-timeZone=browser',
    ]);
    expect(body).toContain('location.replace("/")');
  });

  it('lets admins save settings, and tells nobody the token', async () => {
    const settings = `/api/plugins/${ID}/settings`;
    const body = JSON.stringify({ jsonData: { apiUrl: 'http://127.0.0.1:1' } });
    expect((await ask(settings, { method: 'POST', body, role: 'Editor' })).status).toBe(403);
    const before = await ask(settings, { role: 'Viewer' });
    expect(JSON.parse(before.body)).toMatchObject({ secureJsonFields: { apiToken: true } });
    expect(before.body).not.toContain('qs_1');
    expect((await ask(settings, { method: 'POST', body })).status).toBe(200);
    expect((await ask(`${proxy}/v1/calls`)).status).toBe(502);
  });
});
