/**
 * One row of queue_log: read from a line or from a table, written as the bytes the journal keeps, and named.
 *
 * In: a line of the file, the columns of a table, or journal bytes. Out: `QueueLogRow`. What must hold: the same row is
 * the same, with the same identity, from the file and from the table (DECISIONS.md 17).
 *
 * Journal bytes: `<nth> <µs of the second, or -> <time>|<callid>|<queue>|<agent>|<event>[|<data>…]`, UTF-8; a line that
 * is no row is kept as `! <line>`, so that it is listed with its error instead of lost.
 */
import { createHash } from 'node:crypto';
import { MessageError } from '../../dialect.js';

export interface QueueLogRow {
  /** When, seconds since the epoch. */
  second: number;
  /** Microseconds within that second, where a table knows them. */
  us: number | undefined;
  /** Uniqueid of the caller's channel; NONE, MANAGER, CLI, REALTIME where there is none. */
  callId: string;
  /** NONE where the row concerns no queue. */
  queue: string;
  /** Member name (interface for ADDMEMBER, REMOVEMEMBER, PENALTY, RINGINUSE); NONE where there is none. */
  agent: string;
  event: string;
  /** data1…, without empty ones at the end. */
  data: string[];
}

/** A row with its place among equal ones of the same second: 0 for the first. */
export interface NumberedRow extends QueueLogRow {
  nth: number;
}

/** Columns of a table. Either `data1`…`data5`, or `data` where the table is not adaptive. */
export interface QueueLogColumns {
  callid: string;
  queuename: string;
  agent: string;
  event: string;
  data: readonly string[];
}

/** @throws MessageError saying what is wrong with the line */
export function parseQueueLogLine(line: string): QueueLogRow {
  const [time = '', callId, queue, agent, event, ...data] = line.split('|');
  if (!/^\d{9,11}$/.test(time)) throw broken(line, `it does not begin with a time in seconds`);
  if (callId === undefined || queue === undefined || agent === undefined || !event) {
    throw broken(line, 'it has no time|callid|queue|agent|event');
  }
  if (!/^[A-Za-z0-9_ -]+$/.test(event)) throw broken(line, `"${event.slice(0, 40)}" is no event`);
  return { second: Number(time), us: undefined, callId, queue, agent, event, data: withoutEmptyEnd(data) };
}

/** @param atUs the row's time, µs since the epoch; @param hasMicroseconds false when its column keeps whole seconds */
export function rowFromColumns(
  columns: QueueLogColumns,
  atUs: number,
  hasMicroseconds: boolean,
): QueueLogRow {
  const second = Math.floor(atUs / 1_000_000);
  const data = columns.data.map(unescapeRealtime);
  return {
    second,
    us: hasMicroseconds ? atUs - second * 1_000_000 : undefined,
    callId: unescapeRealtime(columns.callid),
    queue: unescapeRealtime(columns.queuename),
    agent: unescapeRealtime(columns.agent),
    event: columns.event,
    // ATTENDEDTRANSFER LINK has six values: a table of five columns holds "talk|position" in the last.
    data: withoutEmptyEnd(data.join('|').split('|')),
  };
}

/** The row as Asterisk writes it to the file. */
export function queueLogText(row: QueueLogRow): string {
  return [row.second, row.callId, row.queue, row.agent, row.event, ...row.data].join('|');
}

/** Identity of the row within its PBX, 27 characters, the same for file and table. */
export function queueLogRowId(row: NumberedRow): string {
  return createHash('sha1')
    .update(`${queueLogText(row)}\n${row.nth}`)
    .digest('base64url');
}

export function encodeQueueLogRow(row: NumberedRow): Buffer {
  return Buffer.from(`${row.nth} ${row.us ?? '-'} ${queueLogText(row)}`);
}

export function encodeBrokenLine(line: string): Buffer {
  return Buffer.from(`! ${line}`);
}

/** @throws MessageError for a line that was no row when it was read, and for foreign bytes */
export function decodeQueueLogRow(bytes: Buffer): NumberedRow {
  const text = bytes.toString('utf8');
  if (text.startsWith('! ')) parseQueueLogLine(text.slice(2));
  const match = /^(\d+) (\d{1,6}|-) (.*)$/s.exec(text);
  if (match === null) throw broken(text, 'it was not written by the reader of queue_log');
  const [, nth, us, line = ''] = match;
  return { ...parseQueueLogLine(line), us: us === '-' ? undefined : Number(us), nth: Number(nth) };
}

function withoutEmptyEnd(data: string[]): string[] {
  const end = data.findLastIndex((value) => value !== '') + 1;
  return data.slice(0, end);
}

/** Realtime drivers write `;` as `^3B` and `^` as `^5E`, because `;` parts values there (res_config_odbc.c, ENCODE). */
function unescapeRealtime(value: string): string {
  return value.includes('^') ? value.replace(/\^(3B|5E)/g, (_, code) => (code === '3B' ? ';' : '^')) : value;
}

function broken(line: string, why: string): MessageError {
  const shown = line.length > 200 ? `${line.slice(0, 200)}…` : line;
  return new MessageError(`queue_log row ${JSON.stringify(shown)} cannot be read: ${why}`);
}
