/**
 * A command line, from its words to an exit code: finds the command, runs it, turns what goes wrong into a sentence.
 *
 * In: arguments, and where to say and print. Out: the exit code. What must hold: nothing a user can do wrong throws.
 *
 * Exit codes: 0 done, 1 the command's own "no" (doctor found differences) or a failure, 2 the command line or the
 * configuration is wrong, 130 interrupted.
 */
import { type Call, type Command, InputError, UsageError, parseCall } from './command.js';
import { importHistory, replay } from './commands/feed.js';
import { report } from './commands/report.js';
import { serve } from './commands/serve.js';
import { sqlUser } from './commands/sql-user.js';
import { tenant, token } from './commands/tenants.js';
import { capture, doctor, migrate, rebuild } from './commands/upkeep.js';
import { commandHelp, overview } from './help.js';
import { VERSION } from './version.js';
import { ConfigError } from '../config/problem.js';
import { nearest } from '../config/suggest.js';
import { JournalDiskError, JournalLockedError } from '../journal/errors.js';
import { ReportRequestError } from '../reports/request.js';
import { DatabaseUnusableError } from '../storage/database-address.js';

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

/** Where a command line speaks, and what interrupts it. */
export type Terminal = Pick<Call, 'signal' | 'say' | 'print'>;

/** @returns the exit code; never rejects */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await runCommand(args, terminal);
  } catch (error) {
    const { code, text } = answerOf(error, args) ?? { code: 1, text: inFull(error) };
    terminal.say(`queuescope: ${text}`);
    return code;
  }
}

async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(overview(COMMANDS, VERSION));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    terminal.print(`${VERSION}\n`);
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
    terminal.print(commandHelp(command));
    return 0;
  }
  return command.run({ ...parsed, ...terminal });
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

const inFull = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
