/**
 * How each source does, as its owner last said: for health, metrics and the log.
 *
 * What must hold: every change of a link is logged once, with the reason and what will happen next.
 */
import type { Logger } from 'pino';
import type { PbxConfig } from '../config/config.js';
import { driverOf } from '../pbx/drivers.js';
import type { RawMessage } from '../pbx/dialect.js';
import type { SourceKind } from '../pbx/event.js';

export interface SourceState {
  pbx: string;
  source: SourceKind;
  up: boolean;
  /** UTC ms; null: not tried yet. */
  since: number | null;
  reason: string;
  connects: number;
  accepted: number;
  /** Not kept, because no journal could keep them. */
  rejected: number;
  failed: number;
}

export class SourceStates {
  readonly #states = new Map<string, SourceState>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** It has sources from now on, whether or not they can be reached. */
  expect(pbx: PbxConfig): void {
    for (const source of driverOf(pbx.dialect).sources(pbx)) this.#state(pbx.name, source);
  }

  /** It is not read any more. */
  forget(pbx: string): void {
    for (const [key, state] of this.#states) if (state.pbx === pbx) this.#states.delete(key);
  }

  get all(): SourceState[] {
    return [...this.#states.values()];
  }

  of(pbx: string, source: SourceKind): SourceState | undefined {
    return this.#states.get(`${pbx}/${source}`);
  }

  link(pbx: string, source: SourceKind, link: 'up' | 'down', reason: string): void {
    const state = this.#state(pbx, source);
    const up = link === 'up';
    if (state.since !== null && state.up === up) return;
    const first = state.since === null;
    Object.assign(state, {
      up,
      since: Date.now(),
      reason: up ? '' : reason,
      connects: state.connects + Number(up),
    });
    if (up)
      this.#logger.info(
        { pbx, source },
        first ? `${source} of ${pbx} is being read` : `${source} of ${pbx} is back`,
      );
    else this.#logger.warn({ pbx, source }, `${source} of ${pbx} is down: ${reason}`);
  }

  trouble(pbx: string, source: SourceKind, error: Error, retryInMs?: number): void {
    const state = this.#state(pbx, source);
    // Said already, as the reason why the link is down.
    if (retryInMs === undefined && state.reason === error.message) return;
    if (!state.up) Object.assign(state, { reason: error.message, since: state.since ?? Date.now() });
    const next = retryInMs === undefined ? '' : `; next try in ${Math.ceil(retryInMs / 1000)} s`;
    this.#logger.warn({ pbx, source }, `${error.message}${next}`);
  }

  accepted(messages: readonly RawMessage[]): void {
    for (const { pbx, source } of messages) if (source !== 'link') this.#state(pbx, source).accepted++;
  }

  rejected({ pbx, source, ordinal }: RawMessage, error: Error): void {
    this.#state(pbx, source).rejected++;
    this.#logger.error({ pbx, source, ordinal }, `a message cannot be kept and is lost: ${error.message}`);
  }

  failed(pbx: string, source: SourceKind): void {
    this.#state(pbx, source).failed++;
  }

  #state(pbx: string, source: SourceKind): SourceState {
    const key = `${pbx}/${source}`;
    let state = this.#states.get(key);
    if (!state) {
      state = {
        pbx,
        source,
        up: false,
        since: null,
        reason: 'not connected yet',
        connects: 0,
        accepted: 0,
        rejected: 0,
        failed: 0,
      };
      this.#states.set(key, state);
    }
    return state;
  }
}
