/**
 * The metrics of the process itself, under the names every Node dashboard knows (`process_…`, `nodejs_…`). In:
 * nothing. Out: text. What must hold: `promtool check metrics` finds nothing to say.
 */
import { collectDefaultMetrics, Registry } from 'prom-client';

/** Gauges that prom-client gives a counter's name; `nodejs_active_handles` and the like say the same. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Starts the measuring. @returns makes the text. */
export function processMetrics(): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  return () => registry.metrics();
}
