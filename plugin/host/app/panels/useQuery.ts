/**
 * Runs one query of our data source, as a panel of a dashboard would.
 *
 * In: the query, the time range, a number that grows when it is to run again. Out: `PanelData`. What must hold: a stream
 * of before ends when another query begins; an error is data, never thrown.
 */
import {
  CoreApp,
  getDefaultTimeRange,
  LoadingState,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { useEffect, useState } from 'react';
import { from, isObservable } from 'rxjs';

interface Asked {
  dataSource: DataSourceApi | null;
  query: DataQuery;
  range: TimeRange;
  timeZone: string;
  turn: number;
}

const NOTHING: PanelData = { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() };
let lastRequest = 0;

export function useQuery({ dataSource, query, range, timeZone, turn }: Asked): PanelData {
  const [data, setData] = useState<PanelData>(NOTHING);
  useEffect(() => {
    if (dataSource === null) {
      return;
    }
    lastRequest += 1;
    const answer = dataSource.query({
      ...{
        requestId: `gallery-${lastRequest}`,
        app: CoreApp.PanelEditor,
        targets: [query],
        range,
        rangeRaw: range.raw,
      },
      ...{ timezone: timeZone, interval: '1m', intervalMs: 60_000, maxDataPoints: 800, scopedVars: {} },
      startTime: Date.now(),
    });
    const responses = isObservable(answer) ? answer : from(answer);
    const subscription = responses.subscribe({
      next: (response: DataQueryResponse) => setData(panelData(response, range)),
      error: (error: unknown) =>
        setData({
          ...{ state: LoadingState.Error, series: [], timeRange: range },
          errors: [{ message: error instanceof Error ? error.message : String(error) }],
        }),
    });
    return () => subscription.unsubscribe();
  }, [dataSource, query, range, timeZone, turn]);
  return data;
}

function panelData({ data, state, errors, error }: DataQueryResponse, timeRange: TimeRange): PanelData {
  const failures = errors ?? (error ? [error] : []);
  const isFailed = failures.length > 0;
  return {
    state: isFailed ? LoadingState.Error : (state ?? LoadingState.Done),
    series: data,
    timeRange,
    ...(isFailed && { errors: failures }),
  };
}
