/**
 * The `queuescope` program as the sources stand, compiled for tests that run it as a process: they must not depend on
 * when somebody last built it.
 *
 * In: `src/` and `sim/`. Out: the path of the compiled `main.js`. What must hold: the folder is named by the content of
 * the sources, appears complete or not at all, and is shared by all test suites.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const COLLECTOR = fileURLToPath(new URL('../..', import.meta.url));
/** Beneath the packages, so that imports of packages resolve. */
const CACHE = path.join(COLLECTOR, 'node_modules', '.cache', 'queuescope-test');
const STALE_MS = 3_600_000;

let program: Promise<string> | undefined;

/** Path of `main.js`. */
export const programPath = (): Promise<string> => (program ??= compile());

async function compile(): Promise<string> {
  const sources = ['src', 'sim'].flatMap((folder) =>
    readdirSync(path.join(COLLECTOR, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .sort()
      .map((name) => {
        const file = path.join(folder, name);
        return { file, text: readFileSync(path.join(COLLECTOR, file), 'utf8') };
      }),
  );
  const hash = createHash('sha1').update(JSON.stringify(sources)).digest('hex').slice(0, 12);
  const folder = path.join(CACHE, hash);
  const main = path.join(folder, 'src', 'main.js');
  if (existsSync(main)) return main;
  removeStale();
  const fresh = `${folder}-${randomBytes(4).toString('hex')}`;
  for (const { file, text } of sources) {
    const { code } = await transform(text, {
      filename: path.join(COLLECTOR, file),
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const out = path.join(fresh, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(out), { recursive: true });
    writeFileSync(out, code);
  }
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // another suite was faster
  }
  return main;
}

/** Compiled sources of earlier days. */
function removeStale(): void {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const folder = path.join(CACHE, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > STALE_MS) rmSync(folder, { recursive: true, force: true });
  }
}
