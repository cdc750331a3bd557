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
  /**
   * Opens a path, below the app (`live`) or of the whole site (`/plugins/…`), anew: nothing is left of what was shown, typed
   * or loaded before.
   */
  open: (path: string, options?: OpenOptions) => Promise<Page>;
  /** The same for sweeps over many pages: while who opens them stays the same they are gone to as by a link. */
  visit: (path: string, options?: OpenOptions) => Promise<Page>;
  /** What went wrong in the browser; `problems.expect(/502/)` for what is meant to. */
  problems: Problems;
}

interface WorkerFixtures {
  environment: Environment;
  sharedContext: BrowserContext;
  tab: Tab;
}

/** One for all tests of a worker: in a tab of its own each test would compile the host's bundle again. */
interface Tab {
  page: Page;
  /** Who looks at it, on which site; null: nobody, it is blank. */
  shownTo: string | null;
}

/** plugin-e2e knows Grafana's own pages; without one it has nothing to do. */
const base = (process.env.GRAFANA_URL ? grafanaTest : playwrightTest) as typeof playwrightTest;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  environment: [({}, use) => use(environment()), { scope: 'worker' }],
  sharedContext: [
    async ({ browser }, use) => {
      const context = await browser.newContext({
        ...{ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC' },
        // Nothing to wait for, nothing to draw for nobody.
        reducedMotion: 'reduce',
      });
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  tab: [
    async ({ sharedContext }, use) => use({ page: await sharedContext.newPage(), shownTo: null }),
    { scope: 'worker' },
  ],
  context: async ({ sharedContext }, use) => use(sharedContext),
  page: async ({ tab }, use) => use(tab.page),
  problems: async ({}, use) => {
    const problems = new Problems();
    await use(problems);
    problems.check();
  },
  open: async ({ tab, problems, environment: made }, use) => {
    await use(async (path, options) => {
      const chosen = { ...DEFAULTS, ...options };
      const stays = !made.isGrafana && isShownTo(tab, chosen) && (await isCleared(tab.page));
      return show(tab, addressOf(path), { chosen, stays, problems, made });
    });
  },
  visit: async ({ tab, problems, environment: made }, use) => {
    await use((path, options) => {
      const chosen = { ...DEFAULTS, ...options };
      return show(tab, addressOf(path), { chosen, stays: isShownTo(tab, chosen), problems, made });
    });
  },
});

type Chosen = Required<OpenOptions>;

const DEFAULTS: Chosen = { site: 'running', role: 'Admin', lang: 'en', theme: 'light' };

interface Showing {
  chosen: Chosen;
  /** The app is in the tab already, for the same user. */
  stays: boolean;
  problems: Problems;
  made: Environment;
}

const addressOf = (path: string): string => (path.startsWith('/') ? path : `${APP}/${path}`);

const isShownTo = ({ shownTo }: Tab, chosen: Chosen): boolean => shownTo === JSON.stringify(chosen);

/** Where the host has no page: the app is gone from there with all it held. */
const NOWHERE = '/preview/nowhere';

/** Takes the app away. @returns whether that leaves nothing: notifications stay for some seconds, wherever one goes */
async function isCleared(page: Page): Promise<boolean> {
  await page.evaluate(goTo, NOWHERE);
  await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
  return (await page.getByRole('alert').count()) === 0;
}

async function show(tab: Tab, address: string, { chosen, stays, problems, made }: Showing): Promise<Page> {
  const { page } = tab;
  if (stays) {
    problems.watch(page);
    await page.evaluate(goTo, address);
    return page;
  }
  tab.shownTo = null;
  // What the page of before still asks for is no problem of this one.
  await page.goto('about:blank');
  problems.watch(page);
  const { site, ...user } = chosen;
  const url = made.sites[site];
  if (made.isGrafana) {
    await becomeInGrafana(page, url, user);
    await page.goto(url + address);
  } else {
    const query = new URLSearchParams({ ...user, timeZone: 'utc', to: address });
    await page.goto(`${url}/preview/as?${query.toString()}`);
    await page.waitForURL((current) => current.pathname !== '/preview/as');
  }
  tab.shownTo = JSON.stringify(chosen);
  return page;
}

/** In the page: what the browser does when one goes forward. */
function goTo(address: string): void {
  window.history.pushState({}, '', address);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}
