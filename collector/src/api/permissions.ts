/**
 * What one may do, by role: the one table that routes enforce (`config.access`) and `GET /api/v1/me` tells.
 *
 * Roles: `viewer` reads reports and live state with callers' numbers masked; `editor` sees the numbers; `admin` also
 * looks after his tenant: tokens, directory, payouts. `operator` is an admin of the tenant `default`: he runs the site,
 * so the journal (which mixes all tenants), the tenants and the PBXs are his.
 */
import { DEFAULT_PRIVACY, type MaskMode } from '../directory/masking.js';
import { atLeast, DEFAULT_TENANT, type Identity, type Role } from '../directory/tokens.js';

export type Rank = Role | 'operator';

export const PERMISSIONS = {
  'exports:create': 'viewer',
  'calls:numbers': 'editor',
  'recordings:play': 'editor',
  'schedules:write': 'editor',
  'audit:read': 'admin',
  'directory:write': 'admin',
  'payouts:read': 'admin',
  'payouts:write': 'admin',
  'health:manage': 'operator',
  'pbxs:write': 'operator',
} as const satisfies Record<string, Rank>;
export type Permission = keyof typeof PERMISSIONS;

export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

const isPermission = (name: string): name is Permission => Object.hasOwn(PERMISSIONS, name);

export const rankOf = (needed: Rank | Permission): Rank =>
  isPermission(needed) ? PERMISSIONS[needed] : needed;

/** How callers' numbers are shown to one: as `privacy` has it, else by role (DOMAIN.md §5.15). */
export const numbersFor = ({ numbers, role }: Pick<Identity, 'numbers' | 'role'>): MaskMode =>
  numbers ?? DEFAULT_PRIVACY.general[role];

/** Whether callers' numbers are shown. */
export const seesNumbers = (identity: Pick<Identity, 'numbers' | 'role'>): boolean =>
  numbersFor(identity) === 'none';

type Asker = Pick<Identity, 'role' | 'tenant' | 'numbers'>;

export const isOperator = ({ role, tenant }: Pick<Identity, 'role' | 'tenant'>): boolean =>
  role === 'admin' && tenant === DEFAULT_TENANT;

export function may(identity: Asker, needed: Rank | Permission): boolean {
  // Not a matter of the role alone: `privacy` may hide them from editors, or show them to viewers.
  if (needed === 'calls:numbers') return seesNumbers(identity);
  const rank = rankOf(needed);
  return rank === 'operator' ? isOperator(identity) : atLeast(identity.role, rank);
}

export const permissionsOf = (identity: Asker): Permission[] =>
  PERMISSION_NAMES.filter((permission) => may(identity, permission));
