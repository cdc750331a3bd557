/**
 * The live state of this tab: one stream, whoever looks.
 *
 * In: subscribers. Out: the state, and the collector's clock. What must hold: one store for the app, the data source
 * and the panels, each of which has its own copy of this code; connected only while someone subscribes and the tab is seen (a
 * browser has six connections per server, hidden tabs must not hold them); subscribers hear at most five times a second.
 */
import { config } from '@grafana/runtime';
import { api, apiUrl } from '../api/client';
import { CollectorClock } from './clock';
import { LiveConnection, type LiveTransport } from './connection';
import { LiveTables } from './tables';
import type { LiveSnapshot, LiveState, LiveStatus } from './types';

const NOTIFY_MS = 200;
/** Who leaves the page for another one that is live too keeps the stream. */
const LINGER_MS = 3_000;
const HIDDEN_MS = 10_000;

const CONNECTING: LiveStatus = { state: 'connecting', problem: null, error: null };

export class LiveStore {
  private readonly tables = new LiveTables();
  private readonly clock = new CollectorClock();
  private readonly connection: LiveConnection;
  private readonly listeners = new Set<() => void>();
  private state: LiveState = { status: CONNECTING, data: null };
  private status: LiveStatus = CONNECTING;
  private hasData = false;
  private changed = false;
  private notifiedAt = 0;
  private notifyTimer: ReturnType<typeof setTimeout> | undefined;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: LiveTransport) {
    this.connection = new LiveConnection(transport, {
      snapshot: (snapshot) => {
        this.tables.replace(snapshot);
        this.heard(snapshot.at);
      },
      delta: (delta) => {
        this.tables.apply(delta);
        this.heard(delta.at);
      },
      status: (status) => this.setStatus(status),
    });
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
  }

  /** Calls `listener` when the state changed. @returns ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    clearTimeout(this.stopTimer);
    if (document.visibilityState === 'visible') {
      this.connection.start();
    }
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) {
        this.stopTimer = setTimeout(() => this.connection.stop(), LINGER_MS);
      }
    };
  };

  /** The same object until something changed. */
  readonly getState = (): LiveState => this.state;

  /** The collector's clock, UTC ms: what waits and states tick on. */
  readonly now = (): number => Date.now() + this.clock.offsetMs;

  private heard(at: number): void {
    this.hasData = true;
    this.clock.heard(at, Date.now());
    this.changed = true;
    this.notifySoon();
  }

  private setStatus(status: LiveStatus): void {
    const { state, problem, error } = this.status;
    // A tab that is seen again shows what it has until newer rows come.
    const next =
      status.state === 'connecting' && this.hasData ? { ...status, state: 'stale' as const } : status;
    if (state !== next.state || problem !== next.problem || error?.message !== next.error?.message) {
      this.status = next;
      this.notifySoon();
    }
  }

  private notifySoon(): void {
    this.notifyTimer ??= setTimeout(
      () => this.notify(),
      Math.max(0, this.notifiedAt + NOTIFY_MS - Date.now()),
    );
  }

  private notify(): void {
    this.notifyTimer = undefined;
    this.notifiedAt = Date.now();
    const data: LiveSnapshot | null = this.changed ? this.tables.state() : this.state.data;
    this.changed = false;
    this.state = { status: this.status, data };
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  private visibilityChanged(): void {
    clearTimeout(this.stopTimer);
    if (this.listeners.size === 0) {
      this.connection.stop();
    } else if (document.visibilityState === 'visible') {
      this.connection.start();
    } else {
      this.stopTimer = setTimeout(() => this.pause(), HIDDEN_MS);
    }
  }

  private pause(): void {
    this.connection.stop();
    this.setStatus({ state: this.hasData ? 'stale' : 'connecting', problem: 'paused', error: null });
  }
}

const SHARED = Symbol.for('queuescope.live.1');
type Shared = typeof globalThis & { [SHARED]?: LiveStore };

/** The one store of this tab. */
export function liveStore(): LiveStore {
  const shared: Shared = globalThis;
  shared[SHARED] ??= new LiveStore({
    open: () =>
      new EventSource(`${config.appSubUrl ?? ''}${apiUrl('live/stream')}`, { withCredentials: true }),
    poll: (signal) => api.get<LiveSnapshot>('live', undefined, signal),
  });
  return shared[SHARED];
}
