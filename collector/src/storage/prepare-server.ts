/**
 * The first look at a database server: reachable, new enough, the database there. Every failure becomes one message
 * that names the thing and the fix.
 */
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';
import type { Logger } from 'pino';
import { connectionOptions } from './connection-options.js';
import { DatabaseUnusableError, describeAddress, describeServer } from './database-address.js';
import type { DatabaseAddress } from './database-address.js';

/** @throws DatabaseUnusableError */
export async function prepareServer(address: DatabaseAddress, logger: Logger): Promise<void> {
  try {
    await withConnection(address, address.database, checkVersion);
  } catch (error) {
    if (codeOf(error) !== 'ER_BAD_DB_ERROR') throw explained(error, address);
    await createDatabase(address, logger);
  }
}

async function createDatabase(address: DatabaseAddress, logger: Logger): Promise<void> {
  try {
    await withConnection(address, undefined, async (connection) => {
      await checkVersion(connection);
      const name = mysql.escapeId(address.database, true);
      await connection.query(
        `create database if not exists ${name} character set utf8mb4 collate utf8mb4_bin`,
      );
    });
    logger.info(`Created database ${describeAddress(address)}`);
  } catch (error) {
    throw explained(error, address);
  }
}

async function withConnection(
  address: DatabaseAddress,
  database: string | undefined,
  use: (connection: mysql.Connection) => Promise<void>,
): Promise<void> {
  const connection = await mysql.createConnection({
    ...connectionOptions(address),
    ...(database === undefined ? {} : { database }),
  });
  try {
    await use(connection);
  } finally {
    connection.destroy();
  }
}

async function checkVersion(connection: mysql.Connection): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('select version() as version');
  const version = String(rows[0]?.['version']);
  const problem = versionProblem(version);
  if (problem) throw new DatabaseUnusableError(problem);
}

/** What is wrong with a server that says this about itself in `version()`; undefined when it is new enough. */
export function versionProblem(version: string): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  const mariaDb = /mariadb/i.test(version);
  const [needMajor, needMinor] = mariaDb ? [10, 11] : [8, 0];
  if (major !== undefined && minor !== undefined) {
    if (major > needMajor || (major === needMajor && minor >= needMinor)) return undefined;
  }
  return (
    `The database server is too old: it is ${mariaDb ? 'MariaDB' : 'MySQL'} ${version}. ` +
    `Queuescope needs MariaDB 10.11 or MySQL 8.0, or newer: upgrade the server or configure another one`
  );
}

function explained(error: unknown, address: DatabaseAddress): DatabaseUnusableError {
  if (error instanceof DatabaseUnusableError) return error;
  return new DatabaseUnusableError(explanation(error, address), { cause: error });
}

function explanation(error: unknown, address: DatabaseAddress): string {
  const server = describeServer(address);
  const text =
    error instanceof Error && error.message !== '' ? error.message : (codeOf(error) ?? String(error));
  switch (codeOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The database server's name "${address.host}" cannot be resolved: check the host in the database URL`;
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `No database server answers at ${server}: start it, or check the address in the database URL`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ECONNRESET':
    case 'PROTOCOL_CONNECTION_LOST':
      return `The database server at ${server} cannot be reached (${text}): check the network, firewall and address`;
    case 'EACCES':
      return `The socket ${server} may not be opened by this user: check its folder's permissions`;
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR':
      return (
        `The database server at ${server} refuses user "${address.user}" ` +
        `${address.password === undefined ? '(no password given)' : '(with the given password)'}: ` +
        `check user and password in the database URL`
      );
    case 'ER_DBACCESS_DENIED_ERROR':
      return (
        `User "${address.user}" may not use, or create, the database "${address.database}" at ${server}. ` +
        `As an administrator run: CREATE DATABASE IF NOT EXISTS \`${address.database}\` CHARACTER SET utf8mb4 COLLATE ` +
        `utf8mb4_bin; GRANT ALL ON \`${address.database}\`.* TO '${address.user}'@'%'`
      );
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return `The database server at ${server} does not offer TLS: remove "tls" from the database URL or set TLS up there`;
    case 'HANDSHAKE_SSL_ERROR':
      return `TLS with the database server at ${server} failed (${text}): check its certificate`;
    case 'ER_CON_COUNT_ERROR':
      return `The database server at ${server} has no connection left: raise its max_connections`;
    default:
      return `The database ${describeAddress(address)} cannot be used: ${text}`;
  }
}

function codeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
