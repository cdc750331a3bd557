import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { openDatabase } from '../storage/database.js';
import { pino } from 'pino';
import { TenantStore } from './tenants.js';
import { atLeast, TokenRefusedError, TokenStore, UnknownTenantError } from './tokens.js';

let database: TestDatabase;
let now = 1_000_000;
let tokens: TokenStore;

beforeAll(async () => {
  database = await testDatabase();
  await new TenantStore(database.db).create('acme');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.deleteFrom('token').execute();
  tokens = new TokenStore(database.db, () => now);
});

describe('a token', () => {
  test('is 256 random bits, of which only the SHA-256 is stored', async () => {
    const { token } = await tokens.create({ name: 'Grafana', role: 'viewer', tenant: 'acme' });
    expect(token).toMatch(/^qs_[A-Za-z0-9_-]{43}$/);
    const row = await database.db.selectFrom('token').selectAll().executeTakeFirstOrThrow();
    expect(row.hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('says whose it is', async () => {
    const { token, info } = await tokens.create({ name: 'Grafana', role: 'editor', tenant: 'acme' });
    const identity = await tokens.authenticate(token);
    expect(identity).toMatchObject({ tokenId: info.id, role: 'editor', tenant: 'acme' });
    expect(identity?.tenantId).toBeGreaterThan(1);
  });

  test('nobody made is nobody', async () => {
    const { token } = await tokens.create({ name: 'a', role: 'viewer', tenant: 'default' });
    const wrong = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const sent of [
      wrong,
      token.toUpperCase(),
      '',
      'qs_',
      "qs_' or 1=1 --",
      `${token} `,
      'x'.repeat(10_000),
    ]) {
      expect(await tokens.authenticate(sent)).toBeNull();
    }
  });

  test('needs a tenant that exists', async () => {
    await expect(tokens.create({ name: 'a', role: 'viewer', tenant: 'nobody' })).rejects.toThrow(
      UnknownTenantError,
    );
  });

  test('remembers to the minute when it was used', async () => {
    const { token } = await tokens.create({ name: 'a', role: 'viewer', tenant: 'default' });
    const lastUsed = async () => (await tokens.list(null))[0]?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    const first = now;
    await tokens.authenticate(token);
    now += 30_000;
    await tokens.authenticate(token);
    expect(await lastUsed()).toBe(first);
    now += 31_000;
    await tokens.authenticate(token);
    expect(await lastUsed()).toBe(now);
  });

  test('revoked stops working here at once, in another process within two seconds', async () => {
    const other = new TokenStore(database.db, () => now);
    const { token, info } = await tokens.create({ name: 'a', role: 'viewer', tenant: 'default' });
    expect(await tokens.authenticate(token)).not.toBeNull();
    expect(await other.authenticate(token)).not.toBeNull();
    expect(await tokens.revoke(info.id, null)).toBe(true);
    expect(await tokens.revoke(info.id, null)).toBe(true);
    expect(await tokens.authenticate(token)).toBeNull();
    now += 2_001;
    expect(await other.authenticate(token)).toBeNull();
  });

  test('of another tenant is neither listed nor revoked', async () => {
    const { info, token } = await tokens.create({ name: 'a', role: 'admin', tenant: 'default' });
    await tokens.create({ name: 'b', role: 'admin', tenant: 'acme' });
    const acme = (await new TenantStore(database.db).list()).find((t) => t.name === 'acme')?.id ?? 0;
    expect((await tokens.list(acme)).map((t) => t.name)).toEqual(['b']);
    expect(await tokens.revoke(info.id, acme)).toBe(false);
    expect(await tokens.authenticate(token)).not.toBeNull();
  });

  test('seen before works through an outage of the database, for an hour', async () => {
    const gone = await openDatabase(database.address, { logger: pino({ level: 'silent' }) });
    const store = new TokenStore(gone, () => now);
    const { token } = await store.create({ name: 'wallboard', role: 'viewer', tenant: 'default' });
    const stranger = await tokens.create({ name: 'other', role: 'viewer', tenant: 'default' });
    expect(await store.authenticate(token)).not.toBeNull();
    await gone.destroy();
    now += 10_000;
    expect(await store.authenticate(token)).toMatchObject({ role: 'viewer' });
    await expect(store.authenticate(stranger.token)).rejects.toThrow();
    now += 60 * 60_000;
    await expect(store.authenticate(token)).rejects.toThrow();
  });
});

describe('a token given from outside', () => {
  const given = `qs_${'g'.repeat(43)}`;

  test('works as often as it is given; the last time says what it may', async () => {
    await tokens.accept(given, { name: 'Grafana', role: 'viewer', tenant: 'default' });
    await tokens.accept(given, { name: 'Grafana', role: 'admin', tenant: 'acme', actsForUsers: true });
    expect(await tokens.authenticate(given)).toMatchObject({
      role: 'admin',
      tenant: 'acme',
      actsForUsers: true,
    });
    expect(await tokens.list(null)).toHaveLength(1);
  });

  test('is refused in another form, for an unknown tenant, and once it was revoked', async () => {
    const wanted = { name: 'Grafana', role: 'admin', tenant: 'default' } as const;
    await expect(tokens.accept('change-me', wanted)).rejects.toThrow(TokenRefusedError);
    await expect(tokens.accept(given, { ...wanted, tenant: 'nobody' })).rejects.toThrow(UnknownTenantError);
    await tokens.accept(given, wanted);
    const [made] = await tokens.list(null);
    await tokens.revoke(made?.id ?? 0, null);
    await expect(tokens.accept(given, wanted)).rejects.toThrow('was revoked');
    expect(await tokens.authenticate(given)).toBeNull();
  });
});

test('the first start makes one admin token, even when two collectors start at once', async () => {
  const made = await Promise.all([tokens.ensureFirst(), new TokenStore(database.db).ensureFirst()]);
  const [token] = made.filter((t) => t !== null);
  expect(made).toContain(null);
  expect(await tokens.authenticate(token ?? '')).toMatchObject({
    role: 'admin',
    tenant: 'default',
    tenantId: 1,
  });
  expect(await tokens.ensureFirst()).toBeNull();
  expect(await tokens.list(null)).toHaveLength(1);
});

test('roles include the ones before', () => {
  expect([atLeast('viewer', 'editor'), atLeast('editor', 'editor'), atLeast('admin', 'viewer')]).toEqual([
    false,
    true,
    true,
  ]);
});
