/**
 * One entry of `pbxs` → `PbxConfig`: its sections, each with what it refers to.
 *
 * In: a valid entry. Out: the PBX; what is wrong with it goes to the `Lookup`.
 */
import type { AmiConfig, CdrConfig, EslConfig, JsonCdrConfig, PbxConfig, QueueLogConfig } from './config.js';
import { dialectsWith, SECTION_NAMES, sectionsOf } from './dialects.js';
import type { Lookup } from './lookup.js';
import type { ConfigFile } from './schema.js';
import { recordingsConfig } from './resolve-recordings.js';
import { Secret } from './secret.js';

type PbxFile = ConfigFile['pbxs'][number];

/**
 * @param key of the entry, as `pbxs[0]`
 * @param zone of dates where the entry names none
 */
export function pbxConfig(lookup: Lookup, pbx: PbxFile, key: string, zone: string): PbxConfig {
  checkSections(lookup, pbx, key);
  return {
    name: pbx.name,
    managedBy: 'file',
    dialect: pbx.dialect,
    ami: pbx.ami === undefined ? null : amiConfig(lookup, pbx.ami, `${key}.ami`),
    queueLog: pbx.queueLog === undefined ? null : queueLogConfig(lookup, pbx.queueLog, `${key}.queueLog`),
    cdr: pbx.cdr === undefined ? null : cdrConfig(lookup, pbx.cdr, `${key}.cdr`),
    esl: pbx.esl === undefined ? null : eslConfig(lookup, pbx.esl, `${key}.esl`),
    jsonCdr: pbx.jsonCdr === undefined ? null : jsonCdrConfig(lookup, pbx.jsonCdr, `${key}.jsonCdr`),
    directions: pbx.directions,
    recordings:
      pbx.recordings === undefined
        ? null
        : recordingsConfig(lookup, pbx.recordings, `${key}.recordings`, zone),
  };
}

/** At least one place to read from, and none that this kind of PBX does not have. */
function checkSections(lookup: Lookup, pbx: PbxFile, key: string): void {
  const { name, dialect } = pbx;
  const has = sectionsOf(dialect);
  const given = SECTION_NAMES.filter((section) => pbx[section] !== undefined);
  for (const section of given.filter((section) => !has.includes(section))) {
    lookup.problem(
      `${key}.${section}`,
      `is a section of ${dialectsWith(section).join(', ')}, and "${name}" is ${dialect}; remove it (${dialect} has ${has.join(', ')})`,
    );
  }
  if (given.length === 0) {
    lookup.problem(key, `"${name}" has nothing to read: add one of ${has.join(', ')}`);
  }
}

function amiConfig(lookup: Lookup, ami: NonNullable<PbxFile['ami']>, key: string): AmiConfig {
  const secret = lookup.required(`${key}.secret`, {
    value: ami.secret,
    file: ami.secretFile,
    env: ami.secretEnv,
  });
  const tlsOnly = ami.tlsCaFile ?? ami.tlsServerName ?? (ami.tlsVerify ? undefined : 'tlsVerify');
  if (!ami.tls && tlsOnly !== undefined)
    lookup.problem(`${key}.tls`, 'must be true when other tls… keys are set');
  const ca = ami.tlsCaFile === undefined ? undefined : lookup.read(`${key}.tlsCaFile`, ami.tlsCaFile);
  return {
    host: ami.host,
    port: ami.port,
    user: ami.user,
    secret: new Secret(secret),
    auth: ami.auth,
    tls: ami.tls
      ? {
          ...(ca === undefined ? {} : { ca }),
          ...(ami.tlsServerName === undefined ? {} : { servername: ami.tlsServerName }),
          rejectUnauthorized: ami.tlsVerify,
        }
      : null,
    keepaliveSeconds: ami.keepaliveSeconds,
  };
}

function queueLogConfig(
  lookup: Lookup,
  queueLog: NonNullable<PbxFile['queueLog']>,
  key: string,
): QueueLogConfig | null {
  if (!fileOrTable(lookup, queueLog, key)) return null;
  if (queueLog.file !== undefined) return { from: 'file', file: lookup.path(queueLog.file) };
  const { table } = queueLog;
  if (table === undefined) return null;
  const url = tableUrl(lookup, table, `${key}.table`);
  return { from: 'table', url, table: table.name, zone: lookup.zone(`${key}.table.zone`, table.zone) };
}

function cdrConfig(lookup: Lookup, cdr: NonNullable<PbxFile['cdr']>, key: string): CdrConfig | null {
  const zone = lookup.zone(`${key}.zone`, cdr.zone);
  if (!fileOrTable(lookup, cdr, key)) return null;
  if (cdr.file !== undefined) {
    return { from: 'file', file: lookup.path(cdr.file), columns: cdr.columns ?? null, zone };
  }
  if (cdr.table === undefined) return null;
  return { from: 'table', url: tableUrl(lookup, cdr.table, `${key}.table`), table: cdr.table.name, zone };
}

function eslConfig(lookup: Lookup, esl: NonNullable<PbxFile['esl']>, key: string): EslConfig {
  const { host, port, format, keepaliveSeconds, resyncSeconds, fifo } = esl;
  const password = passwordOf(lookup, esl, key);
  return { host, port, password, format, keepaliveSeconds, resyncSeconds, fifo };
}

function jsonCdrConfig(
  lookup: Lookup,
  { folder, post }: NonNullable<PbxFile['jsonCdr']>,
  key: string,
): JsonCdrConfig {
  if (folder === undefined && post === undefined) lookup.problem(key, 'needs folder or post');
  return {
    folder: folder === undefined ? null : lookup.path(folder),
    post: post === undefined ? null : { user: post.user, password: passwordOf(lookup, post, `${key}.post`) },
  };
}

function passwordOf(
  lookup: Lookup,
  given: { password?: string; passwordFile?: string; passwordEnv?: string },
  key: string,
): Secret {
  const { password: value, passwordFile: file, passwordEnv: env } = given;
  return new Secret(lookup.required(`${key}.password`, { value, file, env }));
}

function fileOrTable(lookup: Lookup, source: { file?: unknown; table?: unknown }, key: string): boolean {
  if ((source.file === undefined) !== (source.table === undefined)) return true;
  lookup.problem(
    key,
    source.file === undefined ? 'needs file or table' : 'has file and table; keep one of them',
  );
  return false;
}

function tableUrl(
  lookup: Lookup,
  table: { url?: string; urlFile?: string; urlEnv?: string },
  key: string,
): Secret {
  const given = { value: table.url, file: table.urlFile, env: table.urlEnv };
  return lookup.mysqlUrl(`${key}.url`, lookup.required(`${key}.url`, given));
}
