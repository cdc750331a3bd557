/**
 * What a lock keeps: every call of the period as it is paid, and what its queues and agents are called.
 *
 * In: the transaction of the lock. Out: rows that are never written again. What must hold: the stored calls, added up,
 * give what the period's report gave the moment before.
 */
import { sql, type Transaction } from 'kysely';
import { namesAt } from '../directory/names.js';
import { bulkUpsert } from '../storage/bulk-upsert.js';
import type { Database } from '../storage/schema.js';
import { callsOf, factCalls } from './call-source.js';
import { termsOf, type Period } from './period.js';
import { loadRateBook } from './rate-book.js';

const COLUMNS = [
  ...(['periodId', 'enteredAt', 'visitId', 'agentId', 'queueId', 'reportedMs', 'measuredMs'] as const),
  ...(['rate', 'currency', 'status'] as const),
] as const;

/** @returns how many calls were stored */
export async function storeLines(
  trx: Transaction<Database>,
  tenantId: number,
  period: Period,
): Promise<number> {
  const selection = { tenantId, fromMs: period.fromAt, toMs: period.toAt, queueIds: null, agentIds: null };
  const source = factCalls(trx, selection, termsOf(period), await loadRateBook(trx, tenantId));
  const seen = { queue: new Set<number>(), agent: new Set<number>() };
  let count = 0;
  for await (const calls of callsOf(source)) {
    const rows = calls.map((call) =>
      COLUMNS.map((column) => (column === 'periodId' ? period.id : call[column])),
    );
    await bulkUpsert(trx, 'payoutLine', COLUMNS, rows, {});
    for (const { queueId, agentId } of calls) {
      seen.queue.add(queueId);
      seen.agent.add(agentId);
    }
    count += calls.length;
  }
  // Adjusted agents may have no call.
  const adjusted = await trx
    .selectFrom('payoutAdjustment')
    .select('agentId')
    .distinct()
    .where('periodId', '=', period.id)
    .execute();
  for (const { agentId } of adjusted) seen.agent.add(agentId);
  await storeNames(trx, tenantId, period, seen);
  return count;
}

async function storeNames(
  trx: Transaction<Database>,
  tenantId: number,
  period: Period,
  seen: Record<'queue' | 'agent', ReadonlySet<number>>,
): Promise<void> {
  for (const entity of ['queue', 'agent'] as const) {
    const { rows: known } = await sql<{ id: number; name: string; pbx: string }>`
      select member.id, member.name, pbx.name as pbx
      from ${sql.table(entity)} as member join pbx on pbx.id = member.pbx_id
      where member.tenant_id = ${tenantId}`.execute(trx);
    const names = await namesAt(trx, entity, tenantId, period.toAt);
    const rows = known
      .filter(({ id }) => seen[entity].has(id))
      .map(({ id, name, pbx }) => [period.id, entity, id, pbx, name, names.get(id) ?? name]);
    await bulkUpsert(
      trx,
      'payoutName',
      ['periodId', 'entity', 'entityId', 'pbx', 'name', 'displayName'],
      rows,
      {},
    );
  }
}
