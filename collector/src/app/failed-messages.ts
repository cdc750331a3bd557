/** The failed messages as the API lists them. */
import type { Kysely } from 'kysely';
import type { FailedMessageFilter } from '../api/deps.js';
import type { FailedMessage } from '../api/resources/journal-schema.js';
import type { Database } from '../storage/schema.js';

const SHOWN_LENGTH = 4000;

export async function listFailedMessages(
  db: Kysely<Database>,
  filter: FailedMessageFilter,
): Promise<FailedMessage[]> {
  let query = db.selectFrom('failedMessage').selectAll().orderBy('id', 'desc').limit(filter.limit);
  if (filter.status !== null) query = query.where('status', '=', filter.status);
  if (filter.pbx !== null) query = query.where('pbx', '=', filter.pbx);
  if (filter.beforeId !== null) query = query.where('id', '<', filter.beforeId);
  const rows = await query.execute();
  return rows.map(({ journal: _journal, receivedUs, message, ...row }) => ({
    ...row,
    receivedAt: Math.floor(receivedUs / 1000),
    message: message.toString('utf8').slice(0, SHOWN_LENGTH),
  }));
}

export async function failedMessage(db: Kysely<Database>, id: number): Promise<FailedMessage | null> {
  const filter = { status: null, pbx: null, beforeId: id + 1, limit: 1 };
  const [found] = await listFailedMessages(db, filter);
  return found?.id === id ? found : null;
}

/** How many wait for a decision, by PBX. */
export async function countFailedMessages(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('failedMessage')
    .select(['pbx', (eb) => eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'failed')
    .groupBy('pbx')
    .execute();
  return new Map(rows.map(({ pbx, count }) => [pbx, Number(count)]));
}
