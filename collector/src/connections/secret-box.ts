/**
 * Secrets of connections and schedules, encrypted at rest: AES-256-GCM.
 *
 * In: a key and secrets. Out: text that says nothing without the key. What must hold: whoever has the database alone reads no
 * secret, and cannot give the secrets of one connection to another (its name is authenticated with them); what is sealed for one purpose opens for no other.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

/** Dotted place in the entry (`ami.secret`) → value. */
export const Secrets = Type.Record(Type.String(), Type.String());
export type Secrets = Static<typeof Secrets>;

/** They were sealed with another key, or changed since. */
export class UnreadableSecretsError extends Error {
  override name = 'UnreadableSecretsError';
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export class SecretBox {
  readonly #key: Buffer;

  /** @param key any text that cannot be guessed */
  constructor(key: string, purpose: 'connections' | 'schedules' = 'connections') {
    this.#key = Buffer.from(hkdfSync('sha256', key, '', `queuescope ${purpose}`, 32));
  }

  /** @param name of what they belong to */
  seal(name: string, secrets: Secrets): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(name));
    const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
  }

  /** @throws UnreadableSecretsError */
  open(name: string, sealed: string): Secrets {
    const [version, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64');
    if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw unreadable(name);
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const body = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return Value.Parse(Secrets, JSON.parse(body.toString('utf8')));
    } catch {
      throw unreadable(name);
    }
  }
}

const unreadable = (name: string): UnreadableSecretsError =>
  new UnreadableSecretsError(
    `the secrets of "${name}" cannot be read with the key there is: put the old key back, or enter them again`,
  );
