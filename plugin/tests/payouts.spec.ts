/**
 * Payouts, from the first rate to the lock: what agents of the recorded traffic are paid, to the last digit.
 *
 * The recording states (queue_log, COMPLETE… and …TRANSFER rows): Łukasz Wójcik talked 5 s and 3 s, Øyvind Ås 12 s, 4 s and
 * 5 s. Tests build on each other, as the work of a month does.
 */
import { expect, test } from './support/test';
import { exportedRows } from './support/workbook';

test.describe.configure({ mode: 'serial' });
// Without its recordings there is nothing to pay.
test.beforeEach(({ environment }) => test.skip(environment.isGrafana, 'needs the recorded traffic'));

const PERIOD = 'Until 20 November';
const agentRow = (name: string) => ({ name: new RegExp(name) });

test('an admin sets a default rate, and one of an agent that changes on a date', async ({ open }) => {
  const began = new Date();
  const page = await open('payouts/rates');
  const rates = page.getByRole('table', { name: 'Rates' });
  const setRate = async (rate: string) => {
    await page.getByLabel('Per minute of talk').fill(rate);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  };

  await page.getByRole('button', { name: 'Set a rate' }).click();
  await page.getByLabel('Currency').fill('uzs');
  await setRate('120');
  await expect(rates.getByRole('row', { name: /Everybody else/ })).toContainText('120.00 UZS');

  await page.getByRole('button', { name: 'Set a rate' }).click();
  await page.getByLabel('Agent', { exact: true }).fill('Łukasz');
  await page.getByRole('option', { name: /Łukasz Wójcik/ }).click();
  await expect(page.getByLabel('Currency')).toHaveValue('UZS');
  await setRate('150,50');

  await rates.getByRole('button', { name: 'Set another rate of Łukasz Wójcik' }).click();
  await page.getByRole('radio', { name: 'A date' }).click();
  await setRate('200');
  const own = rates.getByRole('row', agentRow('Łukasz Wójcik'));
  await expect(own).toHaveCount(2);
  // The day may have ended meanwhile.
  const today = [began, new Date()].map((day) =>
    day.toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' }),
  );
  await expect(own.nth(0)).toContainText(new RegExp(`150.50 UZSalways(${today.join('|')})`));
  await expect(own.nth(1)).toContainText(new RegExp(`200.00 UZS(${today.join('|')})–`));
});

