/**
 * What one audience of the live stream hears: events with ids, and the last ones again for who comes back.
 *
 * In: the live view of one tenant; how numbers are masked. Out: numbered events as text, made once for all
 * listeners. What must hold: a snapshot and the deltas after its id give the state; an id of another hub (another
 * start of the collector, another audience) is not understood, its client gets a snapshot.
 */
import { randomUUID } from 'node:crypto';
import type { Mask } from '../directory/masking.js';
import type { LiveDelta, LiveSnapshot } from '../live/shape.js';
import type { LiveSource } from './deps.js';
import { maskLive } from './live-mask.js';

/** One event as it goes over the wire. */
export interface StreamEvent {
  seq: number;
  text: string;
}

/** Enough for a minute at four a second; megabytes at most, the deltas of a large site are kilobytes. */
const KEPT_EVENTS = 240;

export class LiveHub {
  readonly #live: LiveSource;
  readonly #tenantId: number;
  /** Null: shown as they are. */
  readonly #mask: Mask | null;
  readonly #name = randomUUID().slice(0, 8);
  readonly #unsubscribe: () => void;
  readonly #listeners = new Set<() => void>();
  #kept: StreamEvent[] = [];
  #lastSeq = 0;
  #snapshot: { madeFor: number; nowMs: number; text: string } | null = null;

  constructor(live: LiveSource, tenantId: number, mask: Mask | null) {
    this.#live = live;
    this.#tenantId = tenantId;
    this.#mask = mask;
    this.#unsubscribe = live.subscribe(tenantId, (delta) => this.#take(delta));
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Calls `listener` after each new event. @returns ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything now, as an event; call right after a flush. Those who come at the same moment share the text. */
  snapshotEvent(nowMs: number): StreamEvent {
    const seq = this.#lastSeq;
    if (this.#snapshot?.madeFor !== seq || this.#snapshot.nowMs !== nowMs) {
      const snapshot = this.#live.snapshot(this.#tenantId, nowMs);
      this.#snapshot = { madeFor: seq, nowMs, text: this.#text('snapshot', seq, snapshot) };
    }
    return { seq, text: this.#snapshot.text };
  }

  /** The events after `seq`; null when some of them are no longer kept. */
  after(seq: number): readonly StreamEvent[] | null {
    if (seq === this.#lastSeq) return [];
    const first = this.#kept[0];
    if (seq > this.#lastSeq || first === undefined || seq < first.seq - 1) return null;
    return this.#kept.slice(seq - first.seq + 1);
  }

  /** @returns the number of an event id of this hub; null for any other text. */
  seqOf(eventId: string): number | null {
    const [name, seq] = eventId.split('-');
    return name === this.#name && seq !== undefined && /^\d{1,15}$/.test(seq) ? Number(seq) : null;
  }

  close(): void {
    this.#unsubscribe();
    this.#listeners.clear();
    this.#kept = [];
  }

  #take(delta: LiveDelta): void {
    const seq = ++this.#lastSeq;
    this.#kept.push({ seq, text: this.#text('delta', seq, delta) });
    if (this.#kept.length > KEPT_EVENTS) this.#kept.shift();
    for (const listener of [...this.#listeners]) listener();
  }

  #text(event: 'snapshot' | 'delta', seq: number, state: LiveSnapshot | LiveDelta): string {
    const shown = this.#mask === null ? state : maskLive(state, this.#mask);
    return `id: ${this.#name}-${seq}\nevent: ${event}\ndata: ${JSON.stringify(shown)}\n\n`;
  }
}
