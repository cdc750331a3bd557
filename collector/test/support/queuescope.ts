/**
 * The `queuescope` command as real processes.
 *
 * In: arguments, as a user would type them. Out: what was printed and the exit code, or a running process to talk to and
 * to kill. What must hold: no process outlives its suite (`endProcesses` in `afterAll`, or the end of the test run).
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { programPath } from './program.js';

export interface Ended {
  /** null: ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
}

const RUNNER = fileURLToPath(new URL('./run-program.mjs', import.meta.url));
/** Only against a wait without end: how long something takes depends on the machine. */
const PATIENCE_MS = 240_000;
const running = new Set<QueuescopeProcess>();

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
}

/** Runs a command to its end. */
export async function queuescope(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return (await startQueuescope(args, options)).ended;
}

export async function startQueuescope(
  args: readonly string[],
  { env = {}, cwd }: RunOptions = {},
): Promise<QueuescopeProcess> {
  const main = await programPath();
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('QUEUESCOPE_'));
  const child = spawn(process.execPath, [RUNNER, main, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
    ...(cwd !== undefined && { cwd }),
  });
  return new QueuescopeProcess(child, args);
}

export class QueuescopeProcess {
  readonly ended: Promise<Ended>;
  readonly pid: number;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #name: string;
  #stdout = '';
  #stderr = '';
  #isOver = false;
  #heard: () => void = () => undefined;

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>, args: readonly string[]) {
    this.#child = child;
    this.#name = `queuescope ${args.join(' ')}`;
    this.pid = child.pid ?? 0;
    running.add(this);
    child.stdin.on('error', () => undefined); // it may end before we do
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(() => (this.#stdout += text)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(() => (this.#stderr += text)));
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        running.delete(this);
        this.#hear(() => (this.#isOver = true));
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Everything said for people so far. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Waits for a text on stderr. @throws Error with what was said when the process ends, or says nothing like it. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = pattern.exec(this.#stderr);
      if (found) return found;
      if (this.#isOver || Date.now() > until)
        throw new Error(`${this.#name} did not say ${String(pattern)} but:\n${this.#stderr}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.#heard = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' = 'SIGKILL'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  #hear(take: () => void): void {
    take();
    this.#heard();
  }
}

/** Kills whatever of this suite still runs. */
export async function endProcesses(): Promise<void> {
  await Promise.all([...running].map((process) => process.kill('SIGKILL')));
}

/** A TCP port of 127.0.0.1 that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks again until the answer is one, and tells what it saw last when it never is. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value>,
  isDone: (value: Value) => boolean,
): Promise<Value> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > until) throw new Error(`${what}: not in time, last seen ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
