/**
 * The three users of the preview: one per role of Grafana, with the permissions plugin.json grants that role.
 *
 * In: the roles of plugin.json. Out: who a role is, what Grafana would tell the browser and the collector of them. What
 * must hold: permissions follow Grafana's rule, a grant to a role is one to every higher role.
 */
import type { PluginJson } from './plugin-files';

export const ROLES = ['Viewer', 'Editor', 'Admin'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string | undefined): text is Role => ROLES.some((role) => role === text);

/** Whether a role has all that another one has. */
export const includesRole = (role: Role, needed: Role): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(needed);

export interface User {
  id: number;
  login: string;
  name: string;
  role: Role;
  /** By action; those of the app's own roles, and the few of Grafana that the app asks for. */
  permissions: Record<string, boolean>;
}

/** What each user has of Grafana itself. */
const GRAFANA_PERMISSIONS: ReadonlyArray<{ action: string; role: Role }> = [
  { action: 'plugins.app:access', role: 'Viewer' },
  { action: 'datasources:query', role: 'Viewer' },
  { action: 'datasources:explore', role: 'Editor' },
  { action: 'dashboards:create', role: 'Editor' },
  { action: 'plugins:write', role: 'Admin' },
  { action: 'datasources:write', role: 'Admin' },
];

export function userOf(role: Role, { roles = [] }: Pick<PluginJson, 'roles'>): User {
  const own = roles.flatMap(({ role: { permissions }, grants }) =>
    grants.some((grant) => isRole(grant) && includesRole(role, grant)) ? permissions : [],
  );
  const ofGrafana = GRAFANA_PERMISSIONS.filter(({ role: needed }) => includesRole(role, needed));
  return {
    id: ROLES.indexOf(role) + 1,
    login: `preview-${role.toLowerCase()}`,
    name: `Preview ${role}`,
    role,
    permissions: Object.fromEntries([...own, ...ofGrafana].map(({ action }) => [action, true])),
  };
}

/** The value of `X-Grafana-Context`: JSON as UTF-8 bytes, each written as one character, as headers want it. */
export function contextHeader({ id, login, name, role }: User): string {
  const context = {
    UserID: id,
    UserUID: `preview-${id}`,
    OrgID: 1,
    OrgName: 'Preview',
    OrgRole: role,
    Login: login,
    Name: name,
    Email: `${login}@localhost`,
    IsGrafanaAdmin: false,
    IsServiceAccount: false,
    IsAnonymous: false,
  };
  return Buffer.from(JSON.stringify(context), 'utf8').toString('latin1');
}
