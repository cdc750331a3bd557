/**
 * The panels of the plugin, shown alone: what they look like needs no dashboard.
 *
 * In: the panels that are built. Out: all of them, or one with its editors (`/preview/panels/<id>`).
 */
import { css } from '@emotion/css';
import { dateTime, rangeUtil, type DataSourceApi, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import { Alert, EmptyState, TimeRangePicker, ToolbarButton, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { useParams } from 'grafana-internals/router';
import { PluginPageView } from '../shell/PluginPageView';
import { PanelView } from './PanelView';

const WEEK = rangeUtil.convertRawToRange({ from: 'now-7d', to: 'now' });

export function Gallery() {
  const styles = useStyles2(getStyles);
  const { '*': edited = '' } = useParams();
  const [range, setRange] = useState<TimeRange>(WEEK);
  const [turn, setTurn] = useState(0);
  const { dataSource, error } = useDataSource();
  const panels = Object.values(config.panels).filter(({ id }) => edited === '' || id === edited);
  const move = (factor: number) => setRange(shifted(range, factor));

  return (
    <PluginPageView
      pageNav={{ text: 'Panels' }}
      subTitle="The panels of the plugin with data of its data source. In Grafana they are parts of dashboards."
      actions={
        <>
          <TimeRangePicker
            value={range}
            timeZone={config.bootData.user.timezone}
            onChange={setRange}
            onChangeTimeZone={() => undefined}
            onMoveBackward={() => move(-1)}
            onMoveForward={() => move(1)}
            onZoom={() => setRange(zoomedOut(range))}
          />
          <ToolbarButton icon="sync" aria-label="Refresh" onClick={() => setTurn(turn + 1)} />
        </>
      }
    >
      {error !== null && <Alert title="The data source could not be loaded">{error}</Alert>}
      {panels.length === 0 && <EmptyState variant="not-found" message="The build has no panels" />}
      <div className={styles.panels}>
        {panels.map((meta) => (
          <PanelView
            key={meta.id}
            {...{ meta, dataSource, range, turn }}
            isEdited={edited !== ''}
            onChangeRange={(fromMs, toMs) => setRange(between(fromMs, toMs))}
          />
        ))}
      </div>
    </PluginPageView>
  );
}

function useDataSource(): { dataSource: DataSourceApi | null; error: string | null } {
  const [dataSource, setDataSource] = useState<DataSourceApi | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    getDataSourceSrv()
      .get(null)
      .then(setDataSource, (thrown: unknown) => setError(String(thrown)));
  }, []);
  return { dataSource, error };
}

function between(fromMs: number, toMs: number): TimeRange {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}

function shifted({ from, to }: TimeRange, factor: number): TimeRange {
  const half = ((to.valueOf() - from.valueOf()) / 2) * factor;
  return between(from.valueOf() + half, to.valueOf() + half);
}

function zoomedOut({ from, to }: TimeRange): TimeRange {
  const half = (to.valueOf() - from.valueOf()) / 2;
  return between(from.valueOf() - half, to.valueOf() + half);
}

const getStyles = (theme: GrafanaTheme2) => ({
  panels: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
