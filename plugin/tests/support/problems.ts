/**
 * What goes wrong in a page without anybody seeing it: logged errors, exceptions, failed requests.
 *
 * In: pages. Out: a list, and a check that fails when it holds what was not expected.
 */
import { expect, type ConsoleMessage, type Page, type Request, type Response } from '@playwright/test';

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
  readonly #stopListening = new Map<Page, () => void>();

  /** Listens to one page more, from now on. */
  watch(page: Page): void {
    if (this.#stopListening.has(page)) {
      return;
    }
    const found = this.#found;
    const onError = (error: Error): number => found.push(`exception: ${error.message}`);
    const onConsole = (message: ConsoleMessage): void => {
      // A failed request is named with its address below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        found.push(`console: ${message.text()}`);
      }
    };
    const onResponse = (response: Response): void => {
      if (response.status() >= 400) {
        found.push(`${response.status()} ${response.request().method()} ${response.url()}`);
      }
    };
    const onFailed = (request: Request): number =>
      found.push(`no answer: ${request.url()} ${request.failure()?.errorText ?? ''}`);
    page.on('pageerror', onError).on('console', onConsole);
    page.on('response', onResponse).on('requestfailed', onFailed);
    this.#stopListening.set(page, () => {
      page.off('pageerror', onError).off('console', onConsole);
      page.off('response', onResponse).off('requestfailed', onFailed);
    });
  }

  /** Such problems are meant to be. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** Ends the listening. */
  check(): void {
    this.#stopListening.forEach((stop) => stop());
    const isKnown = (problem: string) =>
      [...OF_OTHERS, ...this.#expected].some((pattern) => pattern.test(problem));
    expect(this.#found.filter((problem) => !isKnown(problem))).toEqual([]);
  }
}
