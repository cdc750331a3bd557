/**
 * Browser tests: against the preview host with a collector of their own, or, with `GRAFANA_URL`, a real Grafana.
 *
 * `QUEUESCOPE_MATRIX=full`: every page in every role, language and theme, not the chosen pairs. See tests/README.md.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  globalSetup: './tests/support/global-setup.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  // For what never comes: a slow machine is none of the tests' business.
  timeout: 4 * 60_000,
  globalTimeout: process.env.QUEUESCOPE_MATRIX === 'full' ? 60 * 60_000 : 18 * 60_000,
  expect: { timeout: 45_000 },
  reporter: process.env.QUEUESCOPE_BROWSER_REPORT
    ? [['list'], ['json', { outputFile: process.env.QUEUESCOPE_BROWSER_REPORT }]]
    : 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-US',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // As root Chromium has no sandbox; what it opens here is ours.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
