/** Health as an administrator uses it: links and gaps, a message that cannot be understood, a log that says something else. */
import { ask, until } from './support/ask';
import { LOG_SECOND, startLogPbx, type LogPbx } from './support/log-pbx';
import { expect, test } from './support/test';

const NAME = 'health-log';
/** Three calls: 00:02 of wait and 00:05 of talk; gone after 00:04; 00:00 and 00:03. */
const ROWS = [
  `h1.1|${NAME} desk|NONE|ENTERQUEUE||5551|1`,
  `h2.1|${NAME} desk|NONE|ENTERQUEUE||5552|2`,
  `h1.1|${NAME} desk|Hella|CONNECT|2|9.2|1`,
  `h3.1|${NAME} desk|NONE|ENTERQUEUE||5553|1`,
  `h3.1|${NAME} desk|Helmut|CONNECT|1|9.3|0`,
  `h2.1|${NAME} desk|NONE|ABANDON|1|2|4`,
  `h3.1|${NAME} desk|Helmut|COMPLETEAGENT|1|2|1`,
  `h1.1|${NAME} desk|Hella|COMPLETECALLER|2|5|1`,
];
const BROKEN = `${LOG_SECOND + 60}|h4.1`;

test.describe('health', () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(({ environment }) => environment.isGrafana, 'would change the collector of that Grafana');
  let pbx: LogPbx;

  test.beforeAll(async ({ environment }) => {
    pbx = await startLogPbx(environment, NAME, ROWS);
  });
  // Runs after skipped tests, too.
  test.afterAll(({ environment }) => (environment.isGrafana ? undefined : pbx.remove()));

  test('shows each source, how far it is known, and the gaps', async ({ open, environment }) => {
    const page = await open('health');
    const sources = page.getByRole('table', { name: 'Sources of the PBXs' });
    const live = sources.getByRole('row').filter({ hasText: 'hq (asterisk)' });
    await expect(live).toContainText('ami');
    await expect(live).toContainText('up');
    await expect(live).toContainText(/\d\.\d\d s/);
    const log = sources.getByRole('row').filter({ hasText: NAME });
    await expect(log).toContainText('queue_log');

    const { version } = await ask<{ version: string }>(environment, 'GET', 'health');
    await expect(page.getByRole('definition').first()).toHaveText(version);
    await expect(page.getByRole('heading', { name: 'Gaps of the last 24 hours' })).toBeVisible();
  });

  test('a line that is no row is listed, tried again and given up', async ({ open, environment }) => {
    pbx.append(BROKEN);
    await until(
      () => ask<{ rows: Array<{ pbx: string }> }>(environment, 'GET', 'journal/errors?status=failed'),
      (failed) => failed.rows.some((row) => row.pbx === NAME),
    );
    const page = await open('health/failed');
    const row = page.getByRole('row').filter({ hasText: NAME });
    await expect(row).toContainText('cannot be read');
    await row.getByText('cannot be read').click();
    await expect(row).toContainText('h4.1');
    await expect(row.getByRole('cell').nth(3)).toHaveText('1');

    await row.getByRole('button', { name: 'Try again' }).click();
    await expect(row.getByRole('cell').nth(3)).toHaveText('2');

    await row.getByRole('button', { name: 'Give up' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toContainText('What it says will not be in the numbers.');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(row).toBeVisible();
    await row.getByRole('button', { name: 'Give up' }).click();
    await question.getByRole('button', { name: 'Give up' }).click();
    await expect(row).toHaveCount(0);
    await page.getByRole('radio', { name: 'Given up' }).check({ force: true });
    await expect(row).toHaveCount(1);
    await expect(row.getByRole('button')).toHaveCount(0);
  });

  test('the doctor finds the one line in which the log differs, and no other', async ({ open }) => {
    const range = 'from=2026-09-15T00:00:00.000Z&to=2026-09-16T00:00:00.000Z';
    const page = await open(`health/doctor?pbx=${NAME}&${range}`);
    await expect(page.getByText('No difference')).toBeVisible();
    await expect(page.getByText('record (queue_log): 3; in Queuescope: 3.')).toBeVisible();

    pbx.rewrite((text) => text.replace('COMPLETECALLER|2|5|1', 'COMPLETECALLER|2|8|1'));
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByText('Differences: 1')).toBeVisible();
    const found = page.getByRole('table', { name: 'Differences' }).getByRole('row').nth(1);
    await expect(found.getByRole('cell')).toHaveText([
      /Sep 15, 2026, 9:00:00/,
      `${NAME} desk`,
      'h1.1',
      'Talk, s',
      '5',
      '8',
    ]);

    // A time before the log begins is not taken for agreement.
    const before = await open(
      `health/doctor?pbx=${NAME}&from=2026-09-13T00:00:00.000Z&to=2026-09-14T00:00:00.000Z`,
    );
    await expect(before.getByText('Nothing was compared')).toBeVisible();
    await expect(before.getByText('No difference')).toHaveCount(0);
  });

  test('who only reads sees the state, and nothing to decide', async ({ open }) => {
    const page = await open('health/failed', { role: 'Viewer' });
    await expect(page.getByText('Version', { exact: true })).toBeVisible();
    await expect(page.getByRole('tab')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  });
});
