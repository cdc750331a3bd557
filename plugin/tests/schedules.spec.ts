/**
 * Schedules, as who sends reports uses them: made, looked at before, delivered for real, failing with a reason, paused,
 * changed, removed. What is sent goes to a web server of the test.
 */
import { createHmac } from 'node:crypto';
import { ask, until } from './support/ask';
import { startLogPbx, type LogPbx } from './support/log-pbx';
import { expect, test } from './support/test';
import { startWebhook, type Webhook } from './support/webhook';

test.describe.configure({ mode: 'serial' });

const NAME = 'Browser: calls of a day';
const SECRET = 'browser-tests-secret';
const LOG = 'schedules-log';
/** Two calls, of which one is answered after 2 s. */
const ROWS = [
  `s1.1|${LOG} desk|NONE|ENTERQUEUE||5551|1`,
  `s2.1|${LOG} desk|NONE|ENTERQUEUE||5552|2`,
  `s1.1|${LOG} desk|Sven|CONNECT|2|9.2|1`,
  `s2.1|${LOG} desk|NONE|ABANDON|1|2|2`,
  `s1.1|${LOG} desk|Sven|COMPLETECALLER|2|2|1`,
];
const HOUR_MS = 3_600_000;
/** Times at which no run is due while the tests are under way. */
const [HALF_PAST, QUARTER_PAST] = ['30', '15'].map(
  (minutes) => `${new Date(Date.now() + 12 * HOUR_MS).toISOString().slice(11, 13)}:${minutes}`,
) as [string, string];
let webhook: Webhook;
let pbx: LogPbx;
let savedReport: number;

test.beforeAll(async ({ environment }) => {
  test.skip(environment.isGrafana, 'needs a collector that may post to the tests');
  webhook = await startWebhook();
  // Two hours ago is in the last 24 whole hours, whatever the hour.
  const at = Date.now() - 2 * HOUR_MS;
  pbx = await startLogPbx(environment, LOG, ROWS, {}, Math.floor(at / 1000));
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
  const [from, to] = [hour, hour + 2 * HOUR_MS].map((ms) => new Date(ms).toISOString());
  await until(
    () =>
      ask<{ rows: Array<{ entered: number; talkSeconds: number }> }>(
        environment,
        'GET',
        `reports/queues?from=${from}&to=${to}&tz=UTC&pbx=${LOG}`,
      ),
    ({ rows: [desk] }) => desk?.entered === 2 && desk.talkSeconds === 2,
  );
  const saved = {
    ...{ name: 'Browser: last day', report: 'queues', params: { pbx: [LOG] } },
    ...{ range: 'last-24-hours', tz: 'UTC', shared: true },
  };
  ({ id: savedReport } = await ask<{ id: number }>(environment, 'POST', 'saved-reports', saved));
});
test.afterAll(async ({ environment }) => {
  if (!environment.isGrafana) {
    await webhook.close();
    await pbx.remove();
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
  await page.getByRole('option', { name: /Browser: last day/ }).click();
  await page.getByLabel('PDF').uncheck({ force: true });
  await expect(page.getByText('Choose at least one format')).toBeVisible();
  await page.getByLabel('CSV').check({ force: true });
  await page.getByRole('radio', { name: 'Every day' }).click();
  await page.getByLabel('Time', { exact: true }).fill(HALF_PAST);
  await page.getByRole('radio', { name: 'Webhook' }).click();
  await expect(page.getByText('Say where it is posted')).toBeVisible();
  await page.getByLabel('Address').fill(webhook.url);
  await page.getByLabel('Secret').fill(SECRET);
  await page.getByLabel('Subject').fill('{schedule} of {from}');

  /** The day on which the last 24 whole hours began; their hour is not said at midnight. */
  const began = () => new Date(Date.now() - 24 * HOUR_MS).toISOString().slice(0, 10);
  const asked = began();
  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('region', { name: 'It would send now' });
  await expect(preview).toContainText(`${NAME} of`);
  await expect(preview).toContainText(new RegExp(`${NAME} of (${asked}|${began()})`));
  await expect(preview).toContainText(/Browser-calls-of-a-day-.*\.csv/);
  await expect(preview).toContainText(new RegExp(`${HALF_PAST}.*${HALF_PAST}`));

  await save.click();
  const row = page.getByRole('row', { name: new RegExp(NAME) });
  await expect(row).toContainText(`Every day, ${HALF_PAST}`);
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
  expect(Buffer.from(files[0]!.content, 'base64').toString()).toMatch(
    new RegExp(`^${LOG},${LOG} desk,${LOG} desk,2,1,`, 'm'),
  );

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
  await page.getByLabel('Time', { exact: true }).fill(QUARTER_PAST);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText(`Monday to Friday, ${QUARTER_PAST}`);

  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
});
