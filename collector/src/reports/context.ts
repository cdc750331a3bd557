/** What every report needs besides its request. */
import type { Kysely } from 'kysely';
import type { QueueSettings } from '../config/queue-settings.js';
import type { Database } from '../storage/schema.js';

export interface ReportContext {
  db: Kysely<Database>;
  settings: QueueSettings;
  /**
   * Goal of a queue's service level at a time (UTC ms), 0–1; null: none is set. Left out: no queue has a goal.
   */
  targetOf?: (pbx: string, queue: string, atMs: number) => number | null;
}
