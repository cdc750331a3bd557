/**
 * What can go wrong with a manager connection beyond the link itself (pbx/link-errors.ts). Every message names the PBX
 * and, where there is one, the fix.
 */
import { LoginError } from '../../link-errors.js';

/** Asterisk does not let this user in: wrong name or secret, address not permitted, or no MD5 there. */
export class AmiLoginError extends LoginError {
  override name = 'AmiLoginError';
}

/** An action was refused, or not answered in time. */
export class AmiActionError extends Error {
  override name = 'AmiActionError';
  /** Asterisk's own words; undefined when it gave no answer. */
  readonly answer: string | undefined;

  constructor(message: string, answer?: string) {
    super(message);
    this.answer = answer;
  }
}
