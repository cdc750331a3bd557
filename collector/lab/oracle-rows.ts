/**
 * The rows of a queue_log file, as they stand.
 *
 * In: its text, `epoch|callid|queue|agent|event|data…` per line. Out: rows in order. Deliberately not the product's
 * reader: the oracle must be able to disagree with it.
 */
export interface QueueLogRow {
  second: number;
  callId: string;
  queue: string;
  agent: string;
  event: string;
  data: string[];
}

/** @throws Error naming the line that has too few columns */
export function readQueueLog(text: string): QueueLogRow[] {
  const rows: QueueLogRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [second, callId, queue, agent, event, ...data] = line.split('|');
    if (callId === undefined || queue === undefined || agent === undefined || event === undefined) {
      throw new Error(`queue_log line ${index + 1} has too few columns: ${line}`);
    }
    rows.push({ second: Number(second), callId, queue, agent, event, data });
  }
  return rows;
}
