/**
 * Every page: opens, speaks its language, logs no error, is operable without eyes; refuses who may not see it; and says
 * what is so when there is nothing to show, the collector is down or the token wrong.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { content, isSound, settled } from './support/checks';
import {
  APP,
  expect,
  PAGES,
  test,
  title,
  type Choices,
  type Lang,
  type Role,
  type Theme,
} from './support/test';
import type { Site } from './support/environment';
import { text } from './support/pages';

const ROLES: Role[] = ['Viewer', 'Editor', 'Admin'];
const LANGS: Lang[] = ['en', 'ru', 'uz'];
const THEMES: Theme[] = ['light', 'dark'];

/** Each role in English and light, each language in dark: the product of all is for `npm run test:matrix`. */
const CHOICES: Choices[] =
  process.env.QUEUESCOPE_MATRIX === 'full'
    ? ROLES.flatMap((role) => LANGS.flatMap((lang) => THEMES.map((theme) => ({ role, lang, theme }))))
    : [
        ...ROLES.map((role): Choices => ({ role, lang: 'en', theme: 'light' })),
        ...LANGS.map((lang): Choices => ({ role: 'Admin', lang, theme: 'dark' })),
      ];

test('every page of the navigation is tested', () => {
  const { includes } = JSON.parse(readFileSync(join(__dirname, '../src/plugin.json'), 'utf8')) as {
    includes: Array<{ type: string; path: string }>;
  };
  const own = includes.filter(({ type, path }) => type === 'page' && path.startsWith('/a/'));
  const tested = PAGES.map(({ path }) => `/a/%PLUGIN_ID%/${path}`);
  expect(own.map(({ path }) => path).filter((path) => !tested.includes(path))).toEqual([]);
});

for (const choices of CHOICES) {
  const { role, lang, theme } = choices;
  test.describe(`${role} ${lang} ${theme}`, () => {
    for (const appPage of PAGES) {
      const isAllowed = ROLES.indexOf(role) >= ROLES.indexOf(appPage.role);
      test(`${isAllowed ? 'sees' : 'is refused'} ${appPage.path}`, async ({ visit }) => {
        const page = await visit(appPage.path, choices);
        if (isAllowed) {
          await expect(page.getByRole('heading', { level: 1 })).toHaveText(title(appPage, lang));
          await settled(page);
          await isSound(page);
        } else {
          const refusals = [
            'do not have permission',
            text(lang, 'app.states.noPermission', 'You may not see'),
          ];
          await expect(content(page)).toContainText(new RegExp(refusals.join('|')));
        }
      });
    }
  });
}

test.describe('without any traffic', () => {
  for (const appPage of PAGES) {
    test(`${appPage.path} is there`, async ({ visit, problems, environment }) => {
      test.skip(environment.isGrafana, 'needs a tenant without traffic');
      // Connections are for administrators of the tenant "default" alone, which no role of Grafana tells.
      problems.expect(/^403 .*\/pbxs/);
      const page = await visit(appPage.path, { site: 'empty' });
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title(appPage, 'en'));
      await settled(page);
      await isSound(page);
    });
  }
});

const FAILURES = [
  { site: 'down', status: 502, key: 'app.error.unreachable', english: 'The collector does not answer' },
  {
    site: 'refused',
    status: 401,
    key: 'app.error.token',
    english: 'The collector does not accept the token',
  },
] as const;

/** Each language once, but for the product of all. */
const isFailureOf = (site: Site, lang: Lang): boolean =>
  process.env.QUEUESCOPE_MATRIX === 'full' || (site === 'refused') === (lang === 'ru');

for (const { site, status, key, english } of FAILURES) {
  for (const lang of LANGS.filter((one) => isFailureOf(site, one))) {
    test(`${site} in ${lang}: says what is wrong, and a way on`, async ({ open, problems, environment }) => {
      test.skip(environment.isGrafana, 'would break that Grafana');
      problems.expect(new RegExp(`\\b${status}\\b`));
      const page = await open('live', { site, lang });
      await expect(content(page)).toContainText(text(lang, key, english));
      await expect(content(page).getByRole('link')).toHaveAttribute(
        'href',
        '/plugins/queuescope-callcenter-app',
      );
    });
  }
}

test('the configuration page knows the address and keeps the token to itself', async ({ open }) => {
  const page = await open('/plugins/queuescope-callcenter-app?page=configuration');
  await expect(page.locator('#config-api-url')).toHaveValue(/^http/);
  await expect(page.locator('#config-api-token')).toBeDisabled();
  await expect(page.locator('body')).not.toContainText('qs_4');
});

test('the preview says what it is not', async ({ open, environment }) => {
  test.skip(environment.isGrafana, 'this is Grafana');
  const page = await open('health');
  await expect(page.getByTestId('preview-banner')).toHaveText(/dashboards and alerting need Grafana/);
});

test('the browser’s back leads back', async ({ open }) => {
  const page = await open('live');
  await settled(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Health', exact: true }).first().click();
  await expect(page).toHaveURL(new RegExp(`${APP}/health`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Health');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Live');
});
