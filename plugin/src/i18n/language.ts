/**
 * The language of the app: what the user chose here, else what Grafana speaks, if it is one of ours.
 *
 * In: the choice kept in this browser. Out: `en`, `ru` or `uz`, and its locale for numbers and dates. What must hold:
 * Grafana has no Uzbek, so translations are laid over whatever language Grafana has (see setup.ts).
 */
import { config } from '@grafana/runtime';
import type { Lang } from '../api/types';

const KEY = 'queuescope.lang';
const LANGS: readonly Lang[] = ['en', 'ru', 'uz'];
const LOCALES: Record<Lang, string> = { en: 'en-US', ru: 'ru-RU', uz: 'uz-Latn-UZ' };

/** Names of the languages in themselves. */
export const LANGUAGE_NAMES: Record<Lang, string> = { en: 'English', ru: 'Русский', uz: 'Oʻzbekcha' };

export function chosenLanguage(): Lang | null {
  const kept = localStorage.getItem(KEY);
  return LANGS.find((lang) => lang === kept) ?? null;
}

/** @param lang null: as Grafana speaks. Takes effect when the page is loaded again. */
export function chooseLanguage(lang: Lang | null): void {
  if (lang === null) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, lang);
  }
}

export function activeLanguage(): Lang {
  return chosenLanguage() ?? LANGS.find((lang) => grafanaLanguage().startsWith(lang)) ?? 'en';
}

/** For `Intl`. English keeps the regional format the user has in Grafana. */
export function activeLocale(): string {
  const lang = activeLanguage();
  // Grafana's choice of the user for numbers and dates; its type does not tell of it.
  const regional = (config.bootData?.user as { regionalFormat?: string } | undefined)?.regionalFormat;
  return regional?.startsWith(lang) ? regional : LOCALES[lang];
}

const grafanaLanguage = (): string => config.bootData?.user?.language ?? 'en-US';
