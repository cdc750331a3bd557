/**
 * One panel in its frame, fed by our data source; when it is being edited, with its query and its options.
 */
import { css } from '@emotion/css';
import {
  CoreApp,
  PluginContextProvider,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type GrafanaTheme2,
  type PanelPluginMeta,
  type TimeRange,
} from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { LinkButton, PanelChrome, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useMeasure } from 'react-use';
import { panelFromCache } from '../plugin-loader';
import { OptionsPane } from './OptionsPane';
import { PanelRenderer } from './PanelRenderer';
import { sampleQuery } from './samples';
import { useQuery } from './useQuery';

interface Props {
  meta: PanelPluginMeta;
  dataSource: DataSourceApi | null;
  range: TimeRange;
  turn: number;
  onChangeRange: (fromMs: number, toMs: number) => void;
  isEdited: boolean;
}

const HEIGHT = 420;

export function PanelView({ meta, dataSource, range, turn, onChangeRange, isEdited }: Props) {
  const styles = useStyles2(getStyles);
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const [query, setQuery] = useState<DataQuery>(() => sampleQuery(meta.id));
  const [options, setOptions] = useState<Record<string, unknown>>({});
  const timeZone = config.bootData.user.timezone;
  const data = useQuery({ dataSource, query, range, timeZone, turn });
  const plugin = panelFromCache(meta.id);

  const edit = (
    <LinkButton
      size="sm"
      variant="secondary"
      fill="text"
      href={isEdited ? '/preview/panels' : `/preview/panels/${meta.id}`}
      data-preview
    >
      {isEdited ? 'All panels' : 'Edit'}
    </LinkButton>
  );
  return (
    <div className={isEdited ? styles.edited : undefined}>
      <div>
        <div ref={ref} data-testid={meta.id} className={styles.panel}>
          {width > 0 && (
            <PanelChrome
              title={meta.name}
              width={width}
              height={HEIGHT}
              loadingState={data.state}
              statusMessage={data.errors?.[0]?.message}
              actions={edit}
            >
              {(innerWidth, innerHeight) => (
                <PanelRenderer
                  {...{ pluginId: meta.id, title: meta.name, data, timeZone, options }}
                  width={innerWidth}
                  height={innerHeight}
                  onOptionsChange={(changed) => setOptions(changed as Record<string, unknown>)}
                  onChangeTimeRange={({ from, to }) => onChangeRange(from, to)}
                />
              )}
            </PanelChrome>
          )}
        </div>
        {isEdited && dataSource !== null && (
          <QueryEditor {...{ dataSource, query, range, data }} onChange={setQuery} />
        )}
      </div>
      {isEdited && plugin && <OptionsPane {...{ plugin, options, data }} onChange={setOptions} />}
    </div>
  );
}

interface QueryEditorProps {
  dataSource: DataSourceApi;
  query: DataQuery;
  range: TimeRange;
  data: React.ComponentProps<typeof OptionsPane>['data'];
  onChange: (query: DataQuery) => void;
}

function QueryEditor({ dataSource, query, range, data, onChange }: QueryEditorProps) {
  const styles = useStyles2(getStyles);
  const Editor = dataSource.components?.QueryEditor;
  const settings = getDataSourceSrv().getInstanceSettings(dataSource.getRef());
  if (Editor === undefined || settings === undefined) {
    return null;
  }
  return (
    <div className={styles.query}>
      <PluginContextProvider meta={settings.meta} {...instanceOf(settings)}>
        <Editor
          datasource={dataSource as never}
          query={query as never}
          {...{ range, data, app: CoreApp.PanelEditor, queries: [query] }}
          onChange={onChange}
          onRunQuery={() => undefined}
        />
      </PluginContextProvider>
    </div>
  );
}

const instanceOf = (instanceSettings: DataSourceInstanceSettings) => ({ instanceSettings });

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ height: HEIGHT, overflow: 'hidden' }),
  edited: css({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 320px', gap: theme.spacing(2) }),
  query: css({
    marginTop: theme.spacing(2),
    padding: theme.spacing(2),
    background: theme.colors.background.primary,
  }),
});
