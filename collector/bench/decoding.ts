/**
 * Decoding AMI: bytes → frames → the messages the journal keeps, with the headers a projection asks for. Floor: the
 * bare split of the same bytes at the empty lines. Peer: `asterisk-manager`, fed the same bytes over loopback, which
 * decodes every header of every event.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJournaled } from '../src/pbx/asterisk/ami/allow-list.js';
import { decodeAmi, peekEventName } from '../src/pbx/asterisk/ami/codec.js';
import { AmiFramer } from '../src/pbx/asterisk/ami/framer.js';
import { busySite } from './busy-site.js';
import { startFeed } from './feed.js';
import { cpuSecondsOf, medianOf } from './measure.js';

export interface DecodingBench {
  events: number;
  megabytes: number;
  /** Of CPU time. Framing and deciding what is kept, which is all that happens to an event at the edge. */
  keptPerSecond: number;
  /** All events decoded, every header of them read. */
  decodedPerSecond: number;
  floorPerSecond: number;
  /** Over loopback, its parser and its emitter. */
  peerPerSecond: number;
  /** 1 would be as fast as the floor. */
  keptRatio: number;
  decodedRatio: number;
  /** How many times as fast as the peer. */
  toPeer: number;
}

/** What a socket gives at most. */
const CHUNK_BYTES = 65_536;
const RUNS = 5;

export async function benchDecoding(): Promise<DecodingBench> {
  const bytes = await busySite(1);
  let events = 0;
  const floor = await medianOf(RUNS, () => cpuSecondsOf(() => (events = bareSplit(bytes))));
  const kept = await medianOf(RUNS, () =>
    cpuSecondsOf(() => eachFrame(bytes, (frame) => isJournaled(frame, peekEventName(frame)))),
  );
  const decoded = await medianOf(RUNS, () =>
    cpuSecondsOf(() => eachFrame(bytes, (frame) => decodeAmi(frame).entries())),
  );
  const peer = await peerSeconds(bytes, events);
  return {
    events,
    megabytes: bytes.length / 1e6,
    keptPerSecond: events / kept,
    decodedPerSecond: events / decoded,
    floorPerSecond: events / floor,
    peerPerSecond: events / peer,
    keptRatio: floor / kept,
    decodedRatio: floor / decoded,
    toPeer: peer / decoded,
  };
}

function bareSplit(bytes: Buffer): number {
  let count = 0;
  for (let from = 0; ; count++) {
    const end = bytes.indexOf('\r\n\r\n', from);
    if (end < 0) return count;
    bytes.subarray(from, end);
    from = end + 4;
  }
}

function eachFrame(bytes: Buffer, use: (frame: Buffer) => unknown): void {
  const framer = new AmiFramer();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    for (const frame of framer.feed(bytes.subarray(at, at + CHUNK_BYTES))) use(frame);
  }
}

/** The part of asterisk-manager used here; the package has no types. */
type ManagerFactory = (port: number, host: string, user: string, secret: string, events: boolean) => Manager;
interface Manager {
  on(event: string, listener: () => void): void;
  once(event: string, listener: () => void): void;
  disconnect(): void;
}

async function peerSeconds(bytes: Buffer, events: number): Promise<number> {
  const managerOf = createRequire(import.meta.url)('asterisk-manager') as ManagerFactory;
  const directory = await mkdtemp(join(tmpdir(), 'queuescope-bench-'));
  const feed = await startFeed(bytes, directory);
  try {
    const manager = managerOf(feed.port, '127.0.0.1', 'bench', 'bench', true);
    await new Promise<void>((resolve) => manager.once('response', resolve));
    let seen = 0;
    const all = new Promise<void>((resolve) => {
      manager.on('managerevent', () => {
        if (++seen === events) resolve();
      });
    });
    const seconds = await cpuSecondsOf(async () => {
      feed.send();
      await all;
    });
    manager.disconnect();
    return seconds;
  } finally {
    await feed.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
