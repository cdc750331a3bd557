/**
 * Keeps a manager session open (pbx/reconnect.ts).
 *
 * In: where and as whom. Out: the frames and the state of the link, through handlers.
 */
import { keepConnected, type ReconnectHandlers, type RetryOptions } from '../../reconnect.js';
import { type AmiOptions, AmiSession, type AmiSessionHandlers } from './session.js';

export interface AmiConnectionOptions extends AmiOptions, RetryOptions {}

export interface AmiConnectionHandlers
  extends Omit<AmiSessionHandlers, 'onLogin' | 'onTrouble'>, ReconnectHandlers<AmiSession> {}

/** Runs until `signal` aborts; never throws. Any number may run at once. */
export const runAmiConnection = (
  options: AmiConnectionOptions,
  handlers: AmiConnectionHandlers,
  signal: AbortSignal,
): Promise<void> =>
  keepConnected(
    (onLogin) => AmiSession.open(options, { ...handlers, onLogin }, signal),
    options,
    handlers,
    signal,
  );
