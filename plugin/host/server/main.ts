/**
 * The preview host as a command: `node host/dist/server.mjs --collector URL --token-file FILE [--port N] [--host H]`.
 *
 * Prints one line when it listens, ends at SIGINT or SIGTERM. Exit code 1 with one line when it cannot start.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startHost } from './server';
import type { Folders } from './static-files';

export { startHost } from './server';

/** Beside this bundle, which lies in plugin/host/dist. */
export function standardFolders(): Folders {
  const here = dirname(fileURLToPath(import.meta.url));
  const require = createRequire(import.meta.url);
  const packageFolder = (name: string, folder: string) =>
    join(dirname(require.resolve(`${name}/package.json`)), folder);
  return {
    dist: join(here, '../../dist'),
    host: here,
    grafanaImages: packageFolder('@grafana/ui', 'dist/public/img'),
    icons: join(here, '../icons'),
    unicons: packageFolder('@iconscout/unicons', 'svg/line'),
    inter: packageFolder('inter-ui', 'web'),
    robotoMono: packageFolder('@fontsource-variable/roboto-mono', 'files'),
  };
}

const isProgram = process.argv[1] === fileURLToPath(import.meta.url);

if (isProgram) {
  const { values } = parseArgs({
    options: {
      collector: { type: 'string', default: 'http://127.0.0.1:8080' },
      'token-file': { type: 'string' },
      port: { type: 'string', default: '8081' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  try {
    const file = values['token-file'];
    if (file === undefined) {
      throw new Error(
        '--token-file FILE is missing: a file with a token of the collector that acts for users',
      );
    }
    const host = await startHost({
      collectorUrl: values.collector,
      token: readFileSync(file, 'utf8').trim(),
      folders: standardFolders(),
      host: values.host,
      port: Number(values.port),
    });
    process.stdout.write(`Preview of the Grafana app: ${host.url}\n`);
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => void host.stop());
    }
  } catch (error) {
    process.stderr.write(`preview: ${startProblem(error, values)}\n`);
    process.exitCode = 1;
  }
}

function startProblem(error: unknown, { host, port }: { host: string; port: string }): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken) {
    return `${host}:${port} is used by another program: stop it, or choose another port with --preview-port`;
  }
  return error instanceof Error ? error.message : String(error);
}
