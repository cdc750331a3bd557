/**
 * Connections kept in the database.
 *
 * In: entries. Out: the same, as configurations. What must hold: secrets are stored sealed only; one that cannot be read, or is
 * no longer valid, is told with its reason and never keeps the collector from starting.
 */
import { Ajv } from 'ajv';
import type { Kysely } from 'kysely';
import type { PbxConfig } from '../config/config.js';
import { ConfigFile } from '../config/schema.js';
import type { Database } from '../storage/schema.js';
import { apart, configOfEntry, together, type PbxEntry } from './entry.js';
import type { SecretBox } from './secret-box.js';

export interface StoredConnection {
  name: string;
  /** As users wrote it, without secrets. */
  settings: PbxEntry;
  /** Null: it cannot be used, see `trouble`. */
  config: PbxConfig | null;
  /** Why it cannot be used; empty: it can. */
  trouble: string;
}

const isEntry = new Ajv({ useDefaults: true }).compile<PbxEntry>(ConfigFile.properties.pbxs.items);

export class ConnectionStore {
  readonly #db: Kysely<Database>;
  readonly #box: SecretBox;
  readonly #zone: string;

  /** @param zone of dates in names of recordings where a connection names none */
  constructor(db: Kysely<Database>, box: SecretBox, zone: string) {
    this.#db = db;
    this.#box = box;
    this.#zone = zone;
  }

  async all(): Promise<StoredConnection[]> {
    const rows = await this.#db.selectFrom('pbxConnection').selectAll().orderBy('name').execute();
    return rows.flatMap(({ name, settings: text, secrets }) => {
      const settings: unknown = JSON.parse(text);
      return isEntry(settings) ? [this.#read(name, settings, secrets)] : [];
    });
  }

  /** When each was changed last. */
  async versions(): Promise<Map<string, number>> {
    const rows = await this.#db.selectFrom('pbxConnection').select(['name', 'changedAt']).execute();
    return new Map(rows.map(({ name, changedAt }) => [name, changedAt]));
  }

  /** With its secrets; adds it or replaces the one of this name. */
  async save(entry: PbxEntry, nowMs: number): Promise<void> {
    const { settings, secrets } = apart(entry);
    const row = {
      name: entry.name,
      settings: JSON.stringify(settings),
      secrets: this.#box.seal(entry.name, secrets),
      changedAt: nowMs,
    };
    await this.#db.insertInto('pbxConnection').values(row).onDuplicateKeyUpdate(row).execute();
  }

  async remove(name: string): Promise<void> {
    await this.#db.deleteFrom('pbxConnection').where('name', '=', name).execute();
  }

  #read(name: string, settings: PbxEntry, sealed: string): StoredConnection {
    try {
      const entry = together(settings, this.#box.open(name, sealed));
      return { name, settings, config: configOfEntry(entry, this.#zone), trouble: '' };
    } catch (error) {
      return {
        name,
        settings,
        config: null,
        trouble: error instanceof Error ? error.message : String(error),
      };
    }
  }
}
