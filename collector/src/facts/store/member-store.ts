/**
 * Writing agents' time: login, pause and phone states as intervals, in the caller's transaction.
 *
 * In: new member events, listings and restarts. Out: `agent_interval` rows and the buckets they change. What must hold:
 * only the neighbourhood of a new record is derived again: back to the last moment at which nothing happened for long
 * enough that no pairing can cross it; the state there is read from the intervals that cover it.
 */
import type { Transaction } from 'kysely';
import type { ListedMember, MemberEvent, PbxWideEvent } from '../../pbx/event.js';
import type { DirtyKeys } from '../../rollups/dirty.js';
import { INTERVAL_COLUMNS, type IntervalFacts } from '../../rollups/facts.js';
import type { Horizon } from '../../rollups/horizon.js';
import { bulkUpsert } from '../../storage/bulk-upsert.js';
import { type Database, OPEN_END } from '../../storage/schema.js';
import { PAIRING_WINDOW_US } from '../align.js';
import { deriveDevices } from '../member/device.js';
import { type MembershipState, deriveMembership } from '../member/membership.js';
import type { Restart } from '../restarts.js';
import type { Aliases } from './aliases.js';
import type { Dimensions } from './dimensions.js';

export interface MemberWrite {
  trx: Transaction<Database>;
  dimensions: Dimensions;
  pbx: { id: number; name: string };
  aliases: Aliases;
  /** All restarts of the PBX. */
  restarts: readonly Restart[];
  dirty: DirtyKeys;
  horizon: Horizon;
}

export interface MemberChanges {
  events: readonly MemberEvent[];
  listings: readonly Listing[];
  /** The time in which restarts were told of, or are now known more exactly, µs. */
  restarted: { fromUs: number; toUs: number } | null;
  /** Agents whose aliases changed: all of their time is derived again. */
  agents: readonly string[];
}

export type Listing = PbxWideEvent & { kind: 'members-listed' };

/** What is derived together: one agent's membership of one queue, or (queue `null`) his phones. */
interface Key {
  agent: string;
  queue: string | null;
  /** Something changed from here on, µs. */
  fromUs: number;
}

/** Nothing happened for this long: no pair of records spans it. */
const QUIET_US = 2 * PAIRING_WINDOW_US;
/** How far back evidence is read at first. */
const LOOK_BACK_US = 30 * 60_000_000;
const ALWAYS = Number.MIN_SAFE_INTEGER;
/** Bounds the memory for agents whose aliases changed. */
const WHOLE_HISTORIES_AT_ONCE = 50;

export async function writeMembers(write: MemberWrite, changes: MemberChanges): Promise<void> {
  await storeEvidence(write, changes.events);
  const keys = await touchedKeys(write, changes);
  await derive(
    write,
    keys.filter((key) => key.fromUs !== ALWAYS),
  );
  const whole = keys.filter((key) => key.fromUs === ALWAYS);
  for (let i = 0; i < whole.length; i += WHOLE_HISTORIES_AT_ONCE) {
    await derive(write, whole.slice(i, i + WHOLE_HISTORIES_AT_ONCE));
  }
}

async function derive(write: MemberWrite, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) return;
  const windows = await openWindows(write, keys);
  await ensureNames(write, windows);
  const stored = await loadStored(write, windows);
  const gone: StoredInterval[] = [];
  const fresh: IntervalFacts[] = [];
  for (const window of windows) {
    for (const agentId of agentIdsOf(write, window, stored)) {
      const before = (stored.intervals.get(agentId) ?? []).filter(
        (i) => isOf(i, window, write) && i.toAt > startMs(window.startUs),
      );
      const after =
        window.queue === null ? phones(window, agentId, before) : memberships(write, window, agentId, before);
      const change = difference(before, after);
      write.dirty.intervals(agentId, change.gone, change.fresh, write.horizon);
      gone.push(...change.gone);
      fresh.push(...change.fresh);
    }
  }
  await replace(write, gone, fresh);
}

async function storeEvidence({ trx, pbx }: MemberWrite, events: readonly MemberEvent[]): Promise<void> {
  await bulkUpsert(
    trx,
    'memberEvidence',
    ['pbxId', 'member', 'queue', 'atUs', 'eventId', 'event'],
    events.map((event) => [
      pbx.id,
      event.member,
      event.kind === 'device-state' ? '' : event.queue,
      event.atUs,
      event.id,
      JSON.stringify(event),
    ]),
    {},
  );
}

