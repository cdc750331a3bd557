/**
 * Words of exports in the languages there are. In: a language. Out: fixed words; labels, titles, meanings and notes of
 * reports by their English text; codes in cells. What must hold: a text nobody translated is shown in English
 * (labels.test.ts finds it).
 */
import type { Language } from '../spec.js';
import { EN, type Word } from './en.js';
import { translatedNote, type NotePatterns } from './notes.js';
import { RU } from './ru.js';
import { UZ } from './uz.js';
import { EN_VALUES, valueKindOf, type ValueWords } from './values.js';

export interface Dictionary {
  words: Readonly<Record<Word, string>>;
  labels: Readonly<Record<string, string>>;
  /** What columns mean, and formulas of the service level. */
  meanings: Readonly<Record<string, string>>;
  notes: NotePatterns;
  values: ValueWords;
}

export interface Labels {
  lang: Language;
  word: (word: Word) => string;
  /** @param english label of a column, title of a report, table or chart */
  label: (english: string) => string;
  /** @param english description of a column, formula of the service level */
  meaning: (english: string) => string;
  /** @param english note of a report */
  note: (english: string) => string;
  /** @param key of the column; what is no known code is given back as it is */
  value: (key: string, code: string) => string;
  /** @param key of a column @returns words by code; undefined: its cells are no codes */
  valuesOf: (key: string) => Readonly<Record<string, string>> | undefined;
}

export const DICTIONARIES: Readonly<Record<Exclude<Language, 'en'>, Dictionary>> = { ru: RU, uz: UZ };

export function labelsOf(lang: Language): Labels {
  const { words, labels, meanings, notes, values } =
    lang === 'en'
      ? { words: EN, labels: {}, meanings: {}, notes: {}, values: EN_VALUES }
      : DICTIONARIES[lang];
  const label = translatedBy(labels);
  return {
    lang,
    word: (word) => words[word],
    label,
    meaning: translatedBy(meanings),
    note: (english) => translatedNote(english, notes) ?? english,
    value: (key, code) => (key === LABEL_KEY ? label(code) : codeText(values, key, code)),
    valuesOf: (key) => wordsOf(values, key),
  };
}

/** Rows that stand for a column, as those of a comparison, carry its label in this one. */
const LABEL_KEY = 'label';

/** @param key of a column of texts; false: its cells are names and other texts of people */
export const hasWords = (key: string): boolean => key === LABEL_KEY || valueKindOf(key) !== undefined;

const translatedBy =
  (texts: Readonly<Record<string, string>>) =>
  (english: string): string =>
    Object.hasOwn(texts, english) ? (texts[english] ?? english) : english;

const codeText = (values: ValueWords, key: string, code: string): string =>
  translatedBy(wordsOf(values, key) ?? {})(code);

function wordsOf(values: ValueWords, key: string): Readonly<Record<string, string>> | undefined {
  const kind = valueKindOf(key);
  return kind === undefined ? undefined : values[kind];
}
