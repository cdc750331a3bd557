/**
 * All PBXs' live state as the API and the metrics see it.
 *
 * In: `apply(pbx, event, nowMs)` for every event, `tick(nowMs)` about once a second, `flush(nowMs)` as often as
 * deltas shall go out. Out: snapshots, and deltas to subscribers. What must hold: no clock and no timer of its own; a
 * tenant sees rows of its own queues only and learns of nothing else, not even that it ended; snapshot + all deltas
 * after it = the next snapshot.
 */
import type { PbxEvent } from '../pbx/event.js';
import { ALL_QUEUES, type Scope } from './agent-state.js';
import { LivePbx } from './live-pbx.js';
import type { LiveKey, LiveSettings } from './model.js';
import { agentRow, agentVisible, callRow, pbxRow, queueRow } from './rows.js';
import type { LiveDelta, LiveSnapshot } from './shape.js';

export interface LiveViewOptions {
  /** The tenant a queue belongs to (DECISIONS.md 21). */
  tenantOf: (pbx: string, queue: string) => number;
  /** Configured wrap-up of a queue at a time (UTC ms); null: not configured. */
  wrapUpSeconds?: (pbx: string, queue: string, atMs: number) => number | null;
  settings?: Partial<Omit<LiveSettings, 'wrapUpSeconds'>>;
}

/** Who looks: one tenant, or (null) someone who may see everything. */
export type Viewer = number | null;
export type LiveListener = (delta: LiveDelta) => void;

/** Subscribers with the same view share one delta. */
interface Audience {
  readonly listeners: Set<LiveListener>;
  /** Row keys they have been shown: only these can be told to be gone. */
  readonly shown: Set<string>;
}

interface Change {
  pbx: LivePbx;
  key: LiveKey;
}

const PBX: LiveKey = { kind: 'pbx' };

export class LiveView {
  readonly #options: LiveViewOptions;
  readonly #pbxs = new Map<string, LivePbx>();
  readonly #audiences = new Map<Viewer, Audience>();
  readonly #changes = new Map<string, Change>();

  constructor(options: LiveViewOptions) {
    this.#options = options;
  }

  get pbxs(): Iterable<LivePbx> {
    return this.#pbxs.values();
  }

  apply(pbx: string, event: PbxEvent, nowMs: number): void {
    this.pbx(pbx).apply(event, nowMs);
  }

  tick(nowMs: number): void {
    for (const pbx of this.#pbxs.values()) pbx.tick(nowMs);
  }

  /** The state of one PBX; an empty one is made for a name not seen before. */
  pbx(name: string): LivePbx {
    let pbx = this.#pbxs.get(name);
    if (!pbx) {
      const { wrapUpSeconds, settings } = this.#options;
      const made: LivePbx = new LivePbx(
        name,
        {
          ...settings,
          ...(wrapUpSeconds && { wrapUpSeconds: (queue, atMs) => wrapUpSeconds(name, queue, atMs) }),
        },
        (key) => this.#changed(made, key),
      );
      pbx = made;
      this.#pbxs.set(name, pbx);
    }
    return pbx;
  }

  /** Forgets a PBX that is no longer configured. */
  remove(name: string): void {
    const pbx = this.#pbxs.get(name);
    if (!pbx) return;
    this.#pbxs.delete(name);
    this.#changed(pbx, PBX);
    for (const queue of pbx.floor.queues.keys()) this.#changed(pbx, { kind: 'queue', queue });
    for (const agent of pbx.floor.agents.keys()) this.#changed(pbx, { kind: 'agent', agent });
    for (const callId of pbx.floor.calls.keys()) this.#changed(pbx, { kind: 'call', callId });
  }

  /** Everything `viewer` may see. */
  snapshot(viewer: Viewer, nowMs: number): LiveSnapshot {
    const all: LiveSnapshot = { at: nowMs, pbxs: [], queues: [], agents: [], calls: [] };
    for (const pbx of this.#pbxs.values()) {
      const scope = this.#scope(pbx, viewer);
      if (visiblePbx(pbx, viewer, scope)) all.pbxs.push(pbxRow(pbx));
      for (const queue of pbx.floor.queues.values()) {
        if (scope(queue.name)) all.queues.push(queueRow(pbx, queue, nowMs));
      }
      for (const agent of pbx.floor.agents.values()) {
        if (agentVisible(agent, scope)) all.agents.push(agentRow(pbx, agent, scope));
      }
      for (const call of pbx.floor.calls.values()) if (scope(call.queue)) all.calls.push(callRow(pbx, call));
    }
    return all;
  }

  /**
   * Calls `listener` at each `flush` with what changed for `viewer` since the last one. Take the snapshot in the same
   * turn of the event loop: then nothing is missed. @returns ends the subscription.
   */
  subscribe(viewer: Viewer, listener: LiveListener): () => void {
    let audience = this.#audiences.get(viewer);
    if (!audience) {
      audience = { listeners: new Set(), shown: this.#keysSeenBy(viewer) };
      this.#audiences.set(viewer, audience);
    }
    const { listeners } = audience;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#audiences.get(viewer)?.listeners === listeners) {
        this.#audiences.delete(viewer);
      }
    };
  }

