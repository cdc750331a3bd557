/**
 * Events of one PBX → evidence, facts and dirty marks, in one transaction.
 *
 * In: any events, in any order. Out: what changed. What must hold: the facts in the end depend on the set of events
 * alone (DECISIONS.md 1); applying the same events again changes nothing.
 */
import type { Transaction } from 'kysely';
import {
  type CallEvent,
  type LegEvent,
  type MemberEvent,
  type PbxEvent,
  type PbxWideEvent,
  SOURCE_RANK,
} from '../pbx/event.js';
import { DirtyKeys, markDirty } from '../rollups/dirty.js';
import { type Horizon, horizonOf } from '../rollups/horizon.js';
import type { Database, LegTable } from '../storage/schema.js';
import { PAIRING_WINDOW_US } from './align.js';
import { Aliases, aliasVersion, observations, storeAliases } from './store/aliases.js';
import { type ChangedVisit, writeCalls } from './store/call-store.js';
import type { Dimensions } from './store/dimensions.js';
import { assignLegs } from './store/leg-tenants.js';
import { type Listing, type MemberChanges, writeMembers } from './store/member-store.js';
import { loadPbxEvents, storePbxEvents, writeGaps, writeLegs } from './store/pbx-store.js';
import { type Restart, restartsOf } from './restarts.js';

/** What configuration says about facts; `rebuild` applies a change of it to the past. */
export interface FactSettings {
  wrapUpSeconds(pbx: string, queue: string, atMs: number): number | null;
  direction(pbx: string, leg: LegEvent): LegTable['direction'];
  /** Whether a remark of that name on a call is a tag (wrap-up code). */
  isTag(note: string): boolean;
}

/** One PBX as the facts know it. Its aliases are a cache: dropped when a transaction fails. */
export interface PbxFacts {
  id: number;
  name: string;
  aliases: Aliases | undefined;
}

export async function writeEvents(
  trx: Transaction<Database>,
  pbx: PbxFacts,
  events: readonly PbxEvent[],
  dimensions: Dimensions,
  settings: FactSettings,
): Promise<ChangedVisit[]> {
  const calls: CallEvent[] = [];
  const members: MemberEvent[] = [];
  const wide: PbxWideEvent[] = [];
  const legs: LegEvent[] = [];
  for (const event of events) {
    if ('callId' in event) calls.push(event);
    else if (event.kind === 'member-penalty')
      continue; // changes nobody's time
    else if ('member' in event) members.push(event);
    else if (event.kind === 'leg-recorded') legs.push(event);
    else wide.push(event);
  }

  const horizon = horizonOf(await advanceHorizon(trx, pbx.id, events));
  if (pbx.aliases?.version !== (await aliasVersion(trx, pbx.id)))
    pbx.aliases = await Aliases.load(trx, pbx.id);
  const { aliases } = pbx;
  const learned = aliases.learn(observations(events));
  await storeAliases(trx, pbx.id, learned);
  await storePbxEvents(trx, pbx.id, wide);
  const restarts = restartsOf(await loadPbxEvents(trx, pbx.id, ['pbx-started']));
  const restarted = restartedTime(wide);
  const again = new Set([
    ...(restarted ? await openOrRestarted(trx, pbx.id) : []),
    ...(await callsNaming(
      trx,
      pbx.id,
      learned.map((alias) => alias.interface),
    )),
  ]);
  const changed = await write(
    trx,
    { pbx, dimensions, settings, aliases, restarts, horizon },
    groupByCall(calls),
    again,
    {
      events: members,
      listings: wide.filter((event): event is Listing => event.kind === 'members-listed'),
      restarted,
      agents: [...new Set(learned.flatMap((alias) => [alias.agent, alias.interface]))],
    },
  );
  if (wide.some((event) => event.kind === 'link-up' || event.kind === 'link-down'))
    await writeGaps(trx, pbx.id, 'stream');
  await writeCallLegs(trx, pbx, legs, changed, dimensions, settings);
  return changed;
}

/** New legs, and those whose call is known to be of another tenant than the PBX's own calls. */
async function writeCallLegs(
  trx: Transaction<Database>,
  pbx: PbxFacts,
  legs: readonly LegEvent[],
  changed: readonly ChangedVisit[],
  dimensions: Dimensions,
  settings: FactSettings,
): Promise<void> {
  if (legs.length === 0 && changed.length === 0) return;
  const tenantId = await dimensions.pbxTenant(pbx.name);
  await writeLegs(trx, pbx.id, legs, tenantId, (leg) => settings.direction(pbx.name, leg));
  const isOthers = ({ visit }: ChangedVisit): boolean =>
    dimensions.queue(pbx.id, visit.queue).tenantId !== tenantId;
  const isShared = legs.length > 0 && (await dimensions.hasOtherTenants(pbx.id, tenantId));
  const linkedIds = isShared ? legs.map(({ linkedId }) => linkedId) : [];
  const callIds = [...new Set(changed.filter(isOthers).map(({ callId }) => callId))];
  await assignLegs(trx, pbx.id, { linkedIds, callIds });
}

/** Derives the calls and the time of some agents again, under all names they go by: their aliases changed. */
export async function rederiveAgents(
  trx: Transaction<Database>,
  pbx: PbxFacts,
  agents: readonly string[],
  dimensions: Dimensions,
  settings: FactSettings,
): Promise<void> {
  const again = new Set(await callsNaming(trx, pbx.id, agents));
  const members = { events: [], listings: [], restarted: null, agents };
  await write(trx, await groundOf(trx, pbx, dimensions, settings), new Map(), again, members);
}

