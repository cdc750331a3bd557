/**
 * The same history, however it arrives, ends in the same facts and rollups (DECISIONS.md 1): in one go, in pieces, twice,
 * the log before the stream or behind it, rows late and out of order.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from './support/fast-check.js';
import { asteriskDriver } from '../src/pbx/asterisk/driver.js';
import type { RawMessage } from '../src/pbx/dialect.js';
import { syncZones } from '../src/rollups/rebuild.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { collect, dumpFacts, projectAndRoll } from './support/pipeline.js';
import { rounds } from './support/rounds.js';

const folder = fileURLToPath(new URL('traces/', import.meta.url));
const ZONES = ['Asia/Tashkent', 'Asia/Kathmandu', 'America/Sao_Paulo'] as const;

async function read(trace: string): Promise<{ stream: RawMessage[]; log: RawMessage[]; cdr: RawMessage[] }> {
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  const stream: RawMessage[] = [];
  for (const name of ['passive', 'passive-2', 'passive-3']) {
    const file = path.join(folder, trace, `${name}.ami.gz`);
    if (!existsSync(file)) continue;
    const chunks = path.join(folder, trace, `${name}.chunks.gz`);
    stream.push(...(await collect(asteriskDriver.replay({ pbx: 'lab', stream: file, chunks, ...quiet }))));
  }
  const log = await collect(
    asteriskDriver.importLog({ pbx: 'lab', files: [path.join(folder, trace, 'queue_log')], ...quiet }),
  );
  const cdr = await collect(
    asteriskDriver.importCdr({ pbx: 'lab', files: [path.join(folder, trace, 'cdr.csv.gz')], ...quiet }),
  );
  return { stream, log, cdr };
}

async function factsOf(...steps: RawMessage[][]): Promise<Record<string, unknown[]>> {
  const test: TestDatabase = await testDatabase();
  try {
    await syncZones(test.db, ZONES);
    for (const [index, messages] of steps.entries()) {
      await projectAndRoll(test.db, messages, { journalName: `step-${index}` });
    }
    return await dumpFacts(test.db);
  } finally {
    await test.drop();
  }
}

/** Keeps the order of each source, mixes the sources. */
function interleaved(random: () => number, ...sources: RawMessage[][]): RawMessage[] {
  const queues = sources.map((source) => [...source]);
  const mixed: RawMessage[] = [];
  for (;;) {
    const open = queues.filter((queue) => queue.length > 0);
    if (open.length === 0) return mixed;
    const queue = open[Math.floor(random() * open.length)];
    mixed.push(...(queue?.splice(0, 1 + Math.floor(random() * 40)) ?? []));
  }
}

describe.each(['tiny', 'small60', 'restart'])('%s', (trace) => {
  let parts: Awaited<ReturnType<typeof read>>;
  let reference: Record<string, unknown[]>;

  beforeAll(async () => {
    parts = await read(trace);
    reference = await factsOf([...parts.stream, ...parts.log, ...parts.cdr]);
  });

  it('has something to compare', () => {
    expect(reference['visits']?.length).toBe({ tiny: 5, small60: 53, restart: 56 }[trace]);
    expect(reference['queueDays']?.length).toBeGreaterThanOrEqual(ZONES.length * 2);
  });

  it('log first, then the call records, then the stream', async () => {
    expect(await factsOf(parts.log, parts.cdr, parts.stream)).toEqual(reference);
  });

  it('everything twice', async () => {
    const all = [...parts.stream, ...parts.log, ...parts.cdr];
    expect(await factsOf(all, all)).toEqual(reference);
  });

  it('rows of the log in reverse', async () => {
    expect(await factsOf([...parts.log].reverse(), parts.stream, parts.cdr)).toEqual(reference);
  });

  it('sources mixed at random, cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (numbers) => {
          const random = (): number => Number(numbers.next().value ?? 0);
          const mixed = interleaved(random, parts.stream, parts.log, parts.cdr);
          const at = Math.floor(random() * mixed.length);
          // One journal in two runs: the second goes on with the state the first stored.
          expect(await factsInPieces(mixed, at)).toEqual(reference);
        },
      ),
      { numRuns: rounds({ short: 1, long: 12 }) },
    );
  });
});

/** A projector that is stopped at `at` and another that goes on with the same journal; calls that span many batches. */
async function factsInPieces(messages: RawMessage[], at: number): Promise<Record<string, unknown[]>> {
  const test = await testDatabase();
  try {
    await syncZones(test.db, ZONES);
    await projectAndRoll(test.db, messages.slice(0, at), { batch: 700 });
    await projectAndRoll(test.db, messages, { batch: 700 });
    return await dumpFacts(test.db);
  } finally {
    await test.drop();
  }
}
