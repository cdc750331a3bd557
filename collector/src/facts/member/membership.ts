/**
 * One agent's membership of one queue: login and pause as intervals (DECISIONS.md 2, 8, 9).
 *
 * In: the set of events about this agent in this queue from any source, the PBX's restarts and state listings, and the
 * state at the beginning of the time looked at. Out: the intervals. What must hold: a pure function of the sets; where
 * the log tells of a change, its whole second counts and the stream's event of the same change is dropped; a listing
 * says something only about what no event told.
 */
import { type ListedMember, type MemberEvent, SOURCE_RANK } from '../../pbx/event.js';
import { align } from '../align.js';
import type { Restart } from '../restarts.js';

export interface MembershipInterval {
  kind: 'login' | 'pause';
  /** Pause reason; of a login, the interface that was the member. */
  reason: string;
  fromMs: number;
  /** null while it lasts. */
  toMs: number | null;
}

/** A listing of the queue, with this agent's entries in it (none: he is no member). */
export interface MembershipListing {
  atUs: number;
  members: readonly ListedMember[];
}

export interface MembershipState {
  /** Interface → since when (ms). Two members of one name are one agent. */
  present: Map<string, number>;
  pause: { reason: string; sinceMs: number } | null;
}

export interface MembershipInput {
  agent: string;
  events: readonly MemberEvent[];
  restarts: readonly Restart[];
  listings: readonly MembershipListing[];
  initial: MembershipState;
}

/** The log's rows can name the agent instead of his interface (log_membername_as_agent). */
const ANY_INTERFACE = '*';
/** A listing is cut some time before it is read (an overloaded Asterisk lags by 5 s): changes this near explain it. */
const LISTING_SLACK_US = 6_000_000;

type Step = { atUs: number; fromLog: boolean; ordinal: number } & (
  { event: MemberEvent } | { listing: MembershipListing } | { restart: true }
);

export function deriveMembership(input: MembershipInput): MembershipInterval[] {
  const changes = input.events.filter((event) => event.kind !== 'device-state');
  const log = changes.filter((event) => SOURCE_RANK[event.source] === 'log');
  const stream = withoutRepeats(changes.filter((event) => SOURCE_RANK[event.source] === 'stream'));
  const kept = [...log, ...withoutLogged(stream, log, input.agent)];
  const changeTimes = changes.map((event) => event.atUs);
  const steps: Step[] = [
    ...kept.map((event) => ({
      atUs: event.atUs,
      fromLog: SOURCE_RANK[event.source] === 'log',
      ordinal: event.ordinal,
      event,
    })),
    ...input.restarts.map(({ atUs, fromLog, ordinal }) => ({
      atUs,
      fromLog,
      ordinal,
      restart: true as const,
    })),
    ...input.listings
      .filter(({ atUs }) => !changeTimes.some((time) => Math.abs(time - atUs) <= LISTING_SLACK_US))
      .map((listing) => ({ atUs: listing.atUs, fromLog: false, ordinal: 0, listing })),
  ];
  steps.sort((a, b) => a.atUs - b.atUs || Number(b.fromLog) - Number(a.fromLog) || a.ordinal - b.ordinal);
  return fold(steps, input.agent, input.initial);
}

