/**
 * Days against hours: one heatmap of the report. In: its rows, its columns, totals where the API gives them. Out: the map.
 */
import { t } from '@grafana/i18n';
import React, { useMemo } from 'react';
import type { Column, Row } from '../../api/types';
import { heatmapDataOf } from '../../components/charts/chart-data';
import { HeatmapGrid } from '../../components/charts/HeatmapGrid';
import { cellTextOf } from '../../components/report/cell-text';
import { dayText } from '../../components/report/time-text';
import { formatNumber } from '../../format/format';

export interface HoursMapProps {
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** Rows of all days and hours of the range. */
  frame: readonly Row[];
  by: 'weekday' | 'date';
  zone: string;
  greatest: number;
  onPick: (row: Row) => void;
}

export function HoursMap({ label, columns, rows, frame, by, zone, greatest, onPick }: HoursMapProps) {
  const texts = useMemo(
    () => new Map(columns.map((column) => [column.key, cellTextOf(column, rows, { zone })])),
    [columns, rows, zone],
  );
  const data = useMemo(
    () =>
      heatmapDataOf(
        rows,
        { x: 'hour', y: by, value: 'value' },
        // Weekdays say more of a heatmap than years.
        (key, row) =>
          key === 'date' && typeof row['date'] === 'string'
            ? dayText(row['date'], 'UTC')
            : (texts.get(key)?.(row) ?? ''),
        frame,
      ),
    [rows, frame, by, texts],
  );
  const detailText = (row: Row): string => {
    const [days, perDay] = [row['days'], row['valuePerDay']];
    return typeof days === 'number' && days > 1 && typeof perDay === 'number'
      ? t('heatmap.perDay', 'Per day: {{value}} (days: {{days}})', {
          value: texts.get('valuePerDay')?.(row),
          days: formatNumber(days),
        })
      : '';
  };
  return (
    <HeatmapGrid
      label={label}
      data={data}
      greatest={greatest}
      valueText={(row) => texts.get('value')?.(row) ?? ''}
      detailText={detailText}
      onPick={onPick}
    />
  );
}
