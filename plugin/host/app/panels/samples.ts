/** What each panel is first asked to show in the gallery. */
import type { DataQuery } from '@grafana/schema';

type Sample = DataQuery & Record<string, unknown>;

const SAMPLES: Record<string, Sample> = {
  'queuescope-queueboard-panel': { refId: 'A', kind: 'queues' },
  'queuescope-agentboard-panel': { refId: 'A', kind: 'agents' },
  'queuescope-heatmap-panel': {
    ...{ refId: 'A', kind: 'heatmap', by: 'queue', metric: 'entered', shape: 'weekday-hour' },
  },
};

export const sampleQuery = (panelId: string): Sample => SAMPLES[panelId] ?? { refId: 'A' };
