import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { testDatabase } from '../../test/support/database.js';
import type { TestDatabase } from '../../test/support/database.js';
import { openDatabase } from './database.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';

const names = Object.keys(migrations).sort();

describe('migrate', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase({ empty: true });
  });
  afterAll(() => test.drop());

  it('applies every migration once when three processes start at the same time', async () => {
    const others = await Promise.all(
      [1, 2].map(() => openDatabase(test.address, { logger: pino({ level: 'silent' }) })),
    );
    const applied = await Promise.all([test.db, ...others].map((db) => migrate(db)));
    expect(applied.flat().sort()).toEqual(names);
    expect(applied.filter((list) => list.length > 0)).toHaveLength(1);
    await Promise.all(others.map((db) => db.destroy()));
  });

  it('has nothing left to do the second time', async () => {
    expect(await migrate(test.db)).toEqual([]);
  });

  it('can repeat every step, so that a run that broke in the middle goes on', async () => {
    await sql`delete from kysely_migration`.execute(test.db);
    expect(await migrate(test.db)).toEqual(names);
    expect(await test.db.selectFrom('tenant').selectAll().execute()).toEqual([{ id: 1, name: 'default' }]);
  });
});
