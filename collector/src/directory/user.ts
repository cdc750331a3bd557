/**
 * The person a request is made for, where a token may act for others (DECISIONS.md 21).
 *
 * What must hold: the login is stable and stored; the name is only shown.
 */
export interface User {
  login: string;
  name: string;
}

/** Longest login that is stored. */
export const LOGIN_LENGTH = 190;
