/**
 * From a valid configuration file to `Config`: what a schema cannot check.
 *
 * In: `ConfigFile`, the folder paths start from, the environment. Out: `Config` and every problem found: zones that
 * do not exist, sources without a place to read from, secrets given twice or nowhere, names used twice.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type {
  AmiConfig,
  CdrConfig,
  Config,
  EslConfig,
  JsonCdrConfig,
  PbxConfig,
  QueueLogConfig,
} from './config.js';
import { dialectsWith, SECTION_NAMES, sectionsOf } from './dialects.js';
import type { ConfigProblem } from './problem.js';
import type { QueueSettingRule } from './queue-settings.js';
import { zoneOf, ZoneError } from '../time/zone.js';
import type { ConfigFile } from './schema.js';
import { Secret, secretUrl } from './secret.js';

interface Surroundings {
  file: string | null;
  baseDir: string;
  env: Readonly<Record<string, string | undefined>>;
}

type PbxFile = ConfigFile['pbxs'][number];
type Given = Partial<Record<'value' | 'file' | 'env', string | undefined>>;

const BYTES_PER_GB = 1e9;

/** @returns the configuration; not to be used when `problems` is not empty. */
export function resolveConfig(
  file: ConfigFile,
  surroundings: Surroundings,
): { config: Config; problems: ConfigProblem[] } {
  const resolver = new Resolver(surroundings);
  const config = resolver.config(file);
  return { config, problems: resolver.problems };
}

class Resolver {
  readonly problems: ConfigProblem[] = [];
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  config(file: ConfigFile): Config {
    const zones = this.#zones(file.zones);
    const { database, metrics, journal } = file;
    if (journal.maxGb < journal.retentionGb) {
      this.#problem('journal.maxGb', `must be at least journal.retentionGb (${journal.retentionGb})`);
    }
    this.#uniqueNames(file.pbxs);
    const databaseUrl = this.#optional(`database.url`, { value: database.url, file: database.urlFile });
    return {
      file: this.#around.file,
      dataDir: this.#path(file.dataDir),
      http: file.http,
      database: { url: databaseUrl === null ? null : this.#mysqlUrl('database.url', databaseUrl) },
      zones,
      journal: {
        retentionDays: journal.retentionDays,
        retentionBytes: journal.retentionGb * BYTES_PER_GB,
        maxBytes: journal.maxGb * BYTES_PER_GB,
      },
      pbxs: file.pbxs.map((pbx, i) => this.#pbx(pbx, `pbxs[${i}]`)),
      queueRules: file.queues.map((rule, i) => this.#queueRule(rule, `queues[${i}]`, zones[0])),
      tenantRules: file.tenants.map((t) => ({
        pbxPattern: t.pbx,
        queuePattern: t.queue,
        tenant: t.tenant,
      })),
      metrics: {
        perAgent: metrics.perAgent,
        token: wrap(
          this.#optional('metrics.token', {
            value: metrics.token,
            file: metrics.tokenFile,
            env: metrics.tokenEnv,
          }),
        ),
      },
      simulator: file.simulator,
      log: file.log,
    };
  }

  #problem(key: string, message: string): void {
    this.problems.push({ key, message });
  }

  #path(written: string): string {
    return path.resolve(this.#around.baseDir, written);
  }

