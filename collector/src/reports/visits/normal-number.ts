/**
 * When two numbers are one caller's: the only place where callers' numbers are compared.
 *
 * In: a number as a PBX shows it, and how national numbers are written here. Out: one form for all spellings of it, null
 * for callers without a number. What must hold: callers without a number are never taken for one another (DOMAIN.md
 * §2.3); nothing is guessed: without a country only what is the same number for certain becomes one.
 */

export interface NumberPlan {
  /** Calling code of the country, as 998; null: national numbers stay as they are. */
  countryCode: string | null;
  /** Digits of a national number without prefix, as 9 in Uzbekistan; null without a country. */
  nationalDigits: number | null;
}

export const NO_PLAN: NumberPlan = { countryCode: null, nationalDigits: null };

/** What PBXs and trunks put where no number is known. */
const NOBODY: ReadonlySet<string> = new Set([
  'anonymous',
  'unknown',
  'private',
  'restricted',
  'unavailable',
  'withheld',
  'invalid',
  'noname',
  'asterisk',
  's',
]);

/**
 * `+998 90 123-45-67`, `00998901234567` and `998901234567` → `998901234567`; with the plan 998 and 9 digits also
 * `901234567` and `0901234567`. Text that is no number (a SIP user) stays, in lower case.
 */
export function normalNumber(
  shown: string | null,
  { countryCode, nationalDigits }: NumberPlan,
): string | null {
  const text = userOf(shown ?? '').toLowerCase();
  if (/[\p{L}_]/u.test(text)) return NOBODY.has(text) ? null : text;
  const international = /^\(?\+/.test(text);
  const digits = text.replace(/\D/g, '');
  if (digits === '' || /^0+$/.test(digits)) return null;
  if (international) return digits;
  // Longer than any national number with its prefix: 00 begins an international one (ITU-T E.164).
  if (digits.startsWith('00') && digits.length > 10) return digits.slice(2);
  if (countryCode === null || nationalDigits === null) return digits;
  const isNational =
    digits.length === nationalDigits || (digits.length === nationalDigits + 1 && /^[018]/.test(digits));
  return isNational ? countryCode + digits.slice(-nationalDigits) : digits;
}

/** Of `<sip:+998901234567@host>` the user; of `<unknown>` what stands between the brackets; all else as it is. */
function userOf(shown: string): string {
  const text = shown.replace(/[<>]/g, '').trim();
  return /^(?:sips?|tel):([^@;]*)/i.exec(text)?.[1] ?? text;
}
