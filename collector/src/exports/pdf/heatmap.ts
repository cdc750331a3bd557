/** A heatmap: a field per pair of x and y, coloured by a value. Unknown stays white; the scale stands beside. */
import type { Chart, Column } from '../../reports/table.js';
import type { CellText } from '../cell-text.js';
import type { Labels } from '../labels/labels.js';
import type { ChartData } from './chart.js';
import { COLORS, type Paged } from './page.js';

const SIZE = 6.5;
const FIELD_HEIGHT = 13;
const NAMES = 90;

type Heatmap = Extract<Chart, { kind: 'heatmap' }>;

export function drawHeatmap(
  page: Paged,
  chart: Heatmap,
  data: ChartData,
  labels: Labels,
  text: CellText,
): void {
  const columnOf = (key: string): Column | undefined => data.columns.find((column) => column.key === key);
  const [x, y, value] = [columnOf(chart.x), columnOf(chart.y), columnOf(chart.value)];
  if (x === undefined || y === undefined || value === undefined) return;
  const fields = new Map<string, Map<string, number>>();
  const across = new Set<string>();
  for (const row of data.rows) {
    const [xText, yText] = [text(x, row[x.key] ?? null), text(y, row[y.key] ?? null)];
    across.add(xText);
    const line = fields.get(yText) ?? new Map<string, number>();
    fields.set(yText, line);
    const cell = row[value.key];
    if (typeof cell === 'number') line.set(xText, cell);
  }
  const max = Math.max(0, ...[...fields.values()].flatMap((line) => [...line.values()]));
  const xs = [...across];
  const width = Math.min(60, (page.width - NAMES) / xs.length);
  const title = `${labels.label(chart.title)} (${labels.label(value.label)}: 0 – ${text(value, max)})`;
  const head = (): void => {
    page.text(title, page.left, page.y, { font: 'bold', size: 9 });
    page.y += 16;
    const every = Math.ceil(24 / width);
    xs.forEach((name, i) => {
      if (i % every === 0)
        page.text(fitted(page, name, width * every), page.left + NAMES + i * width, page.y, { size: SIZE });
    });
    page.y += 10;
  };
  page.need(26 + FIELD_HEIGHT * Math.min(fields.size, 7));
  head();
  for (const [name, line] of fields) {
    if (page.y + FIELD_HEIGHT > page.bottom) {
      page.newPage();
      head();
    }
    page.text(fitted(page, name, NAMES - 4), page.left, page.y + 3, { size: SIZE });
    xs.forEach((xText, i) => {
      const number = line.get(xText);
      if (number === undefined) return;
      const share = max === 0 ? 0 : number / max;
      const at = page.left + NAMES + i * width;
      page.doc.rect(at, page.y, width - 0.6, FIELD_HEIGHT - 0.6).fill(shade(share));
      const shown = text(value, number);
      const room = width - 2;
      const wide = page.measure.width(shown, 'regular', SIZE);
      if (wide > room) return;
      const color = share > 0.55 ? '#ffffff' : COLORS.text;
      page.text(shown, at + (width - wide) / 2, page.y + 3, { size: SIZE, color });
    });
    page.y += FIELD_HEIGHT;
  }
  page.y += 12;
}

/** As much of a text as fits. */
function fitted(page: Paged, text: string, width: number): string {
  let short = text;
  while (short !== '' && page.measure.width(short, 'regular', SIZE) > width) short = short.slice(0, -1);
  return short;
}

/** From nearly white to the first colour of the series. */
function shade(share: number): string {
  const mix = (low: number, high: number): string =>
    Math.round(low + (high - low) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${mix(0xee, 0x1f)}${mix(0xf4, 0x6f)}${mix(0xfa, 0xb4)}`;
}
