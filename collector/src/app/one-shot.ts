/**
 * A recording or an old file through the whole pipeline, once: journal → facts → rollups.
 *
 * What must hold: killed at any moment and started again, it ends with the same facts; the journal it uses is its own
 * and goes when everything in it is projected.
 */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Projector } from '../facts/projector.js';
import { openFileJournal } from '../journal/file-journal.js';
import type { Dialect, RawMessage } from '../pbx/dialect.js';
import { refreshRollups } from '../rollups/refresh.js';
import type { Instance } from './instance.js';

export interface OneShot {
  pbx: string;
  dialect: Dialect;
  /** Names the work: the same work killed and started again uses the same journal. */
  key: string;
  messages: AsyncIterable<RawMessage[]>;
  onProgress?(progress: OneShotProgress): void;
  signal: AbortSignal;
}

export interface OneShotProgress {
  phase: 'facts' | 'rollups';
  /** Messages projected, or buckets computed. */
  done: number;
}

export interface OneShotResult {
  messages: number;
  failures: number;
  buckets: number;
}

/** Reading waits while this many messages are accepted and not projected: memory and disk stay bounded. */
const MAX_AHEAD = 50_000;

export async function runOneShot(instance: Instance, shot: OneShot): Promise<OneShotResult> {
  const { db, config, logger, factSettings } = instance;
  const name = `once-${createHash('sha1').update(`${shot.pbx}\n${shot.key}`).digest('hex').slice(0, 16)}`;
  const directory = path.join(config.dataDir, 'journal', name);
  // What an earlier, killed run left is projected or will be given again: begin with a clean state.
  await rm(directory, { recursive: true, force: true });
  await db.deleteFrom('projection').where('journal', '=', name).execute();
  await db.deleteFrom('failedMessage').where('journal', '=', name).where('status', '=', 'failed').execute();
  const journal = await openFileJournal({ directory, compress: false });
  const stop = new AbortController();
  const signal = AbortSignal.any([shot.signal, stop.signal]);
  let done = 0;
  const projector = new Projector({
    db,
    journal,
    journalName: name,
    dialectOf: (pbx) => (pbx === shot.pbx ? shot.dialect : undefined),
    settings: factSettings,
    logger,
    onCommitted: ({ records }) => {
      done += records;
      shot.onProgress?.({ phase: 'facts', done });
    },
  });
  try {
    let messages = 0;
    let failure: Error | undefined;
    const feeding = (async () => {
      try {
        for await (const batch of shot.messages) {
          if (signal.aborted) return;
          await journal.append(batch);
          messages += batch.length;
          while (journal.lastSeq - projector.status().position > MAX_AHEAD && !signal.aborted) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
      }
    })();
    await projector.run(signal, async () => {
      await feeding;
      return journal.lastSeq;
    });
    await feeding;
    const { failures } = projector.status();
    const buckets = await refreshRollups(db, {
      advance: true,
      signal: shot.signal,
      onProgress: (bucketsDone) => shot.onProgress?.({ phase: 'rollups', done: bucketsDone }),
    });
    if (failure) throw failure;
    shot.signal.throwIfAborted();
    return { messages, failures, buckets };
  } finally {
    stop.abort();
    await journal.close();
    if (!shot.signal.aborted) {
      await rm(directory, { recursive: true, force: true });
      await db.deleteFrom('projection').where('journal', '=', name).execute();
    }
  }
}
