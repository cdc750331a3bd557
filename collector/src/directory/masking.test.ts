import { afterAll, describe, expect, it } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { scratchFolder } from '../../test/support/scratch.js';
import { DEFAULT_PRIVACY, maskBy, Masking, type PrivacyRules } from './masking.js';
import { siteSecret } from './site-secret.js';

describe('stars', () => {
  it.each([
    ['+998901234567', '***********67'],
    ['998901234567', '**********67'],
    ['101', '*01'],
    ['12', '12'],
    ['Aziz To‘rayev', 'Aziz To‘rayev'],
    ['Room 101', 'Room 101'],
    ['', ''],
    [null, null],
  ])('show %s as %s', (number, shown) => expect(maskBy('stars', 1, null)(number)).toBe(shown));
});

describe('hide', () => {
  it('shows no number, and names as they are', () => {
    const mask = maskBy('hide', 1, null);
    expect(['+998901234567', '101', 'Aziz', '', null].map(mask)).toEqual([null, null, 'Aziz', '', null]);
  });
});

describe('hash', () => {
  const mask = maskBy('hash', 1, 'secret');

  it('is one short text per caller, however the number is spelled', () => {
    const hash = mask('+998 90 123-45-67') ?? '';
    expect(hash).toMatch(/^#[0-9a-f]{12}$/);
    expect([mask('998901234567'), mask('00998901234567')]).toEqual([hash, hash]);
    expect(mask('998901234568')).not.toBe(hash);
    expect(mask('Aziz')).toBe('Aziz');
  });

  it('is another one for another tenant, and for another site', () => {
    const number = '998901234567';
    const hashes = [mask(number), maskBy('hash', 2, 'secret')(number), maskBy('hash', 1, 'other')(number)];
    expect(new Set(hashes).size).toBe(3);
  });

  it('is refused without the secret', () => {
    expect(() => maskBy('hash', 1, null)).toThrow('the secret of the site is not there');
  });
});

describe('Masking', () => {
  const rules: PrivacyRules = {
    general: { viewer: 'hide', editor: 'hash', admin: 'none' },
    tenants: new Map([['acme', { editor: 'none' }]]),
  };
  const masking = new Masking(rules, 'secret');
  const shown = (role: 'viewer' | 'editor' | 'admin', tenant: string): unknown =>
    masking.maskFor({ role, tenant, tenantId: 1 })?.('998901234567') ?? masking.modeOf({ role, tenant });

  it('goes by role, and by what a tenant has otherwise', () => {
    expect(shown('viewer', 'default')).toBe('hide');
    expect(shown('editor', 'default')).toMatch(/^#/);
    expect(shown('editor', 'acme')).toBe('none');
    expect(shown('viewer', 'acme')).toBe('hide');
    expect(shown('admin', 'default')).toBe('none');
  });

  it('stars numbers for viewers when nothing is said', () => {
    const modes = (['viewer', 'editor', 'admin'] as const).map((role) =>
      new Masking().modeOf({ role, tenant: 'default' }),
    );
    expect(modes).toEqual(['stars', 'none', 'none']);
    expect(DEFAULT_PRIVACY.general.viewer).toBe('stars');
  });
});

describe('the secret of a site', () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  it('is made once, for its own account only', async () => {
    const folder = path.join(scratch.file('site'), 'var');
    const [first, second] = await Promise.all([siteSecret(folder), siteSecret(folder)]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect([second, await siteSecret(folder)]).toEqual([first, first]);
    const { mode } = await stat(path.join(folder, 'privacy-secret'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('that is damaged is an error, not another secret', async () => {
    const folder = scratch.file('damaged');
    await siteSecret(folder);
    const file = path.join(folder, 'privacy-secret');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 10));
    await expect(siteSecret(folder)).rejects.toThrow('holds no secret');
  });
});
