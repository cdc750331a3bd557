/**
 * Rows of queue_log → messages for the journal. Pure.
 *
 * What must hold: file, table and import of one PBX are one source with one connection name, so that a row is one record
 * whichever way it came (DECISIONS.md 17).
 */
import { MessageError, type RawMessage } from '../../dialect.js';
import { RowNumbering } from './numbering.js';
import { encodeBrokenLine, encodeQueueLogRow, parseQueueLogLine, type QueueLogRow } from './row.js';

export const QUEUE_LOG_CONNECTION = 'queue_log';

export class QueueLogMessages {
  readonly #pbx: string;
  readonly #numbering = new RowNumbering();

  constructor(pbx: string) {
    this.#pbx = pbx;
  }

  /** `second` is undefined for a line that is no row; it becomes a message all the same, to be listed with its error. */
  ofLine(line: string, receivedUs: number): { message: RawMessage; second: number | undefined } {
    try {
      const row = parseQueueLogLine(line);
      return { message: this.ofRow(row, receivedUs), second: row.second };
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      return { message: this.ofBroken(line, receivedUs), second: undefined };
    }
  }

  ofBroken(line: string, receivedUs: number): RawMessage {
    return this.#message(encodeBrokenLine(line), this.#numbering.ordinalOfBroken(), receivedUs);
  }

  ofRow(row: QueueLogRow, receivedUs: number): RawMessage {
    const numbered = this.#numbering.number(row);
    return this.#message(encodeQueueLogRow(numbered.row), numbered.ordinal, receivedUs);
  }

  #message(bytes: Buffer, ordinal: number, receivedUs: number): RawMessage {
    const connection = QUEUE_LOG_CONNECTION;
    return { pbx: this.#pbx, source: 'queue_log', connection, ordinal, receivedUs, bytes };
  }
}
