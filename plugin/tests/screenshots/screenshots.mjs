// `npm run screenshots -w plugin [-- NAME …]`: pictures of pages and panels for README and plugin.json, taken from a running
// preview (PREVIEW_URL, default http://127.0.0.1:8081; `npm start` with its demo has something to show) into
// src/img/screenshots. Without the preview's own frame: what is shown is the plugin.
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';
import { findCall } from './find-call.mjs';
import { PANELS, SHOTS } from './shots.mjs';

const base = process.env.PREVIEW_URL ?? 'http://127.0.0.1:8081';
const folder = fileURLToPath(new URL('../../src/img/screenshots', import.meta.url));
const settleMs = 2500;
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.includes(name);

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
  const shots = [...SHOTS, ...PANELS].filter(isWanted);
  const ids = await idsFor(shots, page);
  for (const shot of shots) {
    await open(
      page,
      shot.theme ?? 'dark',
      shot.path.replace(/\{(\w+)\}/g, (_, name) => ids[name]),
    );
    const element = shot.panel ? page.getByTestId(shot.panel) : page.locator('#pageContent');
    if (shot.click) {
      await page.getByRole('tab', { name: shot.click }).first().click();
    }
    // Figures come in after the page: live streams, the charts' animations.
    await page.waitForTimeout(settleMs);
    // What is of the preview and not of the plugin, as the link to a panel's editors.
    await page.addStyleTag({
      content:
        '[data-preview] { visibility: hidden } [data-testid="preview-banner"] { border: none !important }',
    });
    await element.screenshot({ path: join(folder, `${shot.name}.png`), animations: 'disabled' });
    console.log(`${shot.name}.png`);
  }
} finally {
  await browser.close();
}

/** Of what stands in braces in the paths. */
async function idsFor(shots, page) {
  await page.goto(`${base}/preview/as?${new URLSearchParams({ role: 'Admin', to: '/' })}`);
  return {
    ...(shots.some(({ prepared }) => prepared) && (await prepare(page.request, base))),
    ...(shots.some(({ name }) => name === 'journey') && { journey: await findCall(page.request, base) }),
  };
}

async function open(page, theme, path) {
  const query = new URLSearchParams({ role: 'Admin', lang: 'en', theme, timeZone: 'utc', to: path });
  await page.goto(`${base}/preview/as?${query}`);
  await page.waitForURL((url) => url.pathname !== '/preview/as');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined); // live pages never idle
}
