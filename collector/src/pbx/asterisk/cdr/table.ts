/**
 * CDR as a table (cdr_adaptive_odbc, cdr_mysql), followed by polling.
 *
 * In: a database and the position saved last. Out: messages, and the position to save. What must hold: a record is
 * written when its call ends, so rows come in the order of `end`, not of `calldate`: without an id, and without `end`,
 * the last day is read again each time, as no call is longer. What was given out is not given out again.
 */
import type { Pool } from 'mysql2/promise';
import { type Zone, zoneOf } from '../../../time/zone.js';
import { nowUs } from '../../clock.js';
import type { RawMessage } from '../../dialect.js';
import { deliver, type MessageSink } from '../../deliver.js';
import { clockText, clockUs, localTimeUs } from '../local-time.js';
import { columnNames, type PageQuery, tablePages } from '../tables/pages.js';
import { pollTable, type TablePollOptions } from '../tables/poll.js';
import { columnName } from './columns.js';
import { cdrMessage } from './messages.js';

export interface CdrTableOptions extends TablePollOptions {
  pbx: string;
  /** IANA zone of its times; UTC with usegmtime = yes. */
  zone: string;
  /** Where reading goes on: value of the id, end or start column. */
  position?: string | undefined;
  onPosition?: (position: string) => void;
}

interface Columns {
  query: PageQuery;
  names: string[];
  /** How far behind the newest row one may still come. */
  lateSeconds: number;
}

const HOUR_MS = 3_600_000;
/** Inserts of other threads that took their id before the newest row and are seen after it. */
const LATE_IDS = 200;

/**
 * Runs until `signal` aborts. A database that is down is told and tried again.
 * @throws ZoneError when there is no such zone
 */
export async function runCdrTable(
  options: CdrTableOptions,
  sink: MessageSink,
  signal: AbortSignal,
): Promise<void> {
  const reader = new CdrTableReader(options, zoneOf(options.zone), sink);
  await pollTable({ pollMs: 5000, ...options }, (pool) => reader.poll(pool, signal), signal);
}

class CdrTableReader {
  readonly #options: CdrTableOptions;
  readonly #zone: Zone;
  readonly #sink: MessageSink;
  #columns: Columns | undefined;
  #position: string;
  /** Rows behind the place to resume that the sink has already. */
  #delivered = new Set<string>();

  constructor(options: CdrTableOptions, zone: Zone, sink: MessageSink) {
    this.#options = options;
    this.#zone = zone;
    this.#sink = sink;
    this.#position = options.position ?? '';
  }

  async poll(pool: Pool, signal: AbortSignal): Promise<void> {
    const { pbx, table, onPosition, onTrouble } = this.#options;
    const { query, names } = (this.#columns ??= await columnsOf(pool, table));
    const from = this.#earlier(this.#position);
    const seen = new Map<string, string>();
    for await (const page of tablePages(pool, query, from)) {
      const batch: RawMessage[] = [];
      for (const { key, cells } of page) {
        const columns = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
        const message = cdrMessage(pbx, columns, nowUs());
        const id = query.keyIsUnique ? key : message.bytes.toString('utf8');
        seen.set(id, key);
        if (!this.#delivered.has(id)) batch.push(message);
      }
      if (batch.length > 0) {
        const kept = await deliver(batch, this.#sink, { signal, ...(onTrouble && { onTrouble }) });
        if (!kept) return;
      }
      const last = page.at(-1)?.key ?? this.#position;
      const oldest = this.#earlier(last);
      for (const [id, key] of seen) if (isBefore(key, oldest, query)) seen.delete(id);
      if (last !== this.#position) {
        this.#position = last;
        onPosition?.(last);
      }
      if (signal.aborted) return;
    }
    // Not even the rows read last are there: the table was emptied, and its ids may begin anew.
    if (seen.size === 0) this.#position = '';
    this.#delivered = new Set(seen.keys());
  }

  /** The key from which rows can still come when the newest one is `key`. */
  #earlier(key: string): string {
    if (this.#columns === undefined || key === '') return key;
    const { query, lateSeconds } = this.#columns;
    if (query.keyIsUnique) return String(Math.max(0, Number(key) - LATE_IDS));
    const clock = clockUs(key);
    const us = localTimeUs(key, this.#zone);
    if (clock === undefined || us === undefined) return key;
    const ms = us / 1000;
    // Clocks set back: the same local times come again.
    const changed = this.#zone.offsetMs(ms - 3 * HOUR_MS) !== this.#zone.offsetMs(ms + 3 * HOUR_MS);
    return clockText(clock / 1000 - lateSeconds * 1000 - (changed ? 2 * HOUR_MS : 0));
  }
}

const isBefore = (key: string, other: string, { keyIsUnique }: PageQuery): boolean =>
  keyIsUnique ? Number(key) < Number(other) : key < other;

/** @throws Error naming the table and what it lacks */
async function columnsOf(pool: Pool, table: string): Promise<Columns> {
  const columns = await columnNames(pool, table);
  const names = columns.map(columnName);
  const start = columns[names.indexOf('start')];
  if (start === undefined || !names.includes('src') || !names.includes('dst')) {
    throw new Error(`${table} is no CDR table: it has no column calldate (or start), src or dst`);
  }
  const keyColumn = columns.includes('id') ? 'id' : columns.includes('end') ? 'end' : start;
  return {
    names,
    query: {
      table,
      columns,
      keyColumn,
      keyIsUnique: keyColumn === 'id',
    },
    lateSeconds: keyColumn === start ? 86_400 : 120,
  };
}
