// The built plugin as a whole: its own plugin.json and those nested in it, what they name, what lies beside them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { moduleProblems, svgProblems, textProblems } from './files.mjs';
import { idProblems, includeProblems, infoProblems, permissionProblems } from './plugin-json.mjs';

/**
 * @param {string} folder with the built plugin
 * @param {{ version: string }} wanted the version of package.json
 * @returns {string[]} what is wrong, each with its file
 */
export function checkPlugin(folder, { version }) {
  if (!existsSync(join(folder, 'plugin.json')))
    return [`${folder} holds no plugin.json: build the plugin first`];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const plugins = files
    .filter((file) => /(^|\/)plugin\.json$/.test(file))
    .map((file) => ({ file, folder: dirname(file), json: readJson(join(folder, file)) }));
  const root = plugins.find(({ file }) => file === 'plugin.json');
  const nested = plugins.filter((plugin) => plugin !== root);
  const has = (/** @type {string} */ file) => existsSync(join(folder, file));

  return [
    ...plugins.flatMap(({ file, folder: own, json }) =>
      [
        ...idProblems(json),
        ...infoProblems(json, { version, has: (image) => has(join(own, image)) }),
        ...(json.dependencies?.grafanaDependency === root.json.dependencies?.grafanaDependency
          ? []
          : ['dependencies.grafanaDependency differs from that of the app']),
      ].map((problem) => `${file}: ${problem}`),
    ),
    ...includeProblems(root.json, nested).map((problem) => `plugin.json: ${problem}`),
    ...permissionProblems(root.json).map((problem) => `plugin.json: ${problem}`),
    ...plugins.flatMap(({ folder: own }) => moduleProblems(folder, own)),
    ...textProblems(folder, version),
    ...files
      .filter((file) => file.endsWith('.svg'))
      .flatMap((file) =>
        svgProblems(readFileSync(join(folder, file), 'utf8')).map((problem) => `${file}: ${problem}`),
      ),
    ...files
      .filter((file) => file.split('/').some((part) => part.startsWith('.')) || file.includes('node_modules'))
      .map((file) => `${relative('.', file)}: does not belong into a plugin`),
  ];
}

const readJson = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8'));
