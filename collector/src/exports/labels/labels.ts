/**
 * Words of exports in the languages there are. In: a language. Out: fixed words, and labels and titles of reports by
 * their English text. What must hold: a text nobody translated is shown in English (labels.test.ts finds it).
 */
import type { Language } from '../spec.js';
import { EN, type Word } from './en.js';
import { RU } from './ru.js';
import { UZ } from './uz.js';

export interface Dictionary {
  words: Readonly<Record<Word, string>>;
  labels: Readonly<Record<string, string>>;
}

export interface Labels {
  lang: Language;
  word: (word: Word) => string;
  /** @param english label of a column, title of a report, table or chart */
  label: (english: string) => string;
}

export const DICTIONARIES: Readonly<Record<Exclude<Language, 'en'>, Dictionary>> = { ru: RU, uz: UZ };

export function labelsOf(lang: Language): Labels {
  if (lang === 'en') return { lang, word: (word) => EN[word], label: (english) => english };
  const { words, labels } = DICTIONARIES[lang];
  return { lang, word: (word) => words[word], label: (english) => labels[english] ?? english };
}
