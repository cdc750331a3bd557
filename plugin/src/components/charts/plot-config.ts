/**
 * How uPlot draws a chart of a report in Grafana's look.
 *
 * In: the data, theme, zone. Out: a configuration for `UPlotChart`. What must hold: axes speak the active language and the
 * report's zone; nothing suggests values between or below those there are.
 */
import type { GrafanaTheme2 } from '@grafana/data';
import {
  AxisPlacement,
  BarAlignment,
  GraphDrawStyle,
  LineInterpolation,
  ScaleDirection,
  ScaleOrientation,
  VisibilityMode,
} from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';
import type { Column } from '../../api/types';
import { formatDuration, formatNumber, formatRatio } from '../../format/format';
import { clockText, dayText } from '../report/time-text';
import { DAY_MS } from '../filters/range';
import type { PlotData } from './chart-data';
import { seriesColors } from './palette';

export interface PlotOptions {
  data: PlotData;
  kind: 'line' | 'bar';
  /** What stands under the n-th place of an ordinal axis. */
  labels: readonly string[];
  theme: GrafanaTheme2;
  zone: string;
  onHover: (index: number | null, left: number, top: number) => void;
  onPick: (index: number) => void;
}

const X = 'x';

export function plotConfig(options: PlotOptions): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(options.zone);
  addXAxis(builder, options);
  addYAxes(builder, options);
  addSeries(builder, options);
  addPointer(builder, options);
  return builder;
}

function addXAxis(builder: UPlotConfigBuilder, { data, kind, labels, theme, zone }: PlotOptions): void {
  const isTime = data.xScale === 'time';
  const last = data.xValues.length - 1;
  const [least = 0, greatest = 0] = [data.xValues[0], data.xValues[last]];
  // Half a bar of room on both sides.
  const step = last > 0 ? (greatest - least) / last : 1;
  const room = kind === 'bar' || last === 0 ? step / 2 : 0;
  builder.addScale({
    scaleKey: X,
    isTime,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [least - room, greatest + room],
  });
  builder.addAxis({
    scaleKey: X,
    isTime,
    placement: AxisPlacement.Bottom,
    size: X_AXIS_HEIGHT,
    theme,
    timeZone: zone,
    grid: { show: isTime },
    ...(data.xScale === 'ordinal' && {
      splits: (plot) => data.xValues.filter((_, index) => index % everyNth(labels, plot.width) === 0),
    }),
    values: (_plot, splits, _axis, _space, increment) =>
      splits.map((value) => axisText(data, labels, zone, value, increment)),
  });
}

/** px; of a letter of the axis, on average. */
const LETTER_WIDTH = 7;
/** px; letters that hang below the line are not cut. */
const X_AXIS_HEIGHT = 32;

function everyNth(labels: readonly string[], width: number): number {
  const longest = labels.reduce((most, { length }) => Math.max(most, Math.min(length, 16)), 1);
  return Math.max(1, Math.ceil((labels.length * (longest + 2) * LETTER_WIDTH) / width));
}

function axisText(
  data: PlotData,
  labels: readonly string[],
  zone: string,
  value: number,
  increment: number,
): string {
  switch (data.xScale) {
    case 'time':
      return increment < DAY_MS ? timeOfDay(value, zone, isWithinDay(data)) : dayText(value, zone);
    case 'number':
      return valueText(data.x, value);
    case 'ordinal':
      return shortened(labels[value] ?? '');
  }
}

const isWithinDay = ({ xValues }: PlotData): boolean => Number(xValues.at(-1)) - Number(xValues[0]) < DAY_MS;

const timeOfDay = (ms: number, zone: string, isOneDay: boolean): string =>
  clockText(ms, zone) === '00:00' && !isOneDay ? dayText(ms, zone) : clockText(ms, zone);

const shortened = (label: string): string => (label.length > 16 ? `${label.slice(0, 15)}…` : label);

/** Ratios and counts of one chart need scales of their own. */
const scaleOf = ({ type }: Column): string => type;

function addYAxes(builder: UPlotConfigBuilder, { data, theme }: PlotOptions): void {
  const scales = new Map(data.series.map(({ column }) => [scaleOf(column), column]));
  [...scales.entries()].forEach(([scaleKey, column], index) => {
    builder.addScale({
      scaleKey,
      orientation: ScaleOrientation.Vertical,
      direction: ScaleDirection.Up,
      softMin: 0,
      softMax: column.type === 'ratio' ? 1 : undefined,
    });
    builder.addAxis({
      scaleKey,
      placement: index === 0 ? AxisPlacement.Left : AxisPlacement.Right,
      theme,
      grid: { show: index === 0 },
      incrs: stepsOf(column),
      formatValue: (value: number) => valueText(column, value),
    });
  });
}

const COUNTS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]);
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DURATIONS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000].map((hours) => hours * HOUR),
];

/** From one line of the axis to the next: no half calls, no minutes of a hundred seconds; undefined: any. */
export function stepsOf({ type }: Pick<Column, 'type'>): number[] | undefined {
  return { count: COUNTS, seconds: DURATIONS }[type as string];
}

function valueText({ type }: Column, value: number): string {
  switch (type) {
    case 'ratio':
      return formatRatio(value, 0);
    case 'seconds':
      return formatDuration(value);
    default:
      return formatNumber(value, Number.isInteger(value) ? 0 : 1);
  }
}

function addSeries(builder: UPlotConfigBuilder, { data, kind, theme }: PlotOptions): void {
  const colors = seriesColors(
    data.series.map(({ column }) => column.key),
    theme,
  );
  // Bars stand side by side for two series; more of them are drawn as lines, for they would hide each other.
  const isBar = kind === 'bar' && data.series.length <= 2;
  data.series.forEach(({ column }, index) => {
    builder.addSeries({
      scaleKey: scaleOf(column),
      theme,
      lineColor: colors[index],
      pxAlign: true,
      drawStyle: isBar ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
      ...(isBar
        ? {
            fillColor: colors[index],
            fillOpacity: 80,
            lineWidth: 0,
            barAlignment:
              data.series.length === 1
                ? BarAlignment.Center
                : index === 0
                  ? BarAlignment.Before
                  : BarAlignment.After,
            barWidthFactor: data.series.length === 1 ? 0.7 : 0.4,
            barMaxWidth: 40,
            showPoints: VisibilityMode.Never,
          }
        : {
            lineWidth: 2,
            fillOpacity: data.series.length === 1 ? 10 : 0,
            lineInterpolation: LineInterpolation.Linear,
            showPoints: data.xValues.length <= 60 ? VisibilityMode.Always : VisibilityMode.Auto,
            pointSize: 5,
          }),
    });
  });
}

function addPointer(builder: UPlotConfigBuilder, { onHover, onPick }: PlotOptions): void {
  builder.setCursor({ y: false, drag: { x: false, y: false }, points: { show: false } });
  builder.addHook('setCursor', (plot) => {
    const { idx, left = -1, top = -1 } = plot.cursor;
    const box = plot.over.getBoundingClientRect();
    onHover(left < 0 ? null : (idx ?? null), box.left + left, box.top + top);
  });
  builder.addHook('init', (plot) => {
    plot.over.addEventListener('click', () => {
      const { idx } = plot.cursor;
      if (idx !== null && idx !== undefined) {
        onPick(idx);
      }
    });
  });
}
