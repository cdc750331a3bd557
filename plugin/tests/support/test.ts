/**
 * `test` and `expect` for the specs of pages.
 *
 * In: a path of the app, who opens it in which language and theme, and in which state the collector is. Out: the opened
 * page. What must hold: a test in which the browser logged an error, or a request failed that was not expected to, fails.
 */
import { test as playwrightTest, type BrowserContext, type Page } from '@playwright/test';
import { test as grafanaTest } from '@grafana/plugin-e2e';
import { environment, type Environment, type Site } from './environment';
import { becomeInGrafana } from './grafana';
import { Problems } from './problems';

export { expect } from '@playwright/test';
export { PAGES, title, type AppPage } from './pages';

export const APP = '/a/queuescope-callcenter-app';

export type Role = 'Viewer' | 'Editor' | 'Admin';
export type Lang = 'en' | 'ru' | 'uz';
export type Theme = 'light' | 'dark';

export interface Choices {
  role: Role;
  lang: Lang;
  theme: Theme;
}

export interface OpenOptions extends Partial<Choices> {
  /** Default `running`. */
  site?: Site;
}

interface TestFixtures {
  /** Opens a path, below the app (`live`) or of the whole site (`/plugins/…`), and gives the page. */
  open: (path: string, options?: OpenOptions) => Promise<Page>;
  /** What went wrong in the browser; `problems.expect(/502/)` for what is meant to. */
  problems: Problems;
}

interface WorkerFixtures {
  environment: Environment;
  /** One for all tests of a worker: the host's bundle is fetched and compiled once. */
  sharedContext: BrowserContext;
}

/** plugin-e2e knows Grafana's own pages; without one it has nothing to do. */
const base = (process.env.GRAFANA_URL ? grafanaTest : playwrightTest) as typeof playwrightTest;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  environment: [({}, use) => use(environment()), { scope: 'worker' }],
  sharedContext: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ sharedContext }, use) => use(sharedContext),
  page: async ({ sharedContext }, use) => {
    const page = await sharedContext.newPage();
    await use(page);
    await page.close();
  },
  problems: async ({ page }, use) => {
    const problems = new Problems(page);
    await use(problems);
    problems.check();
  },
  open: async ({ page, context, problems: _, environment: { sites, isGrafana } }, use) => {
    await use(async (path, { site = 'running', role = 'Admin', lang = 'en', theme = 'light' } = {}) => {
      const address = path.startsWith('/') ? path : `${APP}/${path}`;
      const url = sites[site];
      if (isGrafana) {
        await becomeInGrafana(context, url, { role, lang, theme });
        await page.addInitScript((chosen) => localStorage.setItem('queuescope.lang', chosen), lang);
        await page.goto(url + address);
      } else {
        const query = new URLSearchParams({ role, lang, theme, timeZone: 'utc', to: address });
        await page.goto(`${url}/preview/as?${query.toString()}`);
        await page.waitForURL((current) => current.pathname !== '/preview/as');
      }
      return page;
    });
  },
});
