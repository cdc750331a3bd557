/**
 * Panels of the core types that stay in Grafana (timeseries, stat, table, bar gauge, heatmap, text) and of the Queuescope app.
 *
 * In: an id that never changes (links and alert rules name it), a title, a description that names the formula, targets and
 * a size in columns of 24 × rows. Out: a panel of the classic schema, without its place. What must hold: every panel that
 * shows data has a description and says what no data means.
 */
import { WIDTHS } from './columns.mjs';
import { QUEUESCOPE } from './queries.mjs';

const NOTHING = 'no data';
/** A cell without a value: not known, or nothing to divide by. */
const UNKNOWN = [
  { type: 'special', options: { match: 'null', result: { text: '–', color: 'text', index: 0 } } },
];
/** No number at all is neither good nor bad: it must not stand there in the colour of 0. */
const without = (text) => ({
  type: 'special',
  options: { match: 'null+nan', result: { text, color: 'text', index: 0 } },
});
/** So few points that lines by day or hour are what they say: `granularity: auto` of our data source follows it. */
export const AT_A_GLANCE = 31;
/** Hours, minutes and seconds: an average of 4:40 must not read "5 mins". */
export const DURATION = 'dthms';

/** Steps of colour from the first value on: `steps('green', [60, 'orange'], [180, 'red'])`. */
export const steps = (base, ...rest) => ({
  mode: 'absolute',
  steps: [{ color: base, value: null }, ...rest.map(([value, color]) => ({ color, value }))],
});
const plain = steps('text');

/**
 * @param {{ id: number, title: string, description: string, targets: object[], width: number, height: number }} common
 * @param {{ type: string, defaults?: object, overrides?: object[], options?: object, transformations?: object[] }} kind
 */
function panel({ id, title, description, targets, width, height, links = [], maxDataPoints }, kind) {
  const { type, defaults = {}, overrides = [], options = {}, transformations = [], ...rest } = kind;
  return {
    id,
    type,
    title,
    description,
    datasource: targets[0].datasource,
    ...defined({ maxDataPoints }),
    targets: targets.map((target, index) => ({ refId: String.fromCharCode(65 + index), ...target })),
    fieldConfig: { defaults: { noValue: NOTHING, ...defaults }, overrides },
    options,
    ...(transformations.length > 0 ? { transformations } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...rest,
    gridPos: { w: width, h: height },
  };
}

/** One big number. */
export const stat = ({
  unit = 'locale',
  decimals,
  thresholds = plain,
  noValue = NOTHING,
  max,
  mappings = [],
  ...common
}) =>
  panel(common, {
    type: 'stat',
    defaults: {
      unit,
      thresholds,
      color: { mode: 'thresholds' },
      noValue,
      mappings: [...mappings, without(noValue)],
      ...defined({ decimals, max }),
    },
    options: {
      colorMode: thresholds === plain ? 'none' : 'value',
      graphMode: 'none',
      justifyMode: 'auto',
      orientation: 'auto',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      textMode: 'auto',
      wideLayout: true,
    },
  });

/**
 * Lines, or bars, over time.
 * @param stack adds them up; `bars` for counts of a slot; `legend: 'right'` for many lines
 */
export function timeSeries({
  unit = 'short',
  decimals,
  min = 0,
  max,
  bars = false,
  stack = false,
  points = false,
  thresholds,
  legend = 'bottom',
  noValue = NOTHING,
  overrides = [],
  transformations,
  ...common
}) {
  return panel(common, {
    type: 'timeseries',
    defaults: {
      noValue,
      unit,
      ...defined({ decimals, min, max, thresholds }),
      color: { mode: 'palette-classic' },
      custom: {
        drawStyle: bars ? 'bars' : 'line',
        fillOpacity: bars ? 70 : stack ? 30 : 0,
        lineWidth: 1,
        showPoints: points ? 'always' : 'never',
        spanNulls: false,
        stacking: { mode: stack ? 'normal' : 'none', group: 'A' },
        thresholdsStyle: { mode: thresholds ? 'dashed' : 'off' },
      },
    },
    overrides,
    options: {
      legend: {
        displayMode: 'list',
        placement: legend,
        showLegend: true,
        calcs: [],
      },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    ...defined({ transformations }),
  });
}

/**
 * @param columns overrides by field: see columns.mjs
 * @param only the fields to show, where the query gives more
 * @param sortBy title of a column: its greatest value first, or its least with `ascending`
 */
export const table = ({
  columns = [],
  sortBy,
  ascending = false,
  only,
  noValue = NOTHING,
  minWidth = 96,
  ...common
}) =>
  panel(common, {
    type: 'table',
    defaults: {
      thresholds: plain,
      mappings: UNKNOWN,
      unit: 'locale',
      noValue,
      custom: { align: 'auto', minWidth, wrapHeaderText: true },
    },
    overrides: [...WIDTHS, ...columns],
    options: {
      cellHeight: 'sm',
      showHeader: true,
      ...(sortBy ? { sortBy: [{ displayName: sortBy, desc: !ascending }] } : {}),
    },
    ...(only
      ? { transformations: [{ id: 'filterFieldsByName', options: { include: { names: only } } }] }
      : {}),
  });

/** A bar per series or row, the longest first if the query sorts them. */
export const bars = ({
  unit = 'locale',
  decimals,
  min = 0,
  max,
  thresholds = plain,
  values = false,
  ...common
}) =>
  panel(common, {
    type: 'bargauge',
    defaults: {
      unit,
      thresholds,
      color: { mode: thresholds === plain ? 'palette-classic' : 'thresholds' },
      ...defined({ decimals, min, max }),
    },
    options: {
      displayMode: 'basic',
      orientation: 'horizontal',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values },
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
  });

/** A Prometheus histogram over time. */
export const histogramOverTime = ({ unit, ...common }) =>
  panel(common, {
    type: 'heatmap',
    defaults: { custom: { scaleDistribution: { type: 'linear' } } },
    options: {
      calculate: false,
      cellGap: 1,
      color: { mode: 'scheme', scheme: 'Oranges', steps: 64, exponent: 0.5, fill: 'dark-orange' },
      filterValues: { le: 1e-9 },
      rowsFrame: { layout: 'auto' },
      legend: { show: true },
      tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
      yAxis: { axisPlacement: 'left', unit, reverse: false },
    },
  });

export const text = ({ id, title, content, width, height }) => ({
  id,
  type: 'text',
  title,
  options: { mode: 'markdown', content, code: { language: 'plaintext', showLineNumbers: false } },
  fieldConfig: { defaults: {}, overrides: [] },
  gridPos: { w: width, h: height },
});

/** @param type id of a panel of the app; its own defaults apply */
const ours = (type) => (common) =>
  panel({ ...common, targets: common.targets }, { type, datasource: QUEUESCOPE });

export const queueBoard = ours('queuescope-queueboard-panel');
export const agentBoard = ours('queuescope-agentboard-panel');
export const heatMap = ours('queuescope-heatmap-panel');

const defined = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
