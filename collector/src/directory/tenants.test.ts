import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { TenantStore } from './tenants.js';

let database: TestDatabase;
let tenants: TenantStore;
beforeAll(async () => {
  database = await testDatabase();
  tenants = new TenantStore(database.db);
});
afterAll(() => database.drop());

test('a tenant is made once', async () => {
  expect(await tenants.list()).toEqual([{ id: 1, name: 'default' }]);
  const made = await tenants.create('acme');
  expect(made).toMatchObject({ name: 'acme' });
  expect(await tenants.create('acme')).toBeNull();
  expect(await tenants.list()).toEqual([{ id: 1, name: 'default' }, made]);
});

test('rules of the file come first and follow the file; rules of the API stay behind them', async () => {
  expect(await tenants.addRule({ pbxPattern: '*', queuePattern: '*', tenant: 'nobody' })).toBeNull();
  const last = await tenants.addRule({ pbxPattern: '*', queuePattern: 'a-*', tenant: 'acme' });
  await tenants.syncFileRules([
    { pbxPattern: 'hq', queuePattern: 'b-*', tenant: 'beta' },
    { pbxPattern: 'hq', queuePattern: 'c-*', tenant: 'acme' },
  ]);
  const shown = async () => (await tenants.rules()).map((r) => `${r.origin} ${r.queuePattern} ${r.tenant}`);
  expect(await shown()).toEqual(['file b-* beta', 'file c-* acme', 'api a-* acme']);
  await tenants.syncFileRules([{ pbxPattern: 'hq', queuePattern: 'd-*', tenant: 'beta' }]);
  expect(await shown()).toEqual(['file d-* beta', 'api a-* acme']);

  const [file] = await tenants.rules();
  expect(await tenants.removeRule(file?.id ?? 0)).toBe('file');
  expect(await tenants.removeRule(last?.id ?? 0)).toBe('removed');
  expect(await tenants.removeRule(last?.id ?? 0)).toBe('missing');
  expect(await shown()).toEqual(['file d-* beta']);
});