/** Derives some calls again from the evidence there is. */
export async function rederiveCalls(
  trx: Transaction<Database>,
  pbx: PbxFacts,
  callIds: readonly string[],
  dimensions: Dimensions,
  settings: FactSettings,
): Promise<void> {
  const members = { events: [], listings: [], restarted: null, agents: [] };
  await write(trx, await groundOf(trx, pbx, dimensions, settings), new Map(), new Set(callIds), members);
}

async function groundOf(
  trx: Transaction<Database>,
  pbx: PbxFacts,
  dimensions: Dimensions,
  settings: FactSettings,
): Promise<Ground> {
  const horizon = horizonOf(await advanceHorizon(trx, pbx.id, []));
  const aliases = await Aliases.load(trx, pbx.id);
  const restarts = restartsOf(await loadPbxEvents(trx, pbx.id, ['pbx-started']));
  return { pbx, dimensions, settings, aliases, restarts, horizon };
}

interface Ground {
  pbx: PbxFacts;
  dimensions: Dimensions;
  settings: FactSettings;
  aliases: Aliases;
  restarts: readonly Restart[];
  horizon: Horizon;
}

async function write(
  trx: Transaction<Database>,
  { pbx, dimensions, settings, aliases, restarts, horizon }: Ground,
  calls: ReadonlyMap<string, CallEvent[]>,
  again: ReadonlySet<string>,
  members: MemberChanges,
): Promise<ChangedVisit[]> {
  const dirty = new DirtyKeys();
  const context = {
    restartsUs: restarts.map((restart) => restart.atUs),
    wrapUpSeconds: (queue: string, atMs: number) => settings.wrapUpSeconds(pbx.name, queue, atMs),
    isTag: (note: string) => settings.isTag(note),
  };
  const agentName = (logged: string, atMs: number): string => aliases.resolve(logged, atMs);
  const changed = await writeCalls(
    { trx, dimensions, pbx, dirty, horizon, agentName, context },
    calls,
    again,
  );
  await writeMembers({ trx, dimensions, pbx, aliases, restarts, dirty, horizon }, members);
  await markDirty(trx, dirty);
  return changed;
}

/** The PBX is known until its latest event; @returns until when each rank of source is known now. */
async function advanceHorizon(
  trx: Transaction<Database>,
  pbxId: number,
  events: readonly PbxEvent[],
): Promise<{ logUntil: number | null; streamUntil: number | null }> {
  const known = await trx
    .selectFrom('pbx')
    .select(['logUntil', 'streamUntil'])
    .where('id', '=', pbxId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  let { logUntil, streamUntil } = known;
  for (const event of events) {
    const atMs = event.kind === 'leg-recorded' ? event.endedAtMs : Math.floor(event.atUs / 1000);
    const rank = SOURCE_RANK[event.source];
    // A link says when we listened, a call record how a call was: neither until when the PBX is known.
    if (rank === 'record' || event.source === 'link') continue;
    if (rank === 'log') logUntil = Math.max(logUntil ?? atMs, atMs);
    else streamUntil = Math.max(streamUntil ?? atMs, atMs);
  }
  if (logUntil !== known.logUntil || streamUntil !== known.streamUntil) {
    await trx.updateTable('pbx').set({ logUntil, streamUntil }).where('id', '=', pbxId).execute();
  }
  return { logUntil, streamUntil };
}

function groupByCall(events: readonly CallEvent[]): Map<string, CallEvent[]> {
  const byCall = new Map<string, CallEvent[]>();
  for (const event of events) {
    const list = byCall.get(event.callId);
    if (list) list.push(event);
    else byCall.set(event.callId, [event]);
  }
  return byCall;
}

/** Calls a restart may have ended, or an estimated restart had ended and the log's own time moves. */
async function openOrRestarted(trx: Transaction<Database>, pbxId: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('visit')
    .innerJoin('contact', 'contact.id', 'visit.contactId')
    .select('contact.callId')
    .distinct()
    .where('visit.pbxId', '=', pbxId)
    .where((eb) => eb.or([eb('visit.endedAt', 'is', null), eb('visit.endReason', 'in', ['restart', 'gap'])]))
    .execute();
  return rows.map(({ callId }) => callId);
}

/** Calls in which an agent went by the name of his interface. */
async function callsNaming(
  trx: Transaction<Database>,
  pbxId: number,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return [];
  const agents = await trx
    .selectFrom('agent')
    .select('id')
    .where('pbxId', '=', pbxId)
    .where('name', 'in', names)
    .execute();
  if (agents.length === 0) return [];
  const ids = agents.map(({ id }) => id);
  const byVisit = trx
    .selectFrom('visit')
    .innerJoin('contact', 'contact.id', 'visit.contactId')
    .select('contact.callId')
    .where('visit.agentId', 'in', ids);
  const byOffer = trx
    .selectFrom('offer')
    .innerJoin('contact', 'contact.id', 'offer.contactId')
    .select('contact.callId')
    .where('offer.agentId', 'in', ids);
  return (await byVisit.union(byOffer).execute()).map(({ callId }) => callId);
}

/** The time in which new word of restarts changes anything: a restart told once more is known more exactly. */
function restartedTime(wide: readonly PbxWideEvent[]): { fromUs: number; toUs: number } | null {
  const told = wide.filter((event) => event.kind === 'pbx-started').map((event) => event.atUs);
  if (told.length === 0) return null;
  return {
    fromUs: Math.min(...told) - 2 * PAIRING_WINDOW_US,
    toUs: Math.max(...told) + 2 * PAIRING_WINDOW_US,
  };
}
