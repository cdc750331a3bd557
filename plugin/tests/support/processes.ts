/**
 * Child processes of a test run.
 *
 * What must hold: each ends with the run, also when the run is killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

export interface Running {
  /** Resolves with the first match in what it prints; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** All it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export function start(args: string[], { cwd }: { cwd: string }): Running {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let printed = '';
  let look = (): void => undefined;
  const ended = new Promise<void>((resolve) =>
    child.on('close', () => {
      children.delete(child);
      resolve();
      look();
    }),
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      look();
    });
  }
  return {
    printed: () => printed,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const match = pattern.exec(printed);
          if (match) {
            resolve(match);
          } else if (!children.has(child)) {
            reject(new Error(`${args.join(' ')} ended:\n${printed}`));
          }
        };
        look();
      }),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs to the end. @returns what it printed. @throws Error with it, when it fails */
export function run(args: string[], { cwd }: { cwd: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    child.on('close', (code) => {
      children.delete(child);
      if (code === 0) {
        resolve(printed);
      } else {
        reject(new Error(`${args.join(' ')} failed (${code}):\n${printed}`));
      }
    });
  });
}
