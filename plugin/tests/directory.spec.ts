/**
 * The directory as an administrator uses it: names that reports then show, teams, aliases, a spreadsheet; goals and hours.
 *
 * What must hold: every name, team, goal and hour is given back.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ask, until } from './support/ask';
import type { Environment } from './support/environment';
import { LOG_RANGE, startLogPbx, type LogPbx } from './support/log-pbx';
import { expect, test } from './support/test';

const LOG = 'names-log';
/** One person with two phones, and another; a queue of which every call was answered but one of three too late. */
const ROWS = [
  `n1.1|${LOG} desk|NONE|ENTERQUEUE||5551|1`,
  `n1.1|${LOG} desk|PJSIP/777|CONNECT|0|9.2|0`,
  `n1.1|${LOG} desk|PJSIP/777|COMPLETEAGENT|0|1|1`,
  `n2.1|${LOG} desk|NONE|ENTERQUEUE||5552|1`,
  `n2.1|${LOG} desk|SIP/777|CONNECT|0|9.3|0`,
  `n2.1|${LOG} desk|SIP/777|COMPLETEAGENT|0|1|1`,
  `n3.1|${LOG} desk|NONE|ENTERQUEUE||5553|1`,
  ...Array.from({ length: 24 }, () => 'NONE|NONE|NONE|CONFIGRELOAD|'),
  `n3.1|${LOG} desk|Nadia|CONNECT|25|9.4|1`,
  `n3.1|${LOG} desk|Nadia|COMPLETEAGENT|25|1|1`,
];
const reportOf = (name: string): string =>
  `reports/${name}?from=${LOG_RANGE.from}&to=${LOG_RANGE.to}&pbx=${LOG}`;

/** Of what `reports/queues` says of one. */
interface Queue {
  entered: number;
  answered: number;
  talkSeconds: number;
}

const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
const drawerOf = (page: Page) => page.getByRole('dialog');

async function queueId(environment: Environment): Promise<number> {
  const { rows } = await ask<{ rows: Array<{ id: number }> }>(
    environment,
    'GET',
    `directory/queues?search=${LOG}`,
  );
  return rows[0]!.id;
}

