/**
 * Time talked for each queue, in the slots in which it was really talked (a visit's own numbers count at its entry).
 *
 * In: scope, plan of a range. Out: lines per queue and slot, over all agents of the queue.
 */
import type { Kysely } from 'kysely';
import { computeAgentRows } from '../../rollups/compute-agent.js';
import { horizonOf } from '../../rollups/horizon.js';
import { loadAgentFacts } from '../../rollups/load-facts.js';
import { agentHorizons } from '../../rollups/rolled-horizon.js';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
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
  const selection = {
    tenantId: scope.tenantId,
    entity: 'queue',
    entityIds: [...scope.queues.keys()],
  } as const;
  for (const source of sourcesOf('queueAgent', plan)) {
    for (const row of await sumRollups(db, source, selection, ['talkMs'], plan.slots)) {
      add(row.entityId, row.slot, row.talkMs);
    }
  }
  const agentIds = [...scope.agents.keys()];
  const horizons = await agentHorizons(db, plan.parts.length > 0 ? agentIds : []);
  for (const part of plan.parts) {
    for (const [agentId, facts] of await loadAgentFacts(db, agentIds, part)) {
      const horizon = horizons.get(agentId) ?? horizonOf({ logUntil: null, streamUntil: null });
      const { queues } = computeAgentRows(facts, [part.fromMs, part.toMs], horizon);
      for (const [queueId, rows] of queues) {
        for (const { talkMs } of rows) add(queueId, slotAt(plan.slots, part.fromMs), talkMs);
      }
    }
  }
  return lines;
}
