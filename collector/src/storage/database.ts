/**
 * Opening the database. In: an address. Out: typed queries (Kysely) over one pool of connections.
 *
 * What must hold: works on MariaDB 10.11+ and MySQL 8.0+; every connection speaks UTC, strict mode and
 * `read committed` whatever the server's defaults are; sums come back as numbers, never as strings; integers beyond
 * 2^53 (none of our columns) come as strings instead of being rounded.
 */
import { Kysely, MysqlDialect } from 'kysely';
import mysql from 'mysql2';
import type { Logger } from 'pino';
import { connectionOptions } from './connection-options.js';
import { parseDatabaseUrl } from './database-address.js';
import type { DatabaseAddress } from './database-address.js';
import { naming } from './naming.js';
import { prepareServer } from './prepare-server.js';
import type { Database } from './schema.js';

export interface OpenOptions {
  logger: Logger;
  /** Connections at most; default 10. */
  poolSize?: number;
}

const SESSION = [
  `set time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'`,
  // The name of the variable differs between MariaDB and MySQL, the statement does not.
  'set session transaction isolation level read committed',
];

/**
 * Opens the database; creates it when it is missing and the account may. It has no tables before `migrate`. Close it
 * with `db.destroy()`.
 *
 * @param address a `mysql://` URL (see `parseDatabaseUrl`) or its parts
 * @throws DatabaseUnusableError when the server cannot be reached, refuses the account or is too old, or when the
 * database is missing and may not be created
 */
export async function openDatabase(
  address: string | DatabaseAddress,
  { logger, poolSize = 10 }: OpenOptions,
): Promise<Kysely<Database>> {
  const parts = typeof address === 'string' ? parseDatabaseUrl(address) : address;
  await prepareServer(parts, logger);

  const pool = mysql.createPool({
    ...connectionOptions(parts),
    database: parts.database,
    connectionLimit: poolSize,
  });
  // Commands of a connection run in order: these come first, before the one it was opened for.
  pool.on('connection', (connection) => {
    for (const statement of SESSION) {
      connection.query(statement, (error) => {
        if (!error) return;
        logger.error({ err: error }, 'A database connection could not be set up');
        connection.destroy();
      });
    }
  });
  return new Kysely<Database>({ dialect: new MysqlDialect({ pool }), plugins: [naming] });
}
