/**
 * Which events one client of the event socket hears: `event`, `nixevent`, `noevents`, `filter`, by the rules of
 * mod_event_socket.c. In: the words of a command. Out: its reply, and later whether an event is wanted.
 */
import type { EslEvent, EslFormat } from './event.js';

export class Subscription {
  format: EslFormat = 'plain';
  #all = false;
  readonly #names = new Set<string>();
  /** Of ALL those taken back. */
  readonly #except = new Set<string>();
  readonly #subclasses = new Set<string>();
  #filters: { header: string; value: string }[] = [];

  get isEmpty(): boolean {
    return !this.#all && this.#names.size === 0;
  }

  wants({ name, subclass, headers }: EslEvent): boolean {
    if (this.#all ? this.#except.has(name) : !this.#names.has(name)) return false;
    if (!this.#all && subclass !== undefined && !this.#subclasses.has(subclass)) return false;
    return (
      this.#filters.length === 0 ||
      this.#filters.some(({ header, value }) =>
        headers.some(([known, text]) => known === header && String(text).toLowerCase() === value),
      )
    );
  }

  /** @param words the format and names of events; behind CUSTOM every word is a subclass */
  add(words: readonly string[]): string {
    const [first = '', ...others] = words;
    const format = first.toLowerCase();
    const hasFormat = format === 'plain' || format === 'json';
    if (hasFormat) this.format = format;
    const { names, subclasses } = split(hasFormat ? others : words);
    if (names.length === 0) return '-ERR no keywords supplied';
    for (const name of names) {
      this.#names.add(name);
      this.#except.delete(name);
    }
    if (names.includes('ALL')) {
      this.#all = true;
      this.#except.clear();
    }
    for (const subclass of subclasses) this.#subclasses.add(subclass);
    return `+OK event listener enabled ${this.format}`;
  }

  remove(words: readonly string[]): string {
    const { names, subclasses } = split(words);
    if (names.length === 0) return '-ERR no keywords supplied';
    for (const subclass of subclasses) this.#subclasses.delete(subclass);
    for (const name of names) {
      if (name === 'ALL') this.#none();
      // Of CUSTOM only the subclasses named go.
      else if (name !== 'CUSTOM') {
        this.#names.delete(name);
        this.#except.add(name);
      }
    }
    return '+OK events nixed';
  }

  clear(): string {
    if (this.isEmpty) return '-ERR not listening for events';
    this.#none();
    this.#subclasses.clear();
    return '+OK no longer listening for events';
  }

  /** An event passes that has one of the values (no patterns and signs here). */
  filter(words: readonly string[]): string {
    const [first = '', ...others] = words;
    const isAdd = first.toLowerCase() === 'add';
    const isDelete = first.toLowerCase() === 'delete';
    const [header = '', ...value] = isAdd || isDelete ? others : words;
    const text = value.join(' ');
    if (isDelete) {
      this.#filters = this.#filters.filter(
        (known) =>
          header.toLowerCase() !== 'all' &&
          (known.header !== header || (text !== '' && known.value !== text.toLowerCase())),
      );
      return `+OK filter deleted. [${header}][${text}]`;
    }
    if (header === '' || text === '') return '-ERR invalid syntax';
    this.#filters.push({ header, value: text.toLowerCase() });
    return `+OK filter added. [${header}]=[${text}]`;
  }

  #none(): void {
    this.#all = false;
    this.#names.clear();
    this.#except.clear();
  }
}

function split(words: readonly string[]): { names: string[]; subclasses: readonly string[] } {
  const custom = words.findIndex((word) => word.toUpperCase() === 'CUSTOM');
  const names = (custom < 0 ? words : words.slice(0, custom + 1)).map((word) => word.toUpperCase());
  return { names, subclasses: custom < 0 ? [] : words.slice(custom + 1) };
}
