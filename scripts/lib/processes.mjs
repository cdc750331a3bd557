// Child processes that never outlive us. Each runs in its own process group; when a signal tells us to end, every group
// is told so too, and whatever is left of a group when we end, for whatever reason we can see, is killed.
import { spawn } from 'node:child_process';

const stopGraceMs = 20_000;
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

const stdio = {
  inherit: ['ignore', 'inherit', 'inherit'],
  capture: ['ignore', 'pipe', 'pipe'],
};

/** @type {Set<number>} process group ids (the pid of the child that leads the group) */
const groups = new Set();
let stopping = false;

/** True once a signal told us to end: nothing new is to be started. */
export const isStopping = () => stopping;

function signalGroup(/** @type {number} */ group, /** @type {NodeJS.Signals} */ signal) {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // already gone
  }
}

function stopAll(/** @type {keyof typeof exitCodes} */ signal) {
  if (stopping) return; // a second Ctrl-C changes nothing: the grace time below is the limit
  stopping = true;
  process.exitCode = exitCodes[signal];
  for (const group of groups) signalGroup(group, signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
  setTimeout(() => process.exit(), stopGraceMs).unref();
}

for (const signal of Object.keys(exitCodes)) process.on(signal, () => stopAll(signal));
process.on('exit', () => groups.forEach((group) => signalGroup(group, 'SIGKILL')));

// npm passes SIGTERM on to the shell between it and us, and that one dies without a word to us. Then we are handed to
// another parent: nobody waits for us any more.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stopAll('SIGTERM'), 250).unref();
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'inherit' | 'capture', timeoutMs?: number, signal?: AbortSignal }} options
 *   `inherit` (default): the child writes to our terminal; `capture`: its output is returned. `signal`: tells it to end.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} `code` as a shell gives it:
 *   128 + the signal's number, 127 when the command does not exist; never rejects.
 */
export function run(command, args, { cwd, env, output = 'inherit', timeoutMs, signal } = {}) {
  if (stopping || signal?.aborted) return Promise.resolve({ code: 130, output: '', timedOut: false });
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: stdio[output],
      detached: true,
    });
    let text = '';
    const keep = (/** @type {string} */ chunk) => {
      text += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    if (child.pid) groups.add(child.pid);
    const end = () => child.pid && signalGroup(child.pid, 'SIGTERM');
    signal?.addEventListener('abort', end);

    let timedOut = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          signalGroup(child.pid, 'SIGKILL');
        }, timeoutMs)
      : undefined;
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      groups.delete(child.pid);
      resolve({ code, output: text, timedOut });
    };
    child.on('error', (error) => {
      text += error.message;
      finish(127);
    });
    child.on('exit', () => signalGroup(child.pid, 'SIGKILL')); // what it left behind; it would hold the pipes open
    child.on('close', (code, endedBy) => finish(code ?? exitCodes[endedBy] ?? 137));
  });
}
