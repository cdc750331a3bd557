/**
 * Files for the browser: the plugin's build, Grafana's icons and fonts, the host's own bundle.
 *
 * In: a path below `/public/`. Out: the file; null when there is none. What must hold: nothing outside
 * of these folders is ever read.
 */
import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import type { PluginFiles } from './plugin-files';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.md': 'text/plain; charset=utf-8',
};

export interface Folders {
  /** The built plugin. */
  dist: string;
  /** The host's bundle for the browser. */
  host: string;
  /** `img` of @grafana/ui. */
  grafanaImages: string;
  /** Line icons of @iconscout/unicons: those that Grafana has and its package leaves out. */
  unicons: string;
  /** Icons that neither package has. */
  icons: string;
  /** Of the package inter-ui, whose files are named as Grafana asks for them. */
  inter: string;
  /** Of @fontsource-variable/roboto-mono. */
  robotoMono: string;
}

/** Grafana names one file of Roboto Mono, by a number of its maker's. */
const ROBOTO_MONO = 'roboto-mono-latin-wght-normal.woff2';

/** @param path of the request, decoded */
export function fileFor(path: string, folders: Folders, { app, nested }: PluginFiles): string | null {
  if (path.startsWith('/public/fonts/roboto/')) {
    return inside(folders.robotoMono, ROBOTO_MONO);
  }
  return (
    mounted(path, folders, { app, nested }) ??
    mountedAt(path, '/public/build/img/icons/unicons/', folders.unicons) ??
    mountedAt(path, '/public/build/img/icons/', folders.icons)
  );
}

function mounted(path: string, folders: Folders, { app, nested }: PluginFiles): string | null {
  const mounts: Array<[prefix: string, folder: string]> = [
    ['/public/host/', folders.host],
    ['/public/build/img/', folders.grafanaImages],
    ['/public/fonts/inter/', folders.inter],
    ...nested.map(({ folder, json }): [string, string] => [
      `/public/plugins/${json.id}/`,
      join(folders.dist, folder),
    ]),
    [`/public/plugins/${app.id}/`, folders.dist],
  ];
  const mount = mounts.find(([prefix]) => path.startsWith(prefix));
  return mount === undefined ? null : mountedAt(path, ...mount);
}

const mountedAt = (path: string, prefix: string, folder: string): string | null =>
  path.startsWith(prefix) ? inside(folder, path.slice(prefix.length)) : null;

function inside(folder: string, path: string): string | null {
  const file = normalize(join(folder, path));
  const isFile = file.startsWith(folder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile();
  return isFile ? file : null;
}

/** Asked for anew each time, but sent only when it has changed: a build beside the running host shows at once. */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: string): void {
  const { size, mtimeMs } = statSync(file);
  const etag = `"${size}-${mtimeMs}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    etag,
  });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}
