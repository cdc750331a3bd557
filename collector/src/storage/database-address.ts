/**
 * Where the database is: a `mysql://` URL in, the parts of it out. What must hold: nothing here or in the messages
 * ever shows the password.
 */

export interface DatabaseAddress {
  user: string;
  password?: string;
  database: string;
  /** Either a Unix socket … */
  socketPath?: string;
  /** … or host and port. */
  host?: string;
  port?: number;
  /** `verify`: TLS, certificate checked; `insecure`: TLS with any certificate. Without it: no TLS. */
  tls?: 'verify' | 'insecure';
}

/** The database cannot be used; the message names the thing and the fix, never the password. */
export class DatabaseUnusableError extends Error {
  override name = 'DatabaseUnusableError';
}

const EXAMPLE = 'mysql://user:password@127.0.0.1:3306/queuescope';

const wrong = (what: string): DatabaseUnusableError =>
  new DatabaseUnusableError(`Database URL: ${what}. It looks like ${EXAMPLE}`);

/**
 * `mysql://user:password@host:port/database`, `?socket=/path/of/socket` instead of the host, `?tls=verify|insecure`.
 *
 * @throws DatabaseUnusableError naming what is wrong.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  // A URL that cannot be read is not quoted back: it may hold the password anywhere.
  if (!URL.canParse(text)) throw wrong('cannot be read');
  const url = new URL(text);
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') {
    throw wrong(`the scheme is "${url.protocol.slice(0, -1)}", not "mysql"`);
  }
  const database = decode(url.pathname.slice(1), 'database name');
  if (database === '') throw wrong('the database name after the last "/" is missing');
  if (!/^[\p{L}\p{N}_$-]{1,64}$/u.test(database))
    throw wrong('the database name has characters other than letters, digits, "_", "$", "-"');
  const user = decode(url.username, 'user');
  if (user === '') throw wrong('the user before "@" is missing');

  const address: DatabaseAddress = { user, database };
  if (url.password !== '') address.password = decode(url.password, 'password');
  for (const [name, value] of url.searchParams) {
    if (name === 'socket') address.socketPath = value;
    else if (name === 'tls' && (value === 'verify' || value === 'insecure')) address.tls = value;
    else if (name === 'tls') throw wrong(`tls is "${value}", not "verify" or "insecure"`);
    else throw wrong(`"${name}" is unknown (known: socket, tls)`);
  }
  if (address.socketPath === undefined) {
    address.host = url.hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1';
    address.port = url.port === '' ? 3306 : Number(url.port);
  }
  return address;
}

function decode(part: string, what: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong(`the ${what} has a "%" that is not an escape (write "%25" for a percent sign)`);
  }
}

/** `user@host:port/database` for messages and logs. */
export function describeAddress(address: DatabaseAddress): string {
  return `${address.user}@${describeServer(address)}/${address.database}`;
}

/** `host:port` or the socket's path. */
export function describeServer(address: DatabaseAddress): string {
  return address.socketPath ?? `${address.host ?? '127.0.0.1'}:${address.port ?? 3306}`;
}
