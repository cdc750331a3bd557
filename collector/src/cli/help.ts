/** The texts of `--help`. Pure. */
import { COMMON_OPTIONS, type Command, type OptionSpec } from './command.js';

export function overview(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `Queuescope ${version}: exact call-center numbers from Asterisk and FreeSWITCH, in MySQL, Prometheus and an API.`,
    '',
    'Usage: queuescope COMMAND [options]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'queuescope COMMAND --help tells its options. Without --database-url (or QUEUESCOPE_DATABASE_URL) the embedded',
    'MariaDB under --data-dir is used.',
    '',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const words = (command.words ?? [])
    .map(({ name, choices }) => ` ${choices ? choices.join('|') : name.toUpperCase()}`)
    .join('');
  return [
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    '',
    `Usage: queuescope ${command.name}${words} [options]`,
    '',
    ...(command.words?.length ? [...command.words.map(({ name, help }) => `  ${name}: ${help}`), ''] : []),
    'Options:',
    ...optionLines({ ...command.options, ...COMMON_OPTIONS }),
    '',
    ...(command.details ? [command.details.trim(), ''] : []),
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  const heads = Object.entries(options).map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...heads.map((head) => head.length));
  return Object.values(options).map(({ help, required, repeats }, index) => {
    const notes = [required ? 'required' : '', repeats ? 'may repeat' : ''].filter(Boolean);
    return `  ${(heads[index] ?? '').padEnd(width)}  ${help}${notes.length ? ` (${notes.join(', ')})` : ''}`;
  });
}
