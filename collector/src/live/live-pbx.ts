/**
 * What is going on now in one PBX, kept from its events.
 *
 * In: `apply(event, nowMs)` in the order of the events, `tick(nowMs)` about once a second. Out: the floor (queues,
 * agents, calls) and what is known about the source. What must hold: no clock and no I/O of its own, so that the same
 * events with the same times give the same state; after each (re)connect the listings (`members-listed`,
 * `call-listed`) correct what was missed; with the link down the state is kept and marked stale.
 *
 * A PBX with an event stream is followed by that alone: its logs say the same again, later, and would bring back
 * calls that are over.
 */
import { isCallEvent, isMemberEvent, SOURCE_RANK, type PbxEvent } from '../pbx/event.js';
import { applyCallEvent, removeCall } from './call-events.js';
import { Floor } from './floor.js';
import { applyMemberEvent, applyMembersListed } from './member-events.js';
import { DEFAULT_LIVE_SETTINGS, type LiveKey, type LiveSettings } from './model.js';

const CHECK_EVERY_MS = 60_000;

export class LivePbx {
  readonly name: string;
  readonly floor: Floor;
  readonly #settings: LiveSettings;
  readonly #onChange: (key: LiveKey) => void;
  readonly #connections = new Set<string>();
  #hasStream = false;
  #staleSince: number | null = null;
  #staleReason = '';
  #lastEventAt: number | null = null;
  #eventLagMs: number | null = null;
  #expiredCalls = 0;
  #nextCheckAt = 0;

  constructor(
    name: string,
    settings: Partial<LiveSettings> = {},
    onChange: (key: LiveKey) => void = () => undefined,
  ) {
    this.name = name;
    this.#settings = { ...DEFAULT_LIVE_SETTINGS, ...settings };
    this.#onChange = onChange;
    this.floor = new Floor(this.#settings, onChange);
  }

  get source() {
    return {
      link: !this.#hasStream
        ? ('none' as const)
        : this.#connections.size > 0
          ? ('up' as const)
          : ('down' as const),
      staleSince: this.#staleSince,
      staleReason: this.#staleReason,
      lastEventAt: this.#lastEventAt,
      eventLagMs: this.#eventLagMs,
      expiredCalls: this.#expiredCalls,
    };
  }

  /** @param nowMs the collector's clock: an event is never later than now, however wrong the PBX's clock is. */
  apply(event: PbxEvent, nowMs: number): void {
    const fromStream = SOURCE_RANK[event.source] === 'stream';
    if (fromStream) this.#hasStream = true;
    else if (this.#hasStream) return;
    const atMs = Math.min(Math.floor(event.atUs / 1000), nowMs);
    this.#onChange({ kind: 'pbx' });
    if (event.kind === 'pbx-started') return this.#restart(atMs, nowMs);
    this.#lastEventAt = Math.max(this.#lastEventAt ?? 0, atMs);
    this.#eventLagMs = Math.max(0, nowMs - event.atUs / 1000);
    if (isCallEvent(event)) applyCallEvent(this.floor, event, atMs);
    else if (isMemberEvent(event)) applyMemberEvent(this.floor, event, atMs);
    else if (event.kind !== 'leg-recorded') this.#applyPbxWide(event, atMs);
    this.floor.settle(atMs);
  }

  /** Ends what time alone ends: wrap-ups, calls whose end was missed, queues nobody uses any more. */
  tick(nowMs: number): void {
    for (const agent of [...this.floor.wrappingUp]) {
      const until = agent.wrapUp?.until ?? 0;
      if (until > nowMs) continue;
      this.floor.endWrapUp(agent);
      this.floor.settle(until);
    }
    if (nowMs < this.#nextCheckAt) return;
    this.#nextCheckAt = nowMs + CHECK_EVERY_MS;
    this.#expireCalls(nowMs);
    for (const [name, queue] of this.floor.queues) {
      const used = queue.members.size + queue.line.size + queue.talking.size > 0;
      if (used) queue.lastUsedAt = nowMs;
      if (nowMs - queue.lastUsedAt < this.#settings.idleQueueMs) continue;
      this.floor.queues.delete(name);
      this.#onChange({ kind: 'queue', queue: name });
    }
  }

  #applyPbxWide(
    event: Extract<PbxEvent, { kind: 'members-listed' | 'link-up' | 'link-down' }>,
    atMs: number,
  ) {
    switch (event.kind) {
      case 'members-listed':
        applyMembersListed(this.floor, event.queues, event.members, atMs);
        this.#setStale(null, '');
        break;
      case 'link-up':
        if (this.#connections.size === 0) {
          this.#setStale(this.#staleSince ?? atMs, 'the link is up, the PBX has not listed its members yet');
        }
        this.#connections.add(event.connection);
        break;
      case 'link-down':
        this.#connections.delete(event.connection);
        if (this.#connections.size === 0) this.#setStale(this.#staleSince ?? atMs, event.reason);
        break;
    }
  }

  /**
   * No call outlives its PBX. It can be told again with every login, for a start long ago: then everything is younger.
   * Who is still a member a listing tells, where there is one (DECISIONS.md 6).
   */
  #restart(startedAt: number, nowMs: number): void {
    for (const call of [...this.floor.calls.values()]) {
      if (call.enteredAt < startedAt) removeCall(this.floor, call, nowMs, false);
    }
    if (!this.#hasStream) applyMembersListed(this.floor, [...this.floor.queues.keys()], [], nowMs);
    this.floor.settle(nowMs);
  }

  #setStale(since: number | null, reason: string): void {
    this.#staleSince = since;
    this.#staleReason = reason;
  }

  #expireCalls(nowMs: number): void {
    const { longestWaitMs, longestTalkMs } = this.#settings;
    for (const call of [...this.floor.calls.values()]) {
      const expired =
        call.answeredAt === null
          ? nowMs - call.enteredAt > longestWaitMs
          : nowMs - call.answeredAt > longestTalkMs;
      if (!expired) continue;
      removeCall(this.floor, call, nowMs, false);
      this.#expiredCalls += 1;
      this.#onChange({ kind: 'pbx' });
    }
    this.floor.settle(nowMs);
  }
}
