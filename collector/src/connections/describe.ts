/**
 * A connection as it is shown. In: a `PbxConfig`. Out: an entry as users write it, and where each source is. What must hold: no
 * secret in either; of database addresses the password is hidden.
 */
import type { AmiConfig, CdrConfig, PbxConfig, QueueLogConfig, RecordingsConfig } from '../config/config.js';
import type { SourceKind } from '../pbx/event.js';
import type { PbxEntry } from './entry.js';

/** What a PBX's own file would say, without secrets; `tlsCaFile` is not known any more. */
export function settingsOf(config: PbxConfig): PbxEntry {
  const { name, dialect, ami, queueLog, cdr, esl, jsonCdr, directions, recordings } = config;
  return {
    ...{ name, dialect, directions: directions.map((rule) => ({ ...rule })) },
    ...(ami && { ami: amiSettings(ami) }),
    ...(queueLog && { queueLog: queueLogSettings(queueLog) }),
    ...(cdr && { cdr: cdrSettings(cdr) }),
    ...(esl && { esl: withoutPassword(esl) }),
    ...(jsonCdr && {
      jsonCdr: {
        ...(jsonCdr.folder !== null && { folder: jsonCdr.folder }),
        ...(jsonCdr.post && { post: { user: jsonCdr.post.user } }),
      },
    }),
    ...(recordings && { recordings: recordingsSettings(recordings) }),
  };
}

function amiSettings({
  host,
  port,
  user,
  auth,
  tls,
  keepaliveSeconds,
}: AmiConfig): NonNullable<PbxEntry['ami']> {
  return {
    ...{ host, port, user, auth, keepaliveSeconds, tls: tls !== null },
    tlsVerify: tls?.rejectUnauthorized ?? true,
    ...(tls?.servername !== undefined && { tlsServerName: tls.servername }),
  };
}

const withoutPassword = <T extends { password: unknown }>({ password: _, ...rest }: T): Omit<T, 'password'> =>
  rest;

const queueLogSettings = (place: QueueLogConfig): NonNullable<PbxEntry['queueLog']> =>
  place.from === 'file' ? { file: place.file } : { table: { name: place.table, zone: place.zone } };

function cdrSettings(place: CdrConfig): NonNullable<PbxEntry['cdr']> {
  if (place.from === 'table') return { table: { name: place.table }, zone: place.zone };
  const columns = place.columns === null ? {} : { columns: [...place.columns] };
  return { file: place.file, zone: place.zone, ...columns };
}

const recordingsSettings = (rule: RecordingsConfig): NonNullable<PbxEntry['recordings']> =>
  rule.from === 'folder'
    ? { folder: rule.folder, file: rule.file, zone: rule.zone }
    : { url: rule.url, zone: rule.zone, file: '{recording}' };

/** Where a source is read, for people. */
export function placeOf({ ami, esl, queueLog, cdr, jsonCdr }: PbxConfig, source: SourceKind): string {
  switch (source) {
    case 'ami':
      return ami === null ? '' : `${ami.host}:${ami.port}${ami.tls === null ? '' : ' (TLS)'}`;
    case 'esl':
      return esl === null ? '' : `${esl.host}:${esl.port}`;
    case 'queue_log':
      return filePlace(queueLog);
    case 'cdr':
      return filePlace(cdr);
    case 'json_cdr':
      return [jsonCdr?.folder, jsonCdr?.post ? 'posted records' : null].filter(Boolean).join(', ');
    case 'link':
      return '';
  }
}

const filePlace = (place: QueueLogConfig | CdrConfig | null): string =>
  place === null ? '' : place.from === 'file' ? place.file : `${place.url.toString()} table ${place.table}`;

/** Dotted names of the secrets it has: `ami.secret`. */
export function secretNames({ ami, esl, queueLog, cdr, jsonCdr, recordings }: PbxConfig): string[] {
  const names: Record<string, boolean> = {
    'ami.secret': ami !== null,
    'esl.password': esl !== null,
    'jsonCdr.post.password': jsonCdr?.post != null,
    'queueLog.table.url': queueLog?.from === 'table',
    'cdr.table.url': cdr?.from === 'table',
    'recordings.authorization': recordings?.from === 'url' && recordings.authorization !== null,
  };
  return Object.keys(names).filter((name) => names[name]);
}

/** The same entry with its secrets: to try it with changes. Never shown. */
export function fullEntryOf(config: PbxConfig): PbxEntry {
  const entry = settingsOf(config);
  const { ami, esl, queueLog, cdr, jsonCdr, recordings } = config;
  if (ami && entry.ami) entry.ami.secret = ami.secret.reveal();
  if (esl && entry.esl) entry.esl.password = esl.password.reveal();
  if (jsonCdr?.post && entry.jsonCdr?.post) entry.jsonCdr.post.password = jsonCdr.post.password.reveal();
  if (queueLog?.from === 'table' && entry.queueLog?.table) entry.queueLog.table.url = queueLog.url.reveal();
  if (cdr?.from === 'table' && entry.cdr?.table) entry.cdr.table.url = cdr.url.reveal();
  if (recordings?.from === 'url' && recordings.authorization !== null && entry.recordings)
    entry.recordings.authorization = recordings.authorization.reveal();
  return entry;
}
