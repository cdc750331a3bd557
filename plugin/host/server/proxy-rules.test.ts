import { readFileSync } from 'fs';
import { join } from 'path';
import type { PluginJson } from './plugin-files';
import { ruleOn } from './proxy-rules';
import { ROLES, userOf, type Role } from './users';

const plugin = JSON.parse(readFileSync(join(__dirname, '../../src/plugin.json'), 'utf8')) as PluginJson;
const settings = { jsonData: { apiUrl: 'http://collector:8080' }, secureJsonData: { apiToken: 'qs_secret' } };

const rule = (role: Role, path: string, method = 'GET', routes = plugin.routes ?? []) =>
  ruleOn(routes, { method, path, user: userOf(role, plugin) }, settings);

const urlOf = (path: string): string | null => {
  const ruling = rule('Admin', path);
  return ruling.kind === 'forward' ? ruling.url : null;
};

describe('the app’s proxy', () => {
  it('sends a request to the collector with the token', () => {
    expect(rule('Viewer', 'v1/reports/queues')).toEqual({
      kind: 'forward',
      url: 'http://collector:8080/api/v1/reports/queues',
      headers: [['Authorization', 'Bearer qs_secret']],
    });
  });

  it('refuses payouts to all but admins, and does not try a later route', () => {
    expect(ROLES.map((role) => rule(role, 'v1/payouts/rates').kind)).toEqual([
      'refused',
      'refused',
      'forward',
    ]);
    expect(rule('Editor', 'v1/payouts')).toMatchObject({ kind: 'refused', status: 403 });
    expect(rule('Viewer', 'v1/payouts-of-others').kind).toBe('forward');
  });

  it('answers 404 where no route fits', () => {
    expect(rule('Admin', 'v2/live')).toMatchObject({ kind: 'refused', status: 404 });
    expect(rule('Admin', 'metrics')).toMatchObject({ kind: 'refused', status: 404 });
  });

  it('decodes the remainder once, as Grafana does, and drops a slash at the end', () => {
    expect(urlOf('v1/queues/a%2Fb%20%D0%BE')).toMatch(/\/queues\/a\/b%20%D0%BE$/);
    expect(urlOf('v1/queues/what%3F%23')).toMatch(/\/queues\/what%3F%23$/);
    expect(urlOf('v1/queues/100%')).toMatch(/\/queues\/100%25$/);
    expect(urlOf('v1/live/')).toMatch(/\/live$/);
  });

  it('takes only routes of the method, and a role where no action is named', () => {
    const routes = [
      { path: 'v1/*', method: 'DELETE', url: 'http://a', reqRole: 'Admin' as const },
      { path: 'v1/*', url: 'http://b' },
    ];
    expect(rule('Viewer', 'v1/x', 'GET', routes)).toMatchObject({ url: 'http://b/x' });
    expect(rule('Editor', 'v1/x', 'DELETE', routes)).toMatchObject({ status: 403 });
    expect(rule('Admin', 'v1/x', 'DELETE', routes)).toMatchObject({ url: 'http://a/x' });
  });
});

describe('users', () => {
  it('have what plugin.json grants their role or a lower one', () => {
    const granted = (role: Role) =>
      Object.keys(userOf(role, plugin).permissions).filter((action) => action.startsWith(plugin.id));
    expect(granted('Viewer')).toEqual([]);
    expect(granted('Editor')).toEqual([`${plugin.id}.schedules:write`]);
    expect(granted('Admin')).toContain(`${plugin.id}.payouts:write`);
  });
});
