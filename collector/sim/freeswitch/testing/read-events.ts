/**
 * Reads event-socket bytes, recorded or simulated, for tests of the simulator: as plainly as can be, and not with the
 * collector's codec. In: bytes of a stream. Out: frames; of plain events the headers in order, values decoded.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface Frame {
  /** Of the header block. */
  headers: Map<string, string>;
  body: Buffer;
}

export interface PlainEvent {
  name: string;
  /** CC-Action, '' for others. */
  action: string;
  /** Of the headers, in order. */
  names: string[];
  headers: [name: string, value: string][];
  /** Of a header that occurs twice the first. */
  get(this: void, header: string): string;
  body: string | undefined;
  text: string;
}

/** A last frame whose end is still to come is left out. */
export function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\n\n', at);
    if (end < 0) break;
    const headers = new Map(headerLines(bytes.toString('utf8', at, end)));
    const length = Number(headers.get('Content-Length') ?? 0);
    at = end + 2 + length;
    if (at <= bytes.length) frames.push({ headers, body: bytes.subarray(end + 2, at) });
  }
  return frames;
}

export function readEvents(bytes: Buffer): PlainEvent[] {
  return readFrames(bytes)
    .filter(({ headers }) => headers.get('Content-Type') === 'text/event-plain')
    .map(({ body }) => plainEvent(body.toString('utf8')));
}

export function plainEvent(text: string): PlainEvent {
  const end = text.indexOf('\n\n');
  const lines = headerLines(text.slice(0, end));
  const first = new Map(lines.toReversed());
  const get = (header: string) => valueOf(first.get(header) ?? '');
  const hasBody = lines.at(-1)?.[0] === 'Content-Length';
  return {
    name: get('Event-Name'),
    action: get('CC-Action'),
    names: lines.map(([name]) => name),
    get headers() {
      return (hasBody ? lines.slice(0, -1) : lines).map(([name, value]): [string, string] => [
        name,
        valueOf(value),
      ]);
    },
    get,
    body: hasBody ? text.slice(end + 2) : undefined,
    text,
  };
}

const valueOf = (value: string) => (value === '_undef_' ? '' : decode(value));

/** @param trace e.g. `fs-edge/plain-all.raw.gz` */
export const recordedBytes = (trace: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../test/traces/${trace}`, import.meta.url)));

const headerLines = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line.includes(': '))
    .map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    });

function decode(value: string): string {
  if (!value.includes('%')) return value;
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const pair = /^%([0-9A-F]{2})/.exec(value.slice(at, at + 3))?.[1];
    if (pair === undefined) bytes.push(...Buffer.from(value.charAt(at)));
    else {
      bytes.push(Number.parseInt(pair, 16));
      at += 2;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
