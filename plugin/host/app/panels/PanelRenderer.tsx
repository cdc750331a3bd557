/**
 * Draws one panel plugin with data, options and field options, as Grafana's `PanelRenderer` does.
 *
 * What must hold: defaults of options are the plugin's; field options (units, thresholds, links) are applied to the data.
 */
import {
  applyFieldOverrides,
  EventBusSrv,
  getDefaultTimeRange,
  getPanelOptionsWithDefaults,
  LoadingState,
  PluginContextProvider,
  type FieldConfigSource,
  type PanelData,
  type PanelPlugin,
} from '@grafana/data';
import { config, getTemplateSrv, type PanelRendererProps } from '@grafana/runtime';
import { Alert, PanelContextProvider } from '@grafana/ui';
import React, { useEffect, useMemo, useState } from 'react';
import { importPanel } from '../plugin-loader';

const NO_FIELD_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };

export function PanelRenderer({
  pluginId,
  data,
  title,
  width,
  height,
  timeZone = 'browser',
  options: given,
  onOptionsChange = () => undefined,
  onChangeTimeRange = () => undefined,
  fieldConfig: givenFieldConfig,
  onFieldConfigChange = () => undefined,
}: PanelRendererProps) {
  const [plugin, setPlugin] = useState<PanelPlugin | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [eventBus] = useState(() => new EventBusSrv());
  useEffect(() => {
    importPanel(pluginId).then(setPlugin, (thrown: unknown) => setError(String(thrown)));
  }, [pluginId]);

  const shown = useMemo(() => {
    if (plugin === null) {
      return null;
    }
    const { options, fieldConfig } = getPanelOptionsWithDefaults({
      plugin,
      currentOptions: (given ?? {}) as Record<string, unknown>,
      currentFieldConfig: givenFieldConfig ?? NO_FIELD_CONFIG,
      isAfterPluginChange: false,
    });
    return { options, fieldConfig, data: withFieldConfig(plugin, fieldConfig, data, timeZone) };
  }, [plugin, given, givenFieldConfig, data, timeZone]);

  if (error !== null) {
    return <Alert title="The panel could not be loaded">{error}</Alert>;
  }
  const Panel = plugin?.panel;
  if (shown === null || !Panel) {
    return null;
  }
  return (
    <PluginContextProvider meta={plugin.meta}>
      <PanelContextProvider value={{ eventsScope: 'preview', eventBus }}>
        <Panel
          id={1}
          data={shown.data}
          title={title}
          timeRange={shown.data.timeRange}
          timeZone={timeZone}
          options={shown.options}
          fieldConfig={shown.fieldConfig}
          transparent={false}
          width={width}
          height={height}
          renderCounter={0}
          replaceVariables={(text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format)}
          onOptionsChange={onOptionsChange}
          onFieldConfigChange={onFieldConfigChange}
          onChangeTimeRange={onChangeTimeRange}
          eventBus={eventBus}
        />
      </PanelContextProvider>
    </PluginContextProvider>
  );
}

function withFieldConfig(
  plugin: PanelPlugin,
  fieldConfig: FieldConfigSource,
  data: PanelData | undefined,
  timeZone: string,
): PanelData {
  if (data === undefined) {
    return { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() };
  }
  const series = applyFieldOverrides({
    ...{ data: data.series, fieldConfig, timeZone, theme: config.theme2 },
    fieldConfigRegistry: plugin.fieldConfigRegistry,
    replaceVariables: (text, scopedVars) => getTemplateSrv().replace(text, scopedVars),
  });
  return { ...data, series };
}
