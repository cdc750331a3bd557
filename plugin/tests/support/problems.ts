/**
 * What goes wrong in a page without anybody seeing it: logged errors, exceptions, failed requests.
 *
 * In: a page. Out: a list, and a check that fails when it holds what was not expected.
 */
import { expect, type Page } from '@playwright/test';

/** Not of the app: what Grafana and Chromium say of themselves. */
const OF_OTHERS = [
  /ResizeObserver loop/,
  /api\/gnet|plugins from catalog/,
  /net::ERR_ABORTED/,
  /Download the React DevTools/,
];

export class Problems {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.#found.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      // A failed request is named with its address below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.#found.push(`console: ${message.text()}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400) {
        this.#found.push(`${response.status()} ${response.request().method()} ${response.url()}`);
      }
    });
    page.on('requestfailed', (request) =>
      this.#found.push(`no answer: ${request.url()} ${request.failure()?.errorText ?? ''}`),
    );
  }

  /** Such problems are meant to be. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  check(): void {
    const isKnown = (problem: string) =>
      [...OF_OTHERS, ...this.#expected].some((pattern) => pattern.test(problem));
    expect(this.#found.filter((problem) => !isKnown(problem))).toEqual([]);
  }
}
