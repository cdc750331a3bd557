/**
 * The tables of this version, made once for a run of tests and then copied: 72 migrations for each suite would be most
 * of what a small suite does.
 *
 * In: the server. Out: the statements that make the same tables, views and rows in the database in use. What must hold:
 * a copy is what `migrate` makes (database-template.test.ts).
 */
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { pino } from 'pino';
import { connectionOptions } from '../../src/storage/connection-options.js';
import type { DatabaseAddress } from '../../src/storage/database-address.js';
import { openDatabase } from '../../src/storage/database.js';
import { migrate } from '../../src/storage/migrate.js';

const TEMPLATE = 'queuescope_template';

/** Makes the template on the server and reads it. @returns statements separated by `;`, for one query of several */
export async function makeTemplate(server: DatabaseAddress): Promise<string> {
  const address = { ...server, database: TEMPLATE };
  const db = await openDatabase(address, { logger: pino({ level: 'warn' }) });
  await migrate(db);
  await db.destroy();
  const connection = await mysql.createConnection({ ...connectionOptions(address), database: TEMPLATE });
  try {
    return await statementsOf(connection);
  } finally {
    await connection.end();
  }
}

async function statementsOf(connection: mysql.Connection): Promise<string> {
  const query = async (text: string): Promise<RowDataPacket[]> =>
    (await connection.query<RowDataPacket[]>(text))[0];
  const found = await query('show full tables');
  const named = (type: string): string[] =>
    found.filter((row) => row['Table_type'] === type).map((row) => String(row[`Tables_in_${TEMPLATE}`]));

  const statements: string[] = [];
  for (const table of named('BASE TABLE')) {
    statements.push(String((await query(`show create table ${table}`))[0]?.['Create Table']));
    if ((await query(`select 1 from ${table} limit 1`)).length > 0)
      statements.push(`insert into ${table} select * from ${TEMPLATE}.${table}`);
  }
  for (const view of named('VIEW')) {
    const text = String((await query(`show create view ${view}`))[0]?.['Create View']);
    statements.push(text.replaceAll(`\`${TEMPLATE}\`.`, ''));
  }
  return statements.join(';\n');
}
