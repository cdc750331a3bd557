/** What tests get as tables is what users get. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { migrate } from '../../src/storage/migrate.js';
import type { Database } from '../../src/storage/schema.js';
import { type TestDatabase, testDatabase } from './database.js';

let copied: TestDatabase;
let migrated: TestDatabase;
beforeAll(async () => {
  copied = await testDatabase();
  migrated = await testDatabase({ empty: true });
  await migrate(migrated.db);
});
afterAll(async () => {
  await copied.drop();
  await migrated.drop();
});

it('a copy of the tables has the columns, keys, views and rows that migrations make', async () => {
  const made = await contents(migrated.db);
  expect(made.columns.length).toBeGreaterThan(500);
  expect(made.views.length).toBeGreaterThan(5);
  expect(await contents(copied.db)).toEqual(made);
  expect(await migrate(copied.db)).toEqual([]);
});

async function contents(
  db: Kysely<Database>,
): Promise<Record<'columns' | 'keys' | 'views' | 'rows', unknown[]>> {
  const described = async (table: string, key: string, what: string): Promise<unknown[]> => {
    const { rows } = await sql
      .raw(`select ${what} from information_schema.${table} where ${key} = database() order by ${what}`)
      .execute(db);
    return rows;
  };
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const rows = await Promise.all(
    tables
      .filter(({ isView }) => !isView)
      .map(async ({ name }) => [
        name,
        (await sql`select count(*) as n from ${sql.table(name)}`.execute(db)).rows,
      ]),
  );
  return {
    columns: await described(
      'columns',
      'table_schema',
      'table_name, ordinal_position, column_name, column_type, is_nullable, column_default, collation_name, extra',
    ),
    keys: await described(
      'statistics',
      'table_schema',
      'table_name, index_name, seq_in_index, column_name, non_unique, sub_part',
    ),
    views: await described(
      'views',
      'table_schema',
      "table_name, replace(view_definition, database(), ''), security_type",
    ),
    rows,
  };
}