async function touchedKeys(write: MemberWrite, changes: MemberChanges): Promise<Key[]> {
  const keys = new Map<string, Key>();
  const touch = (agent: string, queue: string | null, fromUs: number): void => {
    const id = `${agent}\u0000${queue ?? ''}`;
    const known = keys.get(id);
    if (!known || fromUs < known.fromUs) keys.set(id, { agent, queue, fromUs });
  };
  for (const event of changes.events) {
    const agent = write.aliases.resolve(event.member, Math.floor(event.atUs / 1000));
    touch(agent, event.kind === 'device-state' ? null : event.queue, event.atUs);
  }
  for (const listing of changes.listings) {
    for (const member of listing.members) {
      touch(member.agentName, member.queue, listing.atUs);
      touch(member.agentName, null, listing.atUs);
    }
    for (const open of await presentIn(write, listing.atUs, listing.atUs)) {
      if (open.queue !== null && listing.queues.includes(open.queue))
        touch(open.agent, open.queue, listing.atUs);
    }
  }
  if (changes.restarted) {
    const { fromUs, toUs } = changes.restarted;
    for (const open of await presentIn(write, fromUs, toUs)) touch(open.agent, open.queue, fromUs);
  }
  for (const { agent, queue } of await queuesOf(write, changes.agents)) {
    touch(agent, queue === '' ? null : queue, ALWAYS);
  }
  return [...keys.values()].sort((a, b) => (a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0));
}

/** Where there is evidence of some agents, under whichever of their names. */
async function queuesOf(
  { trx, pbx, aliases }: MemberWrite,
  agents: readonly string[],
): Promise<{ agent: string; queue: string }[]> {
  if (agents.length === 0) return [];
  const membersOf = new Map(agents.map((agent) => [agent, new Set(aliases.membersOf(agent))]));
  const found = await trx
    .selectFrom('memberEvidence')
    .select(['member', 'queue'])
    .distinct()
    .where('pbxId', '=', pbx.id)
    .where('member', 'in', [...new Set([...membersOf.values()].flatMap((members) => [...members]))])
    .execute();
  return agents.flatMap((agent) =>
    found.filter(({ member }) => membersOf.get(agent)?.has(member)).map(({ queue }) => ({ agent, queue })),
  );
}

/** Who was logged in, paused or on the phone in a time, as far as the intervals say. */
async function presentIn(
  { trx, pbx }: MemberWrite,
  fromUs: number,
  toUs: number,
): Promise<{ agent: string; queue: string | null }[]> {
  const rows = await trx
    .selectFrom('agentInterval')
    .innerJoin('agent', 'agent.id', 'agentInterval.agentId')
    .leftJoin('queue', 'queue.id', 'agentInterval.queueId')
    .select(['agent.name as agent', 'queue.name as queue', 'agentInterval.kind'])
    .distinct()
    .where('agentInterval.pbxId', '=', pbx.id)
    .where('agentInterval.kind', 'in', ['login', 'pause', 'inUse', 'unavailable'])
    .where('toAt', '>=', Math.floor(fromUs / 1000))
    .where('fromAt', '<=', Math.floor(toUs / 1000))
    .execute();
  return rows.map(({ agent, queue, kind }) => ({
    agent,
    queue: kind === 'login' || kind === 'pause' ? queue : null,
  }));
}

/** One key with what its derivation needs, from a quiet moment on. */
interface Window extends Key {
  startUs: number;
  events: MemberEvent[];
  restarts: Restart[];
  listings: Listing[];
}

async function openWindows(write: MemberWrite, keys: readonly Key[]): Promise<Window[]> {
  const bounded = keys.filter((key) => key.fromUs !== ALWAYS);
  const readFromUs = Math.min(...bounded.map((key) => key.fromUs)) - LOOK_BACK_US;
  const recent = await evidenceOf(write, bounded, readFromUs);
  const starts = keys.map((key) =>
    key.fromUs === ALWAYS ? undefined : quietBefore(recent(key), key.fromUs, readFromUs),
  );
  const whole = await evidenceOf(
    write,
    keys.filter((_, index) => starts[index] === undefined),
    ALWAYS,
  );
  const windows = keys.map((key, index) => {
    const startUs = starts[index];
    return { ...key, startUs: startUs ?? ALWAYS, events: startUs === undefined ? whole(key) : recent(key) };
  });
  const listings = await listingsSince(write, Math.min(...windows.map((window) => window.startUs)));
  return windows.map((window) => ({
    ...window,
    events: window.events.filter((event) => event.atUs >= window.startUs),
    restarts: write.restarts.filter((restart) => restart.atUs >= window.startUs),
    listings: listings.filter((listing) => listing.atUs >= window.startUs),
  }));
}

