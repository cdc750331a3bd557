// Lets plain Node import the project's TypeScript: `./x.js` next to TypeScript means `./x.ts`, and types are stripped.
// For Jest's global setup, which runs outside of Jest's own transform. Use: `register('./typescript-loader.mjs', …)`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  const ours = context.parentURL?.endsWith('.ts') && /^\.{1,2}\//.test(specifier);
  return nextResolve(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), {
    filename: fileURLToPath(url),
    sourceMaps: 'inline',
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
