/**
 * Visits by tag, queue and agent in a piece of a range.
 *
 * In: request, scope, piece. Out: sums per slot, queue and agent, of each tag and of all visits. What must hold: a visit of
 * several tags counts with each of them, and once among all; only the tenant's rows.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import { keysOf } from '../../rollups/sums.js';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import { inHours } from '../business-hours.js';
import { cutsOf, cutSql, withinPiece } from '../legs/leg-query.js';
import { slotAt } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';

/** Sums over visits; the names are those of the queues report. */
export interface TagSums {
  entered: number;
  answered: number;
  waiting: number;
  waitAnsweredSeconds: number;
  talkSeconds: number;
  wrapUpMs: number;
}

export const NO_VISITS: Readonly<TagSums> = {
  entered: 0,
  answered: 0,
  waiting: 0,
  waitAnsweredSeconds: 0,
  talkSeconds: 0,
  wrapUpMs: 0,
};

export const SUM_KEYS = keysOf(NO_VISITS);

export interface TagRow {
  slot: Slot;
  /** Null: of visits without a tag. */
  tag: string | null;
  queueId: number;
  /** Null: of visits nobody answered. */
  agentId: number | null;
  sums: TagSums;
}

export interface TagQuestion {
  request: ReportRequest;
  slots: readonly Slot[];
  /** Null: all. */
  tags: readonly string[] | null;
}

type Grouped = TagSums & { tag: string | null; cut: number; queueId: number; agentId: number | null };

/** One row per tag the visits have; those without one under `tag` null. */
export const readTags = (
  db: Kysely<Database>,
  question: TagQuestion,
  scope: Scope,
  piece: Interval,
): Promise<TagRow[]> => {
  const { tags } = question;
  const ofTag = tags === null ? sql`` : sql`and t.tag in (${sql.join([...tags])})`;
  const join = sql`left join visit_tag as t on t.contact_id = v.contact_id and t.visit_seq = v.seq`;
  return grouped(db, question, scope, piece, { tag: sql`t.tag`, join, and: ofTag });
};

/** The same visits, each once: `tag` is null in all rows. */
export const readVisits = (
  db: Kysely<Database>,
  question: TagQuestion,
  scope: Scope,
  piece: Interval,
): Promise<TagRow[]> => {
  const { tags } = question;
  const tagged =
    tags === null
      ? sql``
      : sql`and exists (select 1 from visit_tag as t where t.contact_id = v.contact_id and t.visit_seq = v.seq
          and t.tag in (${sql.join([...tags])}))`;
  return grouped(db, question, scope, piece, { tag: sql`null`, join: sql``, and: tagged });
};

type Part = Record<'tag' | 'join' | 'and', RawBuilder<unknown>>;

async function grouped(
  db: Kysely<Database>,
  { request, slots }: TagQuestion,
  scope: Scope,
  piece: Interval,
  { tag, join, and }: Part,
): Promise<TagRow[]> {
  const cuts = cutsOf(piece, slots);
  const inQueues = scope.queuesNamed ? sql`and v.queue_id in (${sql.join([...scope.queues.keys()])})` : sql``;
  const byAgents = scope.agentsNamed ? sql`and v.agent_id in (${sql.join([...scope.agents.keys()])})` : sql``;
  const { rows } = await sql<Grouped>`
    select ${tag} as tag, ${cutSql('v.entered_at', cuts)} as cut, v.queue_id as queueId, v.agent_id as agentId,
      count(*) as entered, sum(v.outcome = 'answered') as answered, sum(v.outcome = 'waiting') as waiting,
      sum(if(v.outcome = 'answered', coalesce(v.wait_seconds, 0), 0)) as waitAnsweredSeconds,
      sum(coalesce(v.talk_seconds, 0)) as talkSeconds, sum(coalesce(v.wrap_up_ms, 0)) as wrapUpMs
    from visit as v ${join}
    where ${withinPiece('v', 'entered_at', request, scope, piece)} ${inQueues} ${byAgents} ${and}
      and ${inHours(scope, 'v', piece)}
    group by 1, 2, 3, 4`.execute(db.withoutPlugins());
  return rows.flatMap(({ tag: ofTag, cut, queueId, agentId, ...sums }) => {
    const slot = slots[slotAt(slots, cuts[cut] ?? 0)];
    return slot === undefined ? [] : [{ slot, tag: ofTag, queueId, agentId, sums: numbers(sums) }];
  });
}

/** MySQL gives sums as decimals, which its driver leaves as text. */
const numbers = (sums: TagSums): TagSums => {
  const read = { ...NO_VISITS };
  for (const key of SUM_KEYS) read[key] = Number(sums[key]);
  return read;
};
