/**
 * What can go wrong with an event socket beyond the link itself (pbx/link-errors.ts). Every message names the PBX and,
 * where there is one, the fix.
 */
import { LoginError } from '../../link-errors.js';

/** FreeSWITCH does not let us in: wrong password, or an address its ACL does not permit. */
export class EslLoginError extends LoginError {
  override name = 'EslLoginError';
}

/** A command was refused, or not answered in time. */
export class EslCommandError extends Error {
  override name = 'EslCommandError';
  /** FreeSWITCH's own words; undefined when it gave no answer. */
  readonly answer: string | undefined;

  constructor(message: string, answer?: string) {
    super(message);
    this.answer = answer;
  }
}
