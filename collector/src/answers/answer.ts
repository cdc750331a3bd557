/**
 * A report as the API answers it: bytes of JSON or CSV, masked and in the reader's language.
 *
 * In: what was asked. Out: the first day of its range, and bytes. What must hold: nothing is said before the report is made,
 * so that what is wrong with a request is an error and not half an answer; CSV has all rows, a page in memory at a time.
 */
import type { Readable } from 'node:stream';
import { maskBy, type HidingMode } from '../directory/masking.js';
import { csvOf } from '../exports/csv.js';
import { labelsOf } from '../exports/labels/labels.js';
import { spoken } from '../exports/labels/spoken.js';
import type { Language } from '../exports/spec.js';
import { maskedTable } from '../reports/mask.js';
import { chained, pagesOf } from '../reports/pages.js';
import type { Params } from '../reports/params.js';
import { reportOf, type Reports } from '../reports/reports.js';
import type { ReportTable } from '../reports/table.js';
import { jsonOf } from './table-json.js';

/** Plain data: it goes to a thread. */
export interface ReportAsk {
  report: string;
  params: Params;
  tenantId: number;
  format: 'json' | 'csv';
  /** Of labels; null: English, in CSV the keys of the columns. */
  lang: Language | null;
  /** How callers' numbers are hidden; null: not at all. */
  maskedBy: HidingMode | null;
}

export interface Answer {
  /** Start of the range, ISO 8601 with the offset of its zone. */
  from: string;
  /** Bytes as they are when it is short, else a stream of them; who does not read it to its end destroys it. */
  body: Buffer | Readable;
}

export interface ReportAnswers {
  /**
   * @throws ReportRequestError naming every wrong parameter; the signal's reason when it aborts; StoppingError; Error for
   * faults, with `code` when the database is away
   */
  answer(ask: ReportAsk, signal: AbortSignal): Promise<Answer>;
}

/** No report is made any more. */
export class StoppingError extends Error {
  override name = 'StoppingError';

  constructor() {
    super('the collector is stopping');
  }
}

export interface AnswerTools {
  reports: Pick<Reports, 'make'>;
  /** Of the site; for numbers that are hashed. */
  maskSecret: string | null;
}

/** The text of an answer, piece by piece. @throws as `ReportAnswers.answer` */
export async function textOf(
  { reports, maskSecret }: AnswerTools,
  { report, params, tenantId, format, lang, maskedBy }: ReportAsk,
  signal: AbortSignal,
): Promise<{ from: string; pieces: AsyncIterable<string> }> {
  const mask = maskedBy === null ? null : maskBy(maskedBy, tenantId, maskSecret);
  const make = async (call: Parameters<Reports['make']>[1]): Promise<ReportTable> => {
    const made = await reports.make(report, call);
    return mask === null ? made : maskedTable(made, mask);
  };
  const labels = lang === null ? null : labelsOf(lang);
  const call = { params, tenantId, signal };
  if (format === 'json') {
    const table = await make(call);
    return {
      from: table.meta.from,
      pieces: jsonOf(labels === null ? table : spoken(table, labels), signal),
    };
  }
  const pages = pagesOf(reportOf(report), call, make);
  const first = await pages.next();
  if (first.done) throw new Error(`the report ${report} gave no table`);
  const label = labels && { label: (column: { label: string }) => labels.label(column.label) };
  return { from: first.value.meta.from, pieces: csvOf(chained(first.value, pages), label ?? {}) };
}

export interface Chunk {
  bytes: Uint8Array<ArrayBuffer>;
  isLast: boolean;
}

/** Characters of one chunk: few enough that taking it is no work, many enough that there are not many. */
const CHUNK_LENGTH = 256 * 1024;

/** Text as chunks of bytes, each in memory of its own. A short text is one chunk. */
export async function* chunksOf(pieces: AsyncIterable<string>): AsyncGenerator<Chunk, void> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_LENGTH) continue;
    yield { bytes: encoder.encode(text), isLast: false };
    text = '';
  }
  yield { bytes: encoder.encode(text), isLast: true };
}
