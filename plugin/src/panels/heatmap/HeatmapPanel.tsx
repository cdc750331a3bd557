/**
 * Numbers by day and hour: over all, or of one queue or agent.
 *
 * In: frames of heatmap queries; several queries are several numbers to switch between. Out: a map with totals and legend. What must
 * hold: totals are those the collector computed; a click follows the data links, else leads to the app's report of the cell.
 */
import { css } from '@emotion/css';
import {
  formattedValueToString,
  getFieldDisplayName,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService, PanelDataErrorView } from '@grafana/runtime';
import { Combobox, RadioButtonGroup, useStyles2, type ComboboxOption } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { HeatmapGrid } from '../../components/charts/HeatmapGrid';
import { HeatmapLegend } from '../../components/charts/HeatmapLegend';
import type { Row } from '../../api/types';
import { formatDate, formatDuration, formatNumber, UNKNOWN } from '../../format/format';
import { activeLocale } from '../../i18n/language';
import { fieldNamed } from '../shared/frames';
import { drillUrl } from './drill';
import { heatmapQueries, isByDate, mapOf, membersOf, totalsOf, type HeatmapQueryFrames } from './maps';
import type { HeatmapOptions } from './types';

const ALL = '';

export function HeatmapPanel(props: PanelProps<HeatmapOptions>) {
  const { data, id, fieldConfig } = props;
  const styles = useStyles2(getStyles);
  const queries = useMemo(() => heatmapQueries(data.series), [data.series]);
  const [refId, setRefId] = useState<string | null>(null);
  const query = queries.find((one) => one.refId === refId) ?? queries[0];
  if (query === undefined) {
    const message =
      data.series.length === 0
        ? undefined
        : t(
            'heatmapPanel.wrongData',
            'This panel needs cells by day and hour: choose the query kind “Heatmap”',
          );
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message={message} />;
  }
  return (
    <div className={styles.panel}>
      {queries.length > 1 && (
        <RadioButtonGroup
          size="sm"
          aria-label={t('heatmapPanel.metric', 'Number')}
          options={queries.map((one) => ({ value: one.refId, label: metricText(one) }))}
          value={query.refId}
          onChange={setRefId}
        />
      )}
      <QueryMap key={query.refId} query={query} {...props} />
    </div>
  );
}

function QueryMap({ query, options, timeRange }: PanelProps<HeatmapOptions> & { query: HeatmapQueryFrames }) {
  const styles = useStyles2(getStyles);
  const [member, setMember] = useState(ALL);
  const members = useMemo(() => (query.cells ? membersOf(query.cells) : []), [query.cells]);
  const chosen = members.some(({ key }) => key === member) ? member : ALL;
  const frame = chosen === ALL ? (query.all ?? query.cells) : query.cells;
  const map = useMemo(
    () => frame && mapOf(frame, chosen === ALL ? null : chosen, isByDate(frame) ? formatDate : weekdayText),
    [frame, chosen],
  );
  if (!frame || !map || map.days.length === 0) {
    return <div className={styles.empty}>{t('heatmapPanel.none', 'Nothing in this time')}</div>;
  }
  const field = fieldNamed(frame, 'value');
  const greatest = options.max ?? map.greatest;
  const totals = options.showTotals && chosen === ALL;
  const open = (row: Row) =>
    follow(frame, Number(row.index), drillUrl(frame, Number(row.index), timeRange.raw));
  return (
    <>
      <div className={styles.bar}>
        {options.showMembers && members.length > 1 && (
          <Combobox
            width={32}
            aria-label={t('heatmapPanel.member', 'Whose')}
            options={[
              { value: ALL, label: t('heatmapPanel.all', 'All together') },
              ...members.map(({ key, text }) => ({ value: key, label: text })),
            ]}
            value={chosen}
            onChange={({ value }: ComboboxOption<string>) => setMember(value)}
          />
        )}
        {options.showLegend && field && (
          <HeatmapLegend least={valueText(field, 0)} greatest={valueText(field, greatest)} />
        )}
      </div>
      <div className={styles.map}>
        <HeatmapGrid
          label={metricText(query)}
          data={map}
          greatest={greatest}
          valueText={({ index }) => (field ? valueText(field, field.values[Number(index)]) : '')}
          rowTotals={totals ? totalsOf(query.days, 'day', map.days, valueText) : undefined}
          columnTotals={
            totals
              ? totalsOf(query.hours, 'hour', map.cells[0]?.map((_, hour) => String(hour)) ?? [], valueText)
              : undefined
          }
          totalsLabel={t('heatmapPanel.total', 'Total')}
          grandTotal={field && valueText(field, frame.meta?.custom?.totals?.value)}
          onPick={open}
        />
      </div>
    </>
  );
}

/** The first data link of the cell, or the app's own address. */
function follow(frame: DataFrame, row: number, otherwise: string): void {
  const [link] = fieldNamed(frame, 'value')?.getLinks?.({ valueRowIndex: row }) ?? [];
  if (link?.target === '_blank') {
    window.open(link.href, '_blank', 'noopener');
  } else {
    locationService.push(link?.href ?? otherwise);
  }
}

/** Durations read as everywhere in the app: Grafana's `s` would say "2.59 hours", its `dthms` "00:00:07". */
function valueText(field: Field, value: unknown): string {
  if (typeof value !== 'number') {
    return UNKNOWN;
  }
  if (field.config.unit === 's' || field.config.unit === 'dthms') {
    return formatDuration(value);
  }
  return field.display ? formattedValueToString(field.display(value)) : formatNumber(value);
}

function metricText({ cells, all }: HeatmapQueryFrames): string {
  const frame = all ?? cells;
  const field = frame && fieldNamed(frame, 'value');
  return frame && field ? getFieldDisplayName(field, frame) : '';
}

/** @param day ISO 8601, 1 = Monday: 1 January 2024 was one. */
const weekdayText = (day: string): string =>
  new Intl.DateTimeFormat(activeLocale(), { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, Number(day)),
  );

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: '100%' }),
  bar: css({
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
  }),
  map: css({ flexGrow: 1, minHeight: 0, overflow: 'auto' }),
  empty: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
  }),
});
