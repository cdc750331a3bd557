/**
 * Decoding the event socket: bytes → frames → what the journal keeps → events of the call center. Floor: the bare cut of
 * the same bytes by Content-Length. Peers: `modesl` and `esl`, fed the same bytes over loopback, which decode every header
 * of every event.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FreeSwitchClient } from 'esl';
import { freeswitchDialect } from '../src/pbx/freeswitch/dialect.js';
import { peekEsl } from '../src/pbx/freeswitch/esl/codec.js';
import { EslFramer } from '../src/pbx/freeswitch/esl/framer.js';
import { isJournaled } from '../src/pbx/freeswitch/esl/subscription.js';
import { type Format, busySwitch } from './busy-switch.js';
import { startFeed } from './feed.js';
import { cpuSecondsOf, medianOf } from './measure.js';

/** Events a second of CPU time. */
export interface EslDecodingBench {
  format: Format;
  events: number;
  megabytes: number;
  floorPerSecond: number;
  /** Framed and kept or dropped: all that happens to an event at the edge. */
  keptPerSecond: number;
  /** Framed, what is kept decoded and projected: every header the facts are made of. */
  projectedPerSecond: number;
  modeslPerSecond: number;
  eslPerSecond: number;
}

/** What a socket gives at most. */
const CHUNK_BYTES = 65_536;
const RUNS = 3;
/** A peer that loses an event would wait for ever. */
const PEER_MS = 120_000;

export async function benchEslDecoding(format: Format, copies = 10): Promise<EslDecodingBench> {
  const bytes = await busySwitch(format, copies);
  let events = 0;
  const floor = await medianOf(RUNS, () => cpuSecondsOf(() => (events = bareCut(bytes))));
  const kept = await medianOf(RUNS, () => cpuSecondsOf(() => eachFrame(bytes, isJournaled)));
  const projected = await medianOf(RUNS, () => cpuSecondsOf(() => project(bytes)));
  const modesl = await peerSeconds(bytes, (port) => modeslClient(port, format, events));
  const esl = await peerSeconds(bytes, (port) => eslClient(port, format, events, namesIn(bytes)));
  return {
    format,
    events,
    megabytes: bytes.length / 1e6,
    floorPerSecond: events / floor,
    keptPerSecond: events / kept,
    projectedPerSecond: events / projected,
    modeslPerSecond: events / modesl,
    eslPerSecond: events / esl,
  };
}

const LENGTH = Buffer.from('Content-Length: ');

function bareCut(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; count++) {
    const end = bytes.indexOf('\n\n', at);
    const length = bytes.indexOf(LENGTH, at) + LENGTH.length;
    const stop = bytes.indexOf('\n', length);
    at = end + 2 + Number(bytes.toString('latin1', length, stop));
  }
  return count;
}

function eachFrame(bytes: Buffer, use: (frame: Buffer) => unknown): void {
  const framer = new EslFramer();
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    for (const frame of framer.feed(bytes.subarray(at, at + CHUNK_BYTES))) use(frame);
  }
}

function namesIn(bytes: Buffer): Set<string> {
  const names = new Set<string>();
  eachFrame(bytes, (frame) => names.add(peekEsl(frame).name ?? ''));
  return names;
}

function project(bytes: Buffer): void {
  const projection = freeswitchDialect().projection('bench');
  let ordinal = 0;
  eachFrame(bytes, (frame) => {
    if (!isJournaled(frame)) return;
    projection.apply({
      pbx: 'bench',
      source: 'esl',
      connection: 'bench',
      ordinal: ordinal++,
      receivedUs: 0,
      bytes: frame,
    });
  });
}

/** A client that has subscribed; `seen` resolves when all events have come. */
interface Client {
  seen: Promise<void>;
  end(): void;
}

async function peerSeconds(bytes: Buffer, connect: (port: number) => Promise<Client>): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'queuescope-bench-'));
  const feed = await startFeed(bytes, directory, 'esl');
  try {
    const client = await connect(feed.port);
    const seconds = await cpuSecondsOf(async () => {
      feed.send();
      await client.seen;
    });
    client.end();
    return seconds;
  } finally {
    await feed.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The part of modesl used here; the package has no types. */
interface ModeslConnection {
  on(event: string, listener: () => void): void;
  events(format: string, events: string, done: () => void): void;
  disconnect(): void;
}
type Modesl = {
  Connection: new (host: string, port: number, password: string, ready: () => void) => ModeslConnection;
};

async function modeslClient(port: number, format: Format, events: number): Promise<Client> {
  const { Connection } = createRequire(import.meta.url)('modesl') as Modesl;
  const connection = await new Promise<ModeslConnection>((resolve) => {
    const made: ModeslConnection = new Connection('127.0.0.1', port, 'bench', () => resolve(made));
  });
  connection.on('error', () => undefined); // the feeder ends first
  await new Promise<void>((resolve) => connection.events(format, 'all', resolve));
  const seen = counted(events, (one) => connection.on('esl::event::**', one));
  return { seen, end: () => connection.disconnect() };
}

async function eslClient(
  port: number,
  format: Format,
  events: number,
  names: ReadonlySet<string>,
): Promise<Client> {
  const quiet = { debug: () => undefined, info: () => undefined, error: () => undefined };
  const client = new FreeSwitchClient({ host: '127.0.0.1', port, password: 'bench', logger: quiet });
  const [call] = await new Promise<unknown[]>((resolve) => {
    client.once('connect', (...told: unknown[]) => resolve(told));
    client.connect();
  });
  const session = call as EslCall;
  await session.send(`event ${format} all`, {});
  const listen = (one: () => void): void => {
    for (const name of names) session.on(name, one);
  };
  return { seen: counted(events, listen), end: () => client.end() };
}

/** The part of its session used here, with event names as text. */
interface EslCall {
  send(command: string, headers: object): Promise<unknown>;
  on(event: string, listener: () => void): void;
}

function counted(events: number, listen: (one: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let count = 0;
    const late = setTimeout(() => reject(new Error(`${count} of ${events} events came`)), PEER_MS);
    listen(() => {
      if (++count < events) return;
      clearTimeout(late);
      resolve();
    });
  });
}
