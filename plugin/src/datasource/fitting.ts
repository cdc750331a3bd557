/**
 * Lists of names that fit into an address.
 *
 * In: names, as "All" of a variable gives them by the thousand. Out: names to send; null: all. What must hold: a list that is
 * too long is left out only when it names everybody there is, for else the numbers would be of others too.
 */
import { t } from '@grafana/i18n';
import { queryString } from '../api/client';
import { members } from '../live/today';

/** Servers on the way take addresses of 8 kB; escaped Cyrillic is six times as long. */
const MAX_CHARACTERS = 6_000;

export const fits = (names: readonly string[]): boolean =>
  queryString({ queues: names }).length <= MAX_CHARACTERS;

/** @throws Error saying what to do about a list that is too long; ApiError */
export async function fitting(
  of: 'queues' | 'agents',
  names: readonly string[] | null,
  pbxs: readonly string[] | null,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (names === null || fits(names)) {
    return names;
  }
  const asked = new Set(names);
  for (const { pbx, name } of (await members(of, signal)).values()) {
    if ((pbxs === null || pbxs.includes(pbx)) && !asked.has(name)) {
      throw new Error(
        t(
          'datasource.error.tooMany',
          'Too many names ({{names}}) for one query: choose fewer, or all (custom all value “*” of the variable)',
          { names: names.length },
        ),
      );
    }
  }
  return null;
}
