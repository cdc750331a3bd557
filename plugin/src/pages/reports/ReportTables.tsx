/**
 * The tables of a report: the main one, further ones and the comparison, in tabs.
 *
 * In: the answer, which tab and columns are chosen. Out: one table at a time. What must hold: the tab stands in the
 * address; slots open their drawer, names and figures lead on.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Tab, TabContent, TabsBar, useStyles2 } from '@grafana/ui';
import React, { useCallback } from 'react';
import type { Column, ReportTable as Report, Row } from '../../api/types';
import type { Span } from '../../components/filters/range';
import type { CellContext } from '../../components/report/cell-text';
import { ColumnChooser } from '../../components/report/ColumnChooser';
import { ReportTable, type CellAction } from '../../components/report/ReportTable';
import { cellLink, isSlot, spanOfRow, type LinkContext } from './links';
import { shownColumns } from './report-columns';
import type { ReportState } from './report-url';

interface Props {
  report: string;
  table: Report;
  comparison: Report | null;
  state: ReportState;
  context: CellContext;
  links: LinkContext;
  onSlot: (span: Span) => void;
  onChange: (changed: Partial<ReportState>) => void;
}

interface TableTab {
  /** Null: the main table. */
  key: string | null;
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Row | null;
}

const COMPARISON = 'comparison';

export function ReportTables({ report, table, comparison, state, context, links, onSlot, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const tabs = tabsOf(table, comparison);
  const tab = tabs.find(({ key }) => key === state.table) ?? tabs[0];
  const pbxs = table.meta.completeness.horizons.length;
  const { filters, span, tz, mayFilterCallers } = links;
  const actionOf = useCallback(
    (column: Column, row: Row): CellAction => {
      const slot = column.key === 'from' ? spanOfRow(row) : null;
      if (isSlot(slot)) {
        return { onClick: () => onSlot(slot) };
      }
      const href = cellLink(column, row, { report, filters, span, tz, mayFilterCallers });
      return href === null ? null : { href };
    },
    [report, filters, span, tz, mayFilterCallers, onSlot],
  );
  if (tab === undefined) {
    return null;
  }
  const isMain = tab.key === null;
  const columns = shownColumns(
    isMain || report === 'traffic' ? report : '',
    tab.columns,
    isMain ? state.columns : null,
    pbxs,
    tab.totals,
  );
  return (
    <div>
      <div className={styles.head}>
        {tabs.length > 1 ? (
          <TabsBar hideBorder>
            {tabs.map(({ key, title, rows }) => (
              <Tab
                key={key ?? ''}
                label={title}
                counter={key === null ? undefined : rows.length}
                active={key === tab.key}
                onChangeTab={(event) => {
                  event?.preventDefault();
                  onChange({ table: key });
                }}
              />
            ))}
          </TabsBar>
        ) : (
          <span />
        )}
        {isMain && (
          <ColumnChooser
            columns={tab.columns}
            shown={columns}
            onChange={(keys) => onChange({ columns: keys })}
          />
        )}
      </div>
      <TabContent className={styles.content}>
        <ReportTable
          key={tab.key ?? ''}
          label={tab.title}
          columns={columns}
          rows={tab.rows}
          totals={tab.totals}
          context={context}
          actionOf={actionOf}
          sortable={!isMain || !table.meta.page?.nextCursor}
        />
      </TabContent>
    </div>
  );
}

function tabsOf({ columns, rows, totals, tables = [] }: Report, comparison: Report | null): TableTab[] {
  const main: TableTab = { key: null, title: t('reports.table.main', 'Table'), columns, rows, totals };
  const compared: TableTab[] = comparison
    ? [
        {
          key: COMPARISON,
          title: t('reports.table.comparison', 'Compared with the period before'),
          columns: comparison.columns,
          rows: comparison.rows,
          totals: null,
        },
      ]
    : [];
  return [main, ...compared, ...tables];
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  }),
  content: css({ background: 'transparent' }),
});
