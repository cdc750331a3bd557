/** Properties of a panel as Grafana gives them, for tests. */
import { getDefaultTimeRange, LoadingState, type DataFrame, type PanelProps } from '@grafana/data';

export function panelProps<T>(
  options: T,
  series: DataFrame[],
  size = { width: 1_200, height: 600 },
): PanelProps<T> {
  const timeRange = getDefaultTimeRange();
  return {
    id: 1,
    data: { state: LoadingState.Done, series, timeRange },
    timeRange,
    timeZone: 'utc',
    options,
    transparent: false,
    ...size,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: '',
    eventBus: undefined as never,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables: (text) => text,
    onChangeTimeRange: () => undefined,
  };
}
