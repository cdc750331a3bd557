/** How mysql2 is told to speak to the server; the same for the pool and for single connections. */
import type { ConnectionOptions } from 'mysql2';
import type { DatabaseAddress } from './database-address.js';

export function connectionOptions(address: DatabaseAddress): ConnectionOptions {
  return {
    user: address.user,
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.socketPath === undefined
      ? { host: address.host ?? '127.0.0.1', port: address.port ?? 3306 }
      : { socketPath: address.socketPath }),
    ...(address.tls === undefined ? {} : { ssl: { rejectUnauthorized: address.tls === 'verify' } }),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    supportBigNumbers: true,
    decimalNumbers: true,
    connectTimeout: 10_000,
  };
}
