/**
 * Makes the texts of one plugin (the app, or a nested one) speak the active language.
 *
 * In: the plugin's id and its translations. Out: nothing; `t` and `Trans` of @grafana/i18n then find them. What must
 * hold: English is the text in the code; the texts of the active language are laid over every language i18next may ask
 * for, so that Uzbek works although Grafana does not know it, and a choice here wins over Grafana's language.
 */
import { initPluginTranslations } from '@grafana/i18n';
import i18next from 'i18next';
import type { Lang } from '../api/types';
import { activeLanguage } from './language';

/** Texts by key, `{ "live.title": "Очереди" }`. */
export type Texts = Record<string, string>;
type Translations = Record<Exclude<Lang, 'en'>, () => Texts | Promise<Texts>>;

export async function setUpTexts(pluginId: string, translations: Translations): Promise<void> {
  await initPluginTranslations(pluginId, []);
  const lang = activeLanguage();
  if (lang === 'en') {
    return;
  }
  const texts = await translations[lang]();
  const instance = sharedInstance();
  for (const spoken of new Set([instance.language, instance.resolvedLanguage, 'en-US'])) {
    if (spoken) {
      instance.addResourceBundle(spoken, pluginId, texts, true, true);
    }
  }
}

/** Grafana shares i18next as a module whose default may be one level deeper. */
function sharedInstance(): typeof i18next {
  const shared = i18next as typeof i18next & { default?: typeof i18next };
  return shared.default ?? shared;
}
