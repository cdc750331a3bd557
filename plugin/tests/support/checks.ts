/**
 * What must hold of every page, whatever it shows.
 *
 * In: a page that is loaded. Out: nothing, or a failed expectation that names the element or the text.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { PAGES, text } from './pages';

const LANGS = ['en', 'ru', 'uz'] as const;

/** What stands in the frame of the site, apart from its own menus. */
export const content = (page: Page): Locator => page.locator('#pageContent, main').first();

/** Loaded: nothing says any more that it is loading, in whatever language. */
export async function settled(page: Page): Promise<void> {
  const loading = LANGS.map((lang) => text(lang, 'app.states.loading', 'Loading'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: new RegExp(`^(${loading.join('|')})$`) })).toHaveCount(0);
}

/** No text is the key of a text. */
export async function hasNoKeys(page: Page): Promise<void> {
  const areas = ['app', 'config', ...PAGES.map(({ area }) => area)].join('|');
  const shown = await content(page).innerText();
  expect(shown.match(new RegExp(`\\b(?:${areas})\\.[a-z][A-Za-z]+\\b(?!@|/|:)`, 'g')) ?? []).toEqual([]);
}

const NAMED = [
  ...(['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'switch', 'radio'] as const),
  ...(['tab', 'spinbutton', 'slider', 'menuitem', 'dialog'] as const),
];

/** In a snapshot of what screen readers are told: a line with a role and no name. */
const NAMELESS = new RegExp(`^\\s*- (${NAMED.join('|')})(?: \\[[^\\]]*\\])*(?::.*)?$`, 'gm');

/** Whatever can be operated says what it is: to a screen reader everything else is a blank. */
export async function hasNames(page: Page): Promise<void> {
  const nameless: string[] = [];
  // One look at all of the page; then a closer one, at the roles in doubt.
  const suspects = [...(await content(page).ariaSnapshot()).matchAll(NAMELESS)].map(([, role]) => role);
  for (const role of NAMED.filter((named) => suspects.includes(named))) {
    // The arrow of Grafana's own Combobox is a button without a name; the input beside it has one.
    const elements = content(page).getByRole(role, { name: /^\s*$/ }).and(page.locator(':not(svg)'));
    nameless.push(
      ...(await elements.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML.slice(0, 300)))),
    );
  }
  expect(nameless).toEqual([]);
}

/** One main heading, and no level left out. */
export async function hasHeadings(page: Page): Promise<void> {
  const levels = await content(page)
    .locator('h1, h2, h3, h4, h5, h6')
    .evaluateAll((headings) =>
      headings.filter((heading) => heading.checkVisibility()).map(({ tagName }) => Number(tagName.slice(1))),
    );
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
}

/** Nothing makes the whole page scroll sideways. */
export async function fitsWidth(page: Page): Promise<void> {
  const overflow = await content(page).evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBeLessThanOrEqual(1);
}

export async function isSound(page: Page): Promise<void> {
  await hasNoKeys(page);
  await hasNames(page);
  await hasHeadings(page);
  await fitsWidth(page);
}
