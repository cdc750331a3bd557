/** Messages that could not be understood or written: kept with their error, listed, retried or skipped on command. */
import { type Kysely, sql } from 'kysely';
import type { JournalRecord } from '../journal/journal.js';
import { bulkUpsert } from '../storage/bulk-upsert.js';
import type { Database } from '../storage/schema.js';
import type { SourceKind } from '../pbx/event.js';

export interface Failure {
  record: JournalRecord;
  error: string;
}

export class UnknownFailureError extends Error {
  override name = 'UnknownFailureError';
}

/** Adds failures, or one more attempt to known ones. */
export async function recordFailures(
  db: Kysely<Database>,
  journal: string,
  failures: readonly Failure[],
): Promise<void> {
  const now = Date.now();
  await bulkUpsert(
    db,
    'failedMessage',
    [
      'journal',
      'seq',
      'pbx',
      'source',
      'connection',
      'ordinal',
      'receivedUs',
      'status',
      'attempts',
      'lastError',
      'firstAt',
      'lastAt',
      'message',
    ],
    failures.map(({ record, error }) => [
      journal,
      record.seq,
      record.pbx,
      record.source,
      record.connection,
      record.ordinal,
      record.receivedUs,
      'failed',
      1,
      error.slice(0, 2000),
      now,
      now,
      record.bytes,
    ]),
    { replace: ['status', 'lastError', 'lastAt'], add: ['attempts'] },
  );
}

/** Records after a position that are not to be projected again on their own. */
export async function handledSeqs(
  db: Kysely<Database>,
  journal: string,
  after: number,
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('failedMessage')
    .select('seq')
    .where('journal', '=', journal)
    .where('seq', '>', after)
    .execute();
  return new Set(rows.map(({ seq }) => seq));
}

/** @throws UnknownFailureError when there is none with this id */
export async function loadFailure(db: Kysely<Database>, id: number): Promise<JournalRecord> {
  const row = await db.selectFrom('failedMessage').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new UnknownFailureError(`there is no failed message ${id}`);
  return {
    seq: row.seq,
    pbx: row.pbx,
    source: row.source as SourceKind,
    connection: row.connection,
    ordinal: row.ordinal,
    receivedUs: row.receivedUs,
    bytes: row.message,
  };
}

export async function resolveFailure(db: Kysely<Database>, id: number): Promise<void> {
  await db
    .updateTable('failedMessage')
    .set({ status: 'resolved', lastAt: Date.now(), attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .execute();
}

/** @throws UnknownFailureError when there is none with this id that failed */
export async function skipFailure(db: Kysely<Database>, id: number): Promise<void> {
  const result = await db
    .updateTable('failedMessage')
    .set({ status: 'skipped', lastAt: Date.now() })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw new UnknownFailureError(`there is no failed message ${id}`);
}
