/**
 * The file queue_log as a source, followed while Asterisk writes it.
 *
 * In: its path and the position saved last. Out: messages, and the position to save. What must hold: a position is
 * reported only after all rows before it are with the sink, and always lies at the first row of a second; what is read
 * again after a restart gives the same identities.
 */
import { nowUs } from '../../clock.js';
import type { RawMessage } from '../../dialect.js';
import { deliver, type MessageSink } from '../../deliver.js';
import { type FilePosition, type FileTailOptions, tailFile } from '../files/file-tail.js';
import { QueueLogMessages } from './messages.js';
import { ResumeWindow } from './resume-window.js';

export interface QueueLogTailOptions extends FileTailOptions {
  pbx: string;
  /** To be saved, and given as `position` at the next start. */
  onPosition?: (position: FilePosition) => void;
}

const MAX_MESSAGES = 1000;

/** Runs until `signal` aborts; never throws. */
export async function runQueueLogTail(
  options: QueueLogTailOptions,
  sink: MessageSink,
  signal: AbortSignal,
): Promise<void> {
  const { pbx, onPosition, onTrouble } = options;
  const rows = new QueueLogMessages(pbx);
  const window = new ResumeWindow<FilePosition | undefined>();
  let behind = options.position;
  for await (const lines of tailFile(options, signal)) {
    for (let from = 0; from < lines.length; from += MAX_MESSAGES) {
      const batch: RawMessage[] = [];
      for (const { text, position } of lines.slice(from, from + MAX_MESSAGES)) {
        if (text !== '') {
          const { message, second } = rows.ofLine(text, nowUs());
          if (second !== undefined) window.add(second, behind);
          batch.push(message);
        }
        behind = position;
      }
      if (!(await deliver(batch, sink, { signal, ...(onTrouble && { onTrouble }) }))) return;
    }
    if (window.place !== undefined) onPosition?.(window.place);
  }
}
