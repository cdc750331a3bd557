/** Secrets of webhooks in the database: sealed, each for its own schedule. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { SecretBox, UnreadableSecretsError } from '../connections/secret-box.js';
import { ScheduleSecrets } from './schedule-secrets.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const same = {
    tenantId: 1,
    ownerRole: 'editor' as const,
    savedReportId: 1,
    cron: '0 8 * * *',
    zone: 'UTC',
  };
  const state = { spec: '{}', paused: 1, createdAt: 1, updatedAt: 7, sealedSecret: null };
  await test.db
    .insertInto('schedule')
    .values([
      { ...same, ...state, name: 'of before', webhookSecret: 'v1.in the clear' },
      { ...same, ...state, name: 'no webhook' },
    ])
    .execute();
});
afterAll(() => test.drop());

const secretsOf = (key: string): ScheduleSecrets =>
  new ScheduleSecrets(test.db, new SecretBox(key, 'schedules'));
const stored = () =>
  test.db.selectFrom('schedule').select(['id', 'webhookSecret', 'sealedSecret', 'updatedAt']).execute();

it('those an earlier version stored in the clear are sealed once', async () => {
  const secrets = secretsOf('the key');
  expect(await secrets.sealStored()).toBe(1);
  expect(await secrets.sealStored()).toBe(0);
  const [before, none] = await stored();
  expect(before).toMatchObject({ webhookSecret: null, updatedAt: 7 });
  expect(before?.sealedSecret).toMatch(/^v1\./);
  expect(JSON.stringify(await stored())).not.toContain('clear');
  expect(none?.sealedSecret).toBeNull();
  expect([await secrets.of(before?.id ?? 0), await secrets.of(none?.id ?? 0)]).toEqual([
    'v1.in the clear',
    null,
  ]);
});

it('open neither with another key, nor for another schedule or purpose', async () => {
  const [before, none] = await stored();
  const sealed = before?.sealedSecret ?? '';
  await expect(secretsOf('another key').of(before?.id ?? 0)).rejects.toThrow(UnreadableSecretsError);
  expect(() => new SecretBox('the key').open(`schedule ${before?.id}`, sealed)).toThrow(
    UnreadableSecretsError,
  );
  await test.db
    .updateTable('schedule')
    .set({ sealedSecret: sealed })
    .where('id', '=', none?.id ?? 0)
    .execute();
  await expect(secretsOf('the key').of(none?.id ?? 0)).rejects.toThrow(/put the old key back, or enter/);
});
