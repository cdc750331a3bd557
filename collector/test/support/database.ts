/**
 * A fresh, migrated database for a test suite, on the run's private MariaDB (or on QUEUESCOPE_TEST_DATABASE_URL).
 *
 * @example
 * let test: TestDatabase;
 * beforeAll(async () => { test = await testDatabase(); });
 * afterAll(() => test.drop());
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { parseDatabaseUrl } from '../../src/storage/database-address.js';
import type { DatabaseAddress } from '../../src/storage/database-address.js';
import { openDatabase } from '../../src/storage/database.js';
import { migrate } from '../../src/storage/migrate.js';
import type { Database } from '../../src/storage/schema.js';

export interface TestDatabase {
  db: Kysely<Database>;
  /** To open the same database once more. */
  address: DatabaseAddress;
  /** Drops it and closes `db`. */
  drop(): Promise<void>;
}

/** @param empty true: without tables */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const database = `queuescope_test_${randomBytes(6).toString('hex')}`;
  const address = { ...server, database };
  const db = await openDatabase(address, { logger: pino({ level: 'warn' }) });
  if (!empty) await migrate(db);
  return {
    db,
    address,
    drop: async () => {
      await sql.raw(`drop database ${database}`).execute(db);
      await db.destroy();
    },
  };
}

/** Where the run's database server is; starts it when it is the first to ask. */
export async function testServer(): Promise<DatabaseAddress> {
  const url = process.env['QUEUESCOPE_TEST_DATABASE_URL'];
  if (url) return parseDatabaseUrl(url);
  const path = process.env['QUEUESCOPE_TEST_DATABASE_REQUESTS'];
  if (!path) throw new Error('test/support/database-server.mjs is not Jest’s globalSetup');
  const answer: unknown = JSON.parse(await text(connect(path)));
  return addressIn(answer);
}

function addressIn(answer: unknown): DatabaseAddress {
  if (typeof answer === 'object' && answer !== null && 'address' in answer) {
    const { address } = answer;
    if (typeof address === 'object' && address !== null && 'socketPath' in address) {
      return { user: 'root', database: 'queuescope', socketPath: String(address.socketPath) };
    }
  }
  throw new Error(`The tests' database server did not start: ${JSON.stringify(answer)}`);
}
