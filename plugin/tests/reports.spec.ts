/**
 * Reports of the recorded traffic, as supervisors read them: found, filtered, compared, kept as presets, exported.
 *
 * The recording's queue_log has 15 callers who entered "support" and 13 answers there.
 */
import type { Locator, Page } from '@playwright/test';
import { content } from './support/checks';
import { expect, test } from './support/test';
import { exportedRows } from './support/workbook';

test.beforeEach(({ environment }) => test.skip(environment.isGrafana, 'needs the recorded traffic'));

const table = (page: Page) => page.getByRole('region', { name: 'Table', exact: true });
const kpi = (page: Page, label: string) =>
  page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) });

test('a report is found by what it is about, and opened', async ({ open }) => {
  const page = await open('reports');
  await page.getByPlaceholder('Search reports').fill('called back');
  await expect(page).toHaveURL(/search=called/);
  await expect(content(page).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('link', { name: 'Unreached callers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Unreached callers');
});

test('filtering by a queue leaves that queue, in the address too', async ({ open, environment }) => {
  const { from, to } = environment.recorded;
  const page = await open(`reports/queues?from=${from}&to=${to}&pbx=recorded`);
  await expect(table(page).getByRole('row', { name: /^support/ })).toBeVisible();
  await page.getByLabel('Queues', { exact: true }).fill('support');
  await page
    .getByRole('option', { name: /^support/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/queues=support/);
  await expect(table(page).getByRole('row')).toHaveCount(3);
  await expect(kpi(page, 'Answered')).toContainText('13');

  await page.reload();
  await expect(table(page).getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).not.toHaveURL(/queues=/);
});

test('a chart and the period before stand beside the numbers', async ({ open, environment }) => {
  const { from, to } = environment.recorded;
  const page = await open(`reports/queues?from=${from}&to=${to}&pbx=recorded&queues=support`);
  await expect(content(page).locator('canvas').first()).toBeVisible();
  await page.getByLabel('Compare with the period before').check({ force: true });
  await expect(page).toHaveURL(/compare=1/);
  await expect(kpi(page, 'Answered')).toContainText('+13');
  await page.getByRole('tab', { name: /Compared with the period before/ }).click();
  const compared = page.getByRole('region', { name: 'Compared with the period before' });
  await expect(compared.getByRole('row', { name: /^Answered 13/ })).toBeVisible();
});

test('a preset opens the report as it was, by default if wanted, and for all if shared', async ({ open }) => {
  const page = await open('reports/queues?from=now-90d/d&to=now-1d/d&queues=support&granularity=day');
  const preset = page.getByRole('button', { name: 'Support by day' });
  const choose = async (menu: Locator, item: string | RegExp) => {
    await menu.click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  /** Until it is kept: who goes on at once takes the request back. */
  const chooseDefault = async (item: string) => {
    const [kept] = await Promise.all([
      page.waitForResponse(
        (answer) => answer.request().method() === 'PUT' && /preferences/.test(answer.url()),
      ),
      choose(preset, item),
    ]);
    expect(kept.ok()).toBe(true);
  };
  await choose(page.getByRole('button', { name: 'Presets' }), 'Save as preset…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Support by day');
  await expect(page.getByRole('combobox', { name: 'Range' })).toHaveValue('Last 90 days');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await chooseDefault('Open by default');
  await open('reports/queues');
  await expect(page).toHaveURL(/queues=support/);
  await expect(page).toHaveURL(/granularity=day/);

  await choose(preset, /Save changes, rename, share/);
  await page.getByRole('dialog').getByLabel('Shared').check({ force: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();

  await open('reports', { role: 'Viewer' });
  await page.getByRole('link', { name: 'Support by day' }).click();
  await expect(page).toHaveURL(/queues=support/);
  await preset.click();
  await expect(page.getByRole('menuitem', { name: 'Save as preset…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /Save changes|Remove/ })).toHaveCount(0);

  await open('reports/queues');
  await chooseDefault('Do not open by default');
  await choose(preset, 'Remove…');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Presets' })).toBeVisible();
});

test('the exported workbook has the numbers of the page', async ({ open, environment }) => {
  const { from, to } = environment.recorded;
  const page = await open(`reports/queues?from=${from}&to=${to}&pbx=recorded`);
  const total = table(page).getByRole('row').last();
  await expect(total).toContainText('Total');
  const shown = await total.getByRole('cell').allInnerTexts();
  const lines = await exportedRows(page, 'PBX');
  expect(lines.find(({ Queue }) => Queue === 'support')).toMatchObject({ Entered: 15, Answered: 13 });
  expect(shown).toContain(String(lines.at(-1)?.['Entered']));
});

test('a viewer reads reports, but shares none, and is not offered payouts, nor given them', async ({
  open,
}) => {
  const page = await open('reports', { role: 'Viewer' });
  await expect(page.getByRole('link', { name: 'Summary' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Payouts of agents' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Summary' }).click();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Save as preset…' }).click();
  await expect(page.getByRole('combobox', { name: 'Range' })).toBeVisible();
  await expect(page.getByRole('dialog').getByLabel('Shared')).toHaveCount(0);
  await open('reports/payout-agents', { role: 'Viewer' });
  await expect(content(page)).toContainText('There is no report “payout-agents” for you');
});
