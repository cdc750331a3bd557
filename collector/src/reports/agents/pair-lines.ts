/**
 * What each agent did in each queue: sums per agent, queue and slot.
 *
 * In: request, scope, plan of the range. Out: one line per pair with any call, offer, login or pause. What must hold: the
 * same lines whichever mix of day rows, 15-minute rows and facts answers (as in agents-report.ts).
 */
import { sql, type Kysely } from 'kysely';
import { addSums, isEmptyRow, NO_REASONS, parseReasons, QUEUE_AGENT_SUM_KEYS } from '../../rollups/sums.js';
import type { Database, QueueAgentSums } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import { agentParts } from '../agent-parts.js';
import { addReasons, newAgentLine, type AgentLineSums } from '../agent-lines.js';
import { plansOf, type QueuesPlan } from '../queue-plans.js';
import { slotAt, type RangePlan } from '../range.js';
import type { Scope, ScopeMember } from '../scope.js';
import { readRollups, sourcesOf, sumRollups, type Selection } from '../sum-rollups.js';
import { breathe } from '../visits/spans.js';

export interface PairLine {
  slot: Slot;
  queue: ScopeMember;
  agent: ScopeMember;
  sums: AgentLineSums;
}

export async function collectPairLines(
  db: Kysely<Database>,
  scope: Scope,
  plan: RangePlan,
  signal: AbortSignal | undefined,
): Promise<PairLine[]> {
  const lines = new PairLines(scope, plan.slots);
  for (const { queueIds, plan: part } of plansOf(scope, plan)) {
    // Queue by queue: each answer is small, and who waits for it can go away in between.
    for (const queueId of queueIds) {
      await breathe(signal);
      await addRollups(db, scope, part, queueId, lines);
    }
    await addParts(db, scope, { queueIds, plan: part }, lines);
  }
  return lines.sorted();
}

/** Lines by slot, queue and agent. */
class PairLines {
  readonly #lines = new Map<string, PairLine>();
  readonly #scope: Scope;
  readonly #slots: readonly Slot[];

  constructor(scope: Scope, slots: readonly Slot[]) {
    this.#scope = scope;
    this.#slots = slots;
  }

  /** The line to add to; undefined for what is not in the scope. */
  at(slotIndex: number, queueId: number, agentId: number): AgentLineSums | undefined {
    const key = `${slotIndex}:${queueId}:${agentId}`;
    const known = this.#lines.get(key);
    const slot = this.#slots[slotIndex];
    const queue = this.#scope.queues.get(queueId);
    const agent = this.#scope.agents.get(agentId);
    if (known !== undefined || slot === undefined || queue === undefined || agent === undefined) {
      return known?.sums;
    }
    const sums = newAgentLine();
    this.#lines.set(key, { slot, queue, agent, sums });
    return sums;
  }

  /** By slot, then PBX and agent, then queue. */
  sorted(): PairLine[] {
    const agents = placesOf(this.#scope.agents);
    const queues = placesOf(this.#scope.queues);
    return [...this.#lines.values()].sort(
      (a, b) =>
        a.slot.fromMs - b.slot.fromMs ||
        (agents.get(a.agent.id) ?? 0) - (agents.get(b.agent.id) ?? 0) ||
        (queues.get(a.queue.id) ?? 0) - (queues.get(b.queue.id) ?? 0),
    );
  }
}

const placesOf = (members: ReadonlyMap<number, ScopeMember>): Map<number, number> =>
  new Map([...members.keys()].map((id, place) => [id, place]));

async function addRollups(
  db: Kysely<Database>,
  { tenantId, agents }: Scope,
  plan: RangePlan,
  queueId: number,
  lines: PairLines,
): Promise<void> {
  const selection: Selection = {
    tenantId,
    entity: 'agent',
    entityIds: [...agents.keys()],
    queueIds: [queueId],
  };
  const somePause = sql`r.pause_by_reason <> ${NO_REASONS}`;
  for (const source of sourcesOf('queueAgent', plan)) {
    for (const row of await sumRollups(db, source, selection, QUEUE_AGENT_SUM_KEYS, plan.slots)) {
      const line = lines.at(row.slot, queueId, row.entityId);
      if (line !== undefined) addSums(line.numbers, row, QUEUE_AGENT_SUM_KEYS);
    }
    const pauses = await readRollups<Pick<QueueAgentSums, 'pauseByReason'>>(
      db,
      source,
      selection,
      ['pauseByReason'],
      somePause,
    );
    for (const row of pauses) {
      const line = lines.at(slotAt(plan.slots, row.bucketAt), queueId, row.entityId);
      if (line !== undefined) addReasons(line, parseReasons(row.pauseByReason));
    }
  }
}

/** What is not aligned to quarters, from facts. */
async function addParts(
  db: Kysely<Database>,
  { agents }: Scope,
  { queueIds, plan }: QueuesPlan,
  lines: PairLines,
): Promise<void> {
  for await (const { fromMs, agentId, rows } of agentParts(db, [...agents.keys()], plan)) {
    for (const queueId of queueIds) {
      for (const row of rows.queues.get(queueId)?.filter((one) => !isEmptyRow(one)) ?? []) {
        const line = lines.at(slotAt(plan.slots, fromMs), queueId, agentId);
        if (line === undefined) continue;
        addSums(line.numbers, row, QUEUE_AGENT_SUM_KEYS);
        addReasons(line, parseReasons(row.pauseByReason));
      }
    }
  }
}
