/**
 * The pages of the app, for what is checked of each.
 *
 * What must hold: a page of plugin.json's navigation that is missing here fails a test (pages.spec.ts).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang, Role } from './test';

export interface AppPage {
  /** Below the app. */
  path: string;
  /** The area of its texts. */
  area: string;
  /** The key of its heading in the area. */
  heading: string;
  /** The heading in English, as it stands in the code. */
  english: string;
  /** The lowest role that may see it. */
  role: Role;
}

const page = (path: string, english: string, role: Role = 'Viewer', heading = 'title'): AppPage => ({
  ...{ path, area: path, heading, english, role },
});

export const PAGES: AppPage[] = [
  page('live', 'Live'),
  page('reports', 'Reports'),
  page('heatmap', 'Heatmap'),
  page('journey', 'Call journey'),
  page('schedules', 'Schedules', 'Editor'),
  page('directory', 'Directory'),
  page('targets', 'Targets and hours'),
  page('payouts', 'Payouts', 'Admin'),
  page('health', 'Health'),
  page('connections', 'Connections', 'Admin'),
];

const texts = (lang: Exclude<Lang, 'en'>, area: string): Record<string, string> =>
  JSON.parse(readFileSync(join(__dirname, `../../src/locales/${lang}/${area}.json`), 'utf8'));

/** A text of the app in a language. */
export const text = (lang: Lang, key: string, english: string): string =>
  lang === 'en' ? english : (texts(lang, key.split('.')[0] ?? '')[key] ?? `(no text ${key} in ${lang})`);

/** The heading of a page. */
export const title = ({ area, heading, english }: AppPage, lang: Lang): string =>
  text(lang, `${area}.${heading}`, english);
