/**
 * From a valid configuration file to `Config`: what a schema cannot check.
 *
 * In: `ConfigFile`, the folder paths start from, the environment. Out: `Config` and every problem found: zones that
 * do not exist, sources without a place to read from, secrets given twice or nowhere, names used twice.
 */
import { Temporal } from 'temporal-polyfill';
import type { Config } from './config.js';
import { Lookup, type Surroundings } from './lookup.js';
import type { ConfigProblem } from './problem.js';
import type { QueueSettingRule } from './queue-settings.js';
import { schedulesConfig, smtpConfig } from './resolve-delivery.js';
import { pbxConfig } from './resolve-pbx.js';
import type { ConfigFile } from './schema.js';
import { Secret } from './secret.js';

const BYTES_PER_GB = 1e9;
const MIN_KEY_LENGTH = 32;

/** @returns the configuration; not to be used when `problems` is not empty. */
export function resolveConfig(
  file: ConfigFile,
  surroundings: Surroundings,
): { config: Config; problems: ConfigProblem[] } {
  const lookup = new Lookup(surroundings);
  const config = configOf(lookup, file, surroundings.file);
  return { config, problems: lookup.problems };
}

function configOf(lookup: Lookup, file: ConfigFile, name: string | null): Config {
  const zones = zonesOf(lookup, file.zones);
  const { database, metrics, journal } = file;
  if (journal.maxGb < journal.retentionGb) {
    lookup.problem('journal.maxGb', `must be at least journal.retentionGb (${journal.retentionGb})`);
  }
  checkNames(lookup, file.pbxs);
  const databaseUrl = lookup.optional(`database.url`, { value: database.url, file: database.urlFile });
  return {
    file: name,
    dataDir: lookup.path(file.dataDir),
    http: file.http,
    secretsKey: secretsKeyOf(lookup, file),
    database: { url: databaseUrl === null ? null : lookup.mysqlUrl('database.url', databaseUrl) },
    zones,
    journal: {
      retentionDays: journal.retentionDays,
      retentionBytes: journal.retentionGb * BYTES_PER_GB,
      maxBytes: journal.maxGb * BYTES_PER_GB,
    },
    pbxs: file.pbxs.map((pbx, i) => pbxConfig(lookup, pbx, `pbxs[${i}]`, zones[0])),
    queueRules: file.queues.map((rule, i) => queueRule(lookup, rule, `queues[${i}]`, zones[0])),
    tenantRules: file.tenants.map((t) => ({
      pbxPattern: t.pbx,
      queuePattern: t.queue,
      tenant: t.tenant,
    })),
    privacy: privacyOf(lookup, file.privacy),
    numberPlans: numberPlansOf(lookup, file.numbers),
    tagNotes: file.tags.from,
    metrics: {
      perAgent: metrics.perAgent,
      token: wrap(
        lookup.optional('metrics.token', {
          value: metrics.token,
          file: metrics.tokenFile,
          env: metrics.tokenEnv,
        }),
      ),
    },
    grafana: grafanaOf(lookup, file.grafana),
    smtp: smtpConfig(lookup, file.smtp),
    schedules: schedulesConfig(lookup, file.schedules),
    simulator: file.simulator,
    log: file.log,
  };
}

function zonesOf(lookup: Lookup, written: readonly string[] | undefined): readonly [string, ...string[]] {
  const [first, ...rest] = written ?? [...new Set([Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC'])];
  if (first === undefined) return ['UTC'];
  [first, ...rest].forEach((zone, i) => lookup.zone(`zones[${i}]`, zone));
  return [first, ...rest];
}

function grafanaOf(lookup: Lookup, { url, verify }: ConfigFile['grafana']): Config['grafana'] {
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
    lookup.problem('grafana.url', 'is no address; write https://grafana.example.org');
  if (verify && url === undefined)
    lookup.problem('grafana.url', 'is needed for grafana.verify: the keys are there');
  return { url: url ?? null, verify };
}

function privacyOf(lookup: Lookup, { tenants, ...general }: ConfigFile['privacy']): Config['privacy'] {
  tenants.forEach(({ tenant }, i) => {
    const first = tenants.findIndex((other) => other.tenant === tenant);
    if (first < i)
      lookup.problem(`privacy.tenants[${i}].tenant`, `"${tenant}" is already privacy.tenants[${first}]`);
  });
  return { general, tenants: new Map(tenants.map(({ tenant, ...rule }) => [tenant, rule])) };
}

/** Short ones could be guessed by who has the database. */
function secretsKeyOf(lookup: Lookup, given: ConfigFile): Secret | null {
  const { secretsKey: value, secretsKeyFile: file, secretsKeyEnv: env } = given;
  const key = lookup.optional('secretsKey', { value, file, env });
  if (key !== null && key !== '' && key.length < MIN_KEY_LENGTH)
    lookup.problem(
      'secretsKey',
      `has fewer than ${MIN_KEY_LENGTH} characters; make one with "openssl rand -hex 32"`,
    );
  return wrap(key);
}

function numberPlansOf(
  lookup: Lookup,
  { countryCode, nationalDigits, tenants }: ConfigFile['numbers'],
): Config['numberPlans'] {
  tenants.forEach(({ tenant }, i) => {
    const first = tenants.findIndex((other) => other.tenant === tenant);
    if (first < i)
      lookup.problem(`numbers.tenants[${i}].tenant`, `"${tenant}" is already numbers.tenants[${first}]`);
  });
  const plans = tenants.map((plan) => ({ ...plan, countryCode: String(plan.countryCode) }));
  if (countryCode !== undefined && nationalDigits !== undefined)
    return [{ tenant: '', countryCode: String(countryCode), nationalDigits }, ...plans];
  if (countryCode !== undefined || nationalDigits !== undefined)
    lookup.problem('numbers', 'needs both countryCode and nationalDigits, or none of them');
  return plans;
}

function checkNames(lookup: Lookup, pbxs: ConfigFile['pbxs']): void {
  pbxs.forEach((pbx, i) => {
    const first = pbxs.findIndex((other) => other.name === pbx.name);
    if (first < i) {
      lookup.problem(
        `pbxs[${i}].name`,
        `"${pbx.name}" is already pbxs[${first}]; give each PBX its own name`,
      );
    }
  });
}

function queueRule(
  lookup: Lookup,
  rule: ConfigFile['queues'][number],
  key: string,
  zone: string,
): QueueSettingRule {
  const { pbx, queue, from, ...settings } = rule;
  return {
    ...settings,
    pbxPattern: pbx,
    queuePattern: queue,
    fromMs: fromMs(lookup, from, `${key}.from`, zone),
  };
}

function fromMs(lookup: Lookup, from: string | undefined, key: string, zone: string): number {
  if (from === undefined) return -Infinity;
  try {
    return from.includes('T')
      ? Temporal.Instant.from(from).epochMilliseconds
      : Temporal.PlainDate.from(from).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    lookup.problem(key, `${JSON.stringify(from)} is no date; write 2026-03-01, or 2026-03-01T06:00:00+01:00`);
    return -Infinity;
  }
}

const wrap = (value: string | null): Secret | null => (value === null ? null : new Secret(value));
