/**
 * Paper: where on it one may write, and what stands on every page. In: a size. Out: a document whose pages carry the
 * title of the report and their number among all.
 */
import PDFDocument from 'pdfkit';
import type { Orientation, Paper } from '../spec.js';
import { FEATURES, FONTS, printable, TextMeasure, type FontName } from './fonts.js';

const MARGIN = 40;
const FOOTER = 16;
const FOOTER_SIZE = 7;
const LINE_HEIGHT = 1.35;

export const COLORS = {
  text: '#1c2733',
  faint: '#66727f',
  /** Below headers, above totals, axes. */
  rule: '#8a96a3',
  line: '#e2e7ec',
  series: ['#2a6fb0', '#df7a3c', '#3f9a6b', '#8561b5', '#b8901c', '#6b7a89'],
} as const;

export interface TextStyle {
  font?: FontName;
  size: number;
  color?: string;
}

export interface PageTexts {
  title: string;
  footer: string;
  /** "Page 2 of 3" in the language of the document. */
  pageNumber: (page: number, pages: number) => string;
}

export class Paged {
  readonly doc: PDFKit.PDFDocument;
  readonly measure: TextMeasure;
  readonly left = MARGIN;
  readonly top = MARGIN;
  readonly width: number;
  readonly bottom: number;
  /** Where the next thing goes. */
  y = MARGIN;
  readonly #texts: PageTexts;

  constructor(paper: Paper, orientation: Orientation, texts: PageTexts) {
    this.doc = new PDFDocument({
      size: paper,
      layout: orientation,
      margin: MARGIN,
      autoFirstPage: false,
      // The number of pages is known at the end only.
      bufferPages: true,
      info: { Title: texts.title, Creator: 'Queuescope' },
    });
    for (const [name, file] of Object.entries(FONTS)) this.doc.registerFont(name, file);
    this.measure = new TextMeasure(this.doc);
    this.#texts = texts;
    this.newPage();
    this.width = this.doc.page.width - 2 * MARGIN;
    this.bottom = this.doc.page.height - MARGIN - FOOTER;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = this.top;
  }

  /** Writes the footers; nothing can be drawn after it. */
  end(): void {
    const { count } = this.doc.bufferedPageRange();
    const style = { size: FOOTER_SIZE, color: COLORS.faint };
    for (let page = 0; page < count; page++) {
      this.doc.switchToPage(page);
      const y = this.doc.page.height - MARGIN - FOOTER_SIZE;
      const number = this.#texts.pageNumber(page + 1, count);
      const numberWidth = this.measure.width(number, 'regular', style.size);
      const room = this.width - numberWidth - 20;
      this.text(this.measure.shortened(this.#texts.footer, 'regular', style.size, room), this.left, y, style);
      this.text(number, this.left + this.width - numberWidth, y, style);
    }
    this.doc.end();
  }

  /** A new page when so much (points) does not fit on this one. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.newPage();
  }

  /** One line; `y` is its top. */
  text(text: string, x: number, y: number, { font = 'regular', size, color = COLORS.text }: TextStyle): void {
    if (text === '') return;
    this.doc
      .font(font)
      .fontSize(size)
      .fillColor(color)
      .text(printable(text), x, y, { lineBreak: false, features: FEATURES });
  }

  rule(x: number, y: number, width: number, color: string, thickness: number): void {
    this.doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .strokeColor(color)
      .stroke();
  }

  /** Lines below each other from `y` on, over page ends. */
  paragraph(text: string, style: TextStyle, { indent = 0, gap = 2 } = {}): void {
    const { font = 'regular', size } = style;
    const height = size * LINE_HEIGHT;
    for (const line of this.measure.lines(text, font, size, this.width - indent)) {
      this.need(height);
      this.text(line, this.left + indent, this.y, style);
      this.y += height;
    }
    this.y += gap;
  }

  /** Names at the left, beside each its text. @param nameWidth points the names may take at most */
  definitions(
    entries: readonly (readonly [name: string, text: string])[],
    size: number,
    nameWidth: number,
  ): void {
    const height = size * LINE_HEIGHT;
    const widest = Math.max(0, ...entries.map(([name]) => this.measure.width(name, 'regular', size)));
    const indent = Math.min(nameWidth, widest) + 12;
    for (const [name, text] of entries) {
      const names = this.measure.lines(name, 'regular', size, indent - 12);
      const lines = this.measure.lines(text, 'regular', size, this.width - indent);
      const count = Math.max(names.length, lines.length);
      this.need(height * Math.min(count, 3));
      for (let i = 0; i < count; i++) {
        this.need(height);
        this.text(names[i] ?? '', this.left, this.y, { size, color: COLORS.faint });
        this.text(lines[i] ?? '', this.left + indent, this.y, { size });
        this.y += height;
      }
      this.y += 1.5;
    }
  }
}
