// A well-formed plugin passes; each single fault is found and named.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, test } from 'node:test';
import { checkPlugin } from './check.mjs';

const folders = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const info = {
  ...{ description: 'Calls and who takes them', keywords: ['calls'], author: { name: 'Acme' } },
  ...{ version: '1.2.0', updated: '2026-11-21', logos: { small: 'img/logo.svg', large: 'img/logo.svg' } },
};
const dependencies = { grafanaDependency: '>=12.3.0' };
const app = {
  ...{ type: 'app', name: 'Calls', id: 'acme-calls-app', info, dependencies },
  includes: [
    { type: 'page', name: 'Live', path: '/a/acme-calls-app/live', role: 'Viewer', defaultNav: true },
    { type: 'panel', name: 'Board', path: 'panels/board/plugin.json' },
  ],
  roles: [{ role: { name: 'Pay', permissions: [{ action: 'acme-calls-app.pay:read' }] }, grants: ['Admin'] }],
  routes: [
    {
      ...{ path: 'v1/*', url: '{{ .JsonData.apiUrl }}/api', reqAction: 'acme-calls-app.pay:read' },
      headers: [{ name: 'Authorization', content: 'Bearer {{ .SecureJsonData.token }}' }],
    },
  ],
};
const panel = { type: 'panel', name: 'Board', id: 'acme-board-panel', info, dependencies };

const good = {
  'plugin.json': app,
  'module.js': 'define(["react"], () => 1)',
  'module.js.map': '{}',
  'img/logo.svg': '<svg><a href="#x"/></svg>',
  'panels/board/plugin.json': panel,
  'panels/board/module.js': 'define(["react"], () => r.e(8))',
  'panels/board/module.js.map': '{}',
  'panels/board/img/logo.svg': '<svg/>',
  '8.js.map': { sources: ['webpack://acme/../../node_modules/i18next-pseudo/es/index.js'] },
  'README.md': 'Calls. '.repeat(100),
  'CHANGELOG.md': '## 1.2.0\n',
  LICENSE: 'Apache License\n  Version 2.0, January 2004',
};

/** The problems of the good plugin with some files changed; null takes a file away. */
function problemsWith(changed) {
  const folder = mkdtempSync(join(tmpdir(), 'check-plugin-'));
  folders.push(folder);
  for (const [file, content] of Object.entries({ ...good, ...changed })) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return checkPlugin(folder, { version: '1.2.0' });
}

test('a well-formed plugin has no problems', () => assert.deepEqual(problemsWith({}), []));

/** @type {[string, Record<string, unknown>, RegExp][]} */
const faults = [
  ['an id without its type', { 'plugin.json': { ...app, id: 'acme-calls' } }, /id "acme-calls" is not/],
  ['a name that is the id', { 'plugin.json': { ...app, name: app.id } }, /name is missing or the same/],
  [
    'a logo that is not there',
    { 'panels/board/img/logo.svg': null },
    /board\/plugin.json: info.logos.small .* not exist/,
  ],
  [
    'an image outside of the plugin',
    { 'plugin.json': { ...app, info: { ...info, screenshots: [{ name: 'a', path: '../a.png' }] } } },
    /screenshots\[0\] "..\/a.png" is not a path/,
  ],
  [
    'another version',
    { 'plugin.json': { ...app, info: { ...info, version: '1.0.0' } } },
    /is 1.0.0, package.json says 1.2.0/,
  ],
  [
    'one single Grafana',
    { 'plugin.json': { ...app, dependencies: { grafanaDependency: '12.3.1' } } },
    /"12.3.1" is one single version/,
  ],
  [
    'a nested plugin for other Grafanas',
    { 'panels/board/plugin.json': { ...panel, dependencies: { grafanaDependency: '>=11.0.0' } } },
    /board\/plugin.json: .* differs/,
  ],
  [
    'a nested plugin nobody names',
    { 'plugin.json': { ...app, includes: app.includes.slice(0, 1) } },
    /is not in includes/,
  ],
  ['an include that is not there', { 'panels/board/plugin.json': null }, /includes "Board": there is no/],
  [
    'an action nobody is granted',
    { 'plugin.json': { ...app, roles: [] } },
    /action "acme-calls-app.pay:read" is granted by no role/,
  ],
  ['no source map', { 'module.js.map': null }, /module.js: has no source map/],
  ['the new JSX', { 'module.js': 'define(["react/jsx-runtime"])' }, /imports react\/jsx-runtime/],
  [
    'lazy chunks in a panel',
    { 'panels/board/module.js': 'r.e(7).then(x)' },
    /no import\(\) in nested plugins/,
  ],
  ['a tracker', { 'module.js': 'fetch("https://www.google-analytics.com")' }, /tracking service/],
  [
    'an image that runs',
    { 'img/logo.svg': '<svg onload="x()"/>' },
    /img\/logo.svg: holds an event attribute/,
  ],
  [
    'an image that loads',
    { 'img/logo.svg': '<svg><image href="http://x"/></svg>' },
    /refers to something outside/,
  ],
  ['no word on the version', { 'CHANGELOG.md': '## 1.1.0' }, /CHANGELOG.md has nothing on 1.2.0/],
  ['a README for builders', { 'README.md': 'run npm install. '.repeat(40) }, /README.md is about building/],
  ['another licence', { LICENSE: 'MIT' }, /LICENSE is not Apache-2.0/],
  ['a hidden file', { '.env': 'x' }, /.env: does not belong/],
];

for (const [what, changed, expected] of faults) {
  test(`finds ${what}`, () => {
    const problems = problemsWith(changed);
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      `${expected} not among ${JSON.stringify(problems)}`,
    );
  });
}
