/**
 * A connection as users write it: one entry of `pbxs` of the configuration file, but for secrets in files and variables.
 *
 * In: an entry from the API or the database. Out: its secrets apart, or the checked `PbxConfig`. What must hold: a secret that is
 * kept is only ever used for the place it was given for, so that nobody has it sent to a server of his own.
 */
import path from 'node:path';
import type { PbxConfig } from '../config/config.js';
import { Lookup } from '../config/lookup.js';
import { pbxConfig } from '../config/resolve-pbx.js';
import type { ConfigFile } from '../config/schema.js';
import { ReportRequestError, type FieldError } from '../reports/request.js';
import type { Secrets } from './secret-box.js';

export type PbxEntry = ConfigFile['pbxs'][number];

/** Where secrets stand in an entry, and what of it they belong to: with that they must be given anew. */
const SECRETS: readonly { at: readonly [string, ...string[]]; place: readonly string[]; needed: boolean }[] =
  [
    { at: ['ami', 'secret'], place: ['host', 'port', 'tls', 'tlsVerify'], needed: true },
    { at: ['esl', 'password'], place: ['host', 'port'], needed: true },
    { at: ['jsonCdr', 'post', 'password'], place: ['user'], needed: true },
    { at: ['queueLog', 'table', 'url'], place: [], needed: true },
    { at: ['cdr', 'table', 'url'], place: [], needed: true },
    { at: ['recordings', 'authorization'], place: ['url'], needed: false },
  ];

const nameOf = (at: readonly string[]): string => at.join('.');

type Group = Record<string, unknown>;

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null;

/** The group a secret stands in; undefined when the entry does not have it. */
function groupOf(entry: unknown, at: readonly string[]): Group | undefined {
  let group: unknown = entry;
  for (const key of at.slice(0, -1)) group = isGroup(group) ? group[key] : undefined;
  return isGroup(group) ? group : undefined;
}

const keyOf = (at: readonly string[]): string => at.at(-1) ?? '';

/** An entry without its secrets, and these. The entry given stays as it is. */
export function apart(entry: PbxEntry): { settings: PbxEntry; secrets: Secrets } {
  const settings = structuredClone(entry);
  const secrets: Secrets = {};
  for (const { at } of SECRETS) {
    const group = groupOf(settings, at);
    const value = group?.[keyOf(at)];
    if (group === undefined || typeof value !== 'string') continue;
    secrets[nameOf(at)] = value;
    delete group[keyOf(at)];
  }
  return { settings, secrets };
}

export function together(settings: PbxEntry, secrets: Secrets): PbxEntry {
  const entry = structuredClone(settings);
  for (const { at } of SECRETS) {
    const group = groupOf(entry, at);
    const value = secrets[nameOf(at)];
    if (group !== undefined && value !== undefined) group[keyOf(at)] ??= value;
  }
  return entry;
}

/**
 * The entry with the secrets it does not give taken from before, where they belong to the same place.
 * @throws ReportRequestError naming every secret that is needed
 */
export function completed(entry: PbxEntry, before: PbxEntry | null): PbxEntry {
  const errors: FieldError[] = [];
  const full = structuredClone(entry);
  for (const { at, place, needed } of SECRETS) {
    const group = groupOf(full, at);
    if (group === undefined || typeof group[keyOf(at)] === 'string') continue;
    const old = groupOf(before, at);
    const kept = old?.[keyOf(at)];
    const field = nameOf(at);
    if (typeof kept !== 'string') {
      if (needed) errors.push({ field, message: 'is needed' });
    } else if (place.some((key) => old?.[key] !== group[key])) {
      const message = `is needed again: the one kept is only for the ${place.join(', ')} it was given with`;
      errors.push({ field, message });
    } else group[keyOf(at)] = kept;
  }
  if (errors.length > 0) throw new ReportRequestError(errors);
  return full;
}

const KEY = 'pbx';

/**
 * @param zone of dates where the entry names none
 * @throws ReportRequestError naming every wrong field
 */
export function configOfEntry(
  entry: PbxEntry,
  zone: string,
  managedBy: PbxConfig['managedBy'] = 'database',
): PbxConfig {
  const errors: FieldError[] = pathsIn(entry)
    .filter(([, file]) => !path.isAbsolute(file))
    .map(([field]) => ({ field, message: 'must be an absolute path, as the collector sees it' }));
  const lookup = new Lookup({ file: null, baseDir: path.sep, env: {} });
  const config = pbxConfig(lookup, entry, KEY, zone);
  errors.push(
    ...lookup.problems.map(({ key, message }) => ({
      field: key === KEY ? 'connection' : key.slice(KEY.length + 1),
      message,
    })),
  );
  if (errors.length > 0) throw new ReportRequestError(errors);
  return { ...config, managedBy };
}

const pathsIn = ({ ami, queueLog, cdr, jsonCdr, recordings }: PbxEntry): [string, string][] =>
  Object.entries({
    'ami.tlsCaFile': ami?.tlsCaFile,
    'queueLog.file': queueLog?.file,
    'cdr.file': cdr?.file,
    'jsonCdr.folder': jsonCdr?.folder,
    'recordings.folder': recordings?.folder,
  }).filter((found): found is [string, string] => found[1] !== undefined);
