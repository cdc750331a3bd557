/**
 * The plane of a chart. In: ticks, the axis of categories, series. Out: drawings on a document. What must hold: every
 * chart's plane has the same height, so that charts of a report can be compared.
 */
import { CHART_TEXT, type CategoryAxis } from './category-axis.js';
import { COLORS, type Paged } from './page.js';

/** Points. */
export const PLOT_HEIGHT = 108;
export const LEFT_AXIS = 46;
/** Share of a category its bars take. */
const GROUP_SHARE = 0.72;
const MAX_GROUP = 56;
/** Lines of more values carry no points. */
const MAX_POINTS = 60;

export interface PlottedSeries {
  color: string;
  values: readonly (number | null)[];
  isGoal: boolean;
}

export class Plot {
  readonly #page: Paged;
  readonly #ticks: readonly number[];
  readonly #axis: CategoryAxis;
  readonly #bottom: number;

  /** @param top of the plane on the page, points */
  constructor(page: Paged, steps: readonly number[], axis: CategoryAxis, top: number) {
    this.#page = page;
    this.#ticks = steps;
    this.#axis = axis;
    this.#bottom = top + PLOT_HEIGHT;
  }

  axes(text: (value: number) => string): void {
    const left = this.#page.left + LEFT_AXIS;
    for (const tick of this.#ticks) {
      const y = this.#yOf(tick);
      this.#page.rule(left, y, this.#page.width - LEFT_AXIS, tick === 0 ? COLORS.rule : COLORS.line, 0.5);
      const label = text(tick);
      const x = left - 6 - this.#page.measure.width(label, 'regular', CHART_TEXT);
      this.#page.text(label, x, y - CHART_TEXT / 2 - 0.5, { size: CHART_TEXT, color: COLORS.faint });
    }
    this.#axis.draw(this.#bottom);
  }

  bars(series: readonly PlottedSeries[]): void {
    const group = this.#groupWidth(series[0]?.values.length ?? 1);
    const width = group / series.length;
    const gap = width > 6 ? 1 : 0;
    series.forEach(({ values, color }, s) =>
      values.forEach((value, i) => {
        if (value === null) return;
        const x = this.#axis.xOf(i) - group / 2 + s * width;
        this.#page.doc.rect(x, this.#yOf(value), width - gap, this.#bottom - this.#yOf(value)).fill(color);
      }),
    );
  }

  /** A short line at each value, over the bars. */
  marks(series: readonly PlottedSeries[]): void {
    for (const { values, color } of series) {
      const width = this.#groupWidth(values.length) + 6;
      values.forEach((value, i) => {
        if (value !== null)
          this.#page.rule(this.#axis.xOf(i) - width / 2, this.#yOf(value), width, color, 1.6);
      });
    }
  }

  lines(series: readonly PlottedSeries[]): void {
    for (const { values, color } of series) {
      this.#line(values, color);
      const isSome = (i: number): boolean => (values[i] ?? null) !== null;
      values.forEach((value, i) => {
        // A value between two holes is a point or nothing.
        const isAlone = !isSome(i - 1) && !isSome(i + 1);
        if (value === null || (values.length > MAX_POINTS && !isAlone)) return;
        this.#page.doc.circle(this.#axis.xOf(i), this.#yOf(value), 1.5).fill(color);
      });
    }
  }

  #line(values: readonly (number | null)[], color: string): void {
    const { doc } = this.#page;
    let isDown = false;
    values.forEach((value, i) => {
      if (value !== null) {
        const [x, y] = [this.#axis.xOf(i), this.#yOf(value)];
        if (isDown) doc.lineTo(x, y);
        else doc.moveTo(x, y);
      }
      isDown = value !== null;
    });
    doc.lineWidth(1.2).strokeColor(color).stroke();
  }

  #groupWidth(count: number): number {
    return Math.min(MAX_GROUP, ((this.#page.width - LEFT_AXIS) / count) * GROUP_SHARE);
  }

  #yOf(value: number): number {
    return this.#bottom - (value / (this.#ticks.at(-1) ?? 1)) * PLOT_HEIGHT;
  }
}
