/**
 * A line or bar chart of a report, with tooltip and legend.
 *
 * In: the chart's data. Out: a canvas; a click gives the row under it. What must hold: who cannot see it reads the same
 * in the table beside it, so for screen readers it is one picture with a name.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { UPlotChart, useStyles2, useTheme2, VizTooltipContainer } from '@grafana/ui';
import React, { useCallback, useMemo, useState, type ComponentProps } from 'react';
import type { Row } from '../../api/types';
import { cellTextOf, type CellContext } from '../report/cell-text';
import type { PlotData } from './chart-data';
import { ChartLegend } from './ChartLegend';
import { seriesColors } from './palette';
import { plotConfig } from './plot-config';
import { useWidth } from './useWidth';

type PlotProps = ComponentProps<typeof UPlotChart>;

interface Props {
  title: string;
  kind: 'line' | 'bar';
  data: PlotData;
  context: CellContext;
  height?: number;
  /** What a click on a place does; without it nothing invites to click. */
  onPick?: (row: Row) => void;
}

interface Hovered {
  index: number;
  x: number;
  y: number;
}

export function PlotChart({ title, kind, data, context, height = 220, onPick }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [box, width] = useWidth();
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const { zone } = context;
  const labels = useMemo(() => {
    const text = cellTextOf(data.x, data.rows, { zone });
    return data.rows.map(text);
  }, [data, zone]);
  const onHover = useCallback(
    (index: number | null, x: number, y: number) => setHovered(index === null ? null : { index, x, y }),
    [],
  );
  const pick = useCallback(
    (index: number) => {
      const row = data.rows[index];
      if (row) {
        onPick?.(row);
      }
    },
    [data, onPick],
  );
  const config = useMemo(
    () => plotConfig({ data, kind, labels, theme, zone, onHover, onPick: pick }),
    [data, kind, labels, theme, zone, onHover, pick],
  );
  const aligned = useMemo<PlotProps['data']>(
    () => [data.xValues, ...data.series.map(({ values }) => values)],
    [data],
  );
  const colors = seriesColors(
    data.series.map(({ column }) => column.key),
    theme,
  );
  const legend = data.series.map(({ column }, index) => ({
    label: column.label,
    color: colors[index] ?? '',
  }));

  return (
    <div>
      <div ref={box} role="img" aria-label={title} className={onPick && styles.clickable} style={{ height }}>
        {width > 0 && <UPlotChart width={width} height={height} data={aligned} config={config} />}
      </div>
      <ChartLegend items={legend} />
      {hovered && (
        <VizTooltipContainer position={hovered} offset={{ x: 12, y: 12 }}>
          <PointTooltip
            label={labels[hovered.index] ?? ''}
            data={data}
            index={hovered.index}
            colors={colors}
            context={context}
          />
        </VizTooltipContainer>
      )}
    </div>
  );
}

interface TooltipProps {
  label: string;
  data: PlotData;
  index: number;
  colors: readonly string[];
  context: CellContext;
}

function PointTooltip({ label, data, index, colors, context }: TooltipProps) {
  const styles = useStyles2(getStyles);
  const row = data.rows[index];
  return row ? (
    <div className={styles.tooltip}>
      <strong>{label}</strong>
      {data.series.map(({ column }, series) => (
        <div key={column.key} className={styles.line}>
          <span className={styles.swatch} style={{ background: colors[series] }} />
          <span>{column.label}</span>
          <span className={styles.value}>{cellTextOf(column, data.rows, context)(row)}</span>
        </div>
      ))}
    </div>
  ) : null;
}

const getStyles = (theme: GrafanaTheme2) => ({
  clickable: css({ '& .u-over': { cursor: 'pointer' } }),
  tooltip: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    fontVariantNumeric: 'tabular-nums',
  }),
  line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  swatch: css({ width: 14, height: 4, borderRadius: theme.shape.radius.pill, flexShrink: 0 }),
  value: css({
    marginLeft: 'auto',
    paddingLeft: theme.spacing(2),
    fontWeight: theme.typography.fontWeightMedium,
  }),
});
