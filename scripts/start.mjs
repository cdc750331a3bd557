// `npm start`: from a fresh clone to a running Queuescope. Installs what is missing, builds what has changed, then
// runs `queuescope serve` until Ctrl-C or SIGTERM, and beside it the preview of the Grafana app (`--no-preview`: without
// it; `--preview-port N`: elsewhere than on 8081). Other arguments are passed on: `npm start -- --port 9000`.
// With no PBX configured (queuescope.yaml, QUEUESCOPE_CONFIG, --config) `serve` brings a simulated one.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDebianPackages } from './lib/debian-packages.mjs';
import { Failure, runScript } from './lib/failure.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { preparePreview, runPreview } from './lib/preview.mjs';
import { run } from './lib/processes.mjs';
import { database } from './lib/system-packages.mjs';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const defaultPreviewPort = '8081';
/** Options that say which collector it is: commands beside it need the same. */
const instanceOptions = ['config', 'data-dir', 'database-url'];

await runScript(async () => {
  const problem = nodeVersionProblem();
  if (problem) throw new Failure(problem);
  const { own, passedOn } = split(process.argv.slice(2));
  await ensureNpmPackages(projectDir);
  await ensureBuilt(projectDir);
  if (passedOn.includes('--help')) return serve(passedOn);

  const { values } = parse(passedOn);
  const config = await configOf(values);
  // A configuration that is wrong: `serve` says what and where.
  if (config === null) return serve(passedOn);
  if (config.database.url === null) {
    const missing = await ensureDebianPackages([database]);
    if (missing) throw new Failure(`Cannot start: ${missing}.`);
  }
  if (own.noPreview || !(await preparePreview(projectDir))) return serve(passedOn);

  const collectorStopped = new AbortController();
  const preview = runPreview({
    projectDir,
    collectorUrl: urlOf(config.http),
    collectorOptions: instanceOptions.flatMap((name) =>
      values[name] ? [`--${name}`, String(values[name])] : [],
    ),
    port: own.previewPort,
    signal: collectorStopped.signal,
  });
  const code = await serve(passedOn);
  collectorStopped.abort();
  await preview;
  return code;
});

async function serve(/** @type {string[]} */ args) {
  const program = ['collector/bin/queuescope.js', 'serve', ...args];
  return (await run(process.execPath, program, { cwd: projectDir })).code;
}

/** Our own options, and what `serve` is told. */
function split(/** @type {string[]} */ args) {
  const { tokens } = parseArgs({
    args,
    options: { 'no-preview': { type: 'boolean' }, 'preview-port': { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const ours = tokens.filter(
    (token) => token.kind === 'option' && /^(no-preview|preview-port)$/.test(token.name),
  );
  const port = ours.find(({ name }) => name === 'preview-port');
  if (port && !/^\d{1,5}$/.test(String(port.value))) {
    throw new Failure('--preview-port needs the number of a port, as in --preview-port 9081.');
  }
  const places = new Set(
    ours.flatMap(({ index, inlineValue }) => (inlineValue === false ? [index, index + 1] : [index])),
  );
  return {
    own: {
      noPreview: ours.some(({ name }) => name === 'no-preview'),
      previewPort: port?.value ?? defaultPreviewPort,
    },
    passedOn: args.filter((_, index) => !places.has(index)),
  };
}

function parse(/** @type {string[]} */ args) {
  const names = [...instanceOptions, 'port', 'host'];
  const options = Object.fromEntries(names.map((name) => [name, { type: /** @type {const} */ ('string') }]));
  return parseArgs({ args, options, strict: false });
}

/** As `serve` will see it; null when it is wrong. */
async function configOf(/** @type {Record<string, unknown>} */ values) {
  const { loadConfig } = await import(new URL('../collector/dist/src/config/load.js', import.meta.url).href);
  const keys = {
    'data-dir': 'dataDir',
    'database-url': 'database.url',
    port: 'http.port',
    host: 'http.host',
  };
  const overrides = Object.entries(keys).flatMap(([option, key]) =>
    values[option] ? [{ key, value: String(values[option]), origin: `--${option}` }] : [],
  );
  const file = values.config ? { file: String(values.config) } : {};
  try {
    return loadConfig({ env: process.env, cwd: projectDir, overrides, ...file }).config;
  } catch {
    return null;
  }
}

/** Where a program on this machine reaches what listens there. */
function urlOf(/** @type {{ host: string, port: number }} */ { host, port }) {
  const near = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${near}:${port}`;
}
