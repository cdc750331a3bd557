/**
 * The collector's ground: configuration, log and database, as every command needs them.
 *
 * Lifecycle: `openInstance` once, `close` once, also after an error.
 */
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { callDirection } from '../config/call-direction.js';
import type { Config, PbxConfig } from '../config/config.js';
import { type QueueSettings, queueSettings } from '../config/queue-settings.js';
import { Masking } from '../directory/masking.js';
import { syncNumberPlans } from '../directory/number-plans.js';
import { siteSecret } from '../directory/site-secret.js';
import { TenantStore } from '../directory/tenants.js';
import type { FactSettings } from '../facts/write-events.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import { openDatabase } from '../storage/database.js';
import { startEmbedded } from '../storage/embedded.js';
import { migrate } from '../storage/migrate.js';
import type { Database } from '../storage/schema.js';
import { ConnectionStore } from '../connections/connection-store.js';
import { SecretBox } from '../connections/secret-box.js';
import { ScheduleSecrets } from '../schedules/schedule-secrets.js';
import { syncZones } from '../rollups/rebuild.js';

export interface Instance {
  config: Config;
  logger: Logger;
  db: Kysely<Database>;
  /** Where `db` is, for threads with connections of their own. */
  databaseAddress: string | DatabaseAddress;
  queueSettings: QueueSettings;
  factSettings: FactSettings;
  masking: Masking;
  close(): Promise<void>;
}

/** @throws DatabaseUnusableError with what is wrong and the fix */
export async function openInstance(given: Config, logger: Logger, signal: AbortSignal): Promise<Instance> {
  const url = given.database.url?.reveal();
  const server =
    url === undefined ? await startEmbedded({ dataDir: given.dataDir, logger, signal }) : undefined;
  let db: Kysely<Database> | undefined;
  const close = async (): Promise<void> => {
    await db?.destroy();
    await server?.stop();
  };
  try {
    const databaseAddress = url ?? server?.address ?? '';
    db = await openDatabase(databaseAddress, { logger });
    const applied = await migrate(db);
    if (applied.length)
      logger.info({ migrations: applied.length }, 'the database has the tables of this version');
    const config = await withConnections(given, db, logger);
    await new TenantStore(db).syncFileRules(config.tenantRules);
    await syncNumberPlans(db, config.numberPlans);
    await syncZones(db, config.zones);
    const settings = queueSettings(config.queueRules);
    return {
      config,
      logger,
      db,
      databaseAddress,
      queueSettings: settings,
      factSettings: factSettings(config, settings),
      masking: await maskingOf(config),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function factSettings(
  config: Pick<Config, 'pbxs' | 'tagNotes'>,
  settings: QueueSettings,
): FactSettings {
  return {
    wrapUpSeconds: (pbx, queue, atMs) => settings.at(pbx, queue, atMs).wrapUpSeconds,
    direction: directionOf((name) => config.pbxs.find((pbx) => pbx.name === name)),
    isTag: (note) => config.tagNotes.includes(note),
  };
}

/** The secret is made for who asks for hashes only. */
async function maskingOf({ dataDir, privacy }: Pick<Config, 'dataDir' | 'privacy'>): Promise<Masking> {
  const rules = [privacy.general, ...privacy.tenants.values()];
  const hashes = rules.some((rule) => Object.values(rule).includes('hash'));
  return new Masking(privacy, hashes ? await siteSecret(dataDir) : null);
}

/** Which way a call went, by the rules of its PBX as they are when it is asked. */
export const directionOf =
  (pbxOf: (name: string) => PbxConfig | undefined): FactSettings['direction'] =>
  (pbx, leg) =>
    callDirection(pbxOf(pbx)?.directions ?? [], leg);

/** The key of the secrets users gave; without one in the configuration it is made at the first call. */
const secretsKeyOf = async ({
  secretsKey,
  dataDir,
}: Pick<Config, 'secretsKey' | 'dataDir'>): Promise<string> =>
  secretsKey?.reveal() ?? siteSecret(dataDir, 'connections-key');

/** Connections users added. */
export const connectionStore = async (
  config: Pick<Config, 'secretsKey' | 'dataDir' | 'zones'>,
  db: Kysely<Database>,
): Promise<ConnectionStore> =>
  new ConnectionStore(db, new SecretBox(await secretsKeyOf(config)), config.zones[0]);

/** Secrets of schedules; those an earlier version stored in the clear are sealed. */
export async function scheduleSecrets(
  config: Pick<Config, 'secretsKey' | 'dataDir'>,
  db: Kysely<Database>,
): Promise<ScheduleSecrets> {
  const secrets = new ScheduleSecrets(db, new SecretBox(await secretsKeyOf(config), 'schedules'));
  await secrets.sealStored();
  return secrets;
}

/** The configuration with the PBXs users added; what cannot be used of them is said and left out. */
async function withConnections(config: Config, db: Kysely<Database>, logger: Logger): Promise<Config> {
  const any = await db.selectFrom('pbxConnection').select('name').limit(1).executeTakeFirst();
  if (any === undefined) return config;
  const names = new Set(config.pbxs.map(({ name }) => name));
  const pbxs = [...config.pbxs];
  for (const { name, config: added, trouble } of await (await connectionStore(config, db)).all()) {
    if (added === null) logger.error({ pbx: name }, `the connection "${name}" is not used: ${trouble}`);
    else if (names.has(name))
      logger.warn({ pbx: name }, `"${name}" is in the configuration file and was added: the file counts`);
    else pbxs.push(added);
  }
  return { ...config, pbxs };
}

/** Zone of a PBX's call records; UTC where none are configured. */
export const cdrZoneOf = (pbx: PbxConfig | undefined): string => pbx?.cdr?.zone ?? 'UTC';
