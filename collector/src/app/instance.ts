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
import { siteSecret } from '../directory/site-secret.js';
import { TenantStore } from '../directory/tenants.js';
import type { FactSettings } from '../facts/write-events.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import { openDatabase } from '../storage/database.js';
import { startEmbedded } from '../storage/embedded.js';
import { migrate } from '../storage/migrate.js';
import type { Database } from '../storage/schema.js';
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
export async function openInstance(config: Config, logger: Logger, signal: AbortSignal): Promise<Instance> {
  const url = config.database.url?.reveal();
  const server =
    url === undefined ? await startEmbedded({ dataDir: config.dataDir, logger, signal }) : undefined;
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
    await new TenantStore(db).syncFileRules(config.tenantRules);
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
  const byName = new Map(config.pbxs.map((pbx) => [pbx.name, pbx]));
  return {
    wrapUpSeconds: (pbx, queue, atMs) => settings.at(pbx, queue, atMs).wrapUpSeconds,
    direction: (pbx, leg) => callDirection(byName.get(pbx)?.directions ?? [], leg),
    isTag: (note) => config.tagNotes.includes(note),
  };
}

/** The secret is made for who asks for hashes only. */
async function maskingOf({ dataDir, privacy }: Pick<Config, 'dataDir' | 'privacy'>): Promise<Masking> {
  const rules = [privacy.general, ...privacy.tenants.values()];
  const hashes = rules.some((rule) => Object.values(rule).includes('hash'));
  return new Masking(privacy, hashes ? await siteSecret(dataDir) : null);
}

/** Zone of a PBX's call records; UTC where none are configured. */
export const cdrZoneOf = (pbx: PbxConfig | undefined): string => pbx?.cdr?.zone ?? 'UTC';
