import { describe, expect, it } from '@jest/globals';
import type { TenantStore } from '../directory/tenants.js';
import { TenantMap } from './tenant-map.js';

type Rules = Awaited<ReturnType<TenantStore['rules']>>;

function mapOf(rules: { pbxPattern: string; queuePattern: string; tenant: string }[]) {
  const state = { rules: rules.map((rule, id): Rules[number] => ({ id, origin: 'api', ...rule })) };
  const map = new TenantMap({
    list: () =>
      Promise.resolve([
        { id: 1, name: 'default' },
        { id: 7, name: 'acme' },
      ]),
    rules: () => Promise.resolve(state.rules),
  });
  return { map, state };
}

describe('which tenant a queue belongs to', () => {
  it('the first rule that matches wins, the default tenant has the rest', async () => {
    const { map } = mapOf([
      { pbxPattern: 'hq', queuePattern: 'acme-vip', tenant: 'default' },
      { pbxPattern: '*', queuePattern: 'acme-*', tenant: 'acme' },
    ]);
    await map.load();
    expect(map.tenantOf('hq', 'acme-vip')).toBe(1);
    expect(map.tenantOf('branch', 'acme-vip')).toBe(7);
    expect(map.tenantOf('hq', 'acme-sales')).toBe(7);
    expect(map.tenantOf('hq', 'sales')).toBe(1);
  });

  it('follows a change of the rules, also for queues asked about before', async () => {
    const { map, state } = mapOf([]);
    await map.load();
    expect(map.tenantOf('hq', 'acme-sales')).toBe(1);
    state.rules = [{ id: 1, origin: 'api', pbxPattern: '*', queuePattern: 'acme-*', tenant: 'acme' }];
    await map.load();
    expect(map.tenantOf('hq', 'acme-sales')).toBe(7);
  });
});
