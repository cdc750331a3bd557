import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { DisplayNames } from './display-names.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const { db } = test;
  await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
  await db
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'sales', displayName: 'Продажи' },
      { id: 2, pbxId: 1, tenantId: 1, name: 'plain' },
    ])
    .execute();
  await db
    .insertInto('agent')
    .values({ id: 1, pbxId: 1, tenantId: 1, name: 'PJSIP/101', displayName: 'Dilnoza' })
    .execute();
});
afterAll(() => test.drop());

describe('display names', () => {
  it('are those of the directory once they are read, else the PBX’s own', async () => {
    const names = new DisplayNames();
    expect(names.queue('hq', 'sales')).toBe('sales');
    await names.load(test.db);
    expect([names.queue('hq', 'sales'), names.queue('hq', 'plain'), names.queue('branch', 'sales')]).toEqual([
      'Продажи',
      'plain',
      'sales',
    ]);
    expect(names.agent('hq', 'PJSIP/101')).toBe('Dilnoza');
  });
});
