/**
 * Keeps a connection to an event socket open (pbx/reconnect.ts).
 *
 * In: where and with which password. Out: the frames and the state of the link, through handlers.
 */
import { keepConnected, type ReconnectHandlers, type RetryOptions } from '../../reconnect.js';
import { type EslOptions, EslSession, type EslSessionHandlers } from './session.js';

export interface EslConnectionOptions extends EslOptions, RetryOptions {}

export interface EslConnectionHandlers
  extends Omit<EslSessionHandlers, 'onLogin' | 'onTrouble'>, ReconnectHandlers<EslSession> {}

/** Runs until `signal` aborts; never throws. Any number may run at once. */
export const runEslConnection = (
  options: EslConnectionOptions,
  handlers: EslConnectionHandlers,
  signal: AbortSignal,
): Promise<void> =>
  keepConnected(
    (onLogin) => EslSession.open(options, { ...handlers, onLogin }, signal),
    options,
    handlers,
    signal,
  );
