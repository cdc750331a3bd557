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

/** Coloured pictures, and what joins several of them to one. */
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu;

/**
 * The text as it can be printed: emoji, which no embedded font has, are left out where other text remains. Letters of
 * other scripts print as boxes, so that nobody takes a name for complete that is not.
 */
export function printable(text: string): string {
  if (text.search(EMOJI) < 0) return text;
  const rest = text.replace(EMOJI, '').replace(/ {2,}/g, ' ').trim();
  return rest === '' ? text : rest;
}

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
    for (const character of printable(text)) width += this.#unit(character, font);
    return width * size;
  }

  /** The text in lines of at most that width (points); words longer than a line are broken. */
  lines(text: string, font: FontName, size: number, width: number): string[] {
    const lines: string[] = [];
    for (const paragraph of printable(text).split(/\r?\n/))
      lines.push(...this.#paragraph(paragraph, font, size, width));
    return lines;
  }

  /** As much of the text as fits the width (points), with … where something is left out. */
  shortened(text: string, font: FontName, size: number, width: number): string {
    if (this.width(text, font, size) <= width) return text;
    let short = [...printable(text)];
    while (short.length > 0 && this.width(`${short.join('')}…`, font, size) > width)
      short = short.slice(0, -1);
    return `${short.join('').trimEnd()}…`;
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

  /** A word in pieces that fit, after a hyphen where there is one. */
  #broken(word: string, font: FontName, size: number, width: number): string[] {
    if (this.width(word, font, size) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    const fits = (text: string): boolean => this.width(piece + text, font, size) <= width;
    const next = (): void => {
      if (piece !== '') pieces.push(piece);
      piece = '';
    };
    for (const part of word.split(/(?<=-)/)) {
      if (!fits(part)) next();
      for (const character of fits(part) ? [part] : part) {
        if (!fits(character)) next();
        piece += character;
      }
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
