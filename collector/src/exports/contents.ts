/**
 * What an export contains, in words: title, range, filters, service level, completeness, notes, rows.
 *
 * In: the first page of a report and what was asked. Out: `Contents` for programs, lines for people. What must hold:
 * every format says all of it (CSV through the state of its job, having no place for it).
 */
import type { ReportDefinition } from '../reports/report.js';
import { textOf } from '../reports/request.js';
import type { Completeness, ReportTable, ServiceLevelMeta } from '../reports/table.js';
import { clockText } from './cell-text.js';
import type { Word } from './labels/en.js';
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
  /** Parameters besides range, zone and what is stated apart, as given. */
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

const NO_FILTERS: ReadonlySet<string> = new Set([
  ...['from', 'to', 'tz', 'granularity', 'cursor', 'currency'],
]);

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
    serviceLevel: meta.serviceLevel === undefined ? null : formulaText(meta.serviceLevel, inEnglish),
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

const inEnglish = (english: string): string => english;

/** One line per fact: what it is, and its text. */
export type Line = readonly [name: string, text: string];

/** @param serviceLevel of the report, whose formula is told in the language of the labels */
export function contentLines(
  contents: Contents,
  serviceLevel: ServiceLevelMeta | undefined,
  labels: Labels,
): Line[] {
  const { word } = labels;
  const { completeness } = contents;
  return [
    [word('period'), periodText(contents) + (isWholeDays(contents) ? '' : ` (${word('exclusive')})`)],
    [word('zone'), contents.tz],
    ...lineIf(contents.granularity !== 'total', word('granularity'), word(granularityWord(contents))),
    [word('filters'), filterText(contents, labels)],
    ...lineIf(
      serviceLevel !== undefined,
      word('serviceLevel'),
      serviceLevel && formulaText(serviceLevel, labels.meaning),
    ),
    ...lineIf(contents.currency !== null, word('currency'), contents.currency ?? ''),
    [word('completeness'), contents.complete ? word('complete') : incompleteText(completeness, labels)],
    ...completeness.gaps.map(({ pbx, source, from, to, reason }): Line => [
      word('gap'),
      `${pbx} ${source}: ${clockText(from)} – ${to === null ? '…' : clockText(to)}, ${reason}`,
    ]),
    ...contents.notes.map((note): Line => [word('note'), withShortTimes(labels.note(note))]),
    ...lineIf(contents.masked, word('note'), word('masked')),
    [word('madeAt'), `${clockText(contents.madeAt).slice(0, 16)} UTC`],
  ];
}

const lineIf = (condition: boolean, name: string, text = ''): Line[] => (condition ? [[name, text]] : []);

const DAY_MS = 86_400_000;

/** Whole days by their dates, the last one included: `2026-11-01 – 2026-11-30`; else times to the minute or second. */
export function periodText({ from, to }: Pick<Contents, 'from' | 'to'>): string {
  if (!isWholeDays({ from, to })) {
    const length = from.slice(16, 19) === ':00' && to.slice(16, 19) === ':00' ? 16 : 19;
    return `${clockText(from).slice(0, length)} – ${clockText(to).slice(0, length)}`;
  }
  const first = from.slice(0, 10);
  const last = new Date(Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  return first === last ? first : `${first} – ${last}`;
}

const isWholeDays = ({ from, to }: Pick<Contents, 'from' | 'to'>): boolean =>
  from.slice(11, 19) === '00:00:00' && to.slice(11, 19) === '00:00:00';

const GRANULARITY_WORDS: Readonly<Record<string, Word>> = {
  '15m': 'quarter',
  '30m': 'halfHour',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
};
const granularityWord = ({ granularity }: Contents): Word => GRANULARITY_WORDS[granularity] ?? 'total';

/** Labels of parameters that filter by what a column shows. */
const FILTER_LABELS: Readonly<Record<string, string>> = {
  queues: 'Queues',
  agents: 'Agents',
  pbx: 'PBX',
  outcome: 'Outcome',
  state: 'State',
  direction: 'Direction',
  disposition: 'Disposition',
  did: 'Dialled',
  trunk: 'Trunk',
  caller: 'Number',
  source: 'Source',
  destination: 'Destination',
  hours: 'Business hours',
  slFormula: 'Formula',
  slThreshold: 'T',
};

function filterText({ filters }: Contents, { word, label, value }: Labels): string {
  const texts = Object.entries(filters).map(([name, text]) => {
    const values = text.split(', ').map((one) => value(name, one));
    return `${label(FILTER_LABELS[name] ?? name)} = ${values.join(', ')}`;
  });
  return texts.length === 0 ? word('none') : texts.join('; ');
}

const formulaText = (
  { formula, formulaText: text, thresholdSeconds }: ServiceLevelMeta,
  meaning: (english: string) => string,
): string => `${formula}: ${meaning(text)}${thresholdSeconds === null ? '' : `, T = ${thresholdSeconds} s`}`;

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

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;
const withShortTimes = (text: string): string =>
  text.replace(ISO_TIME, (iso) => clockText(iso).replace(/(?: 00:00)?:00$/, ''));
