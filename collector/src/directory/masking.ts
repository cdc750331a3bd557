/**
 * How callers' numbers are shown to each role: as they are, with all but the last two digits starred, as a hash, or not at
 * all (DOMAIN.md §5.15). The one place for reports, live state, journeys and exports; the SQL views star them for everybody.
 *
 * In: the rules of the configuration, the secret of the site (site-secret.ts). Out: a mask per tenant and role. What must
 * hold: a hash is the same for every spelling of one number, and of another tenant's number another; without the secret
 * nobody finds the number by trying all there are.
 */
import { createHmac } from 'node:crypto';
import type { Role } from './tokens.js';

export const MASK_MODES = ['none', 'stars', 'hash', 'hide'] as const;
export type MaskMode = (typeof MASK_MODES)[number];
export type HidingMode = Exclude<MaskMode, 'none'>;

export type PrivacyRule = Readonly<Record<Role, MaskMode>>;

/** What holds for all tenants, and what is different for some, by name. */
export interface PrivacyRules {
  general: PrivacyRule;
  tenants: ReadonlyMap<string, Partial<PrivacyRule>>;
}

export const DEFAULT_PRIVACY: PrivacyRules = {
  general: { viewer: 'stars', editor: 'none', admin: 'none' },
  tenants: new Map(),
};

/** A name stays, unless it is a number. Null and empty stay. */
export type Mask = (text: string | null) => string | null;

/** Whose eyes: a role of a tenant. */
export interface Viewer {
  role: Role;
  tenant: string;
}

export class Masking {
  readonly #rules: PrivacyRules;
  /** Null: nothing is hashed. */
  readonly secret: string | null;

  constructor(rules: PrivacyRules = DEFAULT_PRIVACY, secret: string | null = null) {
    this.#rules = rules;
    this.secret = secret;
  }

  modeOf({ role, tenant }: Viewer): MaskMode {
    const { general, tenants } = this.#rules;
    return tenants.get(tenant)?.[role] ?? general[role];
  }

  /** @returns null where numbers are shown as they are */
  maskFor(viewer: Viewer & { tenantId: number }): Mask | null {
    const mode = this.modeOf(viewer);
    return mode === 'none' ? null : maskBy(mode, viewer.tenantId, this.secret);
  }
}

/** @throws Error for hashes without the secret of the site */
export function maskBy(mode: HidingMode, tenantId: number, secret: string | null): Mask {
  const hidden = hider(mode, tenantId, secret);
  return (text) => (text === null || !isNumber(text) ? text : hidden(text));
}

function hider(mode: HidingMode, tenantId: number, secret: string | null): (number: string) => string | null {
  if (mode === 'stars') return starred;
  if (mode === 'hide') return () => null;
  if (secret === null) throw new Error('numbers are to be hashed, and the secret of the site is not there');
  return (number) =>
    `#${createHmac('sha256', secret)
      .update(`${tenantId} ${digits(number)}`)
      .digest('hex')
      .slice(0, 12)}`;
}

/** `+998901234567` → `***********67`. */
const starred = (number: string): string => '*'.repeat(Math.max(0, number.length - 2)) + number.slice(-2);

/** `+998 90 123-45-67`, `00998901234567` → `998901234567`. */
const digits = (number: string): string => number.replace(/\D/g, '').replace(/^0+/, '');

/** Three digits or more and nothing a name would have: many trunks send the number as the caller's name too. */
const isNumber = (text: string): boolean =>
  /^[+()\d\s./*#-]*$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;
