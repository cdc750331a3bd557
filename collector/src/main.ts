/**
 * The `queuescope` command: finds the command, runs it, turns what goes wrong into a sentence and an exit code.
 *
 * Exit codes: 0 done, 1 the command's own "no" (doctor found differences) or a failure, 2 the command line or the
 * configuration is wrong, 130 interrupted.
 */
import { type Call, type Command, InputError, UsageError, parseCall } from './cli/command.js';
import { importHistory, replay } from './cli/commands/feed.js';
import { report } from './cli/commands/report.js';
import { serve } from './cli/commands/serve.js';
import { sqlUser } from './cli/commands/sql-user.js';
import { tenant, token } from './cli/commands/tenants.js';
import { capture, doctor, migrate, rebuild } from './cli/commands/upkeep.js';
import { commandHelp, overview } from './cli/help.js';
import { VERSION } from './cli/version.js';
import { ConfigError } from './config/problem.js';
import { nearest } from './config/suggest.js';
import { JournalDiskError, JournalLockedError } from './journal/errors.js';
import { ReportRequestError } from './reports/request.js';
import { DatabaseUnusableError } from './storage/database-address.js';

const COMMANDS: readonly Command[] = [
  serve,
  replay,
  capture,
  importHistory,
  report,
  rebuild,
  doctor,
  token,
  tenant,
  sqlUser,
  migrate,
];

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview(COMMANDS, VERSION));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    const [near] = nearest(
      name,
      COMMANDS.map((candidate) => candidate.name),
      1,
    );
    throw new UsageError(`there is no command "${name}"${near ? `; did you mean ${near}?` : ''}`);
  }
  const parsed = parseCall(command, rest);
  if (parsed.has('help')) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  const call: Call = {
    ...parsed,
    signal: interrupted(),
    say: (line) => process.stderr.write(`${line}\n`),
    print: (text) => process.stdout.write(text),
  };
  return command.run(call);
}

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

/** Errors that are answers: their message is for the user, a stack would only hide it. */
function answerOf(error: unknown, args: readonly string[]): { code: number; text: string } | undefined {
  if (error instanceof UsageError) return { code: 2, text: `${error.message}\nSee ${helpFor(args[0])}.` };
  if (error instanceof ConfigError || error instanceof ReportRequestError)
    return { code: 2, text: error.message };
  if (
    error instanceof InputError ||
    error instanceof DatabaseUnusableError ||
    error instanceof JournalLockedError ||
    error instanceof JournalDiskError
  ) {
    return { code: 1, text: error.message };
  }
  const listening = listenProblem(error);
  if (listening !== undefined) return { code: 1, text: listening };
  if (error instanceof Error && error.name === 'AbortError') return { code: 130, text: 'interrupted' };
  return undefined;
}

/** Why a port could not be opened, and what to do. */
function listenProblem(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'listen')) return undefined;
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const where = `${address}:${port}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is used by another program: stop it, or choose another port (--port or http.port; the demo's PBXs: simulator.amiPort, simulator.eslPort)`;
    case 'EADDRNOTAVAIL':
      return `${where} cannot be listened on, this machine has no such address: choose another (--host or http.host)`;
    case 'EACCES':
      return `${where} may not be listened on by this user: choose a port from 1024 (--port or http.port)`;
    default:
      return `${where} cannot be listened on: ${error.message}`;
  }
}

const helpFor = (name: string | undefined): string =>
  `queuescope ${COMMANDS.some((command) => command.name === name) ? `${name} ` : ''}--help`;

// A reader that stops reading (`queuescope report … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const answer = answerOf(error, process.argv.slice(2));
  process.stderr.write(
    `queuescope: ${answer ? answer.text : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = answer?.code ?? 1;
}
