/**
 * The one family that carries the display name of a thing: names in the labels of every series would make new series
 * of all of them with each renaming. In: key and name of each thing, at every scrape. Out: text. What must hold:
 * things not named since the last text are not in the next.
 */
import { headerText, labelText } from './exposition.js';
import type { Family } from './families.js';

interface Named {
  readonly name: string;
  readonly line: string;
}

export class InfoSeries {
  readonly #family: Family;
  #before = new Map<string, Named>();
  #now = new Map<string, Named>();

  /** @param family labels: pbx, the thing's id, its display name. */
  constructor(family: Family) {
    this.#family = family;
  }

  set(pbx: string, id: string, name: string): void {
    const key = `${pbx}\0${id}`;
    const before = this.#before.get(key);
    if (before?.name === name) this.#now.set(key, before);
    else {
      const labels = labelText(this.#family.labels, [pbx, id, name]);
      this.#now.set(key, { name, line: `${this.#family.name}{${labels}} 1\n` });
    }
  }

  render(): string {
    let lines = '';
    for (const { line } of this.#now.values()) lines += line;
    this.#before = this.#now;
    this.#now = new Map();
    return lines && headerText(this.#family) + lines;
  }
}
