/**
 * The fonts of a document and how wide texts are in them. In: text. Out: points, lines that fit a width.
 *
 * DejaVu Sans has every letter of Latin, Cyrillic and both Uzbek alphabets (ʻ U+02BB too), and is embedded as the
 * subset that was used. Widths are summed per character, kept once measured: laying out each cell as a whole is what
 * makes other table writers slow, and the fonts' kerning is switched off to match.
 */
import { createRequire } from 'node:module';

const resolve = createRequire(import.meta.url).resolve;

export const FONTS = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
} as const;
export type FontName = keyof typeof FONTS;

/** Of pdfkit: what is drawn is as wide as what was measured. */
export const FEATURES: PDFKit.Mixins.OpenTypeFeatures[] = [];

export class TextMeasure {
  readonly #doc: PDFKit.PDFDocument;
  readonly #widths: Record<FontName, Map<string, number>> = { regular: new Map(), bold: new Map() };

  /** @param doc has the fonts of `FONTS` registered */
  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
  }

  /** Points. */
  width(text: string, font: FontName, size: number): number {
    let width = 0;
    for (const character of text) width += this.#unit(character, font);
    return width * size;
  }

  /** The text in lines of at most that width (points); words longer than a line are broken. */
  lines(text: string, font: FontName, size: number, width: number): string[] {
    const lines: string[] = [];
    for (const paragraph of text.split(/\r?\n/)) lines.push(...this.#paragraph(paragraph, font, size, width));
    return lines;
  }

  #paragraph(text: string, font: FontName, size: number, width: number): string[] {
    if (this.width(text, font, size) <= width) return [text];
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ').flatMap((one) => this.#broken(one, font, size, width))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.width(longer, font, size) <= width) line = longer;
      else {
        if (line !== '') lines.push(line);
        line = word;
      }
    }
    return [...lines, line];
  }

  /** A word in pieces that fit. */
  #broken(word: string, font: FontName, size: number, width: number): string[] {
    if (this.width(word, font, size) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    for (const character of word) {
      if (piece !== '' && this.width(piece + character, font, size) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += character;
    }
    return [...pieces, piece];
  }

  /** Width of a character at size 1. */
  #unit(character: string, font: FontName): number {
    const widths = this.#widths[font];
    let width = widths.get(character);
    if (width === undefined) {
      width = this.#doc.font(font).fontSize(100).widthOfString(character, { features: FEATURES }) / 100;
      widths.set(character, width);
    }
    return width;
  }
}
