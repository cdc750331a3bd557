// Bundles the preview host with esbuild: `app.js`/`app.css` for the browser, `server.mjs` for Node, into host/dist.
// The real @grafana packages go in as they are. Some modules of theirs are not exported and are named by their files, so
// that host, packages and plugin share one instance of each.
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const packageDir = (/** @type {string} */ name) => dirname(require.resolve(`${name}/package.json`));
/** The React Router that the links of @grafana/ui use, and which Grafana shares with plugins. */
const router = (() => {
  const ui = createRequire(require.resolve('@grafana/ui/package.json'));
  const compat = createRequire(ui.resolve('react-router-dom-v5-compat/package.json'));
  return join(dirname(compat.resolve('react-router/package.json')), 'dist/index.js');
})();
const runtime = join(packageDir('@grafana/runtime'), 'dist/esm');

await Promise.all([
  build({
    entryPoints: { app: join(here, 'app/main.ts') },
    outdir: join(here, 'dist'),
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'linked',
    logOverride: { 'package.json': 'silent' }, // systemjs says `"type": "script"`
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.ttf': 'dataurl', '.woff': 'dataurl', '.woff2': 'file' },
    alias: {
      'grafana-internals/plugin-page': join(runtime, 'components/PluginPage.mjs'),
      'grafana-internals/panel-renderer': join(runtime, 'components/PanelRenderer.mjs'),
      'grafana-internals/panel-data-error-view': join(runtime, 'components/PanelDataErrorView.mjs'),
      'grafana-internals/router': router,
      'grafana-internals/i18n': join(packageDir('@grafana/i18n'), 'dist/esm/i18n.mjs'),
    },
  }),
  build({
    entryPoints: { server: join(here, 'server/main.ts') },
    outdir: join(here, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  }),
]);
