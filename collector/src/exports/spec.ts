/** What an export is asked for. In: nothing (types and their closed sets only). */
import type { HidingMode } from '../directory/masking.js';
import type { Params } from '../reports/params.js';

export const FORMATS = ['json', 'csv', 'xlsx', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

export const LANGUAGES = ['en', 'ru', 'uz'] as const;
export type Language = (typeof LANGUAGES)[number];

export const PAPERS = ['A4', 'LETTER'] as const;
export type Paper = (typeof PAPERS)[number];

export const ORIENTATIONS = ['portrait', 'landscape'] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

export interface ExportOptions {
  /** Of labels; null: English, in CSV the keys of the columns. */
  lang: Language | null;
  /** CSV: a byte order mark, for Excel. */
  bom: boolean;
  /** CSV: key of a further table instead of the main one. */
  table: string | null;
  /** PDF. */
  paper: Paper;
  orientation: Orientation;
}

export const DEFAULT_OPTIONS: Readonly<ExportOptions> = {
  lang: null,
  bom: false,
  table: null,
  paper: 'A4',
  orientation: 'landscape',
};

export interface ExportSpec {
  report: string;
  params: Params;
  tenantId: number;
  format: Format;
  options: ExportOptions;
  /** Callers' numbers and names are shown; else masked. */
  numbers: boolean;
  /** How they are masked; default: starred. */
  maskedBy?: HidingMode;
}

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

/** The export cannot be made as it was asked for; the message says why and what to do. */
export class ExportRefusedError extends Error {
  override name = 'ExportRefusedError';
}
