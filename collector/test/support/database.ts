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
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import { connectionOptions } from '../../src/storage/connection-options.js';
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

interface TestServer {
  address: DatabaseAddress;
  /** What makes the tables (database-template.ts); undefined on a server that is not the run's own. */
  template: string | undefined;
}

/** @param empty true: without tables */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { address: server, template } = await testServer();
  const database = `queuescope_test_${randomBytes(6).toString('hex')}`;
  const address = { ...server, database };
  const db = await openDatabase(address, { logger: pino({ level: 'warn' }) });
  if (!empty) await (template === undefined ? migrate(db) : makeTables(address, template));
  return {
    db,
    address,
    drop: async () => {
      await sql.raw(`drop database ${database}`).execute(db);
      await db.destroy();
    },
  };
}

async function makeTables(address: DatabaseAddress, template: string): Promise<void> {
  const { database } = address;
  const options = { ...connectionOptions(address), database, multipleStatements: true };
  const connection = await mysql.createConnection(options);
  await connection.query(template);
  await connection.end();
}

/** The run's database server; starts it when this is the first to ask. */
async function testServer(): Promise<TestServer> {
  const url = process.env['QUEUESCOPE_TEST_DATABASE_URL'];
  if (url) return { address: parseDatabaseUrl(url), template: undefined };
  const path = process.env['QUEUESCOPE_TEST_DATABASE_REQUESTS'];
  if (!path) throw new Error('test/support/database-server.mjs is not Jest’s globalSetup');
  const answer: unknown = JSON.parse(await text(connect(path)));
  return serverIn(answer);
}

function serverIn(answer: unknown): TestServer {
  if (typeof answer === 'object' && answer !== null && 'address' in answer && 'template' in answer) {
    const { address, template } = answer;
    if (typeof address === 'object' && address !== null && 'socketPath' in address) {
      const socketPath = String(address.socketPath);
      return { address: { user: 'root', database: 'queuescope', socketPath }, template: String(template) };
    }
  }
  throw new Error(`The tests' database server did not start: ${JSON.stringify(answer)}`);
}
