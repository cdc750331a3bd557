/** Grafana Live, which needs Grafana: never connected, says nothing. */
import type { GrafanaLiveSrv } from '@grafana/runtime';
import { NEVER, of } from 'rxjs';

export const hostLiveSrv: GrafanaLiveSrv = {
  getConnectionState: () => of(false),
  getStream: () => NEVER,
  getDataStream: () => NEVER,
  getPresence: () => Promise.reject(new Error('Grafana Live needs Grafana')),
  publish: () => Promise.reject(new Error('Grafana Live needs Grafana')),
};
