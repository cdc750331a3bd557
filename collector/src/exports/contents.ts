/**
 * What an export contains, in words: title, range, filters, service level, completeness, notes, rows.
 *
 * In: the first page of a report and what was asked. Out: `Contents` for programs, lines for people. What must hold:
 * every format says all of it (CSV through the state of its job, having no place for it).
 */
import type { ReportDefinition } from '../reports/report.js';
import { textOf } from '../reports/request.js';
import type { Completeness, ReportMeta, ReportTable } from '../reports/table.js';
import type { Labels } from './labels/labels.js';
import type { ExportSpec } from './spec.js';

export interface Contents {
  report: string;
  title: string;
  from: string;
  /** Exclusive. */
  to: string;
  tz: string;
  granularity: string;
  /** Parameters besides range and zone, as given. */
  filters: Record<string, string>;
  serviceLevel: string | null;
  /** Nothing of the range was missed, is open or waits to be counted. */
  complete: boolean;
  completeness: Completeness;
  notes: string[];
  currency: string | null;
  /** Callers' numbers are masked. */
  masked: boolean;
  madeAt: string;
  /** Rows of each table; `main` is the report's own. */
  rows: Record<string, number>;
}

const NO_FILTERS: ReadonlySet<string> = new Set(['from', 'to', 'tz', 'granularity', 'cursor']);

/** @param first page of the report, still without the rows of others: `rows` is completed as they are written */
export function contentsOf(
  spec: ExportSpec,
  { title }: ReportDefinition,
  { meta, columns, tables = [] }: ReportTable,
  nowMs: number,
): Contents {
  const { completeness } = meta;
  const caller = [columns, ...tables.map((table) => table.columns)].flat().some((column) => column.caller);
  return {
    report: meta.report,
    title,
    from: meta.from,
    to: meta.to,
    tz: meta.tz,
    granularity: meta.granularity,
    filters: filtersOf(spec),
    serviceLevel: serviceLevelText(meta),
    complete:
      completeness.gaps.length === 0 && completeness.openCalls === 0 && completeness.pendingBuckets === 0,
    completeness,
    notes: meta.notes,
    currency: meta.currency ?? null,
    masked: caller && !spec.numbers,
    madeAt: new Date(nowMs).toISOString(),
    rows: { main: 0, ...Object.fromEntries(tables.map(({ key, rows }) => [key, rows.length])) },
  };
}

function filtersOf({ params }: ExportSpec): Record<string, string> {
  const filters: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (NO_FILTERS.has(name)) continue;
    const text = Array.isArray(value) ? value.join(', ') : textOf(String(value ?? ''));
    if (text !== null && text !== '') filters[name] = text;
  }
  return filters;
}

function serviceLevelText({ serviceLevel }: ReportMeta): string | null {
  if (serviceLevel === undefined) return null;
  const { formula, formulaText, thresholdSeconds } = serviceLevel;
  return `${formula}: ${formulaText}${thresholdSeconds === null ? '' : `, T = ${thresholdSeconds} s`}`;
}

/** One line per fact: what it is, and its text. */
export type Line = readonly [name: string, text: string];

export function contentLines(contents: Contents, labels: Labels): Line[] {
  const { word } = labels;
  const { completeness } = contents;
  return [
    [word('period'), `${shortTime(contents.from)} – ${shortTime(contents.to)} (${word('exclusive')})`],
    [word('zone'), contents.tz],
    ...lineIf(contents.granularity !== 'total', word('granularity'), contents.granularity),
    [word('filters'), filterText(contents, labels)],
    ...lineIf(contents.serviceLevel !== null, word('serviceLevel'), contents.serviceLevel ?? ''),
    ...lineIf(contents.currency !== null, word('currency'), contents.currency ?? ''),
    [word('completeness'), contents.complete ? word('complete') : incompleteText(completeness, labels)],
    ...completeness.gaps.map(({ pbx, source, from, to, reason }): Line => [
      word('gap'),
      `${pbx} ${source}: ${shortTime(from)} – ${to === null ? '…' : shortTime(to)}, ${reason}`,
    ]),
    ...contents.notes.map((note): Line => [word('note'), note]),
    ...lineIf(contents.masked, word('note'), word('masked')),
    [word('madeAt'), `${shortTime(contents.madeAt)} UTC`],
  ];
}

const lineIf = (condition: boolean, name: string, text: string): Line[] => (condition ? [[name, text]] : []);

function filterText({ filters }: Contents, { word }: Labels): string {
  const texts = Object.entries(filters).map(([name, text]) => `${name} = ${text}`);
  return texts.length === 0 ? word('none') : texts.join('; ');
}

function incompleteText({ gaps, openCalls, pendingBuckets }: Completeness, { word }: Labels): string {
  const parts: [string, number][] = [
    [word('gaps'), gaps.length],
    [word('openCalls'), openCalls],
    [word('pendingBuckets'), pendingBuckets],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}: ${count}`)
    .join('; ');
}

/** `2026-11-20T10:07:12.000+05:00` → `2026-11-20 10:07:12`. */
export const shortTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
