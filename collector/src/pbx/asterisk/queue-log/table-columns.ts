/**
 * The columns a queue_log table has, and how its rows are asked for and their times understood.
 *
 * In: the names the database tells. Out: a query, and microseconds. What must hold: tables of any age are read: with or
 * without `id`, `data1`…`data5` or one `data`, time as text, DATETIME, TIMESTAMP or epoch seconds.
 */
import { MessageError } from '../../dialect.js';
import type { Zone } from '../../../time/zone.js';
import { localTimeUs } from '../local-time.js';
import type { PageQuery, TableRow } from '../tables/pages.js';
import { type QueueLogRow, rowFromColumns } from './row.js';

const REQUIRED = ['time', 'callid', 'queuename', 'agent', 'event'];

/** @throws Error naming the table and what it lacks */
export function queueLogQuery(table: string, columns: readonly string[]): PageQuery {
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  const numbered = columns
    .filter((name) => /^data\d+$/.test(name))
    .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
  const data = numbered.length > 0 ? numbered : columns.filter((name) => name === 'data');
  if (data.length === 0) missing.push('data1');
  if (missing.length > 0) {
    throw new Error(`${table} is no queue_log: it has no column ${missing.join(', ')}`);
  }
  const hasId = columns.includes('id');
  return {
    table,
    columns: [...REQUIRED, ...data],
    keyColumn: hasId ? 'id' : 'time',
    keyIsUnique: hasId,
  };
}

/**
 * The row of a page that `queueLogQuery` asked for.
 * @param previousMs time of the row before, for the hour that comes twice
 * @throws MessageError naming the value when the time column holds no time
 */
export function rowOfTable({ key, cells }: TableRow, zone: Zone, previousMs: number): QueueLogRow {
  const [time = '', callid = '', queuename = '', agent = '', event = '', ...data] = cells.map(
    (cell) => cell ?? '',
  );
  const atUs = timeUs(time, callid, zone, previousMs);
  if (atUs === undefined) {
    throw new MessageError(
      `row ${key} has the time "${time}", neither YYYY-MM-DD HH:MM:SS nor epoch seconds`,
    );
  }
  return rowFromColumns({ callid, queuename, agent, event, data }, atUs, time.includes('.'));
}

function timeUs(time: string, callid: string, zone: Zone, previousMs: number): number | undefined {
  if (/^\d{9,11}(\.\d+)?$/.test(time)) {
    const [second = '', fraction = ''] = time.split('.');
    return Number(second) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  }
  // Rows of other threads can be late by seconds; a Uniqueid begins with the second its channel was made.
  const channelSecond = Number(/(?:^|-)(\d{9,11})\.\d+$/.exec(callid)?.[1] ?? 0);
  return localTimeUs(time, zone, Math.max(previousMs - 60_000, channelSecond * 1000 - 1000));
}