  /** Sends the changes since the last flush. */
  flush(nowMs: number): void {
    if (this.#changes.size === 0) return;
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    for (const [viewer, { listeners, shown }] of this.#audiences) {
      const delta = this.#delta(changes, viewer, shown, nowMs);
      if (delta) for (const listener of [...listeners]) listener(delta);
    }
  }

  /** Kept only while someone listens: else nothing would ever take them away. */
  #changed(pbx: LivePbx, key: LiveKey): void {
    if (this.#audiences.size === 0) return;
    this.#changes.set(textKey(pbx.name, key), { pbx, key });
    // With its first queue a PBX begins to show, with its last it ends to.
    this.#changes.set(textKey(pbx.name, PBX), { pbx, key: PBX });
  }

  #delta(changes: Change[], viewer: Viewer, shown: Set<string>, nowMs: number): LiveDelta | null {
    const delta: LiveDelta = {
      at: nowMs,
      pbxs: [],
      queues: [],
      agents: [],
      calls: [],
      gone: { pbxs: [], queues: [], agents: [], calls: [] },
    };
    let any = false;
    for (const { pbx, key } of changes) {
      const text = textKey(pbx.name, key);
      if (this.#addRow(delta, pbx, key, viewer)) shown.add(text);
      else if (shown.delete(text)) addGone(delta, pbx.name, key);
      else continue;
      any = true;
    }
    return any ? delta : null;
  }

  /** @returns whether the thing is there and visible. */
  #addRow(delta: LiveDelta, pbx: LivePbx, key: LiveKey, viewer: Viewer): boolean {
    if (this.#pbxs.get(pbx.name) !== pbx) return false;
    const scope = this.#scope(pbx, viewer);
    const { floor } = pbx;
    switch (key.kind) {
      case 'pbx':
        return visiblePbx(pbx, viewer, scope) && delta.pbxs.push(pbxRow(pbx)) > 0;
      case 'queue': {
        const queue = floor.queues.get(key.queue);
        return (
          queue !== undefined && scope(queue.name) && delta.queues.push(queueRow(pbx, queue, delta.at)) > 0
        );
      }
      case 'agent': {
        const agent = floor.agents.get(key.agent);
        return (
          agent !== undefined &&
          agentVisible(agent, scope) &&
          delta.agents.push(agentRow(pbx, agent, scope)) > 0
        );
      }
      case 'call': {
        const call = floor.calls.get(key.callId);
        return call !== undefined && scope(call.queue) && delta.calls.push(callRow(pbx, call)) > 0;
      }
    }
  }

  #scope(pbx: LivePbx, viewer: Viewer): Scope {
    return viewer === null ? ALL_QUEUES : (queue) => this.#options.tenantOf(pbx.name, queue) === viewer;
  }

  #keysSeenBy(viewer: Viewer): Set<string> {
    const { pbxs, queues, agents, calls } = this.snapshot(viewer, 0);
    const keys = new Set<string>();
    for (const { pbx } of pbxs) keys.add(textKey(pbx, PBX));
    for (const { pbx, queue } of queues) keys.add(textKey(pbx, { kind: 'queue', queue }));
    for (const { pbx, agent } of agents) keys.add(textKey(pbx, { kind: 'agent', agent }));
    for (const { pbx, callId } of calls) keys.add(textKey(pbx, { kind: 'call', callId }));
    return keys;
  }
}

/** A PBX shows to those who have a queue on it. */
function visiblePbx(pbx: LivePbx, viewer: Viewer, scope: Scope): boolean {
  if (viewer === null) return true;
  for (const queue of pbx.floor.queues.keys()) if (scope(queue)) return true;
  return false;
}

function addGone({ gone }: LiveDelta, pbx: string, key: LiveKey): void {
  if (key.kind === 'pbx') gone.pbxs.push({ pbx });
  else if (key.kind === 'queue') gone.queues.push({ pbx, queue: key.queue });
  else if (key.kind === 'agent') gone.agents.push({ pbx, agent: key.agent });
  else gone.calls.push({ pbx, callId: key.callId });
}

function textKey(pbx: string, key: LiveKey): string {
  switch (key.kind) {
    case 'pbx':
      return `pbx\0${pbx}`;
    case 'queue':
      return `queue\0${pbx}\0${key.queue}`;
    case 'agent':
      return `agent\0${pbx}\0${key.agent}`;
    case 'call':
      return `call\0${pbx}\0${key.callId}`;
  }
}
