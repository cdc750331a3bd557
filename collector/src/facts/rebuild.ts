/**
 * Derives the facts of calls again from their evidence: after a change of settings that concern the past, or of the
 * derivation itself.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { Dimensions } from './store/dimensions.js';
import { type FactSettings, type PbxFacts, rederiveCalls } from './write-events.js';

export interface RebuildFactsOptions {
  /** Contacts that entered a queue in [fromMs, toMs); default: all. */
  fromMs?: number;
  toMs?: number;
  signal?: AbortSignal;
  onProgress?: (contacts: number) => void;
}

const CHUNK = 500;

/** Commits chunk by chunk; @returns how many contacts were derived again */
export async function rebuildFacts(
  { db, factSettings }: { db: Kysely<Database>; factSettings: FactSettings },
  { fromMs, toMs, signal, onProgress }: RebuildFactsOptions,
): Promise<number> {
  const dimensions = new Dimensions(db);
  let done = 0;
  for (const { id, name } of await db.selectFrom('pbx').select(['id', 'name']).orderBy('id').execute()) {
    const pbx: PbxFacts = { id, name, aliases: undefined };
    for (let after = 0; signal?.aborted !== true;) {
      let query = db
        .selectFrom('contact')
        .select(['id', 'callId'])
        .where('pbxId', '=', id)
        .where('id', '>', after)
        .orderBy('id')
        .limit(CHUNK);
      if (fromMs !== undefined) query = query.where('firstEnteredAt', '>=', fromMs);
      if (toMs !== undefined) query = query.where('firstEnteredAt', '<', toMs);
      const contacts = await query.execute();
      if (contacts.length === 0) break;
      const callIds = contacts.map(({ callId }) => callId);
      await inTransaction(db, (trx) => rederiveCalls(trx, pbx, callIds, dimensions, factSettings));
      after = contacts.at(-1)?.id ?? after;
      done += contacts.length;
      onProgress?.(done);
    }
  }
  return done;
}
