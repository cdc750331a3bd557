/**
 * The data source: the collector's API for panels, Explore, variables and annotations.
 *
 * In: queries. Out: data frames. What must hold: frontend only, through the app's proxy, so that the collector knows who asks;
 * one bad query does not take the others with it; what nobody waits for any more is cancelled.
 */
import {
  CoreApp,
  DataSourceApi,
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceInstanceSettings,
  type TestDataSourceResponse,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { merge, Observable } from 'rxjs';
import { whoAmI } from '../live/today';
import { annotationFrame, annotationsQuery } from './annotations';
import { AnnotationEditor } from './editor/AnnotationEditor';
import { namesOf, replaceVariables } from './filters';
import { liveResponses } from './live-query';
import { reportFrames, type Asked } from './report-query';
import {
  asShown,
  DEFAULT_QUERY,
  isLive,
  type AnnotationsQuery,
  type QueuescopeOptions,
  type QueuescopeQuery,
} from './types';
import { QueuescopeVariables, variableFrame } from './variables';
import { textOfThrown } from './words';

export class QueuescopeDataSource extends DataSourceApi<QueuescopeQuery, QueuescopeOptions> {
  constructor(settings: DataSourceInstanceSettings<QueuescopeOptions>) {
    super(settings);
    this.variables = new QueuescopeVariables(this);
    this.annotations = {
      QueryEditor: AnnotationEditor,
      getDefaultQuery: () => ({ kinds: ['gap', 'restart'] }),
      prepareQuery: ({ target, name }) => target && annotationsQuery(target, name),
    };
  }

  override getDefaultQuery(_: CoreApp): Partial<QueuescopeQuery> {
    return DEFAULT_QUERY;
  }

  /** What is not complete yet is not asked. */
  override filterQuery(query: QueuescopeQuery): boolean {
    switch (query.kind) {
      case 'timeseries':
      case 'table':
        return query.metrics.length > 0;
      case 'report':
        return Boolean(query.report);
      case 'heatmap':
        return Boolean(query.metric);
      case 'annotations':
        return query.kinds.length > 0;
      default:
        return true;
    }
  }

  override query(request: DataQueryRequest<QueuescopeQuery>): Observable<DataQueryResponse> {
    const targets = request.targets.map(asShown).filter((target) => !target.hide && this.filterQuery(target));
    if (targets.length === 0) {
      return new Observable((subscriber) => {
        subscriber.next({ data: [] });
        subscriber.complete();
      });
    }
    return merge(...targets.map((target) => this.answer(target, request)));
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    try {
      const { version, tenant, defaultZone } = await whoAmI();
      return {
        status: 'success',
        message: t(
          'datasource.test.ok',
          'Connected to the collector {{version}}. Tenant: {{tenant}}. Zone: {{zone}}.',
          {
            version,
            tenant,
            zone: defaultZone,
          },
        ),
      };
    } catch (thrown) {
      return { status: 'error', message: textOfThrown(thrown) ?? '' };
    }
  }

  private answer(
    target: QueuescopeQuery,
    request: DataQueryRequest<QueuescopeQuery>,
  ): Observable<DataQueryResponse> {
    const replace = replaceVariables(request.scopedVars);
    if (isLive(target)) {
      return liveResponses(target.refId, target.kind, {
        pbxs: namesOf(target.pbx, replace),
        queues: namesOf(target.queues, replace),
        agents: namesOf(target.agents, replace),
      });
    }
    return once(target, async (signal) => {
      const zone = await zoneOf(request.timezone);
      const { range, maxDataPoints } = request;
      const asked: Asked = { range, zone, maxDataPoints, replace, signal };
      switch (target.kind) {
        case 'annotations':
          return [await annotationFrame(target, asked)];
        case 'variable':
          return [await variableFrame(target, asked)];
        default:
          return reportFrames(target, asked);
      }
    });
  }
}

/** Days are those of the site, unless the dashboard is set to a zone of its own. */
async function zoneOf(timezone: string): Promise<string> {
  switch (timezone) {
    case '':
    case 'browser':
      return (await whoAmI()).defaultZone;
    case 'utc':
      return 'UTC';
    default:
      return timezone;
  }
}

/** One answer; an error is that of this query alone. */
function once(
  { refId }: QueuescopeQuery | AnnotationsQuery,
  load: (signal: AbortSignal) => Promise<DataQueryResponse['data']>,
): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    load(abort.signal)
      .then(
        (data): DataQueryResponse => ({ key: refId, data, state: LoadingState.Done }),
        (thrown): DataQueryResponse => ({
          key: refId,
          data: [],
          errors: [{ refId, message: textOfThrown(thrown) ?? '' }],
          state: LoadingState.Error,
        }),
      )
      .then((response) => {
        if (!abort.signal.aborted) {
          subscriber.next(response);
          subscriber.complete();
        }
      });
    return () => abort.abort();
  });
}