const keyId = (agent: string, queue: string | null): string => `${agent}\u0000${queue ?? ''}`;

/** The quiet moment before a change; undefined when the evidence read does not reach back to one. */
function quietBefore(events: readonly MemberEvent[], fromUs: number, readFromUs: number): number | undefined {
  let startUs = fromUs;
  for (let i = events.length - 1; i >= 0; i--) {
    const atUs = events[i]?.atUs ?? 0;
    if (atUs >= startUs) continue;
    if (startUs - atUs > QUIET_US) break;
    startUs = atUs;
  }
  return startUs - readFromUs > QUIET_US ? startUs - QUIET_US / 2 : undefined;
}

/** The evidence of each key since a time, read at once. */
async function evidenceOf(
  { trx, pbx, aliases }: MemberWrite,
  keys: readonly Key[],
  fromUs: number,
): Promise<(key: Key) => MemberEvent[]> {
  const members = [...new Set(keys.flatMap((key) => aliases.membersOf(key.agent)))];
  if (members.length === 0) return () => [];
  let query = trx
    .selectFrom('memberEvidence')
    .select('event')
    .where('pbxId', '=', pbx.id)
    .where('member', 'in', members)
    .orderBy('atUs');
  if (fromUs !== ALWAYS) query = query.where('atUs', '>=', fromUs);
  const byKey = new Map<string, MemberEvent[]>();
  for (const row of await query.execute()) {
    const event = JSON.parse(row.event) as MemberEvent;
    const agent = aliases.resolve(event.member, Math.floor(event.atUs / 1000));
    const id = keyId(agent, event.kind === 'device-state' ? null : event.queue);
    const list = byKey.get(id);
    if (list) list.push(event);
    else byKey.set(id, [event]);
  }
  return ({ agent, queue }) => byKey.get(keyId(agent, queue)) ?? [];
}

async function listingsSince({ trx, pbx }: MemberWrite, fromUs: number): Promise<Listing[]> {
  const rows = await trx
    .selectFrom('pbxEvidence')
    .select('event')
    .where('pbxId', '=', pbx.id)
    .where('kind', '=', 'members-listed')
    .where('atUs', '>=', fromUs)
    .orderBy('atUs')
    .execute();
  return rows.map(({ event }) => JSON.parse(event) as Listing);
}

// --- names and stored rows --------------------------------------------------------------------------------------

/** The queue that tells a window's tenant: its own, or one in which the phone was seen. */
const queueOf = (window: Window): string | undefined =>
  window.queue ??
  window.events.find((event) => event.kind === 'device-state')?.queue ??
  window.listings.flatMap(({ members }) => membersNamed(members, window.agent))[0]?.queue;

async function ensureNames({ dimensions, pbx }: MemberWrite, windows: readonly Window[]): Promise<void> {
  const places = windows.flatMap((window) => {
    const queue = queueOf(window);
    return queue === undefined ? [] : [{ agent: window.agent, queue }];
  });
  await dimensions.ensureQueues(
    pbx,
    places.map(({ queue }) => queue),
  );
  await dimensions.ensureAgents(
    pbx.id,
    places.map(({ agent, queue }) => ({ name: agent, tenantId: dimensions.queue(pbx.id, queue).tenantId })),
  );
}

interface StoredInterval extends IntervalFacts {
  id: number;
}

interface Stored {
  /** Agent name → his rows, one per tenant. */
  agentIds: Map<string, number[]>;
  /** By agent id. */
  intervals: Map<number, StoredInterval[]>;
}

async function loadStored({ trx, pbx }: MemberWrite, windows: readonly Window[]): Promise<Stored> {
  const names = [...new Set(windows.map((window) => window.agent))];
  const agents = await trx
    .selectFrom('agent')
    .select(['id', 'name'])
    .where('pbxId', '=', pbx.id)
    .where('name', 'in', names)
    .execute();
  const agentIds = new Map<string, number[]>();
  for (const { id, name } of agents) agentIds.set(name, [...(agentIds.get(name) ?? []), id]);
  const intervals = new Map<number, StoredInterval[]>(agents.map(({ id }) => [id, []]));
  if (agents.length === 0) return { agentIds, intervals };
  const rows = await trx
    .selectFrom('agentInterval')
    .select(['id', ...INTERVAL_COLUMNS])
    .where(
      'agentId',
      'in',
      agents.map(({ id }) => id),
    )
    .where('kind', '!=', 'hold')
    .where('toAt', '>', Math.min(...windows.map((window) => startMs(window.startUs))))
    .execute();
  for (const row of rows) intervals.get(row.agentId)?.push(row);
  return { agentIds, intervals };
}