function fold(steps: Step[], agent: string, initial: MembershipState): MembershipInterval[] {
  const intervals: MembershipInterval[] = [];
  const present = new Map(initial.present);
  let pause = initial.pause;
  let closedMs = -Infinity;

  const add = (kind: 'login' | 'pause', reason: string, fromMs: number, toMs: number | null): void => {
    if (toMs === null || toMs > fromMs) intervals.push({ kind, reason, fromMs, toMs });
  };
  const closePause = (atMs: number): void => {
    if (pause) add('pause', pause.reason, pause.sinceMs, atMs);
    pause = null;
  };
  const closeLogin = (iface: string, atMs: number): void => {
    const since = present.get(iface);
    if (since === undefined) return;
    add('login', iface, since, atMs);
    present.delete(iface);
    closedMs = Math.max(closedMs, atMs);
  };
  const closeAll = (atMs: number): void => {
    closePause(atMs);
    for (const iface of [...present.keys()]) closeLogin(iface, atMs);
  };

  for (const step of steps) {
    const atMs = Math.floor(step.atUs / 1000);
    if ('restart' in step) {
      closeAll(atMs);
    } else if ('listing' in step) {
      const listed = step.listing.members;
      if (listed.length === 0) {
        closeAll(atMs);
        continue;
      }
      const named = present.has(ANY_INTERFACE);
      for (const iface of [...present.keys()]) {
        if (!named && !listed.some((member) => member.interface === iface)) closeLogin(iface, atMs);
      }
      for (const member of listed) {
        if (!named && !present.has(member.interface)) {
          present.set(member.interface, since(member.loginAt, closedMs, atMs));
        }
      }
      const paused = listed.find((member) => member.paused);
      if (paused && !pause)
        pause = { reason: paused.reason, sinceMs: since(paused.pausedAt, closedMs, atMs) };
      else if (!paused) closePause(atMs);
    } else {
      const { event } = step;
      const iface = interfaceOf(event, agent);
      switch (event.kind) {
        case 'member-added':
          if (!present.has(iface)) present.set(iface, atMs);
          if (event.paused && !pause) pause = { reason: event.reason ?? '', sinceMs: atMs };
          break;
        case 'member-removed': {
          closePause(atMs);
          const [only] = present.size === 1 ? [...present.keys()] : [];
          closeLogin(present.has(iface) ? iface : (only ?? iface), atMs);
          break;
        }
        case 'member-paused':
          closePause(atMs);
          pause = { reason: event.reason, sinceMs: atMs };
          break;
        case 'member-unpaused':
          closePause(atMs);
          closedMs = Math.max(closedMs, atMs);
          break;
        case 'device-state':
        case 'member-penalty':
          break;
      }
    }
  }
  for (const [iface, sinceMs] of present) add('login', iface, sinceMs, null);
  if (pause) add('pause', pause.reason, pause.sinceMs, null);
  return intervals.sort((a, b) => a.fromMs - b.fromMs || (a.kind < b.kind ? -1 : 1));
}

/** The PBX's own word on since when, unless something we know of ended later. */
const since = (statedSeconds: number | undefined, closedMs: number, atMs: number): number => {
  const stated = statedSeconds === undefined ? atMs : statedSeconds * 1000;
  return stated >= closedMs && stated <= atMs ? stated : atMs;
};

const interfaceOf = (event: MemberEvent, agent: string): string =>
  event.interface ?? (event.member === agent ? ANY_INTERFACE : event.member);

/** Several connections tell of one change. */
function withoutRepeats(stream: MemberEvent[]): MemberEvent[] {
  const connections = [...new Set(stream.map((event) => event.connection))].sort();
  return connections.reduce<MemberEvent[]>((known, connection) => {
    const mine = stream.filter((event) => event.connection === connection);
    return [...known, ...unpaired(mine, known, changeKey)];
  }, []);
}

const changeKey = (event: MemberEvent): string =>
  [event.kind, event.interface ?? event.member, event.kind === 'member-paused' ? event.reason : ''].join(
    '\u0000',
  );

/** The stream's events of changes the log does not tell of. */
function withoutLogged(stream: MemberEvent[], log: MemberEvent[], agent: string): MemberEvent[] {
  const byName = log.some((event) => event.member === agent);
  return unpaired(stream, log, (event) =>
    event.kind === 'member-added' || event.kind === 'member-removed'
      ? `${event.kind}\u0000${byName ? ANY_INTERFACE : interfaceOf(event, agent)}`
      : event.kind,
  );
}

function unpaired(
  mine: MemberEvent[],
  theirs: MemberEvent[],
  keyOf: (event: MemberEvent) => string,
): MemberEvent[] {
  const byTime = (a: MemberEvent, b: MemberEvent): number => a.atUs - b.atUs || a.ordinal - b.ordinal;
  return [...new Set(mine.map(keyOf))].flatMap((key) => {
    const ours = mine.filter((event) => keyOf(event) === key).sort(byTime);
    const others = theirs.filter((event) => keyOf(event) === key).sort(byTime);
    const pairs = align(
      ours.map((event) => event.atUs),
      others.map((event) => event.atUs),
    );
    return ours.filter((_, index) => pairs[index] === -1);
  });
}
