/**
 * The names below a chart. In: names, the width they share. Out: how they are written, how high that is, drawings. What
 * must hold: names that have no room are shortened with …, or only some of many are written.
 */
import type { Paged } from './page.js';

export const CHART_TEXT = 7;
const LINE = CHART_TEXT * 1.25;
/** Least room (points) in which a name is written in lines, or slanted. */
const WRAPPED_FROM = 44;
const SLANTED_FROM = 11;
const SLANTED_LENGTH = 74;
/** Degrees; names close to each other stand steeper. */
const SLANT = 35;
const STEEP_SLANT = 58;
const STEEP_BELOW = 20;
const MAX_LINES = 3;
const DISTANCE = 5;

type Layout =
  | { kind: 'lines'; lines: readonly (readonly string[])[] }
  | { kind: 'slanted'; names: readonly string[]; degrees: number }
  | { kind: 'some'; every: number };

export class CategoryAxis {
  readonly #page: Paged;
  readonly #names: readonly string[];
  readonly #left: number;
  readonly #width: number;
  readonly #layout: Layout;

  constructor(page: Paged, names: readonly string[], left: number, width: number) {
    this.#page = page;
    this.#names = names;
    this.#left = left;
    this.#width = width;
    this.#layout = this.#chosen();
  }

  /** Points below the axis. */
  get height(): number {
    const layout = this.#layout;
    if (layout.kind === 'some') return DISTANCE + LINE;
    if (layout.kind === 'lines')
      return DISTANCE + Math.max(...layout.lines.map(({ length }) => length)) * LINE;
    const longest = Math.max(...layout.names.map((name) => this.#widthOf(name)));
    return DISTANCE + LINE + longest * Math.sin((layout.degrees * Math.PI) / 180);
  }

  /** Middle of a category. */
  xOf(index: number): number {
    return this.#left + ((index + 0.5) / this.#names.length) * this.#width;
  }

  /** @param y of the axis */
  draw(y: number): void {
    const layout = this.#layout;
    if (layout.kind === 'lines') layout.lines.forEach((lines, i) => this.#centered(lines, this.xOf(i), y));
    else if (layout.kind === 'slanted')
      layout.names.forEach((name, i) => this.#slanted(name, layout.degrees, this.xOf(i) + 2, y));
    else this.#some(layout.every, y);
  }

  #chosen(): Layout {
    const names = this.#names;
    const slot = this.#width / names.length;
    const widest = Math.max(...names.map((name) => this.#widthOf(name)));
    if (widest <= slot - 4) return { kind: 'lines', lines: names.map((name) => [name]) };
    if (slot >= WRAPPED_FROM)
      return { kind: 'lines', lines: names.map((name) => this.#wrapped(name, slot - 6)) };
    if (slot < SLANTED_FROM || widest <= SLANTED_FROM * 3) {
      return { kind: 'some', every: Math.ceil((widest + 14) / slot) };
    }
    const { measure } = this.#page;
    return {
      kind: 'slanted',
      degrees: slot < STEEP_BELOW ? STEEP_SLANT : SLANT,
      names: names.map((name) => measure.shortened(name, 'regular', CHART_TEXT, SLANTED_LENGTH)),
    };
  }

  #wrapped(name: string, width: number): string[] {
    const { measure } = this.#page;
    const lines = measure.lines(name, 'regular', CHART_TEXT, width);
    if (lines.length <= MAX_LINES) return lines;
    const rest = lines.slice(MAX_LINES - 1).join(' ');
    return [...lines.slice(0, MAX_LINES - 1), measure.shortened(rest, 'regular', CHART_TEXT, width)];
  }

  #centered(lines: readonly string[], x: number, y: number): void {
    lines.forEach((line, n) =>
      this.#page.text(line, x - this.#widthOf(line) / 2, y + DISTANCE + n * LINE, { size: CHART_TEXT }),
    );
  }

  #slanted(name: string, degrees: number, x: number, y: number): void {
    const { doc } = this.#page;
    doc.save().rotate(-degrees, { origin: [x, y + 4] });
    this.#page.text(name, x - this.#widthOf(name), y + 3, { size: CHART_TEXT });
    doc.restore();
  }

  /** The first always, none beyond the right edge. */
  #some(every: number, y: number): void {
    this.#names.forEach((name, i) => {
      if (i % every !== 0) return;
      const x = Math.min(this.xOf(i), this.#left + this.#width - this.#widthOf(name) / 2);
      this.#centered([name], x, y);
    });
  }

  #widthOf(text: string): number {
    return this.#page.measure.width(text, 'regular', CHART_TEXT);
  }
}
