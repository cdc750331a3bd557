/**
 * Live queries: frames that come again whenever something changed.
 *
 * In: what to show, of which PBXs, queues and agents. Out: an observable of answers. What must hold: all live queries of the
 * tab share one stream; large boards are drawn at most twice a second; rows that are old say so.
 */
import {
  LoadingState,
  type DataFrame,
  type DataQueryResponse,
  type QueryResultMetaNotice,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { Observable } from 'rxjs';
import { liveStore } from '../live/store';
import { agentMembers, agentsToday, hoursToday, queueMembers, queuesToday } from '../live/today';
import type { LiveSnapshot, LiveStatus } from '../live/types';
import { agentFrame, callFrame, queueFrame } from './frames/live-frames';
import type { LiveKind } from './types';
import { errorText } from './words';

/** Null: all. */
export interface LiveFilter {
  pbxs: readonly string[] | null;
  queues: readonly string[] | null;
  agents: readonly string[] | null;
}

/** What our panels read besides the fields. */
export interface LiveFrameMeta {
  live: Pick<LiveStatus, 'state' | 'problem'> & {
    /** How far the collector's clock is ahead of this browser's, ms. */
    clockOffsetMs: number;
  };
}

const LARGE = 1_000;
const LARGE_EVERY_MS = 500;

export function liveResponses(
  refId: string,
  kind: LiveKind,
  filter: LiveFilter,
): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const store = liveStore();
    let shownAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let rows = 0;
    const show = () => {
      timer = undefined;
      shownAt = Date.now();
      const response = responseOf(refId, kind, filter);
      rows = response?.data[0]?.length ?? 0;
      if (response) {
        subscriber.next(response);
      }
    };
    const changed = () => {
      const pause = rows > LARGE ? Math.max(0, shownAt + LARGE_EVERY_MS - Date.now()) : 0;
      timer ??= setTimeout(show, pause);
    };
    const ends = [store, ...besides(kind)].map(({ subscribe }) => subscribe(changed));
    changed();
    return () => {
      clearTimeout(timer);
      ends.forEach((end) => end());
    };
  });
}

function besides(kind: LiveKind) {
  switch (kind) {
    case 'queues':
      return [queueMembers, queuesToday, hoursToday];
    case 'agents':
      return [agentMembers, queueMembers, agentsToday];
    case 'calls':
      return [agentMembers, queueMembers];
  }
}

function responseOf(refId: string, kind: LiveKind, filter: LiveFilter): DataQueryResponse | null {
  const store = liveStore();
  const { status, data } = store.getState();
  if (data === null) {
    return status.state === 'failed' && status.error
      ? {
          key: refId,
          data: [],
          errors: [{ refId, message: errorText(status.error) }],
          state: LoadingState.Error,
        }
      : null;
  }
  const { state, problem } = status;
  const custom: LiveFrameMeta = { live: { state, problem, clockOffsetMs: store.now() - Date.now() } };
  const frame = frameOf(kind, filter, data);
  const meta = { custom, notices: noticesOf(status) };
  return { key: refId, data: [{ ...frame, refId, meta }], state: LoadingState.Streaming };
}

function frameOf(kind: LiveKind, filter: LiveFilter, data: LiveSnapshot): DataFrame {
  const queues = queueMembers.getState().data;
  const agents = agentMembers.getState().data;
  const has = (names: readonly string[] | null): ((name: string | null) => boolean) => {
    const set = names && new Set(names);
    return (name) => set === null || (name !== null && set.has(name));
  };
  const [ofPbx, ofQueue, ofAgent] = [has(filter.pbxs), has(filter.queues), has(filter.agents)];
  switch (kind) {
    case 'queues':
      return queueFrame({
        rows: data.queues.filter(({ pbx, queue }) => ofPbx(pbx) && ofQueue(queue)),
        members: queues,
        today: queuesToday.getState().data,
        hours: hoursToday.getState().data,
      });
    case 'agents':
      return agentFrame({
        rows: data.agents.filter(
          ({ pbx, agent, queues: memberships }) =>
            ofPbx(pbx) &&
            ofAgent(agent) &&
            (filter.queues === null || memberships.some(({ queue }) => ofQueue(queue))),
        ),
        members: agents,
        queues,
        today: agentsToday.getState().data,
      });
    case 'calls':
      return callFrame({
        rows: data.calls.filter(
          ({ pbx, queue, agent }) =>
            ofPbx(pbx) && ofQueue(queue) && (filter.agents === null || ofAgent(agent)),
        ),
        now: liveStore().now(),
        queues,
        agents,
      });
  }
}

function noticesOf({ state }: LiveStatus): QueryResultMetaNotice[] {
  return state === 'stale'
    ? [
        {
          severity: 'warning',
          text: t('datasource.notice.stale', 'The collector cannot be reached; these rows are old'),
        },
      ]
    : [];
}
