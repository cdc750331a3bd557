/** The `queuescope` program: a command line on the terminal. */
import { runCommandLine } from './cli/command-line.js';

/** Aborts at the first Ctrl-C or SIGTERM; at the second the process ends at once. */
function interrupted(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(130);
      abort.abort();
    });
  }
  return abort.signal;
}

// A reader that stops reading (`queuescope report … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCommandLine(process.argv.slice(2), {
  signal: interrupted(),
  say: (line) => process.stderr.write(`${line}\n`),
  print: (text) => process.stdout.write(text),
});
