import { defineConfig } from 'eslint/config';
import grafanaI18n from '@grafana/i18n/eslint-plugin';
import baseConfig from './.config/eslint.config.mjs';

export default defineConfig([
  { ignores: ['**/dist/', '**/node_modules/', '**/test-results/', '.config/'] },
  ...baseConfig,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  { files: ['bench/**/*.mjs', 'playwright.config.ts', 'tests/**/*.mjs'] },
  {
    files: ['tests/**/*.ts'],
    languageOptions: { parserOptions: { project: './tests/tsconfig.json' } },
    rules: {
      // Playwright gives its fixtures on by a function named `use`.
      'react-hooks/rules-of-hooks': 'off',
      // What nobody waits for has happened or not, as it comes.
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}', 'src/test/**'],
    plugins: { '@grafana/i18n': grafanaI18n },
    rules: {
      '@grafana/i18n/no-untranslated-strings': ['error', { calleesToIgnore: ['^css$', 'use[A-Z].*'] }],
      '@grafana/i18n/no-translation-top-level': 'error',
    },
  },
]);
