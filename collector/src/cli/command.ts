/**
 * What a command is: its words, its options, and what it does. Parsing and `--help` follow from the description.
 */
import { parseArgs } from 'node:util';
import { nearest } from '../config/suggest.js';

export interface OptionSpec {
  /** Text behind the name in help; without it the option is a switch. */
  value?: string;
  help: string;
  required?: boolean;
  /** May be given several times. */
  repeats?: boolean;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Words after the name: `queues|agents|calls`. */
  words?: { name: string; help: string; choices?: readonly string[] }[];
  options: Readonly<Record<string, OptionSpec>>;
  /** More for `--help` of this command: what it does to data, examples. */
  details?: string;
  /** @returns the exit code */
  run(call: Call): Promise<number>;
}

/** A command as it was called. */
export interface Call {
  words: readonly string[];
  /** Last value of an option. */
  value(name: string): string | undefined;
  /** Value of a required option. */
  required(name: string): string;
  values(name: string): readonly string[];
  has(name: string): boolean;
  signal: AbortSignal;
  /** A line for people (stderr): progress, notes. What a script reads goes to stdout. */
  say(line: string): void;
  print(text: string): void;
}

/** The command line cannot be understood; the text says what and how to mend it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What a command was given to read cannot be read to its end; what was read before stays. */
export class InputError extends Error {
  override name = 'InputError';
}

/** Options every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: { value: 'FILE', help: 'configuration (default: QUEUESCOPE_CONFIG, else queuescope.yaml here)' },
  'data-dir': { value: 'DIR', help: 'folder of the journal and the embedded database (default ./var)' },
  'database-url': {
    value: 'URL',
    help: 'mysql://user:password@host:3306/name instead of the embedded MariaDB',
  },
  'log-level': { value: 'LEVEL', help: 'fatal, error, warn, info, debug, trace or silent' },
  help: { help: 'show this' },
};

type Parsed = Omit<Call, 'signal' | 'say' | 'print'>;

/** @throws UsageError naming the option or word that is wrong */
export function parseCall(command: Command, args: readonly string[]): Parsed {
  const specs = { ...command.options, ...COMMON_OPTIONS };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        { type: spec.value ? 'string' : 'boolean', multiple: true },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs[token.name];
    if (!spec) {
      const [near] = nearest(token.name, Object.keys(specs), 1);
      throw new UsageError(
        `"${command.name}" has no option ${token.rawName}${near ? `; did you mean --${near}?` : ''}`,
      );
    }
    if (spec.value && (token.value === undefined || token.value === '')) {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${spec.value}`);
    }
    if (!spec.value && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
    const values = given.get(token.name) ?? [];
    if (values.length > 0 && spec.value && !spec.repeats)
      throw new UsageError(`${token.rawName} is given twice`);
    given.set(token.name, [...values, token.value ?? '']);
  }
  if (!given.has('help')) {
    checkWords(command, words);
    for (const [name, spec] of Object.entries(specs)) {
      if (spec.required && !given.has(name))
        throw new UsageError(`"${command.name}" needs --${name} ${spec.value ?? ''}`.trim());
    }
  }
  return {
    words,
    value: (name) => given.get(name)?.at(-1),
    required: (name) => {
      const value = given.get(name)?.at(-1);
      if (value === undefined) throw new UsageError(`"${command.name}" needs --${name}`);
      return value;
    },
    values: (name) => given.get(name) ?? [],
    has: (name) => given.has(name),
  };
}

function checkWords(command: Command, words: readonly string[]): void {
  const specs = command.words ?? [];
  if (words.length > specs.length)
    throw new UsageError(`"${command.name}" does not take "${words[specs.length]}"`);
  specs.forEach(({ name, choices }, index) => {
    const word = words[index];
    if (word === undefined)
      throw new UsageError(`"${command.name}" needs ${choices ? `one of ${choices.join(', ')}` : name}`);
    if (choices && !choices.includes(word)) {
      throw new UsageError(`"${command.name} ${word}": there is ${choices.join(', ')}`);
    }
  });
}