  #zones(written: readonly string[] | undefined): readonly [string, ...string[]] {
    const [first, ...rest] = written ?? [
      ...new Set([Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC']),
    ];
    if (first === undefined) return ['UTC'];
    [first, ...rest].forEach((zone, i) => this.#zone(`zones[${i}]`, zone));
    return [first, ...rest];
  }

  #zone(key: string, zone: string): string {
    try {
      zoneOf(zone);
    } catch (error) {
      if (!(error instanceof ZoneError)) throw error;
      this.#problem(key, error.message);
    }
    // An offset passes above, but it is no zone: it has no summer time, and databases do not know it by name.
    if (/^[+-]/.test(zone))
      this.#problem(key, `"${zone}" is an offset; use an IANA name such as Asia/Tashkent`);
    return zone;
  }

  #uniqueNames(pbxs: readonly PbxFile[]): void {
    pbxs.forEach((pbx, i) => {
      const first = pbxs.findIndex((other) => other.name === pbx.name);
      if (first < i) {
        this.#problem(
          `pbxs[${i}].name`,
          `"${pbx.name}" is already pbxs[${first}]; give each PBX its own name`,
        );
      }
    });
  }

  #pbx(pbx: PbxFile, key: string): PbxConfig {
    this.#sections(pbx, key);
    return {
      name: pbx.name,
      dialect: pbx.dialect,
      ami: pbx.ami === undefined ? null : this.#ami(pbx.ami, `${key}.ami`),
      queueLog: pbx.queueLog === undefined ? null : this.#queueLog(pbx.queueLog, `${key}.queueLog`),
      cdr: pbx.cdr === undefined ? null : this.#cdr(pbx.cdr, `${key}.cdr`),
      esl: pbx.esl === undefined ? null : this.#esl(pbx.esl, `${key}.esl`),
      jsonCdr: pbx.jsonCdr === undefined ? null : this.#jsonCdr(pbx.jsonCdr, `${key}.jsonCdr`),
      directions: pbx.directions,
    };
  }

  /** At least one place to read from, and none that this kind of PBX does not have. */
  #sections(pbx: PbxFile, key: string): void {
    const { name, dialect } = pbx;
    const has = sectionsOf(dialect);
    const given = SECTION_NAMES.filter((section) => pbx[section] !== undefined);
    for (const section of given.filter((section) => !has.includes(section))) {
      this.#problem(
        `${key}.${section}`,
        `is a section of ${dialectsWith(section).join(', ')}, and "${name}" is ${dialect}; remove it (${dialect} has ${has.join(', ')})`,
      );
    }
    if (given.length === 0) {
      this.#problem(key, `"${name}" has nothing to read: add one of ${has.join(', ')}`);
    }
  }

  #ami(ami: NonNullable<PbxFile['ami']>, key: string): AmiConfig {
    const secret = this.#required(`${key}.secret`, {
      value: ami.secret,
      file: ami.secretFile,
      env: ami.secretEnv,
    });
    const tlsOnly = ami.tlsCaFile ?? ami.tlsServerName ?? (ami.tlsVerify ? undefined : 'tlsVerify');
    if (!ami.tls && tlsOnly !== undefined)
      this.#problem(`${key}.tls`, 'must be true when other tls… keys are set');
    const ca = ami.tlsCaFile === undefined ? undefined : this.#read(`${key}.tlsCaFile`, ami.tlsCaFile);
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

  #queueLog(queueLog: NonNullable<PbxFile['queueLog']>, key: string): QueueLogConfig | null {
    if (!this.#fileOrTable(queueLog, key)) return null;
    if (queueLog.file !== undefined) return { from: 'file', file: this.#path(queueLog.file) };
    const { table } = queueLog;
    if (table === undefined) return null;
    const url = this.#tableUrl(table, `${key}.table`);
    return { from: 'table', url, table: table.name, zone: this.#zone(`${key}.table.zone`, table.zone) };
  }

  #cdr(cdr: NonNullable<PbxFile['cdr']>, key: string): CdrConfig | null {
    const zone = this.#zone(`${key}.zone`, cdr.zone);
    if (!this.#fileOrTable(cdr, key)) return null;
    if (cdr.file !== undefined) {
      return { from: 'file', file: this.#path(cdr.file), columns: cdr.columns ?? null, zone };
    }
    if (cdr.table === undefined) return null;
    return { from: 'table', url: this.#tableUrl(cdr.table, `${key}.table`), table: cdr.table.name, zone };
  }

  #esl(esl: NonNullable<PbxFile['esl']>, key: string): EslConfig {
    const { host, port, format, keepaliveSeconds, resyncSeconds, fifo } = esl;
    const password = this.#password(esl, key);
    return { host, port, password, format, keepaliveSeconds, resyncSeconds, fifo };
  }

  #jsonCdr({ folder, post }: NonNullable<PbxFile['jsonCdr']>, key: string): JsonCdrConfig {
    if (folder === undefined && post === undefined) this.#problem(key, 'needs folder or post');
    return {
      folder: folder === undefined ? null : this.#path(folder),
      post: post === undefined ? null : { user: post.user, password: this.#password(post, `${key}.post`) },
    };
  }

  #password(given: { password?: string; passwordFile?: string; passwordEnv?: string }, key: string): Secret {
    const { password: value, passwordFile: file, passwordEnv: env } = given;
    return new Secret(this.#required(`${key}.password`, { value, file, env }));
  }

  #fileOrTable(source: { file?: unknown; table?: unknown }, key: string): boolean {
    if ((source.file === undefined) !== (source.table === undefined)) return true;
    this.#problem(
      key,
      source.file === undefined ? 'needs file or table' : 'has file and table; keep one of them',
    );
    return false;
  }

  #tableUrl(table: { url?: string; urlFile?: string; urlEnv?: string }, key: string): Secret {
    const given = { value: table.url, file: table.urlFile, env: table.urlEnv };
    return this.#mysqlUrl(`${key}.url`, this.#required(`${key}.url`, given));
  }

  #mysqlUrl(key: string, url: string): Secret {
    if (url !== '' && !(URL.canParse(url) && /^(mysql|mariadb):$/.test(new URL(url).protocol))) {
      this.#problem(
        key,
        'is no database URL; write mysql://user:password@host:3306/database (encode @ : / in it)',
      );
    }
    return secretUrl(url);
  }

  #queueRule(rule: ConfigFile['queues'][number], key: string, zone: string): QueueSettingRule {
    const { pbx, queue, from, ...settings } = rule;
    return {
      ...settings,
      pbxPattern: pbx,
      queuePattern: queue,
      fromMs: this.#fromMs(from, `${key}.from`, zone),
    };
  }

  #fromMs(from: string | undefined, key: string, zone: string): number {
    if (from === undefined) return -Infinity;
    try {
      return from.includes('T')
        ? Temporal.Instant.from(from).epochMilliseconds
        : Temporal.PlainDate.from(from).toZonedDateTime(zone).epochMilliseconds;
    } catch {
      this.#problem(
        key,
        `${JSON.stringify(from)} is no date; write 2026-03-01, or 2026-03-01T06:00:00+01:00`,
      );
      return -Infinity;
    }
  }

  /** A secret given as value, file or variable: exactly one of them. */
  #required(key: string, given: Given): string {
    const value = this.#optional(key, given);
    if (value === null) {
      const ways = given.env === undefined && !('env' in given) ? `${key}File` : `${key}File or ${key}Env`;
      this.#problem(key, `is missing; give it here, or by ${ways}`);
    }
    return value ?? '';
  }

  #optional(key: string, given: Given): string | null {
    const ways = Object.values(given).filter((way) => way !== undefined);
    if (ways.length === 0) return null;
    if (ways.length > 1) {
      this.#problem(key, `is given more than once (${key}, ${key}File, ${key}Env); keep one`);
      return '';
    }
    if (given.value !== undefined) return given.value;
    if (given.file !== undefined) return this.#read(`${key}File`, given.file).trim();
    const name = given.env ?? '';
    const value = this.#around.env[name];
    if (value === undefined || value === '') {
      this.#problem(`${key}Env`, `the environment variable ${name} is not set`);
    }
    return value ?? '';
  }

  #read(key: string, file: string): string {
    try {
      return readFileSync(this.#path(file), 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      this.#problem(key, `${this.#path(file)} cannot be read (${code}); check the path and who may read it`);
      return '';
    }
  }
}

const wrap = (value: string | null): Secret | null => (value === null ? null : new Secret(value));
