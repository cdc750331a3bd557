/**
 * Name patterns of rules (tenants, queue settings, call directions): `*` is any text, `?` one character.
 *
 * In: a pattern. Out: a test for whole names. What must hold: everything else is literal (channel names are full of
 * `/`, `-`, `.`, `@`), upper and lower case differ as they do in Asterisk, and no pattern takes more than
 * pattern length × name length steps, whatever a user writes.
 */

/** @returns true when all of `name` matches `pattern`. */
export function matchesPattern(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let starAt = -1;
  let retryFrom = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      starAt = p++;
      retryFrom = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (starAt >= 0) {
      // The last star takes one character more; an earlier star never has to.
      p = starAt + 1;
      n = ++retryFrom;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
