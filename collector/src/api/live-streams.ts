/**
 * The clients of the live stream: server-sent events over HTTP.
 *
 * In: responses to write to. Out: a snapshot, then deltas at most four times a second, heartbeats, and at the end an
 * event that says why. What must hold: one slow client costs at most one snapshot and one delta of memory and delays
 * nobody: it is skipped while its socket is full, caught up when it drains, dropped when it does not; a storm of
 * reconnects shares flushes and snapshots; `close()` leaves no timer and no open socket.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Mask, MaskMode } from '../directory/masking.js';
import type { LiveSource } from './deps.js';
import { LiveHub } from './live-hub.js';
import { Problem } from './problem.js';

export interface LiveStreamSettings {
  flushMs: number;
  heartbeatMs: number;
  /** A client whose socket stays full for longer is dropped. */
  patienceMs: number;
  /** Time a dropped client has to hear why; then its socket is cut. */
  farewellMs: number;
  /** A hub without clients is kept for so long, that they can come back to where they were. */
  lingerMs: number;
  maxClients: number;
}

export const LIVE_STREAM_SETTINGS: LiveStreamSettings = {
  flushMs: 250,
  heartbeatMs: 15_000,
  patienceMs: 10_000,
  farewellMs: 1_000,
  lingerMs: 30_000,
  maxClients: 2_000,
};

/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

/** Who hears the same: a tenant, and how callers' numbers are shown. */
export interface Audience {
  tenantId: number;
  numbers: MaskMode;
  /** Null: numbers are shown as they are. */
  mask: Mask | null;
}

interface Client {
  response: ServerResponse;
  /** Last event written; null: nothing yet. */
  seq: number | null;
  /** `Last-Event-ID` of a client that comes back. */
  resumeFrom: string | null;
  /** Flushes since its socket is full, and not the time: when this process stands still, no client reads. */
  fullTicks: number | null;
  quietSince: number;
}

interface Room {
  hub: LiveHub;
  clients: Set<Client>;
  emptySince: number;
}

export class LiveStreams {
  readonly #live: LiveSource;
  readonly #settings: LiveStreamSettings;
  readonly #rooms = new Map<string, Room>();
  #timer: NodeJS.Timeout | null = null;
  #clients = 0;
  #closed = false;

  constructor(live: LiveSource, settings: Partial<LiveStreamSettings> = {}) {
    this.#live = live;
    this.#settings = { ...LIVE_STREAM_SETTINGS, ...settings };
  }

  get clients(): number {
    return this.#clients;
  }

  /**
   * Takes over a response nothing was written to.
   * @param headers to send besides those of an event stream.
   * @throws Problem 503 when there are too many clients, or the collector stops; nothing is written then.
   */
  open(
    response: ServerResponse,
    headers: OutgoingHttpHeaders,
    audience: Audience,
    lastEventId: string | null,
  ): void {
    if (this.#closed || this.#clients >= this.#settings.maxClients) {
      throw new Problem(
        503,
        'There are too many live streams; poll /api/v1/live instead, or try again later.',
        {
          headers: { 'retry-after': '10' },
        },
      );
    }
    const now = Date.now();
    const room = this.#room(audience);
    const client: Client = {
      response,
      seq: null,
      resumeFrom: lastEventId,
      fullTicks: null,
      quietSince: now,
    };
    room.clients.add(client);
    this.#clients++;
    response.on('drain', () => {
      client.fullTicks = null;
      sendNew(room.hub, client);
    });
    response.once('close', () => {
      if (room.clients.delete(client)) this.#clients--;
      room.emptySince = Date.now();
    });
    // X-Accel-Buffering: nginx would keep the events back.
    const own = {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    };
    response.writeHead(200, { ...headers, ...own });
    response.write(`retry: ${RETRY_MS}\n\n`);
    // The first client need not wait for the tick; those of a storm come together at the next one.
    if (this.#timer === null) {
      this.#timer = setInterval(() => this.#tick(), this.#settings.flushMs);
      this.#tick();
    }
  }

  /** Ends all streams with an event that says so. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    for (const room of this.#rooms.values()) {
      for (const client of room.clients) this.#end(client, 'closing', 'the collector stops');
      room.hub.close();
    }
    this.#rooms.clear();
  }

  #room({ tenantId, numbers, mask }: Audience): Room {
    const key = `${tenantId} ${numbers}`;
    const existing = this.#rooms.get(key);
    if (existing) return existing;
    const room: Room = {
      hub: new LiveHub(this.#live, tenantId, mask),
      clients: new Set(),
      emptySince: Date.now(),
    };
    room.hub.listen(() => {
      for (const client of room.clients) sendNew(room.hub, client);
    });
    this.#rooms.set(key, room);
    return room;
  }

  #tick(): void {
    const now = Date.now();
    this.#live.flush(now);
    for (const [key, room] of this.#rooms) {
      for (const client of room.clients) {
        if (client.seq === null) welcome(room.hub, client, now);
        this.#care(room, client, now);
      }
      if (room.clients.size === 0 && now - room.emptySince > this.#settings.lingerMs) {
        room.hub.close();
        this.#rooms.delete(key);
      }
    }
    if (this.#rooms.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  #care(room: Room, client: Client, now: number): void {
    const { flushMs, patienceMs, heartbeatMs } = this.#settings;
    if (client.fullTicks !== null && ++client.fullTicks * flushMs > patienceMs) {
      this.#end(client, 'dropped', 'the client reads too slowly');
      if (room.clients.delete(client)) this.#clients--;
      room.emptySince = now;
    } else if (client.fullTicks === null && now - client.quietSince >= heartbeatMs) {
      write(client, ': heartbeat\n\n', now);
    }
  }

  /** Says why, and closes; a socket that takes no more is cut a little later. */
  #end({ response }: Client, event: 'dropped' | 'closing', reason: string): void {
    response.end(`event: ${event}\ndata: ${JSON.stringify({ reason })}\n\n`);
    setTimeout(() => response.destroy(), this.#settings.farewellMs).unref();
  }
}

/** Brings a client to now, from where it left or from a snapshot; right after a flush, see `LiveHub.snapshotEvent`. */
function welcome(hub: LiveHub, client: Client, now: number): void {
  if (client.fullTicks !== null) return;
  const from = client.resumeFrom === null ? null : hub.seqOf(client.resumeFrom);
  client.resumeFrom = null;
  const missed = from === null ? null : hub.after(from);
  const events = missed ?? [hub.snapshotEvent(now)];
  client.seq = hub.lastSeq;
  write(client, events.map((event) => event.text).join(''), now);
}

/** Writes the events the client has not got yet; one that missed too many gets a snapshot after the next flush. */
function sendNew(hub: LiveHub, client: Client): void {
  if (client.seq === null || client.fullTicks !== null) return;
  const missed = hub.after(client.seq);
  client.seq = missed === null ? null : hub.lastSeq;
  if (missed !== null) write(client, missed.map((event) => event.text).join(''), Date.now());
}

function write(client: Client, text: string, now: number): void {
  if (text === '' || client.response.writableEnded) return;
  client.quietSince = now;
  if (!client.response.write(text)) client.fullTicks = 0;
}
