/**
 * API tokens: who may call the API, as which tenant, in which role.
 *
 * In: the `token` table. Out: tokens made, listed, revoked, and a token's `Identity`. What must hold: only the
 * SHA-256 of a token is stored and a token is shown once, when it is made; a token is found by its hash, so comparing
 * takes the same time whatever is sent; a revoked token stops working at once in this process, within
 * `FRESH_MS` in others.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import type { MaskMode } from './masking.js';
import type { User } from './user.js';

/** Each role may do what the ones before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const atLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** The tenant every site has; its admins also look after the others. */
export const DEFAULT_TENANT = 'default';

/** Who a request comes from. */
export interface Identity {
  tokenId: number;
  /** What the token is for. */
  tokenName: string;
  /** Of the token; with a user the lower of his and the token's. */
  role: Role;
  tenantId: number;
  tenant: string;
  /** The token may say for which user it asks. */
  actsForUsers: boolean;
  /** For whom it asks; null: for itself. */
  user: User | null;
  /** How callers' numbers are shown to it; not known yet: as by default to its role. */
  numbers?: MaskMode;
}

export interface TokenInfo {
  id: number;
  name: string;
  role: Role;
  tenant: string;
  /** It may say for which user it asks (`X-Grafana-Context`). */
  actsForUsers: boolean;
  /** UTC ms. */
  createdAt: number;
  /** To the minute. */
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface NewToken {
  name: string;
  role: Role;
  tenant: string;
  /** Default false. */
  actsForUsers?: boolean;
}

/** The tenant does not exist. */
export class UnknownTenantError extends Error {
  override name = 'UnknownTenantError';
}

/** The token given cannot be taken; the message never shows it. */
export class TokenRefusedError extends Error {
  override name = 'TokenRefusedError';
}

/** 256 random bits. */
const TOKEN = /^qs_[A-Za-z0-9_-]{43}$/;
/** How long an identity is used without asking the database again. */
const FRESH_MS = 2_000;
/** How long one is used while the database does not answer: wallboards outlive its outages. */
const OUTAGE_MS = 60 * 60_000;
const TOUCH_MS = 60_000;

interface Seen {
  identity: Identity;
  checkedAt: number;
}

export class TokenStore {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;
  /** By hash; holds valid tokens only, so what strangers send does not fill it. */
  readonly #seen = new Map<string, Seen>();
  readonly #touchedAt = new Map<number, number>();

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * @returns the token (this once) and its row.
   * @throws UnknownTenantError
   */
  async create({
    name,
    role,
    tenant,
    actsForUsers = false,
  }: NewToken): Promise<{ token: string; info: TokenInfo }> {
    const owner = await this.#tenant(tenant);
    const { token, hash } = newToken();
    const createdAt = this.#now();
    const { insertId } = await this.#db
      .insertInto('token')
      .values({ name, hash, role, tenantId: owner.id, actsForUsers: Number(actsForUsers), createdAt })
      .executeTakeFirstOrThrow();
    const info = {
      ...{ id: Number(insertId), name, role, tenant, actsForUsers },
      ...{ createdAt, lastUsedAt: null, revokedAt: null },
    };
    return { token, info };
  }

