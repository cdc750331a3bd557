/**
 * Database accounts for people who write SQL by hand: they may read the views (docs/sql-views.md) and nothing else,
 * and see one tenant's rows or everybody's.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import mysql from 'mysql2';
import type { Database } from './schema.js';

export interface ReadOnlyUser {
  /** 1–32 letters, digits, "_", "-". */
  user: string;
  password: string;
  /** Whose rows it sees; null: every tenant's. */
  tenantId: number | null;
}

/** The account could not be made; the message says why and what to do, never the password. */
export class ReadOnlyUserError extends Error {
  override name = 'ReadOnlyUserError';
}

/**
 * Creates the account, or gives it this password and tenant when it was made here before.
 *
 * @throws ReadOnlyUserError when the name will not do, is somebody else's account, or the database account Queuescope
 * uses may not create users: then the message holds the statements an administrator has to run
 */
export async function ensureReadOnlyUser(
  db: Kysely<Database>,
  { user, password, tenantId }: ReadOnlyUser,
): Promise<void> {
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(user)) {
    throw new ReadOnlyUserError(
      `"${user}" cannot be the name of a read-only user: use 1 to 32 letters, digits, "_", "-"`,
    );
  }
  if (user === (await ownUser(db))) {
    throw new ReadOnlyUserError(
      `"${user}" is the database user Queuescope itself works with: choose another name`,
    );
  }
  const account = `${mysql.escape(user)}@'%'`;
  const grants = await grantStatements(db, account);
  const known = await db
    .selectFrom('viewUser')
    .select('tenantId')
    .where('user', '=', user)
    .executeTakeFirst();
  try {
    await createOrUpdate(db, account, password, known !== undefined);
    for (const grant of grants) await sql.raw(grant).execute(db);
  } catch (error) {
    throw explained(error, user, [`CREATE USER ${account} IDENTIFIED BY '…'`, ...grants]);
  }
  await db.insertInto('viewUser').values({ user, tenantId }).onDuplicateKeyUpdate({ tenantId }).execute();
}

async function ownUser(db: Kysely<Database>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select substring_index(user(), '@', 1) as name`.execute(db);
  return rows[0]?.name;
}

async function grantStatements(db: Kysely<Database>, account: string): Promise<string[]> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as ${sql.id('schema')}, table_name as ${sql.id('name')} from information_schema.views
    where table_schema = database() and table_name like 'v\\_%' order by table_name`.execute(db);
  return rows.map(
    ({ schema, name }) => `GRANT SELECT ON ${mysql.escapeId(schema)}.${mysql.escapeId(name)} TO ${account}`,
  );
}

async function createOrUpdate(
  db: Kysely<Database>,
  account: string,
  password: string,
  ours: boolean,
): Promise<void> {
  const identified = `${account} identified by ${mysql.escape(password)}`;
  try {
    await sql.raw(`create user ${identified}`).execute(db);
  } catch (error) {
    // An account of this name that was not made here may be anybody's: its password is not ours to change.
    if (!ours || errnoOf(error) !== ER_CANNOT_USER) throw error;
    await sql.raw(`alter user ${identified}`).execute(db);
  }
}

const ER_CANNOT_USER = 1396;
/** What servers answer to accounts that may not create users or grant. */
const NOT_ALLOWED = new Set([1044, 1045, 1142, 1227, 1410]);
const ER_NOT_VALID_PASSWORD = 1819;

function explained(error: unknown, user: string, statements: string[]): ReadOnlyUserError {
  const errno = errnoOf(error);
  if (errno === ER_CANNOT_USER) {
    return new ReadOnlyUserError(
      `There is already a database user "${user}" that was not made for this database: choose another name, ` +
        `or remove it (DROP USER '${user}'@'%')`,
    );
  }
  if (errno !== undefined && NOT_ALLOWED.has(errno)) {
    return new ReadOnlyUserError(
      `The read-only user "${user}" was not made, because the account Queuescope uses may not create users. Give it ` +
        `CREATE USER and GRANT OPTION on its database, and try again. What it would have run:\n${statements.join(';\n')}`,
    );
  }
  const reason = error instanceof Error ? error.message : JSON.stringify(error);
  return new ReadOnlyUserError(
    errno === ER_NOT_VALID_PASSWORD
      ? `The database server refuses the password of the read-only user "${user}": ${reason}`
      : `The read-only user "${user}" was not made: ${reason}`,
  );
}

function errnoOf(error: unknown): number | undefined {
  const hasNumber = typeof error === 'object' && error !== null && 'errno' in error;
  return hasNumber && typeof error.errno === 'number' ? error.errno : undefined;
}
