/**
 * Changes values in recorded lines of an event socket without changing a byte count.
 *
 * In: lines as FreeSWITCH writes them: `Name: URL-encoded`, JSON, rows of mod_callcenter's tables, anything else. Out: the same
 * lines with each value changed. What must hold: a value is shown decoded, one character per byte, and put back with
 * every byte spelled as it was (`%20`, `\"`, plain), so that lengths stay whatever the bytes are.
 */

/** Gives a text of the same length. `header`: name or key of the value; '' where there is none. */
export type ChangeValue = (header: string, text: string) => string;

const HEADER = /^([^|"{]+?): (.*)$/s;
const JSON_STRING = /"([^"\\]*(?:\\.[^"\\]*)*)"(:?)/gs;
/** How a format escapes: what an escape begins with, the escapes, and the single characters beside them. */
interface Spelling {
  mark: string;
  escapes: RegExp;
  units: RegExp;
}
const PLAIN: Spelling = { mark: '%', escapes: /%[0-9A-Fa-f]{2}/g, units: /%[0-9A-Fa-f]{2}|[^]/g };
const JSON_TEXT: Spelling = {
  mark: '\\',
  escapes: /\\(?:u[0-9A-Fa-f]{4}|.)/gs,
  units: /\\(?:u[0-9A-Fa-f]{4}|.)|[^]/gs,
};
const NUMBER_COLUMN = 'cid_number';
const NAME_COLUMN = 'cid_name';
const TABLE_END = /^(?:\+OK|Content-(?:Type|Length): )/;

export class LineRewriter {
  readonly #change: ChangeValue;
  /** Columns of the table whose rows are passing, if it is one of callers. */
  #columns: string[] | undefined;

  constructor(change: ChangeValue) {
    this.#change = change;
  }

  /** @param line one character per byte, without its line end */
  rewrite(line: string): string {
    if (TABLE_END.test(line)) this.#columns = undefined;
    if (this.#columns) return this.#row(line, this.#columns);
    if (line.startsWith('{') || line.startsWith('[')) return this.#json(line);
    if (line.includes(`|${NUMBER_COLUMN}|${NAME_COLUMN}|`)) {
      this.#columns = line.split('|');
      return line;
    }
    const [, header, value] = HEADER.exec(line) ?? [];
    if (header === undefined || value === undefined) return this.#change('', line);
    return `${header}: ${respelled(value, PLAIN, (text) => this.#change(header, text))}`;
  }

  #json(line: string): string {
    let key = '';
    return line.replace(JSON_STRING, (string, body: string, colon: string) => {
      if (colon !== '') {
        key = body;
        return string;
      }
      return `"${respelled(body, JSON_TEXT, (text) => this.#change(key, text))}"`;
    });
  }

  /** The table escapes nothing: a `|` in the name makes more cells, a line end in it makes two rows of too few. */
  #row(line: string, columns: readonly string[]): string {
    const cells = line.split('|');
    const surplus = cells.length - columns.length;
    if (surplus < 0) return this.#change(NAME_COLUMN, line);
    const named = columns.indexOf(NAME_COLUMN);
    const name = cells.slice(named, named + surplus + 1).join('|');
    return [...cells.slice(0, named), name, ...cells.slice(named + surplus + 1)]
      .map((cell, at) => this.#change(columns[at] ?? '', cell))
      .join('|');
  }
}

function respelled(written: string, spelling: Spelling, change: (text: string) => string): string {
  if (!written.includes(spelling.mark)) return change(written);
  const text = written.replace(spelling.escapes, meaning);
  const changed = change(text);
  if (changed === text) return written;
  const units = written.match(spelling.units) ?? [];
  return units.map((unit, at) => spelled(changed.charAt(at), text.charAt(at), unit)).join('');
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The one character an escape stands for. */
function meaning(escape: string): string {
  const hex = /^(?:%|\\u)([0-9A-Fa-f]+)$/.exec(escape)?.[1];
  return hex === undefined
    ? (ESCAPES[escape.charAt(1)] ?? escape.charAt(1))
    : String.fromCharCode(parseInt(hex, 16));
}

/** A character in the bytes another had. */
function spelled(character: string, before: string, unit: string): string {
  if (character === before) return unit;
  if (unit.length === 1) return character;
  const hex = character.charCodeAt(0).toString(16).toUpperCase();
  if (unit.startsWith('%')) return `%${hex.padStart(2, '0')}`;
  // Of what JSON escapes only secrets are changed.
  return character.repeat(unit.length);
}
