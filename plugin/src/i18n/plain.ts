/**
 * Option of `t` for values that may hold any character, as names and formulas: `t('…', '… {{name}}', { ...PLAIN, name })`.
 *
 * i18next writes `/` and quotes as HTML entities unless told that React does that itself.
 */
export const PLAIN = { interpolation: { escapeValue: false } } as const;
