/**
 * What is known of each dialled number in a piece of a range: calls by call records, visits by the facts of queues.
 *
 * In: request, scope, piece. Out: rows per PBX, number and slot. What must hold: only the tenant's rows.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import { slotAt } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';
import { LEG_DID, matches } from './channels.js';
import { cutsOf, cutSql, withinPiece } from './leg-query.js';
import { IS_ATTEMPT, SUM_LEGS, type LegSums } from './leg-sums.js';

/** Sums over visits; the names are those of the queues report. */
export interface DidVisits {
  contacts: number;
  entered: number;
  answered: number;
  abandoned: number;
  waiting: number;
  waitAnsweredSeconds: number;
  talkSeconds: number;
}

export const NO_VISITS: Readonly<DidVisits> = {
  contacts: 0,
  entered: 0,
  answered: 0,
  abandoned: 0,
  waiting: 0,
  waitAnsweredSeconds: 0,
  talkSeconds: 0,
};

/** Sums with the number and slot they are of. */
export interface OfDid<T> {
  slot: Slot;
  pbx: string;
  /** Null: not known. */
  did: string | null;
  sums: T;
}

type Grouped<T> = T & { pbx: string; did: string | null; cut: number };

export interface DidQuestion {
  request: ReportRequest;
  slots: readonly Slot[];
  /** Pattern of the number; null: all. */
  did: string | null;
}

export async function readDidLegs(
  db: Kysely<Database>,
  question: DidQuestion,
  scope: Scope,
  piece: Interval,
): Promise<OfDid<LegSums>[]> {
  const { request, slots } = question;
  const cuts = cutsOf(piece, slots);
  const { rows } = await sql<Grouped<LegSums>>`
    select p.name as pbx, ${LEG_DID} as did, ${cutSql('l.started_at', cuts)} as cut, ${SUM_LEGS}
    from leg as l join pbx as p on p.id = l.pbx_id
      left join contact as c on c.pbx_id = l.pbx_id and c.call_id = l.leg_id
    where ${withinPiece('l', 'started_at', request, scope, piece)} and l.direction = 'inbound' and ${IS_ATTEMPT}
      ${asked(question, LEG_DID)}
    group by 1, 2, 3`.execute(db.withoutPlugins());
  return rows.flatMap((row) => inSlot(row, slots, cuts));
}

export async function readDidVisits(
  db: Kysely<Database>,
  question: DidQuestion,
  scope: Scope,
  piece: Interval,
): Promise<OfDid<DidVisits>[]> {
  const { request, slots } = question;
  const cuts = cutsOf(piece, slots);
  const within = withinPiece('v', 'entered_at', request, scope, piece);
  const inQueues = scope.queuesNamed ? sql`and v.queue_id in (${sql.join([...scope.queues.keys()])})` : sql``;
  const byAgents = scope.agentsNamed ? sql`and v.agent_id in (${sql.join([...scope.agents.keys()])})` : sql``;
  const did = sql`c.did`;
  const { rows } = await sql<Grouped<DidVisits>>`
    select p.name as pbx, ${did} as did, ${cutSql('v.entered_at', cuts)} as cut,
      sum(v.seq = 0) as contacts, count(*) as entered, sum(v.outcome = 'answered') as answered,
      sum(v.outcome = 'abandoned') as abandoned, sum(v.outcome = 'waiting') as waiting,
      sum(if(v.outcome = 'answered', coalesce(v.wait_seconds, 0), 0)) as waitAnsweredSeconds,
      sum(coalesce(v.talk_seconds, 0)) as talkSeconds
    from visit as v join contact as c on c.id = v.contact_id join pbx as p on p.id = v.pbx_id
    where ${within} ${inQueues} ${byAgents} ${asked(question, did)}
    group by 1, 2, 3`.execute(db.withoutPlugins());
  return rows.flatMap((row) => inSlot(row, slots, cuts));
}

const asked = ({ did }: DidQuestion, expression: RawBuilder<unknown>): RawBuilder<unknown> =>
  did === null ? sql`` : sql`and ${matches(expression, did)}`;

function inSlot<T>(row: Grouped<T>, slots: readonly Slot[], cuts: readonly number[]): OfDid<T>[] {
  const { pbx, did, cut } = row;
  const slot = slots[slotAt(slots, cuts[cut] ?? 0)];
  return slot === undefined ? [] : [{ slot, pbx, did, sums: row }];
}
