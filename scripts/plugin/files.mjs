// The rules for the other files of a built plugin: modules, texts, images. Out: what is wrong.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const tracking = /google-analytics\.com|googletagmanager|hotjar\.com|segment\.com|posthog\.com|mixpanel\.com/;

/**
 * @param {string} folder of the whole plugin
 * @param {string} own the folder of one plugin in it; "." for the app
 */
export function moduleProblems(folder, own) {
  const file = join(own, 'module.js');
  if (!existsSync(join(folder, file))) return [`${file} does not exist`];
  const code = readFileSync(join(folder, file), 'utf8');
  const problem = (/** @type {string} */ text) => `${file}: ${text}`;
  return [
    ...(existsSync(join(folder, `${file}.map`)) ? [] : [problem('has no source map beside it')]),
    // Not shared by Grafana 12.2 and older: the module would not load there.
    ...(/['"]react\/jsx-runtime['"]/.test(code) ? [problem('imports react/jsx-runtime')] : []),
    ...(own === '.'
      ? []
      : ownChunks(folder, code).map((chunk) => problem(`loads ${chunk}: no import() in nested plugins`))),
    ...(tracking.test(code) ? [problem('holds the address of a tracking service')] : []),
  ];
}

/**
 * Chunks with code of ours that a nested plugin loads: Grafana asks for them below the nested plugin's own address, where
 * they are not. (@grafana/i18n has one of its own, which is never loaded.)
 */
function ownChunks(/** @type {string} */ folder, /** @type {string} */ code) {
  const chunks = [...code.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => `${id}.js`);
  return [...new Set(chunks)].filter((chunk) => {
    const map = join(folder, `${chunk}.map`);
    if (!existsSync(map)) return true;
    const { sources } = JSON.parse(readFileSync(map, 'utf8'));
    return sources.some((source) => !/node_modules|webpack\/(runtime|bootstrap)/.test(source));
  });
}

export function textProblems(/** @type {string} */ folder, /** @type {string} */ version) {
  const missing = ['README.md', 'CHANGELOG.md', 'LICENSE'].filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) return missing.map((file) => `${file} does not exist`);
  const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
  const readme = read('README.md');
  return [
    ...(readme.length < 500 ? ['README.md says too little'] : []),
    ...(/\b(yarn|npm|node\.?js)\b/i.test(readme) ? ['README.md is about building, not about using'] : []),
    ...(/create-plugin|Lorem ipsum/i.test(readme) ? ['README.md is that of the scaffold'] : []),
    ...(read('CHANGELOG.md').includes(version) ? [] : [`CHANGELOG.md has nothing on ${version}`]),
    ...(/Apache License\s+Version 2\.0/.test(read('LICENSE')) ? [] : ['LICENSE is not Apache-2.0']),
  ];
}

/** An image of a plugin is shown on Grafana's own pages: it must hold nothing that runs or loads. */
export function svgProblems(/** @type {string} */ svg) {
  return [
    ...(/<(script|foreignObject|iframe|embed|object)\b/i.test(svg)
      ? ['holds an element that runs or embeds']
      : []),
    ...(/\son\w+\s*=/i.test(svg) ? ['holds an event attribute'] : []),
    ...(/(href|src)\s*=\s*["'](?!#|data:image)/i.test(svg) ? ['refers to something outside of it'] : []),
  ];
}
