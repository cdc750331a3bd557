/**
 * What a busy FreeSWITCH sends: the recorded trace `fs-medium` (60 calls in 133 s) many times over, each time as if it had
 * happened later. In: the format, how many times. Out: the bytes behind the login, of the events we subscribe to. What must
 * hold: every call, channel, time and sequence number is new in each copy; the switch is the same one (Core-UUID). Values
 * of real traffic at which modesl ends its process (a `%` that begins no UTF-8) are written so that it survives.
 */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { EslFramer } from '../src/pbx/freeswitch/esl/framer.js';
import { isJournaled } from '../src/pbx/freeswitch/esl/subscription.js';

export type Format = 'plain' | 'json';

const TRACE = new URL('../../test/traces/fs-medium/', import.meta.url);
/** Longer than the trace. */
const SHIFT_SECONDS = 150;
const SHIFT_SEQUENCE = 100_000;
const UUID = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;
/** Seconds or microseconds of November 2026. */
const TIME = /\b(1795\d{6})(\d{6})?\b/g;
const SEQUENCE = /(?<=Event-Sequence(?:: |":"))\d+/g;
const CORE = /(?<=Core-UUID(?:: |":"))[0-9a-f]{8}/;

export async function busySwitch(format: Format, copies: number): Promise<Buffer> {
  const bytes = gunzipSync(await readFile(new URL(`${format}-all.raw.gz`, TRACE)));
  const events = new EslFramer()
    .feed(bytes)
    .filter(isJournaled)
    .map((frame) => survivable(frame.toString('latin1')));
  const core = CORE.exec(events[0] ?? '')?.[0] ?? '';
  return Buffer.concat(
    Array.from({ length: copies }, (_, copy) =>
      Buffer.from(events.map((event) => later(event, copy, core)).join(''), 'latin1'),
    ),
  );
}

function later(event: string, copy: number, core: string): string {
  const body = event
    .slice(event.indexOf('\n\n') + 2)
    .replace(UUID, (id) => (id === core ? id : `${copy.toString(16).padStart(4, '0')}${id.slice(4)}`))
    .replace(TIME, (_match, seconds: string, rest = '') => `${Number(seconds) + copy * SHIFT_SECONDS}${rest}`)
    .replace(SEQUENCE, (sequence) => `${Number(sequence) + copy * SHIFT_SEQUENCE}`);
  const type = event.includes('Content-Type: text/event-json') ? 'json' : 'plain';
  return `Content-Length: ${body.length}\nContent-Type: text/event-${type}\n\n${body}`;
}

function survivable(event: string): string {
  if (!event.includes('%')) return event;
  return event.replace(/^.*%.*$/gm, (line) => {
    try {
      decodeURIComponent(line);
      return line;
    } catch {
      return line.replaceAll('%', '%25');
    }
  });
}
