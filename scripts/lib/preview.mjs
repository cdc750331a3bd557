// The preview of the Grafana app beside a running collector: a token for it, its server. What goes wrong with it is said
// and does not touch the collector.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensurePreviewBuilt } from './build.mjs';
import { Failure } from './failure.mjs';
import { run } from './processes.mjs';

const askEveryMs = 300;

/**
 * @typedef {object} Preview
 * @property {string} projectDir
 * @property {string} collectorUrl
 * @property {string[]} collectorOptions those that say which collector it is, for commands beside it
 * @property {string} port
 * @property {AbortSignal} signal ends it
 */

/** Builds what is not built; @returns whether the preview can run, having said why not */
export async function preparePreview(/** @type {string} */ projectDir) {
  try {
    await ensurePreviewBuilt(projectDir);
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(
      `${error.message}\nStarting without the preview of the Grafana app (--no-preview does so, too).`,
    );
    return false;
  }
}

/** Waits for the collector, then runs the preview until `signal`. */
export async function runPreview(
  /** @type {Preview} */ { projectDir, collectorUrl, collectorOptions, port, signal },
) {
  if (!(await answers(collectorUrl, signal))) return;
  const tokenFile = join(projectDir, 'var/preview/token');
  if (!(await hasToken(tokenFile, collectorUrl))) {
    const problem = await makeToken(tokenFile, { projectDir, collectorOptions, signal });
    if (signal.aborted) return;
    if (problem) {
      console.error(`No preview: the collector made no token for it. ${problem}`);
      return;
    }
  }
  const program = ['plugin/host/dist/server.mjs', '--collector', collectorUrl, '--token-file', tokenFile];
  await run(process.execPath, [...program, '--port', port], { cwd: projectDir, signal });
}

/** Resolves when the collector listens; false: `signal` came first. */
async function answers(/** @type {string} */ url, /** @type {AbortSignal} */ signal) {
  while (!signal.aborted) {
    try {
      await fetch(`${url}/livez`, { signal });
      return true;
    } catch {
      await sleep(askEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}

/** A token of before is of use while its database lasts. */
async function hasToken(/** @type {string} */ file, /** @type {string} */ collectorUrl) {
  if (!existsSync(file)) return false;
  const headers = { authorization: `Bearer ${readFileSync(file, 'utf8').trim()}` };
  return (await fetch(`${collectorUrl}/api/v1/me`, { headers })).ok;
}

/** @returns why there is none; undefined when there is */
async function makeToken(/** @type {string} */ file, { projectDir, collectorOptions, signal }) {
  const command = ['collector/bin/queuescope.js', 'token', 'create', '--name', 'preview', '--role', 'admin'];
  const { output } = await run(process.execPath, [...command, '--acts-for-users', ...collectorOptions], {
    cwd: projectDir,
    output: 'capture',
    signal,
  });
  const token = /^qs_\S+$/m.exec(output)?.[0];
  if (!token) return output.trim();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  chmodSync(file, 0o600); // a file of before keeps its mode
  return undefined;
}
