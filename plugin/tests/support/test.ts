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
  /**
   * The same for many pages one after the other: while who opens them stays the same, only the first is loaded, the others
   * are gone to as by a link.
   */
  visit: (path: string, options?: OpenOptions) => Promise<Page>;
  /** What went wrong in the browser; `problems.expect(/502/)` for what is meant to. */
  problems: Problems;
}

interface WorkerFixtures {
  environment: Environment;
  /** One for all tests of a worker: the host's bundle is fetched and compiled once. */
  sharedContext: BrowserContext;
  /** The tab of `visit`. */
  tab: { page: Page | null; key: string };
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
  tab: [({}, use) => use({ page: null, key: '' }), { scope: 'worker' }],
  context: async ({ sharedContext }, use) => use(sharedContext),
  page: async ({ sharedContext }, use) => {
    const page = await sharedContext.newPage();
    await use(page);
    await page.close();
  },
  problems: async ({}, use) => {
    const problems = new Problems();
    await use(problems);
    problems.check();
  },
  open: async ({ page, problems, environment: made }, use) => {
    problems.watch(page);
    await use(async (path, options) => {
      await load(page, addressOf(path), { ...DEFAULTS, ...options }, made);
      return page;
    });
  },
  visit: async ({ sharedContext, tab, problems, environment: made }, use) => {
    await use(async (path, options) => {
      const chosen = { ...DEFAULTS, ...options };
      const key = JSON.stringify(chosen);
      if (tab.page === null || tab.key !== key) {
        await tab.page?.close();
        tab.page = await sharedContext.newPage();
        problems.watch(tab.page);
        await load(tab.page, addressOf(path), chosen, made);
        tab.key = key;
      } else {
        problems.watch(tab.page);
        await tab.page.evaluate(goTo, addressOf(path));
      }
      return tab.page;
    });
  },
});

const DEFAULTS = { site: 'running', role: 'Admin', lang: 'en', theme: 'light' } as const;

const addressOf = (path: string): string => (path.startsWith('/') ? path : `${APP}/${path}`);

async function load(
  page: Page,
  address: string,
  { site, role, lang, theme }: Required<OpenOptions>,
  { sites, isGrafana }: Environment,
): Promise<void> {
  const url = sites[site];
  if (isGrafana) {
    await becomeInGrafana(page.context(), url, { role, lang, theme });
    await page.addInitScript((chosen) => localStorage.setItem('queuescope.lang', chosen), lang);
    await page.goto(url + address);
  } else {
    const query = new URLSearchParams({ role, lang, theme, timeZone: 'utc', to: address });
    await page.goto(`${url}/preview/as?${query.toString()}`);
    await page.waitForURL((current) => current.pathname !== '/preview/as');
  }
}

/** In the page: what the browser does when one goes forward. */
function goTo(address: string): void {
  window.history.pushState({}, '', address);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}
