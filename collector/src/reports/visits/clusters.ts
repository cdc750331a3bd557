/**
 * Clusters of calls: chains of contacts of one number, each at most a margin after the one before.
 *
 * In: range and margin. Out: the clusters that begin in the range. What must hold: a chain that began before the range
 * does not begin anew in it; contacts up to a margin after the range prolong a chain.
 */
import type { Kysely } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import { contactsIn, reachedAt } from './contacts.js';
import { normalNumber, type NumberPlan } from './normal-number.js';

export interface Cluster {
  /** Of the first visit. */
  queueId: number;
  contacts: number;
  firstAnswered: boolean;
  lastAnswered: boolean;
  /** False: the margin after its last contact is not over as far as calls are known. */
  decided: boolean;
}

export interface ClustersAsked extends Interval {
  tenantId: number;
  marginMs: number;
  plan: NumberPlan;
  /** Until when calls are known. */
  knownUntil: number;
  /** Whether clusters that begin in the queue at that time are asked for. */
  counts: (queueId: number, atMs: number) => boolean;
}

interface Chain extends Omit<Cluster, 'decided'> {
  startMs: number;
  lastMs: number;
}

/** @throws the signal's reason when it aborts */
export async function clustersIn(
  db: Kysely<Database>,
  { tenantId, fromMs, toMs, marginMs, plan, knownUntil, counts }: ClustersAsked,
  signal: AbortSignal | undefined,
): Promise<{ clusters: Cluster[]; nameless: number }> {
  const open = new Map<string, Chain>();
  const clusters: Cluster[] = [];
  let nameless = 0;
  const close = ({ startMs, lastMs, ...chain }: Chain): void => {
    if (startMs < fromMs || startMs >= toMs || !counts(chain.queueId, startMs)) return;
    clusters.push({ ...chain, decided: lastMs + marginMs <= knownUntil });
  };
  const range = { fromMs: fromMs - marginMs, toMs: toMs + marginMs };
  for await (const contacts of contactsIn(db, tenantId, range, signal)) {
    for (const contact of contacts) {
      // Who still waits has not been answered or lost; the call is one of the chain all the same.
      const { callerNumber, enteredAt, firstQueueId } = contact;
      const number = normalNumber(callerNumber, plan);
      if (number === null) {
        if (enteredAt >= fromMs && enteredAt < toMs) nameless++;
        continue;
      }
      const answered = reachedAt(contact) !== null;
      const chain = open.get(number);
      if (chain !== undefined && enteredAt - chain.lastMs <= marginMs) {
        chain.contacts++;
        chain.lastMs = enteredAt;
        chain.lastAnswered = answered;
        continue;
      }
      if (chain !== undefined) close(chain);
      const times = { startMs: enteredAt, lastMs: enteredAt };
      const ends = { firstAnswered: answered, lastAnswered: answered };
      open.set(number, { queueId: firstQueueId, contacts: 1, ...ends, ...times });
    }
  }
  for (const chain of open.values()) close(chain);
  return { clusters, nameless };
}
