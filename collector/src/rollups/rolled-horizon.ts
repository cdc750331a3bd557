/**
 * The horizon rollup rows are computed with. In: how far each PBX is known. Out: table `rollup_horizon`, and marks on
 * the buckets in which something goes on beyond the horizon of before.
 *
 * What must hold: all rows computed between two advances end what is open at the same horizon, and an advance marks
 * every bucket the move can change; so the rows always equal a full recomputation with the stored horizon.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { DirtyKeys, markDirty } from './dirty.js';
import { OFFER_COLUMNS, VISIT_COLUMNS } from './facts.js';
import { horizonOf, type Horizon } from './horizon.js';
import { intersect } from './intervals.js';
import { MAX_CALL_MS, ringSpan, talkSpan } from './spans.js';

const KINDS = ['login', 'pause', 'inUse', 'unavailable', 'hold'] as const;

/** Takes over how far the PBXs are known by now. Call it inside a transaction. */
export async function advanceHorizons(db: Kysely<Database>): Promise<void> {
  const pbxs = await db
    .selectFrom('pbx')
    .leftJoin('rollupHorizon as rolled', 'rolled.pbxId', 'pbx.id')
    .select([
      'pbx.id',
      'pbx.logUntil',
      'pbx.streamUntil',
      'rolled.logUntil as rolledLogUntil',
      'rolled.streamUntil as rolledStreamUntil',
    ])
    .execute();
  for (const pbx of pbxs) {
    if (pbx.logUntil === pbx.rolledLogUntil && pbx.streamUntil === pbx.rolledStreamUntil) continue;
    const before = horizonOf({ logUntil: pbx.rolledLogUntil, streamUntil: pbx.rolledStreamUntil });
    await markOngoing(db, pbx.id, before, horizonOf(pbx));
    const moved = { logUntil: pbx.logUntil, streamUntil: pbx.streamUntil };
    await db
      .insertInto('rollupHorizon')
      .values({ pbxId: pbx.id, ...moved })
      .onDuplicateKeyUpdate(moved)
      .execute();
  }
}

/** Horizon of each agent's PBX, as rollups use it. */
export async function agentHorizons(
  db: Kysely<Database>,
  agentIds: readonly number[],
): Promise<Map<number, Horizon>> {
  if (agentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('agent')
    .innerJoin('rollupHorizon as rolled', 'rolled.pbxId', 'agent.pbxId')
    .select(['agent.id', 'rolled.logUntil', 'rolled.streamUntil'])
    .where('agent.id', 'in', agentIds)
    .execute();
  return new Map(rows.map(({ id, ...rolled }) => [id, horizonOf(rolled)]));
}

async function markOngoing(
  db: Kysely<Database>,
  pbxId: number,
  before: Horizon,
  after: Horizon,
): Promise<void> {
  const ends = (horizon: Horizon): number[] =>
    [horizon.callsUntil, horizon.presenceUntil].filter((end) => end !== null);
  // The horizon of presence can step back (the log catches up): the span covers every end there was.
  const fromMs = before.callsUntil === null ? 0 : Math.min(...ends(before), ...ends(after));
  const span = { fromMs, toMs: Math.max(...ends(before), ...ends(after)) };
  const keys = new DirtyKeys();

  const intervals = await db
    .selectFrom('agentInterval')
    .select(['agentId', 'fromAt', 'toAt'])
    .where('pbxId', '=', pbxId)
    .where('kind', 'in', KINDS)
    // Closed since the last advance counts, too: it was rolled up as open.
    .where('toAt', '>', span.fromMs)
    .where('fromAt', '<', span.toMs)
    .execute();
  for (const { agentId, fromAt, toAt } of intervals) {
    for (const part of intersect([{ fromMs: fromAt, toMs: toAt }], [span])) keys.agentSpan(agentId, part);
  }

  const talks = await db
    .selectFrom('visit')
    .select(VISIT_COLUMNS)
    .where('pbxId', '=', pbxId)
    .where('endedAt', 'is', null)
    .where('answeredAt', '>', span.fromMs - MAX_CALL_MS)
    .execute();
  for (const visit of talks) {
    const talk = talkSpan(visit, { callsUntil: span.toMs, presenceUntil: null });
    if (visit.agentId === null || talk === null) continue;
    for (const part of intersect([talk], [span])) keys.agentSpan(visit.agentId, part);
  }

  const offers = await db
    .selectFrom('offer')
    .select(OFFER_COLUMNS)
    .where('pbxId', '=', pbxId)
    .where('endedAt', 'is', null)
    .where('enteredAt', '>', span.fromMs - MAX_CALL_MS)
    .execute();
  for (const offer of offers) {
    const ring = ringSpan(offer, { callsUntil: span.toMs, presenceUntil: null });
    if (ring !== null) for (const part of intersect([ring], [span])) keys.agentSpan(offer.agentId, part);
  }
  await markDirty(db, keys);
}
