/**
 * Secrets of webhooks, sealed as those of connections are.
 *
 * In: the key's box, secrets. Out: the column `sealed_secret`. What must hold: whoever has the database alone reads none, and
 * cannot give the secret of one schedule to another.
 */
import type { Kysely } from 'kysely';
import type { SecretBox } from '../connections/secret-box.js';
import type { Database } from '../storage/schema.js';

const nameOf = (scheduleId: number): string => `schedule ${scheduleId}`;

export class ScheduleSecrets {
  readonly #db: Kysely<Database>;
  readonly #box: SecretBox;

  constructor(db: Kysely<Database>, box: SecretBox) {
    this.#db = db;
    this.#box = box;
  }

  /** Stores it; null: there is none any more. @param db with the transaction it belongs to */
  async store(db: Kysely<Database>, scheduleId: number, secret: string | null): Promise<void> {
    const sealedSecret = secret === null ? null : this.#box.seal(nameOf(scheduleId), { webhook: secret });
    await db
      .updateTable('schedule')
      .set({ sealedSecret, webhookSecret: null })
      .where('id', '=', scheduleId)
      .execute();
  }

  /** Null: it has none. @throws UnreadableSecretsError when it was sealed with another key */
  async of(scheduleId: number): Promise<string | null> {
    const row = await this.#db
      .selectFrom('schedule')
      .select('sealedSecret')
      .where('id', '=', scheduleId)
      .executeTakeFirst();
    const sealed = row?.sealedSecret ?? null;
    return sealed === null ? null : (this.#box.open(nameOf(scheduleId), sealed)['webhook'] ?? null);
  }

  /** Seals those that an earlier version stored in the clear. @returns how many */
  async sealStored(): Promise<number> {
    const rows = await this.#db
      .selectFrom('schedule')
      .select(['id', 'webhookSecret'])
      .where('webhookSecret', 'is not', null)
      .execute();
    for (const { id, webhookSecret } of rows) await this.store(this.#db, id, webhookSecret);
    return rows.length;
  }
}
