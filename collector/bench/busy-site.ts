/**
 * What a busy Asterisk sends: the recorded trace `heavy` (1,000 calls in 93 s, all classes of events) several times
 * over, each time as if it had happened later. In: how many times. Out: the bytes behind the login. What must hold:
 * every call, channel and time is new in each copy; but for that, and for the `Timestamp` that Asterisk writes with
 * `timestampevents = yes` and had not been asked for, the bytes are those recorded.
 */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { AmiFramer } from '../src/pbx/asterisk/ami/framer.js';

const TRACE = new URL('../../test/traces/heavy/', import.meta.url);
/** Longer than the trace. */
const SHIFT_SECONDS = 120;
/** Ids of calls and channels, and timestamps: Asterisk writes them all as seconds, a dot, digits. */
const SECONDS_DOT = /\b(\d{10})\.(?=\d)/g;
/** Event and Privilege; the timestamp stands behind them (manager.c, `__ast_manager_event_multichan()`). */
const HEAD = /^Event: .*\r\nPrivilege: .*\r\n/;

export async function busySite(copies: number): Promise<Buffer> {
  const recorded = await timestamped();
  const parts = Array.from({ length: copies }, (_, copy) =>
    Buffer.from(
      recorded.replace(
        SECONDS_DOT,
        (_match, seconds: string) => `${Number(seconds) + copy * SHIFT_SECONDS}.`,
      ),
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

async function timestamped(): Promise<string> {
  const bytes = gunzipSync(await readFile(new URL('passive.ami.gz', TRACE)));
  const chunks = gunzipSync(await readFile(new URL('passive.chunks.gz', TRACE))).toString('latin1');
  const framer = new AmiFramer();
  const events: string[] = [];
  let from = 0;
  for (const [, timeUs = '', length = ''] of chunks.matchAll(/(\d+)\s+(\d+)/g)) {
    const timestamp = `Timestamp: ${timeUs.slice(0, -6)}.${timeUs.slice(-6)}\r\n`;
    for (const frame of framer.feed(bytes.subarray(from, (from += Number(length))))) {
      const text = frame.toString('latin1');
      const head = HEAD.exec(text)?.[0];
      if (head === undefined || head.startsWith('Event: FullyBooted')) continue;
      events.push(`${head}${timestamp}${text.slice(head.length)}\r\n\r\n`);
    }
  }
  return events.join('');
}
