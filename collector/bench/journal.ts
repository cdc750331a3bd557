/**
 * How fast the journal takes messages in and gives them out, beside the floor: a plain file, appended to and flushed
 * (fdatasync) once per batch, and the same bytes read back in one go.
 */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openFileJournal } from '../src/journal/file-journal.js';
import type { Journal } from '../src/journal/journal.js';
import type { RawMessage } from '../src/pbx/dialect.js';

export interface JournalBenchOptions {
  messages?: number;
  /** Messages per append: what one chunk of a socket holds under load. */
  batch?: number;
  /** Where the files go; a folder of its own is made there and removed. */
  directory?: string;
}

/** Rates per second; ratios are ours to the floor's, 1 is as fast as the floor. */
export interface JournalBench {
  messages: number;
  messageBytes: number;
  appendPerSecond: number;
  appendFloorPerSecond: number;
  appendRatio: number;
  /** Appends by 8 sources at once, which share flushes. */
  sharedAppendPerSecond: number;
  /** Reading after a restart: files to records, checksums included. */
  readPerSecond: number;
  readMegabytesPerSecond: number;
  readFloorMegabytesPerSecond: number;
  readRatio: number;
  /** The same from compressed segments. */
  readCompressedMegabytesPerSecond: number;
  bytesPerMessageOverhead: number;
  compressionFactor: number;
}

const SOURCES = 8;

export async function benchJournal(options: JournalBenchOptions = {}): Promise<JournalBench> {
  const { messages: count = 200_000, batch: size = 100, directory = tmpdir() } = options;
  const folder = await mkdtemp(join(directory, 'queuescope-bench-'));
  try {
    const messages = Array.from({ length: count }, (_, index) => exampleMessage(index));
    const batches = Array.from({ length: Math.ceil(count / size) }, (_, index) =>
      messages.slice(index * size, (index + 1) * size),
    );
    const messageBytes = messages.reduce((sum, { bytes }) => sum + bytes.length, 0);

    const floorPath = join(folder, 'floor');
    const floorSeconds = await seconds(() => appendPlain(floorPath, batches));
    const floorReadSeconds = await seconds(async () => void (await readFile(floorPath)));

    const plain = await openFileJournal({ directory: join(folder, 'plain'), compress: false });
    const appendSeconds = await seconds(async () => {
      for (const batch of batches) await plain.append(batch);
    });
    const storedBytes = plain.stats().bytes;
    await plain.close();
    const reopened = await openFileJournal({ directory: join(folder, 'plain'), compress: false });
    const readSeconds = await seconds(() => readThrough(reopened));
    await reopened.close();

    const shared = await openFileJournal({ directory: join(folder, 'shared') });
    const sharedSeconds = await seconds(async () => {
      const queue = batches.values();
      const source = async () => {
        for (const batch of queue) await shared.append(batch);
      };
      await Promise.all(Array.from({ length: SOURCES }, source));
    });
    // Takes its turn behind compression.
    await shared.retain({ maxAgeMs: Infinity, maxBytes: Infinity }, 0);
    const compressedBytes = shared.stats().bytes;
    await shared.close();
    const compressed = await openFileJournal({ directory: join(folder, 'shared') });
    const readCompressedSeconds = await seconds(() => readThrough(compressed));
    await compressed.close();

    const megabytes = messageBytes / 1e6;
    return {
      messages: count,
      messageBytes,
      appendPerSecond: count / appendSeconds,
      appendFloorPerSecond: count / floorSeconds,
      appendRatio: floorSeconds / appendSeconds,
      sharedAppendPerSecond: count / sharedSeconds,
      readPerSecond: count / readSeconds,
      readMegabytesPerSecond: megabytes / readSeconds,
      readFloorMegabytesPerSecond: megabytes / floorReadSeconds,
      readRatio: floorReadSeconds / readSeconds,
      readCompressedMegabytesPerSecond: megabytes / readCompressedSeconds,
      bytesPerMessageOverhead: (storedBytes - messageBytes) / count,
      compressionFactor: storedBytes / compressedBytes,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function appendPlain(path: string, batches: readonly RawMessage[][]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const batch of batches) {
      await file.write(Buffer.concat(batch.map(({ bytes }) => bytes)));
      await file.datasync();
    }
  } finally {
    await file.close();
  }
}

async function readThrough(journal: Journal): Promise<void> {
  for (let seq = 1; seq <= journal.lastSeq;) {
    const batch = await journal.read(seq);
    seq = (batch.at(-1)?.seq ?? journal.lastSeq) + 1;
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** About the size and the sameness of an AMI event of a queue call. */
function exampleMessage(index: number): RawMessage {
  const call = `${1_760_000_000 + (index >> 5)}.${index >> 5}`;
  const text = [
    'Event: AgentConnect',
    'Privilege: agent,all',
    `Timestamp: ${1_760_000_000 + index / 1_000}`,
    `Channel: PJSIP/trunk-${(index >> 5).toString(16).padStart(8, '0')}`,
    'ChannelState: 6',
    'ChannelStateDesc: Up',
    `CallerIDNum: ${(index * 7_919) % 1_000_000_007}`,
    'ConnectedLineNum: <unknown>',
    'Language: en',
    'Context: queues',
    `Uniqueid: ${call}`,
    `Linkedid: ${call}`,
    `Queue: queue-${index % 50}`,
    `Interface: PJSIP/agent-${index % 500}`,
    `MemberName: Agent ${index % 500}`,
    `RingTime: ${index % 17}`,
    `HoldTime: ${index % 61}`,
  ].join('\r\n');
  return {
    pbx: 'bench',
    source: 'ami',
    connection: 'bench-ami',
    ordinal: index,
    receivedUs: 1_760_000_000_000_000 + index * 33,
    bytes: Buffer.from(text),
  };
}
