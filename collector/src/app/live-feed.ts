/**
 * Feeds the live state from the journal: what is accepted is on the boards within a moment, whether or not the database
 * answers.
 *
 * What must hold: only event streams and their links are read (a log tells of the past); messages are understood in
 * order, by projections of its own, from the moment the collector started: the state listing after each connect gives
 * what was before.
 */
import type { Logger } from 'pino';
import type { Journal } from '../journal/journal.js';
import type { LiveView } from '../live/live-view.js';
import { type Dialect, MessageError, type Projection } from '../pbx/dialect.js';
import { SOURCE_RANK } from '../pbx/event.js';

export interface LiveFeedOptions {
  journal: Journal;
  live: LiveView;
  dialectOf: (pbx: string) => Dialect | undefined;
  logger: Logger;
}

/** Runs until `signal` aborts. */
export async function runLiveFeed(
  { journal, live, dialectOf, logger }: LiveFeedOptions,
  signal: AbortSignal,
): Promise<void> {
  const projections = new Map<string, Projection>();
  for await (const records of journal.follow(journal.lastSeq + 1, signal)) {
    for (const record of records) {
      if (SOURCE_RANK[record.source] !== 'stream') continue;
      let projection = projections.get(record.pbx);
      if (!projection) {
        projection = dialectOf(record.pbx)?.projection(record.pbx);
        if (!projection) continue;
        projections.set(record.pbx, projection);
      }
      try {
        for (const event of projection.apply(record)) live.apply(record.pbx, event, Date.now());
      } catch (error) {
        // The projector keeps and lists it; here it only must not stop the others.
        if (!(error instanceof MessageError))
          logger.error({ err: error, seq: record.seq }, 'an event could not be shown live');
      }
    }
  }
}
