/**
 * A report beside the period before: changes of its totals, as the collector computes them.
 *
 * In: rows of the `comparison` report. Out: for each number, how it changed. What must hold: a change is called good or
 * bad only where everybody agrees on it.
 */
import { t } from '@grafana/i18n';
import type { ReportTable, Row } from '../../api/types';
import type { Filters } from '../../components/filters/filter-value';
import { cellTextOf, type CellContext } from '../../components/report/cell-text';
import type { KpiChange } from '../../components/report/KpiStrip';
import { formatRatio } from '../../format/format';

/** Reports whose totals are those of queues; with agents chosen, those of agents. */
const OF_QUEUES = ['queues', 'summary', 'traffic'];

export const isComparable = (report: string, filters: Filters): boolean =>
  OF_QUEUES.includes(report) ? !filters['agents'] : report === 'agents' && Boolean(filters['agents']);

const MORE_IS_GOOD = ['serviceLevel', 'answeredRate', 'answerRate', 'firstCallResolution'];
const MORE_IS_BAD = [
  ...['abandoned', 'abandonmentRate', 'timedOut', 'ringNoAnswers', 'asaSeconds'],
  ...['averageWaitSeconds', 'waitAnsweredMaxSeconds'],
];

export function changesOf({ columns, rows, meta }: ReportTable): Record<string, KpiChange> {
  const context: CellContext = { zone: meta.tz };
  const text = (key: string, row: Row) => {
    const column = columns.find((one) => one.key === key);
    return column ? cellTextOf(column, [row], context)(row) : '';
  };
  return Object.fromEntries(
    rows
      .filter((row) => typeof row['metric'] === 'string' && typeof row['difference'] === 'number')
      .map((row): [string, KpiChange] => [String(row['metric']), changeOf(row, text)]),
  );
}

function changeOf(row: Row, text: (key: string, row: Row) => string): KpiChange {
  const [difference, change] = [Number(row['difference']), row['change']];
  const shown = text('difference', row);
  const sign = difference > 0 && !shown.startsWith('+') ? '+' : '';
  const isRelative = typeof change === 'number' && row['type'] !== 'ratio';
  return {
    text: `${sign}${shown}${isRelative ? ` (${change > 0 ? '+' : ''}${formatRatio(change)})` : ''}`,
    before: t('reports.compare.before', 'Period before: {{value}}', { value: text('second', row) }),
    tone: toneOf(String(row['metric']), difference),
  };
}

function toneOf(metric: string, difference: number): KpiChange['tone'] {
  if (difference === 0 || ![...MORE_IS_GOOD, ...MORE_IS_BAD].includes(metric)) {
    return 'neutral';
  }
  return MORE_IS_GOOD.includes(metric) === difference > 0 ? 'good' : 'bad';
}