  /**
   * Takes a token that was made elsewhere (a secret shared with Grafana by the environment), as often as it is given: the
   * last time says name, role and tenant.
   *
   * @throws UnknownTenantError; TokenRefusedError when it has another form than ours, or was revoked
   */
  async accept(token: string, { name, role, tenant, actsForUsers = false }: NewToken): Promise<void> {
    if (!TOKEN.test(token))
      throw new TokenRefusedError('the token is not "qs_" and 43 letters, digits, "_" or "-"');
    const { id: tenantId } = await this.#tenant(tenant);
    const hash = hashOf(token);
    const values = { name, role, tenantId, actsForUsers: Number(actsForUsers) };
    await this.#db
      .insertInto('token')
      .values({ ...values, hash, createdAt: this.#now() })
      .onDuplicateKeyUpdate(values)
      .execute();
    const { revokedAt } = await this.#db
      .selectFrom('token')
      .select('revokedAt')
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
    if (revokedAt !== null)
      throw new TokenRefusedError('the token was revoked, and stays so: make another one');
  }

  /** Tokens of one tenant, or of all (null), newest first; revoked ones too. */
  async list(tenantId: number | null): Promise<TokenInfo[]> {
    const rows = this.#db
      .selectFrom('token')
      .innerJoin('tenant', 'tenant.id', 'token.tenantId')
      .select([
        'token.id',
        'token.name',
        'token.role',
        'tenant.name as tenant',
        'token.actsForUsers',
        'token.createdAt',
        'token.lastUsedAt',
        'token.revokedAt',
      ])
      .orderBy('token.id', 'desc');
    const found = await (tenantId === null ? rows : rows.where('token.tenantId', '=', tenantId)).execute();
    return found.map(({ actsForUsers, ...token }) => ({ ...token, actsForUsers: actsForUsers === 1 }));
  }

  /**
   * @param tenantId the tenant it must belong to; null: any.
   * @returns false when there is no such token; revoking twice is no error.
   */
  async revoke(id: number, tenantId: number | null): Promise<boolean> {
    let found = this.#db.selectFrom('token').select(['hash', 'revokedAt']).where('id', '=', id);
    if (tenantId !== null) found = found.where('tenantId', '=', tenantId);
    const row = await found.executeTakeFirst();
    if (row === undefined) return false;
    if (row.revokedAt === null) {
      await this.#db.updateTable('token').set({ revokedAt: this.#now() }).where('id', '=', id).execute();
    }
    this.#seen.delete(row.hash);
    return true;
  }

  /**
   * @returns whose token it is; null when it is none of ours or revoked.
   * @throws the database's error, when it does not answer and the token was not seen in the last hour.
   */
  async authenticate(token: string): Promise<Identity | null> {
    if (!TOKEN.test(token)) return null;
    const hash = hashOf(token);
    const now = this.#now();
    const seen = this.#seen.get(hash);
    if (seen !== undefined && now - seen.checkedAt < FRESH_MS) return seen.identity;
    let identity: Identity | null;
    try {
      identity = await this.#find(hash);
    } catch (error) {
      if (seen !== undefined && now - seen.checkedAt < OUTAGE_MS) return seen.identity;
      throw error;
    }
    if (identity === null) {
      this.#seen.delete(hash);
      return null;
    }
    this.#seen.set(hash, { identity, checkedAt: now });
    await this.#touch(identity.tokenId, now);
    return identity;
  }

  /**
   * At the first start: an admin token of the default tenant.
   *
   * @returns it, to be shown once; null when there has ever been a token.
   */
  async ensureFirst(): Promise<string | null> {
    return this.#db.transaction().execute(async (transaction) => {
      // Two collectors starting at once: the second waits here and then finds the first one's token.
      const tenant = await transaction
        .selectFrom('tenant')
        .select('id')
        .where('name', '=', DEFAULT_TENANT)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const any = await transaction.selectFrom('token').select('id').limit(1).executeTakeFirst();
      if (any !== undefined) return null;
      const { token, hash } = newToken();
      const row = {
        name: 'first admin',
        hash,
        role: 'admin' as const,
        tenantId: tenant.id,
        createdAt: this.#now(),
      };
      await transaction.insertInto('token').values(row).execute();
      return token;
    });
  }

  async #tenant(name: string): Promise<{ id: number }> {
    const found = await this.#db
      .selectFrom('tenant')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirst();
    if (found === undefined) throw new UnknownTenantError(`there is no tenant "${name}"`);
    return found;
  }

  async #find(hash: string): Promise<Identity | null> {
    const row = await this.#db
      .selectFrom('token')
      .innerJoin('tenant', 'tenant.id', 'token.tenantId')
      .select([
        'token.id as tokenId',
        'token.name as tokenName',
        'token.role',
        'token.tenantId',
        'tenant.name as tenant',
        'token.actsForUsers',
      ])
      .where('token.hash', '=', hash)
      .where('token.revokedAt', 'is', null)
      .executeTakeFirst();
    return row === undefined ? null : { ...row, actsForUsers: row.actsForUsers === 1, user: null };
  }

  async #touch(id: number, now: number): Promise<void> {
    if (now - (this.#touchedAt.get(id) ?? -Infinity) < TOUCH_MS) return;
    this.#touchedAt.set(id, now);
    try {
      await this.#db.updateTable('token').set({ lastUsedAt: now }).where('id', '=', id).execute();
    } catch {
      // Only a note for admins: a request that may go on does not fail because of it.
    }
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

function newToken(): { token: string; hash: string } {
  const token = `qs_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashOf(token) };
}
