/** When PBXs started. In: PBXs and a range. Out: each start once, whichever sources told of it, oldest first. */
import type { Kysely } from 'kysely';
import { restartsOf } from '../facts/restarts.js';
import type { PbxWideEvent } from '../pbx/event.js';
import type { Database } from '../storage/schema.js';
import type { Span } from './gaps.js';

/** Sources tell of the same start within this time of each other (facts/align.ts). */
const AROUND_MS = 60_000;

export async function loadRestarts(
  db: Kysely<Database>,
  { pbxIds, fromMs, toMs }: Span,
): Promise<{ pbx: string; atMs: number }[]> {
  if (pbxIds.length === 0) return [];
  const rows = await db
    .selectFrom('pbxEvidence')
    .innerJoin('pbx', 'pbx.id', 'pbxEvidence.pbxId')
    .select(['pbx.name as pbx', 'pbxEvidence.event'])
    .where('pbxEvidence.pbxId', 'in', pbxIds)
    .where('pbxEvidence.kind', '=', 'pbx-started')
    .where('pbxEvidence.atUs', '>=', (fromMs - AROUND_MS) * 1000)
    .where('pbxEvidence.atUs', '<', (toMs + AROUND_MS) * 1000)
    .execute();
  const byPbx = new Map<string, PbxWideEvent[]>();
  for (const { pbx, event } of rows) {
    const events = byPbx.get(pbx) ?? [];
    events.push(JSON.parse(event) as PbxWideEvent);
    byPbx.set(pbx, events);
  }
  return [...byPbx]
    .flatMap(([pbx, events]) =>
      restartsOf(events).map(({ atUs }) => ({ pbx, atMs: Math.floor(atUs / 1000) })),
    )
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .sort((a, b) => a.atMs - b.atMs);
}
