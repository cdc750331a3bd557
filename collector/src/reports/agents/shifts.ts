/**
 * When an agent's day began and ended: from the stretches of time in which he was a member of any queue.
 *
 * In: agents and a range. Out: per agent the union of his logins. What must hold: a login that still lasts ends at the
 * horizon of its PBX, never at now, and is known to be open.
 */
import { sql, type Kysely } from 'kysely';
import { horizonOf } from '../../rollups/horizon.js';
import { columnList } from '../../rollups/hot-columns.js';
import { union, type Interval, type TimeSet } from '../../rollups/intervals.js';
import { agentHorizons } from '../../rollups/rolled-horizon.js';
import { closedInterval } from '../../rollups/spans.js';
import { INTERVAL_COLUMNS, type IntervalFacts } from '../../rollups/facts.js';
import { OPEN_END, type Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';

export interface Presence {
  login: TimeSet;
  /** Where a login that still lasts was cut off; null when none does. */
  openAtMs: number | null;
}

const NOWHERE = horizonOf({ logUntil: null, streamUntil: null });

/** @param queueIds null: logins in any queue */
export async function presenceOf(
  db: Kysely<Database>,
  agentIds: readonly number[],
  queueIds: readonly number[] | null,
  { fromMs, toMs }: Interval,
): Promise<Map<number, Presence>> {
  if (agentIds.length === 0 || queueIds?.length === 0) return new Map();
  const inQueues = queueIds === null ? sql`` : sql`and f.queue_id in (${sql.join([...queueIds])})`;
  const { rows } = await sql<IntervalFacts>`
    select ${columnList('f', INTERVAL_COLUMNS)} from agent_interval as f
    where f.agent_id in (${sql.join([...agentIds])}) and f.kind = 'login'
      and f.from_at < ${toMs} and f.to_at > ${fromMs} ${inQueues}`.execute(db.withoutPlugins());
  const horizons = await agentHorizons(db, agentIds);
  const logins = new Map<number, IntervalFacts[]>();
  for (const row of rows) logins.set(row.agentId, [...(logins.get(row.agentId) ?? []), row]);
  return new Map(
    [...logins].map(([agentId, intervals]) => {
      const horizon = horizons.get(agentId) ?? NOWHERE;
      const isOpen = intervals.some(({ toAt }) => toAt === OPEN_END);
      return [
        agentId,
        {
          login: union(intervals.map((interval) => closedInterval(interval, horizon))),
          openAtMs: isOpen ? horizon.presenceUntil : null,
        },
      ];
    }),
  );
}

export interface Shift {
  /** The beginning of the slot for who was logged in already; null for who never was. */
  firstLoginAt: number | null;
  /** The end of the slot for who stayed logged in; null for who is logged in still, or never was. */
  lastLogoutAt: number | null;
  /** Stretches of login in the slot. */
  sessions: number;
}

export const NO_SHIFT: Shift = { firstLoginAt: null, lastLogoutAt: null, sessions: 0 };

/** @param slots in order, without overlaps */
export function shiftsOf({ login, openAtMs }: Presence, slots: readonly Slot[]): Shift[] {
  let next = 0;
  return slots.map(({ fromMs, toMs }) => {
    while (next < login.length && (login[next]?.toMs ?? 0) <= fromMs) next++;
    let shift = NO_SHIFT;
    for (let i = next; i < login.length; i++) {
      const part = login[i];
      if (part === undefined || part.fromMs >= toMs) break;
      const endMs = Math.min(part.toMs, toMs);
      shift = {
        firstLoginAt: shift.firstLoginAt ?? Math.max(part.fromMs, fromMs),
        lastLogoutAt: endMs === openAtMs ? null : endMs,
        sessions: shift.sessions + 1,
      };
    }
    return shift;
  });
}
