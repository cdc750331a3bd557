/**
 * Paper: where on it one may write, and what stands on every page. In: a size. Out: a document whose pages carry the
 * title of the report and their number.
 */
import PDFDocument from 'pdfkit';
import type { Orientation, Paper } from '../spec.js';
import { FEATURES, FONTS, TextMeasure, type FontName } from './fonts.js';

const MARGIN = 36;
const FOOTER = 14;

export const COLORS = {
  text: '#1b2733',
  faint: '#6b7885',
  line: '#c9d1d9',
  header: '#e6ecf2',
  stripe: '#f6f8fa',
  series: ['#1f6fb4', '#d1572b', '#2e8b57', '#8a5ab5', '#b58a00', '#5b6b7a'],
} as const;

export interface TextStyle {
  font?: FontName;
  size: number;
  color?: string;
}

export class Paged {
  readonly doc: PDFKit.PDFDocument;
  readonly measure: TextMeasure;
  readonly left = MARGIN;
  readonly width: number;
  readonly bottom: number;
  /** Where the next thing goes. */
  y = MARGIN;
  readonly #footer: string;
  readonly #pageWord: string;
  #page = 0;

  constructor(paper: Paper, orientation: Orientation, { title, pageWord, footer }: PageTexts) {
    this.doc = new PDFDocument({
      size: paper,
      layout: orientation,
      margin: MARGIN,
      autoFirstPage: false,
      info: { Title: title, Creator: 'Queuescope' },
    });
    for (const [name, file] of Object.entries(FONTS)) this.doc.registerFont(name, file);
    this.measure = new TextMeasure(this.doc);
    this.#footer = footer;
    this.#pageWord = pageWord;
    this.newPage();
    this.width = this.doc.page.width - 2 * MARGIN;
    this.bottom = this.doc.page.height - MARGIN - FOOTER;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = MARGIN;
    this.#page++;
    const style = { size: 7, color: COLORS.faint };
    const at = this.doc.page.height - MARGIN - 7;
    const width = this.doc.page.width - 2 * MARGIN;
    const number = `${this.#pageWord} ${this.#page}`;
    this.text(this.#footer, this.left, at, style);
    this.text(number, this.left + width - this.measure.width(number, 'regular', style.size), at, style);
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
      .text(text, x, y, { lineBreak: false, features: FEATURES });
  }

  /** Lines below each other from `y` on, over page ends. */
  paragraph(text: string, style: TextStyle, { indent = 0, gap = 2 } = {}): void {
    const { font = 'regular', size } = style;
    const height = size * 1.3;
    for (const line of this.measure.lines(text, font, size, this.width - indent)) {
      this.need(height);
      this.text(line, this.left + indent, this.y, style);
      this.y += height;
    }
    this.y += gap;
  }
}

export interface PageTexts {
  title: string;
  footer: string;
  /** "Page" in the language of the document. */
  pageWord: string;
}