test('a rate that is no number is refused, and says why', async ({ open, problems }) => {
  problems.expect(/^400 PUT .*payouts\/rates/);
  const page = await open('payouts/rates');
  await page.getByRole('button', { name: 'Set a rate' }).click();
  await page.getByLabel('Per minute of talk').fill('much');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toContainText('"much" is no rate');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a period shows what each agent is paid, and the calls and journeys behind it', async ({ open }) => {
  const page = await open('payouts');
  await page.getByRole('button', { name: 'New period' }).first().click();
  await page.getByLabel('Name').fill(PERIOD);
  await page.getByLabel('First day').fill('2026-11-01');
  await page.getByLabel('Last day').fill('2026-11-20');
  await page.getByRole('button', { name: 'Open the period' }).click();
  await page.getByRole('link', { name: PERIOD }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PERIOD);

  const agents = page.getByRole('region', { name: 'Per agent' });
  // 5 s × 150.50 = 12.541…, 3 s × 150.50 = 7.525: each rounded half up.
  const own = agents.getByRole('row', agentRow('Łukasz Wójcik'));
  await expect(own.getByRole('link', { name: '20.07 UZS', exact: true })).toBeVisible();
  await expect(own).toContainText('150.50');
  // 21 s × 120.
  await expect(agents.getByRole('row', agentRow('Øyvind Ås'))).toContainText('42.00 UZS');

  await own.getByRole('link', { name: '20.07 UZS', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payouts of calls');
  const calls = page.getByRole('region', { name: 'Table' });
  await expect(calls.getByRole('cell', { name: /UZS/ })).toHaveText(['12.54 UZS', '7.53 UZS']);
  // The longer call is that of 0658241685.
  await calls
    .getByRole('row')
    .filter({ hasText: '12.54 UZS' })
    .getByRole('link', { name: /Nov 20, 2026/ })
    .click();
  await expect(page).toHaveURL(/\/journey\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/0658241685$/);
  await expect(page.locator('#pageContent')).toContainText('Łukasz Wójcik');
});

test('an adjustment is added with its reason, and another one taken back', async ({ open, problems }) => {
  problems.expect(/^400 POST .*adjustments/);
  const page = await open('payouts');
  await page.getByRole('link', { name: PERIOD }).click();
  const adjustments = page.getByRole('table', { name: 'Adjustments' });
  const add = async (amount: string, reason: string) => {
    await page.getByLabel('Amount', { exact: true }).fill(amount);
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  // Below the table: where it stands is known when that is loaded.
  await expect(page.getByRole('region', { name: 'Per agent' })).toBeVisible();
  await page.getByLabel('Agent', { exact: true }).fill('Łukasz');
  await page.getByRole('option', { name: /Łukasz Wójcik/ }).click();

  await add('1.005', 'Too exact');
  await expect(page.getByText('"1.005" is no amount of UZS')).toBeVisible();
  await add('5', 'Night shift');
  await expect(adjustments.getByRole('row', { name: /Night shift/ })).toContainText('5.00 UZS');
  await add('-1', 'Mistake');
  const own = page.getByRole('region', { name: 'Per agent' }).getByRole('row', agentRow('Łukasz Wójcik'));
  await expect(own).toContainText('24.07 UZS');

  await adjustments.getByRole('button', { name: 'Take back -1.00 UZS of Łukasz Wójcik' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(adjustments.getByRole('row', { name: /Mistake/ })).toHaveCount(0);
  await expect(own).toContainText('25.07 UZS');
});

test('the exported file has the same amounts', async ({ open }) => {
  const page = await open('payouts');
  await page.getByRole('link', { name: PERIOD }).click();
  await expect(page.getByRole('region', { name: 'Per agent' })).toBeVisible();
  const line = (await exportedRows(page, 'PBX')).find(({ Agent }) => Agent === 'Łukasz Wójcik');
  expect(line).toMatchObject({ Amount: 20.07, Adjustments: 5, Total: 25.07 });
});

test('a locked period is not changed by anything, and a refused change says so', async ({
  open,
  problems,
}) => {
  problems.expect(/^409 DELETE .*payouts\/rates/);
  const page = await open('payouts');
  await page.getByRole('link', { name: PERIOD }).click();
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('It cannot be unlocked');
  await page.getByRole('dialog').getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(page.getByText('Locked', { exact: true })).toBeVisible();
  await expect(page.getByText('Nothing: the calls known now pay what was paid.')).toBeVisible();
  for (const name of ['Lock', 'Remove', 'Add']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  await expect(page.getByRole('button', { name: /Take back/ })).toHaveCount(0);

  await page.getByRole('link', { name: 'Payouts' }).last().click();
  await page.getByRole('tab', { name: 'Rates' }).click();
  await page.getByRole('button', { name: 'Take back the rate of Everybody else' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('alert')).toContainText(PERIOD);

  // A new rate from today on leaves what is locked as it is.
  await page.getByRole('button', { name: 'Set another rate of Everybody else' }).click();
  await page.getByRole('radio', { name: 'A date' }).click();
  await page.getByLabel('Per minute of talk').fill('1000');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('tab', { name: 'Periods' }).click();
  await page.getByRole('link', { name: PERIOD }).click();
  const agents = page.getByRole('region', { name: 'Per agent' });
  await expect(agents.getByRole('row', agentRow('Łukasz Wójcik'))).toContainText('25.07 UZS');
  await expect(agents.getByRole('row', agentRow('Øyvind Ås'))).toContainText('42.00 UZS');
});

test('the history names who did it', async ({ open }) => {
  const page = await open('payouts/history?of=payout-period');
  const history = page.getByRole('table', { name: 'History' });
  const rows = history.getByRole('row', { name: new RegExp(PERIOD) });
  await expect(rows.first()).toContainText('preview-admin');
  await expect(rows.first()).toContainText('Locked');
  await page.getByRole('radio', { name: 'Adjustments' }).click();
  await expect(history.getByRole('row', { name: /Night shift/ })).toContainText('5.00 UZS: Night shift');
  await page.getByRole('radio', { name: 'Rates' }).click();
  await expect(history.getByRole('row', { name: /Set .*150.5 UZS/ }).first()).toContainText('Łukasz Wójcik');
});