test.describe('the directory', () => {
  test.describe.configure({ mode: 'serial' });
  test.skip(({ environment }) => environment.isGrafana, 'would change the directory of that Grafana');
  let pbx: LogPbx;

  test.beforeAll(async ({ environment }) => {
    pbx = await startLogPbx(environment, LOG, ROWS);
    await until(
      () => ask<{ rows: Queue[] }>(environment, 'GET', `${reportOf('queues')}&tz=UTC`),
      ({ rows }) => rows[0]?.entered === 3 && rows[0].answered === 3 && rows[0].talkSeconds === 3,
    );
    await until(
      () => ask<{ rows: unknown[] }>(environment, 'GET', `${reportOf('agents')}&tz=UTC`),
      ({ rows }) => rows.length === 3,
    );
  });
  // Runs after skipped tests, too.
  test.afterAll(({ environment }) => (environment.isGrafana ? undefined : pbx.remove()));

  test('a queue and an agent are renamed, reports show it, and it is taken back', async ({ visit }) => {
    const page = await visit('directory/queues');
    await page.getByRole('textbox', { name: 'Search names and teams' }).fill(LOG);
    await expect(page).toHaveURL(new RegExp(`search=${LOG}`));
    await row(page, LOG)
      .getByRole('button', { name: `Edit ${LOG} desk` })
      .click();
    const drawer = drawerOf(page);
    await drawer.getByLabel('Display name').fill('Претензии «A & B»');
    await drawer.getByLabel('Team').fill('Back office');
    await drawer.getByLabel('Service level goal').fill('120');
    await expect(drawer.getByText('A number from 0 to 100')).toBeVisible();
    await expect(drawer.getByRole('button', { name: 'Save' })).toBeDisabled();
    await drawer.getByLabel('Service level goal').fill('90');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(row(page, 'Претензии «A & B»')).toContainText('Back office');
    await expect(row(page, 'Претензии «A & B»')).toContainText('90%');

    const agents = await visit('directory/agents?search=Nadia');
    await agents.getByRole('button', { name: 'Edit Nadia' }).click();
    await drawerOf(agents).getByLabel('Display name').fill('Надя О’Коннор');
    await drawerOf(agents).getByRole('button', { name: 'Save' }).click();
    await expect(row(agents, 'Надя О’Коннор')).toBeVisible();

    const queues = await visit(reportOf('queues'));
    await expect(row(queues, 'Претензии «A & B»').first()).toBeVisible();
    const people = await visit(reportOf('agents'));
    await expect(row(people, 'Надя О’Коннор').first()).toBeVisible();

    const again = await visit(`directory/queues?search=${LOG}`);
    await again.getByRole('button', { name: /^Edit / }).click();
    const history = drawerOf(again).getByRole('listitem');
    await expect(history).toHaveCount(3);
    for (const said of ['Претензии «A & B»', 'Back office', '90%']) {
      await drawerOf(again)
        .getByRole('button', { name: `Take back “${said}”` })
        .click();
    }
    await expect(history).toHaveCount(0);
    await drawerOf(again).getByRole('button', { name: 'Cancel' }).click();
    await expect(row(again, LOG).getByRole('cell').nth(1)).toHaveText(`${LOG} desk`);

    const changes = await visit(`directory/changes?search=${LOG} desk`);
    await expect(row(changes, 'Back office').nth(0)).toContainText('Removed');
    await expect(row(changes, 'Back office').nth(1)).toContainText('Team');
    await expect(row(changes, 'Queue: ').first()).toContainText(`${LOG} desk`);
  });

  test('many get a team at once; a spreadsheet with a wrong line changes nothing, a right one does', async ({
    visit,
  }) => {
    const page = await visit('directory/agents?search=777');
    await page.getByRole('checkbox', { name: 'Choose all on this page' }).check({ force: true });
    await page.getByRole('button', { name: 'Edit 2 chosen' }).click();
    await expect(drawerOf(page).getByLabel('Display name')).toHaveCount(0);
    await drawerOf(page).getByLabel('Team').fill('Night, shift');
    await drawerOf(page).getByRole('button', { name: 'Save' }).click();
    await expect(row(page, 'Night, shift')).toHaveCount(2);

    const csv = await visit('directory/csv');
    const [download] = await Promise.all([
      csv.waitForEvent('download'),
      csv.getByRole('link', { name: 'Download directory.csv' }).click(),
    ]);
    const [header = '', ...lines] = (await readFile(await download.path(), 'utf8')).split('\r\n');
    expect(header).toBe('kind,pbx,name,displayName,team,target,from');
    const ours = lines.filter((line) => line.includes('/777'));
    expect(ours).toEqual([
      `agent,${LOG},PJSIP/777,,"Night, shift",,`,
      `agent,${LOG},SIP/777,,"Night, shift",,`,
    ]);

    const upload = (text: string) =>
      csv.locator('input[type=file]').setInputFiles({
        ...{ name: 'directory.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
      });
    const ended = ours.map((line) => line.replace('"Night, shift"', '-'));
    await upload([header, ended[0], `queue,${LOG},no-such-queue,X,,,`, ''].join('\r\n'));
    await expect(csv.getByText('Lines that are wrong: 1. Nothing was changed.')).toBeVisible();
    await expect(csv.getByText(/line 3, name/)).toBeVisible();
    await expect(csv.getByText(/there is no queue "no-such-queue"/)).toBeVisible();
    await expect(csv.getByRole('button', { name: /^Apply/ })).toHaveCount(0);

    await csv.reload();
    await upload([header, ...ended, ''].join('\r\n'));
    await expect(row(csv, 'SIP/777')).toHaveCount(2);
    await csv.getByRole('button', { name: 'Apply 2 changes' }).click();
    await expect(csv.getByText('Changes applied: 2')).toBeVisible();
    const none = await visit('directory/agents?search=Night, shift');
    await expect(none.getByText('Nothing found')).toBeVisible();
  });

  test('two phones of one number become one agent, and who it is is corrected', async ({
    visit,
    environment,
  }) => {
    /** Facts are derived again at once, rollups a moment later. */
    const people = (names: string[]) =>
      until(
        () =>
          ask<{ rows: Array<{ agent: string; answered: number }> }>(
            environment,
            'GET',
            `${reportOf('agents')}&tz=UTC`,
          ),
        ({ rows }) => rows.map(({ agent, answered: calls }) => `${agent}: ${calls}`).join() === names.join(),
      );
    const answered = async (name: string) => {
      const report = await visit(reportOf('agents'));
      await expect(row(report, 'Надя О’Коннор').first()).toBeVisible();
      return row(report, name);
    };
    await expect(await answered('SIP/777')).toHaveCount(2);

    const page = await visit('directory/aliases');
    await page.getByRole('button', { name: 'Unify by number' }).click();
    const drawer = drawerOf(page);
    await drawer.getByLabel('PBX').click();
    await page.getByRole('option', { name: LOG }).click();
    await expect(drawer.getByRole('cell', { name: 'SIP/777', exact: true })).toBeVisible();
    await drawer.getByRole('button', { name: 'Unify 1 addresses' }).click();
    await expect(drawer).toBeHidden();
    await people(['Nadia: 1', 'PJSIP/777: 2']);
    await expect(await answered('SIP/777')).toHaveCount(1);

    const correct = await visit('directory/aliases?search=SIP/777');
    await correct.getByRole('button', { name: 'Add alias' }).click();
    const form = drawerOf(correct);
    await form.getByLabel('PBX').click();
    await correct.getByRole('option', { name: LOG }).click();
    await form.getByLabel('Address').fill('SIP/777');
    await form.getByLabel('Agent').fill('Надя');
    await correct.getByRole('option', { name: /Надя О’Коннор/ }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(row(correct, 'Nadia')).toContainText('User');
    await expect(row(correct, 'Nadia')).toContainText('always');

    // Nadia has the call of SIP/777, too: two answered.
    await people(['Nadia: 2', 'PJSIP/777: 1']);
    const nadia = await answered('Надя О’Коннор');
    await expect(nadia.first()).toContainText('2');
    const back = await visit('directory/aliases?search=SIP/777');
    await back.getByRole('button', { name: 'Take back SIP/777' }).click();
    await expect(row(back, 'Nadia')).toHaveCount(0);
    const agents = await visit('directory/agents?search=Nadia');
    await agents.getByRole('button', { name: /^Edit / }).click();
    await drawerOf(agents)
      .getByRole('button', { name: /^Take back/ })
      .click();
    await expect(drawerOf(agents).getByRole('listitem')).toHaveCount(0);
  });

  test('a goal is set and the report shows the gap to it', async ({ visit, environment }) => {
    const id = await queueId(environment);
    const page = await visit(`targets/queue?queue=${id}`);
    await expect(page.getByLabel('Queue', { exact: true })).toHaveValue(`${LOG} desk`);
    await page.getByLabel('Goal').fill('80');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved')).toBeVisible();

    // Two of three within 20 s: 66.7 % − 80 %.
    const report = await visit(reportOf('summary'));
    const line = row(report, `${LOG} desk`).first();
    await expect(line).toContainText('66.7%');
    await expect(line).toContainText('80.0%');
    await expect(line).toContainText(/[-−]13\.3/);
    await ask(environment, 'PUT', `directory/queues/${id}`, { target: null });
  });

  test('hours with a break, a holiday, and when the queue is open then', async ({ visit, environment }) => {
    const id = await queueId(environment);
    const page = await visit(`targets/queue?queue=${id}`);
    await page.getByLabel('Monday').fill('18-9');
    await expect(page.getByText(/Times from – to, in order/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByLabel('Monday').fill('9-13, 14:00-18:00');
    await page.getByRole('button', { name: 'Tuesday to Friday as on Monday' }).click();
    await expect(page.getByLabel('Friday')).toHaveValue('9-13, 14:00-18:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved')).toBeVisible();
    await expect(page.getByLabel('Monday')).toHaveValue('09:00–13:00, 14:00–18:00');

    const holidays = await visit('targets/holidays');
    await holidays.getByLabel('Date').click();
    // Of the month that is shown, whichever it is.
    const fifteenth = holidays.getByLabel(/^[A-Z][a-z]+ 15, \d{4}$/);
    const date = new Date(`${await fifteenth.getAttribute('aria-label')} UTC`);
    await fifteenth.click();
    await holidays.getByLabel('Name').fill('Day of the desk');
    await holidays.getByLabel('Queues').fill(LOG);
    await holidays.getByRole('option', { name: `${LOG} desk` }).click();
    await holidays.getByLabel('Open').fill('10:00-12:00');
    await holidays.getByRole('button', { name: 'Add' }).click();
    await expect(row(holidays, 'Day of the desk')).toContainText('10:00–12:00');
    await expect(row(holidays, 'Day of the desk')).toContainText(
      date.toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' }),
    );

    /** In UTC, on a day. */
    const open = async (day: Date) => {
      const [from, to] = [day, new Date(day.getTime() + 86_400_000)].map(dayOf);
      const path = `directory/queues/${id}/open-times?from=${from}&to=${to}&tz=UTC`;
      const { rows } = await ask<{ rows: Array<{ fromMs: number; toMs: number }> }>(environment, 'GET', path);
      return rows.map((span) =>
        [span.fromMs, span.toMs].map((ms) => new Date(ms).toISOString().slice(11, 16)),
      );
    };
    expect(await open(new Date('2026-09-14'))).toEqual([
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ]);
    expect(await open(date)).toEqual([['10:00', '12:00']]);

    await row(holidays, 'Day of the desk').getByRole('button', { name: 'Remove Day of the desk' }).click();
    await expect(holidays.getByText('Day of the desk')).toHaveCount(0);
    await ask(environment, 'PUT', `directory/queues/${id}`, { hours: null });
  });
});

const dayOf = (day: Date): string => day.toISOString().slice(0, 10);
