/**
 * The language of the app, per user: kept by the collector and in this browser.
 *
 * What must hold: a choice takes effect at once (the page is loaded again, for texts come with it).
 */
import { t } from '@grafana/i18n';
import { Button, Dropdown, Menu } from '@grafana/ui';
import React from 'react';
import type { Lang } from '../api/types';
import { activeLanguage, chooseLanguage, chosenLanguage, LANGUAGE_NAMES } from '../i18n/language';
import { useUser } from './UserContext';

const LANGS: readonly Lang[] = ['en', 'ru', 'uz'];

export function LanguageMenu() {
  const { savePreferences } = useUser();
  const choose = async (lang: Lang | null) => {
    chooseLanguage(lang);
    // Kept in this browser in any case; elsewhere only if the collector can be asked.
    await savePreferences({ lang }).catch(() => undefined);
    window.location.reload();
  };
  const menu = () => (
    <Menu>
      {LANGS.map((lang) => (
        <Menu.Item
          key={lang}
          label={LANGUAGE_NAMES[lang]}
          active={chosenLanguage() === lang}
          onClick={() => void choose(lang)}
        />
      ))}
      <Menu.Divider />
      <Menu.Item
        label={t('app.language.grafana', 'As in Grafana')}
        active={chosenLanguage() === null}
        onClick={() => void choose(null)}
      />
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <Button variant="secondary" fill="text" aria-label={t('app.language.choose', 'Language')}>
        {activeLanguage().toUpperCase()}
      </Button>
    </Dropdown>
  );
}
