/**
 * Schedules, as who sends reports uses them: made, looked at before, delivered for real, failing with a reason, paused,
 * changed, removed. What is sent goes to a web server of the test.
 */
import { createHmac } from 'node:crypto';
import { ask } from './support/ask';
import { expect, test } from './support/test';
import { startWebhook, type Webhook } from './support/webhook';

test.describe.configure({ mode: 'serial' });

const NAME = 'Browser: calls of the day';
const SECRET = 'browser-tests-secret';
let webhook: Webhook;
let savedReport: number;

test.beforeAll(async ({ environment }) => {
  test.skip(environment.isGrafana, 'needs a collector that may post to the tests');
  webhook = await startWebhook();
  const saved = {
    name: 'Browser: today',
    report: 'queues',
    params: {},
    range: 'today',
    tz: 'UTC',
    shared: true,
  };
  ({ id: savedReport } = await ask<{ id: number }>(environment, 'POST', 'saved-reports', saved));
});
test.afterAll(async ({ environment }) => {
  if (!environment.isGrafana) {
    await webhook.close();
    await ask(environment, 'DELETE', `saved-reports/${savedReport}`);
  }
});

test('an editor makes a schedule and sees beforehand what it would send', async ({ open }) => {
  const page = await open('schedules', { role: 'Editor' });
  await page.getByRole('link', { name: 'New schedule' }).first().click();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await expect(page.getByText('Give it a name')).toBeVisible();

  await page.getByLabel('Name').fill(NAME);
  await page.getByLabel('Saved report').click();
  await page.getByRole('option', { name: /Browser: today/ }).click();
  await page.getByLabel('PDF').uncheck({ force: true });
  await expect(page.getByText('Choose at least one format')).toBeVisible();
  await page.getByLabel('CSV').check({ force: true });
  await page.getByRole('radio', { name: 'Every day' }).click();
  await page.getByLabel('Time', { exact: true }).fill('08:30');
  await page.getByRole('radio', { name: 'Webhook' }).click();
  await expect(page.getByText('Say where it is posted')).toBeVisible();
  await page.getByLabel('Address').fill(webhook.url);
  await page.getByLabel('Secret').fill(SECRET);
  await page.getByLabel('Subject').fill('{schedule} of {from}');

  await page.getByRole('button', { name: 'Preview' }).click();
  const day = new Date().toISOString().slice(0, 10);
  const preview = page.getByRole('region', { name: 'It would send now' });
  await expect(preview).toContainText(`${NAME} of ${day}`);
  await expect(preview).toContainText(/Browser-calls-of-the-day-.*\.csv/);
  await expect(preview).toContainText(/08:30.*08:30/);

  await save.click();
  const row = page.getByRole('row', { name: new RegExp(NAME) });
  await expect(row).toContainText('Every day, 08:30');
  await expect(row).toContainText('Webhook · CSV');
});

test('an address the collector may not post to is refused, and says what to do', async ({
  open,
  problems,
}) => {
  problems.expect(/^400 PUT .*schedules/);
  const page = await open('schedules');
  await page.getByRole('link', { name: NAME }).click();
  await page.getByLabel('Address').fill('https://hooks.example.org/');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('delivery.url');
  await expect(page.getByRole('alert')).toContainText('the host hooks.example.org is not allowed');
});

test('"Run now" delivers it, signed, and the history says so', async ({ open }) => {
  const page = await open('schedules');
  await page.getByRole('link', { name: NAME }).click();
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page).toHaveURL(/tab=history/);
  const run = page.getByRole('table', { name: 'History' }).getByRole('row').nth(1);
  await expect(run).toContainText('Delivered', { timeout: 30_000 });
  await expect(run).toContainText(webhook.url);

  expect(webhook.taken).toHaveLength(1);
  const [{ headers, body }] = webhook.taken as [Webhook['taken'][number]];
  const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
    String(headers['x-queuescope-signature']),
  )!;
  expect(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')).toBe(signature);
  const { subject, files } = JSON.parse(body) as {
    subject: string;
    files: Array<{ name: string; content: string }>;
  };
  expect(subject).toContain(NAME);
  expect(files).toHaveLength(1);
  expect(Buffer.from(files[0]!.content, 'base64').toString()).toContain('sales');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    run.getByRole('link', { name: /^Download / }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});

test('a delivery that fails says why, in the history and in the list', async ({ open }) => {
  webhook.status = 410;
  const page = await open('schedules');
  const row = page.getByRole('row', { name: new RegExp(NAME) });
  await row.getByRole('button', { name: 'Run now' }).click();
  await expect(row).toContainText('Failed', { timeout: 30_000 });
  await row.getByRole('link', { name: NAME }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  const run = page.getByRole('table', { name: 'History' }).getByRole('row').nth(1);
  await expect(run).toContainText('Failed');
  await expect(run).toContainText('answered 410');
});

test('it is paused and goes on, changed, and removed only after asking', async ({ open }) => {
  const page = await open('schedules');
  const row = page.getByRole('row', { name: new RegExp(NAME) });
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused');
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect(row).not.toContainText('Paused');

  await row.getByRole('link', { name: NAME }).click();
  await page.getByRole('radio', { name: 'Monday to Friday' }).click();
  await page.getByLabel('Time', { exact: true }).fill('09:15');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Monday to Friday, 09:15');

  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
});
