/**
 * Reading and changing the settings of a connection by path.
 *
 * What must hold: pure; what is not touched stays; an emptied field is removed, and so is a group that became empty.
 */
import type { Dialect, Settings } from './types';

type Group = Record<string, unknown>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param path as `ami.host`. @returns text; empty: not set. */
export function fieldOf(settings: Settings, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((group, key) => (isGroup(group) ? group[key] : undefined), settings);
  return value === undefined || value === null ? '' : String(value);
}

/** @param value undefined or empty: not set */
export function withField(
  settings: Settings,
  path: string,
  value: string | number | boolean | undefined,
): Settings {
  return {
    dialect: settings.dialect,
    ...set(settings, path.split('.'), value === '' ? undefined : value),
  } as Settings;
}

function set(group: Group, [key = '', ...rest]: string[], value: unknown): Group {
  const { [key]: before, ...others } = group;
  if (rest.length === 0) {
    return value === undefined ? others : { ...group, [key]: value };
  }
  const inner = set(isGroup(before) ? before : {}, rest, value);
  return Object.keys(inner).length === 0 ? others : { ...group, [key]: inner };
}

/** What a new connection starts from. */
export const newSettings = (dialect: Dialect): Settings =>
  dialect === 'asterisk' ? { dialect, ami: { host: '', user: '' } } : { dialect, esl: { host: '' } };

/** @throws Error saying where the text is no settings */
export function parseSettings(text: string): Settings {
  const value: unknown = JSON.parse(text);
  if (!isGroup(value) || (value.dialect !== 'asterisk' && value.dialect !== 'freeswitch')) {
    throw new Error('dialect: asterisk | freeswitch');
  }
  return value as Settings;
}
