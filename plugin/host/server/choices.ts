/**
 * What the visitor chose in the top bar: role, language, theme, time zone; kept in cookies.
 *
 * In: a request's cookies, or the query of `/preview/as`. Out: the choices, each one that exists. What must hold: the
 * role is a cookie, for downloads, players and event streams send no headers of ours.
 */
import { ROLES, type Role } from './users';

export const LANGUAGES = ['en', 'ru', 'uz'] as const;
export const THEMES = ['dark', 'light'] as const;
export const TIME_ZONES = ['browser', 'utc'] as const;

export interface Choices {
  role: Role;
  lang: (typeof LANGUAGES)[number];
  theme: (typeof THEMES)[number];
  timeZone: (typeof TIME_ZONES)[number];
}

const VALUES: { [Key in keyof Choices]: ReadonlyArray<Choices[Key]> } = {
  role: ROLES,
  lang: LANGUAGES,
  theme: THEMES,
  timeZone: TIME_ZONES,
};
const DEFAULTS: Choices = { role: 'Admin', lang: 'en', theme: 'dark', timeZone: 'browser' };
const PREFIX = 'queuescope-preview-';

/** @param cookies the `Cookie` header */
export function choicesOf(cookies: string | undefined): Choices {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='));
  const values = new Map(pairs.map(([name = '', value = '']) => [name, value]));
  return chosen((key) => values.get(PREFIX + key), DEFAULTS);
}

/** The choices that the query names, the others as they were. */
export const changedChoices = (query: URLSearchParams, before: Choices): Choices =>
  chosen((key) => query.get(key) ?? undefined, before);

/** Values of `Set-Cookie`. */
export const cookiesOf = (choices: Choices): string[] =>
  Object.entries(choices).map(
    ([key, value]) => `${PREFIX}${key}=${value}; Path=/; SameSite=Lax; Max-Age=31536000`,
  );

function chosen(valueOf: (key: keyof Choices) => string | undefined, otherwise: Choices): Choices {
  const pick = <Key extends keyof Choices>(key: Key): Choices[Key] =>
    VALUES[key].find((value) => value === valueOf(key)) ?? otherwise[key];
  return { role: pick('role'), lang: pick('lang'), theme: pick('theme'), timeZone: pick('timeZone') };
}
