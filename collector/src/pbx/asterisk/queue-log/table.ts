/**
 * queue_log as a realtime table (extconfig: queue_log => mysql|odbc,…), followed by polling.
 *
 * In: a database and the position saved last. Out: messages, and the position to save. What must hold: rows are read at
 * least once, in the order they were written; rows that come late (transactions of other threads) are found by reading
 * the last seconds again; the columns may be those of any age: with or without `id`, `data1`…`data5` or one `data`,
 * time as text, DATETIME, TIMESTAMP or epoch.
 */
import type { Pool } from 'mysql2/promise';
import { type Zone, zoneOf } from '../../../time/zone.js';
import { nowUs } from '../../clock.js';
import { MessageError, type RawMessage } from '../../dialect.js';
import { deliver, type MessageSink } from '../../deliver.js';
import { columnNames, type PageQuery, tablePages, type TableRow } from '../tables/pages.js';
import { pollTable, type TablePollOptions } from '../tables/poll.js';
import { QueueLogMessages } from './messages.js';
import { ResumeWindow } from './resume-window.js';
import { queueLogQuery, rowOfTable } from './table-columns.js';

/** Ids that transactions of other threads can hold when a later one is read. */
const LATE_IDS = 200;

export interface QueueLogTableOptions extends TablePollOptions {
  pbx: string;
  /** IANA zone of the time column; UTC with queue_log_realtime_use_gmt = yes. Unused where it holds epoch seconds. */
  zone: string;
  /** Where reading goes on: value of the id column, or of the time column where there is no id. */
  position?: string | undefined;
  /** To be saved, and given as `position` at the next start. */
  onPosition?: (position: string) => void;
}

/**
 * Runs until `signal` aborts. A database that is down is told and tried again.
 * @throws ZoneError when there is no such zone
 */
export async function runQueueLogTable(
  options: QueueLogTableOptions,
  sink: MessageSink,
  signal: AbortSignal,
): Promise<void> {
  const reader = new TableReader(options, zoneOf(options.zone), sink);
  await pollTable(options, (pool) => reader.poll(pool, signal), signal);
}

class TableReader {
  readonly #options: QueueLogTableOptions;
  readonly #zone: Zone;
  readonly #sink: MessageSink;
  #query: PageQuery | undefined;
  #position: string;
  /** Rows from `#earlier(#position)` on that the sink has already, with their keys. */
  #delivered = new Map<string, string>();

  constructor(options: QueueLogTableOptions, zone: Zone, sink: MessageSink) {
    this.#options = options;
    this.#zone = zone;
    this.#sink = sink;
    this.#position = options.position ?? '';
  }

  /** Reads the last seconds again and everything behind them. */
  async poll(pool: Pool, signal: AbortSignal): Promise<void> {
    const { pbx, onPosition, onTrouble } = this.#options;
    const query = (this.#query ??= await this.#detect(pool));
    const place = this.#position;
    const from = this.#earlier(place);
    const fromFirstRow = from === '' || from === '0';
    const messages = new QueueLogMessages(pbx);
    const window = new ResumeWindow<string>();
    let previousMs = -Infinity;
    let cutSecond: number | undefined;
    let rows = 0;

    for await (const page of tablePages(pool, query, from)) {
      const batch: RawMessage[] = [];
      for (const row of page) {
        const { message, second } = this.#read(messages, row, previousMs);
        if (second !== undefined) {
          previousMs = second * 1000;
          if (rows++ === 0 && !fromFirstRow) cutSecond = second;
        }
        const id = query.keyIsUnique ? row.key : message.bytes.toString('utf8');
        const known = this.#delivered.has(id);
        // Before the place to resume only whole seconds are counted rightly, and only late rows are new.
        if (second !== undefined && second === cutSecond && this.#isBefore(row.key, place)) continue;
        if (second !== undefined) window.add(second, row.key);
        this.#delivered.set(id, row.key);
        if (!known) batch.push(message);
      }
      if (
        batch.length > 0 &&
        !(await deliver(batch, this.#sink, { signal, ...(onTrouble && { onTrouble }) }))
      ) {
        return;
      }
      this.#advance(window.place, onPosition);
      if (signal.aborted) return;
    }
    // Not even the rows read last are there: the table was emptied, and its ids may begin anew.
    if (rows === 0) {
      this.#position = '';
      this.#delivered.clear();
    }
  }

  #advance(place: string | undefined, onPosition: QueueLogTableOptions['onPosition']): void {
    if (place === undefined || place === this.#position) return;
    this.#position = place;
    const from = this.#earlier(place);
    for (const [id, key] of this.#delivered) if (this.#isBefore(key, from)) this.#delivered.delete(id);
    onPosition?.(place);
  }

  /** Where to read again when the last seconds begin at `key`: a row of an open transaction has an id already. */
  #earlier(key: string): string {
    if (key === '' || this.#query?.keyIsUnique !== true) return key;
    return String(Math.max(0, Number(key) - LATE_IDS));
  }

  #isBefore(key: string, other: string): boolean {
    return this.#query?.keyIsUnique === true ? Number(key) < Number(other) : key < other;
  }

  /** `second` is undefined for a row that cannot be read; it is kept all the same, to be listed with its error. */
  #read(
    messages: QueueLogMessages,
    row: TableRow,
    previousMs: number,
  ): { message: RawMessage; second: number | undefined } {
    try {
      const parsed = rowOfTable(row, this.#zone, previousMs);
      return { message: messages.ofRow(parsed, nowUs()), second: parsed.second };
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      return { message: messages.ofBroken(row.cells.join('|'), nowUs()), second: undefined };
    }
  }

  async #detect(pool: Pool): Promise<PageQuery> {
    const { table, zone, onTrouble } = this.#options;
    const query = queueLogQuery(table, await columnNames(pool, table));
    if (!query.keyIsUnique && changesClocks(this.#zone)) {
      onTrouble?.(
        new Error(
          `table ${table} has no id column and its times are those of ${zone}: rows written in the hour that comes twice, ` +
            'when the clocks are set back, can be missed. Add an AUTO_INCREMENT column "id", or set ' +
            'queue_log_realtime_use_gmt = yes in logger.conf.',
        ),
      );
    }
    return query;
  }
}

function changesClocks(zone: Zone): boolean {
  const nowMs = Date.now();
  const months = Array.from({ length: 12 }, (_, month) => zone.offsetMs(nowMs + month * 30 * 86_400_000));
  return new Set(months).size > 1;
}
