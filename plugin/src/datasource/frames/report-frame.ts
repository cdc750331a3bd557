/**
 * Tables of reports as data frames.
 *
 * In: the collector's table. Out: a frame with its columns, and what a reader must know as notices. What must hold: no number is
 * made here; totals are the collector's and travel in `meta.custom`; a table without rows has no fields, as those of Grafana's
 * SQL data sources: panels then say that there is no data instead of showing an empty head.
 */
import type { DataFrame, Field, QueryResultMetaNotice } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { Column, NamedTable, ReportMeta, ReportTable, Row } from '../../api/types';
import { fieldOf } from './fields';

/** What our panels read besides the fields. */
export interface ReportFrameMeta {
  totals: Row | null;
  tz: string;
}

/** @param metrics only these columns besides those that say what a row is about; nothing: all. */
export function reportFrame(
  refId: string,
  { meta, tables = [], ...main }: ReportTable,
  { table, metrics }: { table?: string; metrics?: readonly string[] } = {},
): DataFrame {
  const shown = table === undefined ? main : tables.find(({ key }) => key === table);
  if (shown === undefined) {
    throw new Error(
      t('datasource.error.table', 'The report has no table “{{table}}”; it has: {{tables}}', {
        table,
        tables: tables.map(({ key }) => key).join(', ') || '–',
      }),
    );
  }
  return frameOf(refId, meta, shown, metrics);
}

/** Columns that say what a row is about stay whatever numbers are chosen. */
export const IDENTITY: ReadonlySet<string> = new Set([
  'from',
  'to',
  'pbx',
  'queue',
  'queueName',
  'agent',
  'agentName',
]);

export function frameOf(
  refId: string,
  meta: ReportMeta,
  { columns, rows, totals }: Pick<NamedTable, 'columns' | 'rows' | 'totals'>,
  metrics?: readonly string[],
): DataFrame {
  const wanted = metrics ? chosen(columns, metrics) : columns;
  const shown = rows.length > 0 ? wanted : [];
  const custom: ReportFrameMeta = { totals, tz: meta.tz };
  return {
    refId,
    fields: shown.map((column) => {
      const cells = rows.map((row) => row[column.key] ?? null);
      return inCurrency(fieldOf(column, cells, noteOf(column, meta)), column, meta);
    }),
    length: rows.length,
    meta: { notices: noticesOf(meta), custom },
  };
}

/** `1,225,605.00 UZS`, all digits. */
const inCurrency = (field: Field, { type }: Column, { currency }: ReportMeta): Field =>
  type === 'money' && currency
    ? { ...field, config: { ...field.config, unit: `currency:financial:\u00a0${currency}:suffix` } }
    : field;

/** In the order in which they were chosen. */
export function chosen(columns: readonly Column[], metrics: readonly string[]): Column[] {
  const identity = columns.filter(({ key }) => IDENTITY.has(key) && !metrics.includes(key));
  return [...identity, ...metrics.flatMap((key) => columns.filter((column) => column.key === key))];
}

/** @throws Error naming metrics the report does not have */
export function checkMetrics(columns: readonly Column[], metrics: readonly string[]): void {
  const unknown = metrics.filter((metric) => !columns.some(({ key }) => key === metric));
  if (unknown.length > 0) {
    throw new Error(
      t('datasource.error.metrics', 'Numbers: this report has no {{unknown}}', {
        unknown: unknown.join(', '),
      }),
    );
  }
}

/** The service level says by which formula. */
export const noteOf = ({ key }: Column, { serviceLevel }: ReportMeta): string | undefined =>
  key === 'serviceLevel' && serviceLevel ? `${serviceLevel.formula}: ${serviceLevel.formulaText}` : undefined;

export function noticesOf({ completeness, notes }: ReportMeta): QueryResultMetaNotice[] {
  const { gaps, pendingBuckets } = completeness;
  const texts = [
    gaps.length > 0 &&
      t(
        'datasource.notice.gaps',
        'A PBX was not heard for a part of this time; numbers may be too low: {{pbxs}}',
        {
          pbxs: [...new Set(gaps.map(({ pbx }) => pbx))].join(', '),
        },
      ),
    pendingBuckets > 0 &&
      t('datasource.notice.pending', 'Quarter-hours that are still being computed: {{buckets}}', {
        buckets: pendingBuckets,
      }),
    ...notes,
  ];
  return texts.filter((text) => typeof text === 'string').map((text) => ({ severity: 'info', text }));
}
