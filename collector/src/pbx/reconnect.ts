/**
 * Keeps a session with a PBX open: connects, logs in, and again after every end.
 *
 * In: how to open one session. Out: the state of the link, through handlers. What must hold: no storm on a PBX that is
 * down, restarting or refuses us (exponential backoff with jitter, long pauses after a refused login); every `up` is
 * followed by exactly one `down`; an abort ends everything and leaves nothing behind.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { LoginError } from './link-errors.js';

export interface RetryOptions {
  /** First and longest pause between attempts. */
  retryMinMs?: number;
  retryMaxMs?: number;
  /** Pause after a refused login: trying fast would fill the PBX's security log and wake fail2ban. */
  loginRetryMs?: number;
  /** A number in [0, 1). */
  random?: () => number;
}

/** What a session must offer to be kept open. */
export interface Session {
  /** Resolves with the reason when the session has ended, by whichever side. Never rejects. */
  closed: Promise<string>;
}

export interface ReconnectHandlers<S extends Session> {
  /** `up` before the first frame of a session, with the session; `down` after its last one, with the reason. */
  onLink: (state: { link: 'up'; session: S; loginUs: number } | { link: 'down'; reason: string }) => void;
  /** A failed attempt and the pause until the next, or trouble that does not end the session. */
  onTrouble?: (error: Error, retryInMs?: number) => void;
  /** Awaited before each attempt: hold back here while what was received cannot be put away. */
  ready?: () => Promise<void>;
}

/** Opens a session; `onLogin` is called before its first frame. `loginUs`: µs since the epoch. */
export type OpenSession<S extends Session> = (
  onLogin: (session: S, loginUs: number) => void,
  signal: AbortSignal,
) => Promise<S>;

/** Runs until `signal` aborts; never throws. Any number may run at once. */
export async function keepConnected<S extends Session>(
  open: OpenSession<S>,
  options: RetryOptions,
  handlers: ReconnectHandlers<S>,
  signal: AbortSignal,
): Promise<void> {
  const { retryMinMs = 1000, retryMaxMs = 60_000, loginRetryMs = 300_000, random = Math.random } = options;
  let failures = 0;
  while (!signal.aborted) {
    let error: Error;
    let retryMs = backoffMs(failures, retryMinMs, retryMaxMs, random);
    try {
      await handlers.ready?.();
      const lastedMs = await runSession(open, handlers, signal);
      // A session that ends at once, again and again, is a failure like any other.
      failures = lastedMs >= retryMaxMs ? 0 : failures + 1;
      retryMs = backoffMs(failures - 1, retryMinMs, retryMaxMs, random);
      await pause(retryMs, signal);
      continue;
    } catch (caught) {
      error = caught instanceof Error ? caught : new Error(String(caught));
    }
    if (signal.aborted) return;
    failures++;
    if (error instanceof LoginError) retryMs = loginRetryMs * (1 + random() / 10);
    handlers.onTrouble?.(error, retryMs);
    await pause(retryMs, signal);
  }
}

/** Between `minMs` and a bound that doubles with each failure up to `maxMs` ("full jitter", with a floor). */
export function backoffMs(failures: number, minMs: number, maxMs: number, random: () => number): number {
  const bound = Math.min(maxMs, minMs * 2 ** Math.min(30, Math.max(0, failures) + 1));
  return minMs + random() * Math.max(0, bound - minMs);
}

/** @returns how long the session lasted, ms */
async function runSession<S extends Session>(
  open: OpenSession<S>,
  handlers: ReconnectHandlers<S>,
  signal: AbortSignal,
): Promise<number> {
  let up: S | undefined;
  const startedMs = performance.now();
  try {
    const session = await open((logged, loginUs) => {
      up = logged;
      handlers.onLink({ link: 'up', session: logged, loginUs });
    }, signal);
    await session.closed;
  } finally {
    if (up !== undefined) handlers.onLink({ link: 'down', reason: await up.closed });
  }
  return performance.now() - startedMs;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // an abort only ends the pause
}
