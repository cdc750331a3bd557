/**
 * Caller numbers as people without a need to see them do: all but the last two digits hidden (DOMAIN.md §5.15).
 *
 * The same rule as the SQL views; roles below `editor` see numbers so (api/auth.ts).
 */

/** `+998901234567` → `***********67`; a name stays, unless it is a number. Null and empty stay. */
export function maskNumber(text: string): string;
export function maskNumber(text: string | null): string | null;
export function maskNumber(text: string | null): string | null {
  if (text === null || !isNumber(text)) return text;
  return '*'.repeat(Math.max(0, text.length - 2)) + text.slice(-2);
}

/** Three digits or more and nothing a name would have: many trunks send the number as the caller's name too. */
const isNumber = (text: string): boolean =>
  /^[+()\d\s./*#-]*$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;
