/**
 * A report's table as JSON text, a piece at a time: a long one made in one go would keep everybody else waiting.
 *
 * In: a table. Out: pieces of the same text `JSON.stringify` gives. What must hold: between two pieces other work of the process has its
 * turn; an aborted signal ends it.
 */
import { setImmediate } from 'node:timers/promises';
import type { NamedTable, ReportTable, Row } from '../reports/table.js';

/** Rows of one piece: some milliseconds of work, however wide they are. */
const PIECE_ROWS = 250;

/** @throws the signal's reason when it aborts */
export async function* jsonOf(
  { rows, tables, ...rest }: ReportTable,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  yield* objectOf(rest, rows, signal);
  if (tables !== undefined) {
    yield ',"tables":[';
    for (const [place, table] of tables.entries()) {
      if (place > 0) yield ',';
      yield* namedOf(table, signal);
    }
    yield ']';
  }
  yield '}';
}

async function* namedOf({ rows, ...rest }: NamedTable, signal: AbortSignal): AsyncGenerator<string, void> {
  yield* objectOf(rest, rows, signal);
  yield '}';
}

/** An object with its rows last, left open for more properties. */
async function* objectOf(
  rest: object,
  rows: readonly Row[],
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  yield `${JSON.stringify(rest).slice(0, -1)},"rows":[`;
  for (let from = 0; from < rows.length; from += PIECE_ROWS) {
    signal.throwIfAborted();
    await setImmediate();
    const piece = JSON.stringify(rows.slice(from, from + PIECE_ROWS)).slice(1, -1);
    yield from === 0 ? piece : `,${piece}`;
  }
  yield ']';
}
