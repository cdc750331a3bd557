/**
 * A value that must never be printed: passwords, tokens, database URLs.
 *
 * In: the value (and, for URLs, what may be shown of it). Out: an object that shows itself only through `reveal()`.
 * What must hold: logging, string building, `JSON.stringify`, YAML and `util.inspect` give the shown text, so that a
 * whole configuration can be logged without a second list of keys to hide.
 */
import { inspect } from 'node:util';

export class Secret {
  readonly #value: string;
  readonly #shown: string;

  constructor(value: string, shown = '(secret)') {
    this.#value = value;
    this.#shown = shown;
  }

  /** The value itself: call this only where it is handed to the connection that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}

/** A URL whose password and query are hidden: `mysql://queuescope:***@db:3306/queuescope`. */
export function secretUrl(url: string): Secret {
  return new Secret(url, shownUrl(url));
}

function shownUrl(url: string): string {
  if (!URL.canParse(url)) return '(secret)';
  const parsed = new URL(url);
  if (parsed.password !== '') parsed.password = '***';
  parsed.search = '';
  parsed.hash = '';
  return parsed.toString();
}
