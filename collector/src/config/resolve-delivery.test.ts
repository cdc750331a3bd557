/** The sections smtp and schedules: what they become, and what is said of wrong ones. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratchFolder } from '../../test/support/scratch.js';
import { loadConfig } from './load.js';
import { ConfigError } from './problem.js';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const load = (yaml: string, env: Record<string, string> = {}) => {
  writeFileSync(scratch.file('c.yaml'), yaml);
  return loadConfig({ file: scratch.file('c.yaml'), env, cwd: '/' }).config;
};

const problems = (yaml: string): string[] => {
  try {
    load(yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ key }) => key);
    throw error;
  }
  return [];
};

describe('smtp', () => {
  it('is off without a host', () => {
    expect(load('smtp: { port: 25 }').smtp).toBeNull();
  });

  it('takes its password from a variable and shows it nowhere', () => {
    const yaml = 'smtp: { host: mail, user: me, passwordEnv: SMTP_PASSWORD, from: Reports <r@example.org> }';
    const { smtp } = load(yaml, { SMTP_PASSWORD: 'hush' });
    expect(smtp).toMatchObject({
      ...{ host: 'mail', port: 587, security: 'starttls', from: 'Reports <r@example.org>' },
      ...{ tls: { rejectUnauthorized: true }, maxAttachmentBytes: 20e6 },
    });
    expect(smtp?.account?.password.reveal()).toBe('hush');
    expect(JSON.stringify(smtp)).not.toContain('hush');
  });

  it('can be set by the environment alone, as a container does', () => {
    const env = {
      QUEUESCOPE_SMTP_HOST: 'mail',
      QUEUESCOPE_SMTP_FROM: 'r@example.org',
      QUEUESCOPE_SMTP_PORT: '25',
    };
    expect(load('{}', env).smtp).toMatchObject({
      host: 'mail',
      port: 25,
      from: 'r@example.org',
      account: null,
    });
  });

  it.each([
    ['smtp: { host: mail }', 'smtp.from'],
    ['smtp: { host: mail, from: reports }', 'smtp.from'],
    ['smtp: { host: mail, from: r@example.org, user: me }', 'smtp.password'],
    ['smtp: { host: mail, from: r@example.org, password: x }', 'smtp.user'],
    ['smtp: { host: mail, from: r@example.org, security: ssl }', 'smtp.security'],
    ['schedules: { publicUrl: queuescope.example.org }', 'schedules.publicUrl'],
  ])('%s is refused', (yaml, key) => {
    expect(problems(yaml)).toContain(key);
  });
});

it('the folder of schedules is absolute, an address has no slash at its end', () => {
  expect(load('schedules: { folder: out, publicUrl: "https://q.example.org/" }').schedules).toEqual({
    ...{ folder: path.join(path.dirname(scratch.file('x')), 'out'), webhookHosts: [] },
    publicUrl: 'https://q.example.org',
  });
});
