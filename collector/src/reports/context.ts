/** What every report needs besides its request. */
import type { Kysely } from 'kysely';
import type { QueueSettings } from '../config/queue-settings.js';
import type { Database } from '../storage/schema.js';

export interface ReportContext {
  db: Kysely<Database>;
  settings: QueueSettings;
}
