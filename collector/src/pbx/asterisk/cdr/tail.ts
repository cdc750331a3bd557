/**
 * A CDR file as a source: followed while Asterisk writes it, or read once (`importCdr`).
 *
 * In: a path and the position saved last. Out: messages, and the position to save. What must hold: as for queue_log; here a
 * record stands for itself, so the position is simply behind the last one.
 */
import { nowUs } from '../../clock.js';
import type { RawMessage } from '../../dialect.js';
import { deliver, type MessageSink } from '../../deliver.js';
import { type FilePosition, type FileTailOptions, tailFile } from '../files/file-tail.js';
import { type CdrLine, CdrCsvReader } from './csv.js';
import { brokenCdrMessage, cdrMessage } from './messages.js';

export interface CdrTailOptions extends FileTailOptions {
  pbx: string;
  /** Names of the columns in order, for cdr_custom. */
  columns?: readonly string[];
  onPosition?: (position: FilePosition) => void;
}

const MAX_MESSAGES = 1000;

/** Runs until `signal` aborts; never throws. */
export async function runCdrTail(
  options: CdrTailOptions,
  sink: MessageSink,
  signal: AbortSignal,
): Promise<void> {
  const { pbx, columns, onPosition, onTrouble } = options;
  const reader = new CdrCsvReader(columns);
  for await (const lines of tailFile(options, signal)) {
    for (let from = 0; from < lines.length; from += MAX_MESSAGES) {
      let behind: FilePosition | undefined;
      const batch: RawMessage[] = [];
      for (const { text, position } of lines.slice(from, from + MAX_MESSAGES)) {
        const line = reader.read(text);
        const message = messageOf(pbx, line, nowUs());
        if (message) batch.push(message);
        if (line.kind !== 'none' || !line.incomplete) behind = position;
      }
      if (batch.length > 0 && !(await deliver(batch, sink, { signal, ...(onTrouble && { onTrouble }) })))
        return;
      if (behind !== undefined) onPosition?.(behind);
    }
  }
}

/** The message a line makes, if it makes one. */
export function messageOf(pbx: string, line: CdrLine, receivedUs: number): RawMessage | undefined {
  switch (line.kind) {
    case 'record':
      return cdrMessage(pbx, line.columns, receivedUs);
    case 'broken':
      return brokenCdrMessage(pbx, line.line, line.reason, receivedUs);
    case 'none':
      return undefined;
  }
}