const startMs = (startUs: number): number => (startUs === ALWAYS ? ALWAYS : Math.floor(startUs / 1000));

/** A membership is of one tenant; a phone is in use for every tenant its agent works for. */
function agentIdsOf(
  { dimensions, pbx }: MemberWrite,
  { agent, queue }: Window,
  { agentIds }: Stored,
): number[] {
  if (queue === null) return agentIds.get(agent) ?? [];
  return [dimensions.agent(pbx.id, dimensions.queue(pbx.id, queue).tenantId, agent)];
}

function isOf(interval: IntervalFacts, { queue }: Window, { dimensions, pbx }: MemberWrite): boolean {
  const isMembership = interval.kind === 'login' || interval.kind === 'pause';
  return queue === null
    ? !isMembership
    : isMembership && interval.queueId === dimensions.queue(pbx.id, queue).id;
}

const covering = (intervals: readonly StoredInterval[], startUs: number): StoredInterval[] =>
  intervals.filter((interval) => interval.fromAt <= startMs(startUs));

const membersNamed = (members: readonly ListedMember[], agent: string): ListedMember[] =>
  members.filter((member) => member.agentName === agent);

// --- derivation -------------------------------------------------------------------------------------------------

function memberships(
  { dimensions, pbx }: MemberWrite,
  { agent, queue, events, restarts, listings, startUs }: Window,
  agentId: number,
  before: readonly StoredInterval[],
): IntervalFacts[] {
  const name = queue ?? '';
  const initial: MembershipState = { present: new Map(), pause: null };
  for (const interval of covering(before, startUs)) {
    if (interval.kind === 'login') initial.present.set(interval.reason, interval.fromAt);
    else initial.pause = { reason: interval.reason, sinceMs: interval.fromAt };
  }
  const intervals = deriveMembership({
    agent,
    events,
    restarts,
    initial,
    listings: listings
      .filter((listing) => listing.queues.includes(name))
      .map(({ atUs, members }) => ({
        atUs,
        members: membersNamed(members, agent).filter((m) => m.queue === name),
      })),
  });
  const queueId = dimensions.queue(pbx.id, name).id;
  return intervals.map(({ kind, reason, fromMs, toMs }) => ({
    agentId,
    queueId,
    kind,
    reason,
    fromAt: fromMs,
    toAt: toMs ?? OPEN_END,
  }));
}

function phones(
  { agent, events, restarts, listings, startUs }: Window,
  agentId: number,
  before: readonly StoredInterval[],
): IntervalFacts[] {
  const initial = new Map(
    covering(before, startUs).map((i) => [
      i.reason,
      { kind: i.kind === 'inUse' ? ('inUse' as const) : ('unavailable' as const), sinceMs: i.fromAt },
    ]),
  );
  const intervals = deriveDevices({
    events,
    restartsUs: restarts.map((restart) => restart.atUs),
    initial,
    listings: listings.map(({ atUs, members }) => ({ atUs, members: membersNamed(members, agent) })),
  });
  return intervals.map(({ kind, interface: iface, fromMs, toMs }) => ({
    agentId,
    queueId: null,
    kind,
    reason: iface,
    fromAt: fromMs,
    toAt: toMs ?? OPEN_END,
  }));
}

// --- writing ----------------------------------------------------------------------------------------------------

function difference(
  before: readonly StoredInterval[],
  after: readonly IntervalFacts[],
): { gone: StoredInterval[]; fresh: IntervalFacts[] } {
  const textOf = (i: IntervalFacts): string =>
    JSON.stringify([i.kind, i.queueId, i.reason, i.fromAt, i.toAt]);
  const kept = new Set(after.map(textOf));
  const known = new Set(before.map(textOf));
  return {
    gone: before.filter((interval) => !kept.has(textOf(interval))),
    fresh: after.filter((interval) => !known.has(textOf(interval))),
  };
}

async function replace(
  { trx, pbx }: MemberWrite,
  gone: readonly StoredInterval[],
  fresh: readonly IntervalFacts[],
): Promise<void> {
  if (gone.length) {
    await trx
      .deleteFrom('agentInterval')
      .where(
        'id',
        'in',
        gone.map((interval) => interval.id),
      )
      .execute();
  }
  await bulkUpsert(
    trx,
    'agentInterval',
    ['pbxId', 'agentId', 'queueId', 'kind', 'reason', 'fromAt', 'toAt'],
    fresh.map((i) => [pbx.id, i.agentId, i.queueId, i.kind, i.reason, i.fromAt, i.toAt]),
    {},
  );
}
