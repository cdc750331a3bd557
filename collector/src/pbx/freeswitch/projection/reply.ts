/**
 * Answers to the commands of the resync → rows.
 *
 * In: the command and its answer, JSON (`json {"command": "callcenter_config", …}`, `show … as json`) or mod_callcenter's
 * table (`a|b|c` lines, `+OK` at the end). Out: what was listed, and its rows by column name. What must hold: a caller's name
 * with `|` in a table does not shift the other columns; a row broken by a line end is left out, the others stand; an
 * empty list is a list; a refusal (`-ERR`) is none.
 */
import { MessageError } from '../../dialect.js';

export type Listed = 'queues' | 'agents' | 'tiers' | 'members' | 'channels' | 'calls' | 'registrations';

/** A row by column name; a column without a value is missing or empty. */
export type Row = Readonly<Record<string, string>>;

const COMMANDS: readonly [RegExp, Listed][] = [
  [/\bqueue list members\b|\bmember list\b/, 'members'],
  [/\bagent list\b/, 'agents'],
  [/\btier list\b/, 'tiers'],
  [/\bqueue list\b/, 'queues'],
  [/\bshow channels\b/, 'channels'],
  [/\bshow calls\b/, 'calls'],
  [/\bshow registrations\b/, 'registrations'],
];

export const listedBy = (command: string): Listed | undefined =>
  COMMANDS.find(([pattern]) => pattern.test(command))?.[1];

/** @returns undefined when the switch refused @throws MessageError when the answer is neither JSON nor a table */
export function rowsOf(command: string, text: string): Row[] | undefined {
  if (text.startsWith('-ERR') || text.startsWith('-USAGE')) return undefined;
  return text.trimStart().startsWith('{') ? jsonRows(command, text) : tableRows(command, text);
}

function jsonRows(command: string, text: string): Row[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw new MessageError(`the answer to "${command}" is no JSON: ${String(error)}`);
  }
  const { status, response, rows, row_count: count } = answer as Record<string, unknown>;
  if (status === 'error') return undefined;
  const list = response ?? rows ?? (count === 0 ? [] : undefined);
  if (!Array.isArray(list)) throw new MessageError(`the answer to "${command}" has no list of rows`);
  return list.filter(isObject).map(textRow);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const textRow = (row: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

function tableRows(command: string, text: string): Row[] {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && line !== '+OK');
  if (head === undefined) return [];
  const columns = head.split('|');
  if (columns.length < 2)
    throw new MessageError(`the answer to "${command}" is no table: ${head.slice(0, 100)}`);
  return lines.flatMap((line) => {
    const cells = line.split('|');
    const surplus = cells.length - columns.length;
    const named = columns.indexOf('cid_name');
    if (surplus > 0 && named >= 0)
      cells.splice(named, surplus + 1, cells.slice(named, named + surplus + 1).join('|'));
    if (cells.length !== columns.length) return [];
    return [Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))];
  });
}
