/**
 * Rows of agents for the parts of a plan, from facts. In: agents, a plan. Out: per part and agent what rollups would hold of
 * it. What must hold: the same as the rollups of that stretch of time (compute-agent.ts).
 */
import type { Kysely } from 'kysely';
import { computeAgentRows, type AgentRows } from '../rollups/compute-agent.js';
import { horizonOf } from '../rollups/horizon.js';
import { loadAgentFacts } from '../rollups/load-facts.js';
import { agentHorizons } from '../rollups/rolled-horizon.js';
import type { Database } from '../storage/schema.js';
import type { RangePlan } from './range.js';

export interface AgentPart {
  fromMs: number;
  agentId: number;
  rows: AgentRows;
}

const NOTHING_KNOWN = horizonOf({ logUntil: null, streamUntil: null });

export async function* agentParts(
  db: Kysely<Database>,
  agentIds: readonly number[],
  { parts }: Pick<RangePlan, 'parts'>,
): AsyncGenerator<AgentPart, void> {
  if (parts.length === 0) return;
  const horizons = await agentHorizons(db, agentIds);
  for (const part of parts) {
    for (const [agentId, facts] of await loadAgentFacts(db, agentIds, part)) {
      const rows = computeAgentRows(facts, [part.fromMs, part.toMs], horizons.get(agentId) ?? NOTHING_KNOWN);
      yield { fromMs: part.fromMs, agentId, rows };
    }
  }
}
