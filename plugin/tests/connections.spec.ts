/** Connections as an administrator makes them: a wrong password, what a trial says, the right one, connected, removed. */
import { join } from 'node:path';
import { ask, until } from './support/ask';
import { start, type Running } from './support/processes';
import { expect, test } from './support/test';

const SIMULATOR = join(__dirname, 'support/simulator.mjs');
const NAME = 'second-office';

test.describe('connections', () => {
  test.skip(({ environment }) => environment.isGrafana, 'would change the collector of that Grafana');
  let simulator: Running;
  let port: string;

  test.beforeAll(async () => {
    simulator = start([SIMULATOR, 'second '], { cwd: __dirname });
    [, port = ''] = await simulator.says(/simulator on (\d+)/);
  });
  // What a test that failed has left is not in the way of the next one.
  test.afterEach(async ({ environment }) => {
    await ask(environment, 'DELETE', `pbxs/${NAME}`).catch(() => undefined);
  });
  // Runs after skipped tests, too.
  test.afterAll(async ({ environment }) => {
    if (!environment.isGrafana) {
      await simulator.stop();
    }
  });

  test('a PBX is added with a wrong password, tried, corrected, connected and removed', async ({
    open,
    environment,
    problems,
  }) => {
    const page = await open('connections');
    await page.getByRole('button', { name: 'Add connection' }).click();
    const drawer = page.getByRole('dialog');
    const button = (name: string) => drawer.getByRole('button', { name, exact: true });
    await expect(button('Save')).toBeDisabled();
    await drawer.getByLabel('Name').fill('second office');
    await drawer.getByLabel('Host').fill('127.0.0.1');
    await drawer.getByLabel('Port').fill(port);
    await drawer.getByLabel('User').fill('queuescope');
    await drawer.getByLabel('Secret').fill('wrong');

    // A name no PBX can have is refused, and the field is named.
    problems.expect(/400 POST .*pbxs/);
    await button('Save').click();
    await expect(drawer.getByRole('alert')).toContainText('name');
    await drawer.getByLabel('Name').fill(NAME);

    await button('Test').click();
    await expect(drawer.getByText('The connection does not work')).toBeVisible();
    await expect(drawer.getByText(/ami: .*(secret|log ?in)/i)).toBeVisible();

    await drawer.getByLabel('Secret').fill('browser-tests');
    await button('Test').click();
    await expect(drawer.getByText(/The connection works/)).toBeVisible();
    await button('Save').click();
    await expect(drawer).toBeHidden();

    const card = page.getByRole('region', { name: NAME });
    await expect(card).toContainText('Managed here');
    await expect(card).toContainText(`127.0.0.1:${port}`);
    await until(
      () => ask<{ rows: unknown[] }>(environment, 'GET', 'directory/queues?search=second'),
      (found) => found.rows.length === 2,
    );
    await page.reload();
    await expect(card.getByText('up', { exact: true })).toBeVisible();
    await card.getByRole('button', { name: 'Test' }).click();
    await expect(card.getByText(/The connection works/)).toBeVisible();

    // The secret went in and does not come out.
    const shown = await ask<{ rows: unknown[] }>(environment, 'GET', 'pbxs');
    expect(JSON.stringify(shown)).not.toContain('browser-tests');
    await card.getByRole('button', { name: 'Edit' }).click();
    await expect(drawer.getByLabel('Secret')).toBeDisabled();
    await expect(drawer.getByLabel('Secret')).toHaveValue('configured');
    await drawer.getByRole('button', { name: 'Edit all settings as JSON' }).click();
    await expect(drawer.getByLabel('All settings')).not.toHaveValue(/secret/);
    await drawer.getByRole('button', { name: 'Cancel' }).click();

    // What is of the configuration file is shown and left alone.
    const other = page.getByRole('region', { name: 'hq', exact: true });
    await expect(other).toContainText('Managed by the configuration file');
    await expect(other.getByRole('button', { name: 'Edit' })).toHaveCount(0);

    await card.getByRole('button', { name: 'Remove' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toContainText(`Remove the connection ${NAME}?`);
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(card).toHaveCount(0);
  });

  test('changing where a secret goes asks for the secret again', async ({ open, environment, problems }) => {
    const connection = {
      dialect: 'asterisk',
      ami: { host: '127.0.0.1', port: Number(port), user: 'queuescope', secret: 'browser-tests' },
    };
    await ask(environment, 'POST', 'pbxs', { name: NAME, connection });
    const page = await open('connections');
    await page.getByRole('region', { name: NAME }).getByRole('button', { name: 'Edit' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Host').fill('localhost');
    problems.expect(/400 PUT .*pbxs/);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await expect(drawer.getByRole('alert')).toContainText('ami.secret');
    await ask(environment, 'DELETE', `pbxs/${NAME}`);
  });

  test('the configuration of the app says what is wrong with an address or a token', async ({
    open,
    environment,
    problems,
  }) => {
    problems.expect(/\b(401|404|502) .*plugin-proxy/);
    const { url, token } = environment.collector;
    const page = await open('/plugins/queuescope-callcenter-app?page=configuration', { site: 'configured' });
    const address = page.getByLabel('Address');
    const save = page.getByRole('button', { name: 'Save and test' });
    await expect(page.locator('#config-api-token')).toBeDisabled();

    await address.fill('collector:8080');
    await expect(page.getByText('The address begins with http:// or https://')).toBeVisible();
    await expect(save).toBeDisabled();

    await address.fill('http://127.0.0.1:1');
    await save.click();
    await expect(page.getByText('The collector does not answer')).toBeVisible();

    await address.fill(environment.sites.running);
    await save.click();
    await expect(page.getByText('What answers there is no Queuescope collector')).toBeVisible();

    await address.fill(url);
    await save.click();
    await expect(page.getByText(/^Connected to Queuescope \d/)).toBeVisible();
    await expect(page.getByText('Your role is Admin, your tenant “default”.')).toBeVisible();
    await expect(page.getByText(/everybody has the role/)).toHaveCount(0);

    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('#config-api-token').fill('qs_not-a-token');
    await save.click();
    await expect(page.getByText('The collector does not accept the token')).toBeVisible();

    // A token that does not act for users works, for everybody alike: said, not hidden.
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('#config-api-token').fill(token);
    await save.click();
    await expect(page.getByText('With this token everybody has the role Admin')).toBeVisible();
    await expect(page.locator('#config-api-token')).toHaveValue('configured');
  });
});
