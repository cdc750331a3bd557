/**
 * The directory in step with the PBX and the calendar: names are learned from new call records, and names that begin to
 * hold are shown. One look a minute; several collectors may do it at once.
 */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../storage/schema.js';
import type { DisplayNames } from './display-names.js';
import { learnNames, recentRecord } from './learn-names.js';
import { refreshCurrentNames } from './names.js';

const EVERY_MS = 60_000;

/** @returns stops it, after the look that is under way */
export function keepDirectoryCurrent(
  db: Kysely<Database>,
  names: DisplayNames,
  logger: Logger,
): () => Promise<void> {
  let learnedUntil: number | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;
  const look = async (): Promise<void> => {
    try {
      let before: number | null = null;
      learnedUntil ??= await recentRecord(db);
      while (before !== learnedUntil && !isStopped) {
        before = learnedUntil;
        learnedUntil = await learnNames(db, before, Date.now());
      }
      await refreshCurrentNames(db, Date.now());
      await names.load(db);
    } catch (error) {
      logger.warn(
        { err: error },
        'names of the directory could not be brought up to date; tried again in a minute',
      );
    }
  };
  const next = (): void => {
    looking = looking.then(look);
  };
  const timer = setInterval(next, EVERY_MS);
  next();
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await looking;
  };
}
