/**
 * A real Grafana for the same tests: a user per role, their language and theme, logging in.
 *
 * In: `GRAFANA_URL`, an administrator's account (`GRAFANA_ADMIN_USER`, `GRAFANA_ADMIN_PASSWORD`; default admin/admin) and
 * a Grafana with the app installed, provisioned and reaching a collector. Out: users `queuescope-e2e-…`. What must hold:
 * nothing else of that Grafana is changed.
 */
import type { Page } from '@playwright/test';
import type { Environment } from './environment';
import type { Choices, Role } from './test';

const PASSWORD = 'queuescope-e2e';
const loginOf = (role: Role): string => `queuescope-e2e-${role.toLowerCase()}`;

export async function prepareGrafana(url: string): Promise<Environment> {
  for (const role of ['Viewer', 'Editor', 'Admin'] as const) {
    const login = loginOf(role);
    const { status } = await ask(url, 'POST', 'api/admin/users', { name: login, login, password: PASSWORD });
    if (status !== 200 && status !== 412) {
      throw new Error(
        `Grafana at ${url} made no user ${login}: ${status}. Check GRAFANA_ADMIN_USER and …_PASSWORD.`,
      );
    }
    const { id } = (await (await ask(url, 'GET', `api/users/lookup?loginOrEmail=${login}`)).json()) as {
      id: number;
    };
    await ask(url, 'PATCH', `api/org/users/${id}`, { role });
  }
  return {
    sites: { running: url, empty: url, down: url, refused: url, configured: url },
    collector: { url: process.env.COLLECTOR_URL ?? '', token: process.env.COLLECTOR_TOKEN ?? '' },
    recorded: { from: 'now-7d', to: 'now', pbxs: [] },
    isGrafana: true,
  };
}

/** Makes the page that of the role's user, with their language and theme. */
export async function becomeInGrafana(
  page: Page,
  url: string,
  { role, lang, theme }: Choices,
): Promise<void> {
  const { request } = page.context();
  await request.post(`${url}/login`, { data: { user: loginOf(role), password: PASSWORD } });
  const language = lang === 'ru' ? 'ru-RU' : 'en-US';
  await request.put(`${url}/api/user/preferences`, { data: { theme, language, timezone: 'utc' } });
  // The app keeps its language in the browser, by the site: any file of the site will do to set it.
  await page.goto(`${url}/robots.txt`);
  await page.evaluate((chosen) => localStorage.setItem('queuescope.lang', chosen), lang);
}

function ask(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  const user = process.env.GRAFANA_ADMIN_USER ?? 'admin';
  const password = process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin';
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return fetch(`${url}/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
