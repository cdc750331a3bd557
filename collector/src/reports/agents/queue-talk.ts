/**
 * Time talked for each queue, in the slots in which it was really talked (a visit's own numbers count at its entry).
 *
 * In: scope, plan of a range. Out: lines per queue and slot, over all agents of the queue.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import { agentParts } from '../agent-parts.js';
import { plansOf } from '../queue-plans.js';
import { slotAt, type RangePlan } from '../range.js';
import type { Scope, ScopeMember } from '../scope.js';
import { sourcesOf, sumRollups } from '../sum-rollups.js';

export interface QueueTalk {
  slot: Slot;
  member: ScopeMember;
  line: { talkMs: number };
}

/** @param scope its agents limit whose talk counts when they were named */
export async function collectQueueTalk(
  db: Kysely<Database>,
  scope: Scope,
  plan: RangePlan,
): Promise<QueueTalk[]> {
  const lines: QueueTalk[] = [];
  const add = (queueId: number, slotIndex: number, talkMs: number): void => {
    const member = scope.queues.get(queueId);
    const slot = plan.slots[slotIndex];
    if (member !== undefined && slot !== undefined && talkMs > 0)
      lines.push({ slot, member, line: { talkMs } });
  };
  for (const { queueIds, plan: part } of plansOf(scope, plan)) {
    const selection = { tenantId: scope.tenantId, entity: 'queue', entityIds: queueIds } as const;
    for (const source of sourcesOf('queueAgent', part)) {
      for (const row of await sumRollups(db, source, selection, ['talkMs'], plan.slots)) {
        add(row.entityId, row.slot, row.talkMs);
      }
    }
    for await (const { fromMs, rows } of agentParts(db, [...scope.agents.keys()], part)) {
      for (const queueId of queueIds) {
        for (const { talkMs } of rows.queues.get(queueId) ?? [])
          add(queueId, slotAt(plan.slots, fromMs), talkMs);
      }
    }
  }
  return lines;
}
