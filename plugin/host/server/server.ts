/**
 * The preview host's server: Grafana's addresses, as far as the app uses them.
 *
 * In: where the collector is, the token, the folders with the files. Out: a listening server. What must hold: it says of
 * every visitor that they are who they chose to be, so it listens to this machine only unless told otherwise, and
 * answers nobody who was lured here by another site (names that are not its own, other origins).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { bootData } from './boot-data';
import { changedChoices, choicesOf, cookiesOf } from './choices';
import { appPage, choicePage } from './pages';
import { readPlugin, type PluginFiles } from './plugin-files';
import { forward } from './proxy';
import { ruleOn } from './proxy-rules';
import { AppSettings } from './settings';
import { fileFor, sendFile, type Folders } from './static-files';
import { UserStorage } from './user-storage';
import { userOf } from './users';

export interface HostOptions {
  /** Of the collector: `http://127.0.0.1:8080`. */
  collectorUrl: string;
  token: string;
  folders: Folders;
  host?: string;
  /** 0: any free one. */
  port?: number;
}

export interface Host {
  url: string;
  stop(): Promise<void>;
}

/** @throws Error when the plugin is not built or the port is taken */
export async function startHost(options: HostOptions): Promise<Host> {
  const { collectorUrl, token, folders, host = '127.0.0.1', port = 8081 } = options;
  readPlugin(folders.dist);
  const settings = new AppSettings({ apiUrl: collectorUrl.replace(/\/+$/, ''), apiToken: token });
  const storage = new UserStorage();
  const server = createServer((request, response) => {
    answer(request, response, { folders, settings, storage, host }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      sendJson(response, 500, { message });
    });
  });
  await listening(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // event streams would keep it open
      }),
  };
}

interface Context {
  folders: Folders;
  settings: AppSettings;
  storage: UserStorage;
  host: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  if (!isOurs(request, context.host)) {
    sendJson(response, 403, { message: 'The preview answers only pages of its own, at its own address.' });
    return;
  }
  const [rawPath = '/', rawQuery = ''] = splitOnce(request.url ?? '/', '?');
  const files = readPlugin(context.folders.dist);
  const choices = choicesOf(request.headers.cookie);
  const proxyPrefix = `/api/plugin-proxy/${files.app.id}/`;
  const storagePrefix = /^\/apis\/userstorage\.grafana\.app\/v\w+\/namespaces\/[^/]+\/user-storage\/?/;

  if (rawPath.startsWith(proxyPrefix)) {
    const path = rawPath.slice(proxyPrefix.length);
    proxied(request, response, { path, query: rawQuery, files, context });
  } else if (rawPath === `/api/plugins/${files.app.id}/settings`) {
    await answerSettings(request, response, { files, context });
  } else if (storagePrefix.test(rawPath)) {
    const name = decodeURIComponent(rawPath.replace(storagePrefix, ''));
    const body = request.method === 'GET' ? null : await json(request);
    const { status, body: answered } = context.storage.answer(request.method ?? 'GET', name, body);
    sendJson(response, status, answered);
  } else if (rawPath.startsWith('/public/')) {
    const file = fileFor(decodeURIComponent(rawPath), context.folders, files);
    if (file === null) {
      sendJson(response, 404, { message: 'Not found' });
    } else {
      sendFile(request, response, file);
    }
  } else if (rawPath.startsWith('/api/')) {
    sendJson(response, 404, { message: 'The preview has no such part of Grafana.' });
  } else if (rawPath === '/preview/as') {
    const query = new URLSearchParams(rawQuery);
    const changed = changedChoices(query, choices);
    response.setHeader('set-cookie', cookiesOf(changed));
    sendHtml(response, choicePage(changed, localPath(query.get('to'))));
  } else {
    sendHtml(response, appPage(bootData(files, choices), choices));
  }
}

function proxied(
  request: IncomingMessage,
  response: ServerResponse,
  { path, query, files, context }: { path: string; query: string; files: PluginFiles; context: Context },
): void {
  const user = userOf(choicesOf(request.headers.cookie).role, files.app);
  const ruling = ruleOn(
    files.app.routes ?? [],
    { method: request.method ?? 'GET', path, user },
    context.settings.forProxy,
  );
  if (ruling.kind === 'refused') {
    sendJson(response, ruling.status, { message: ruling.message });
    return;
  }
  const url = query === '' ? ruling.url : `${ruling.url}?${query}`;
  forward(request, response, { url, headers: ruling.headers, user });
}

async function answerSettings(
  request: IncomingMessage,
  response: ServerResponse,
  { files, context }: { files: PluginFiles; context: Context },
): Promise<void> {
  if (request.method === 'POST') {
    const user = userOf(choicesOf(request.headers.cookie).role, files.app);
    if (!user.permissions['plugins:write']) {
      sendJson(response, 403, { message: 'You need the permission plugins:write.' });
      return;
    }
    context.settings.save((await json(request)) as Parameters<AppSettings['save']>[0]);
    sendJson(response, 200, { message: 'Plugin settings updated' });
    return;
  }
  sendJson(response, 200, context.settings.shown(files.app));
}

/** Against other sites' scripts, and names of theirs that point to this address. */
function isOurs({ headers }: IncomingMessage, host: string): boolean {
  const asked = `http://${headers.host ?? ''}`;
  if (!URL.canParse(asked)) {
    return false;
  }
  const { hostname, host: withPort } = new URL(asked);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const isWide = host === '0.0.0.0' || host === '::';
  if (!isLocal && !isWide && hostname !== host) {
    return false;
  }
  return headers.origin === undefined || headers.origin === `http://${withPort}`;
}

/** Where to go on; another site's address is none. */
const localPath = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) ? to : '/');

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  });
  response.end(html);
}
