/**
 * The `queuescope` command in the process of the test: starting Node anew takes most of the time of a small command.
 *
 * In: arguments, as a user would type them. Out: what it printed and its exit code. For what depends on being a process
 * (signals, standard output of reports, the variables) there is queuescope.ts.
 */
import { runCommandLine } from '../../src/cli/command-line.js';
import type { Ended } from './queuescope.js';

export async function commandHere(args: readonly string[]): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  const code = await runCommandLine(args, {
    signal: new AbortController().signal,
    print: (text) => (stdout += text),
    say: (line) => (stderr += `${line}\n`),
  });
  return { code, stdout, stderr };
}
