/**
 * docs/metrics.md: the list of all metrics for people. In: the families. Out: Markdown. What must hold: the committed
 * page is this text (a test compares them).
 */
import { ALL_FAMILIES, type Family } from './families.js';

export function metricsDocument(): string {
  const parts = ALL_FAMILIES.map(({ title, families }) => `## ${title}\n\n${table(families)}`);
  return `${INTRODUCTION}\n${parts.join('\n')}`;
}

function table(families: readonly Family[]): string {
  const rows = families.map(
    ({ name, type, labels, help, buckets }) =>
      `- \`${name}\` (${type}${labels.length > 0 ? `; ${labels.map((label) => `\`${label}\``).join(', ')}` : ''})\n` +
      `  ${help}${buckets ? ` Buckets: ${buckets.join(', ')} s.` : ''}\n`,
  );
  return rows.join('');
}

const INTRODUCTION = `# Metrics

What \`GET /metrics\` gives to Prometheus. The text is at most one second old and shows one moment.

- Counters count a visit **once, when it is final**: when the PBX's own log has stated its end, or 30 seconds after the
  end where there is no log. They are never corrected, begin at zero with the collector, and are not touched by replay,
  import or backfill. For the past ask the API or SQL; for rates and alerts ask Prometheus.
- Gauges are read from the live state. While \`queuescope_live_stale_seconds\` is above zero they may be out of date:
  combine alerts with it.
- Outcomes: \`answered\`, \`abandoned\`, \`timedOut\`, \`exitedByKey\`, \`exitedEmpty\`, \`withdrawn\`, \`pulledOut\`,
  \`canceledAtConnect\`, \`interrupted\`. Results of offers: \`answered\`, \`noAnswer\`, \`busy\`, \`rejected\`,
  \`unavailable\`, \`canceled\` (the caller left), \`lostRace\` (another agent took it), \`dumped\`.
- States of agents: \`onCall\`, \`onHold\`, \`ringing\`, \`wrapUp\`, \`paused\`, \`otherCall\`, \`unavailable\`, \`ready\`, the first
  that applies. In the series of a queue, \`onCall\`, \`onHold\` and \`ringing\` are calls of that queue, \`paused\` is the pause in
  that queue, and a call of another queue is \`otherCall\`. In the series of an agent all queues count, \`paused\` means paused
  in every queue, and \`loggedOut\` is someone whose last call outlives the login.
- A queue or agent that vanished from the PBX vanishes with all its series; a queue known only from a log stays for a
  day after its last visit. Series per agent can be switched off (\`metrics.perAgent: false\`).
- Display names are in \`queuescope_queue_info\` and \`queuescope_agent_info\` only: join them with
  \`* on (pbx, queue) group_left (name) queuescope_queue_info\`.
- No series carries anything about a caller.
- The process itself is measured under the usual names \`process_…\` and \`nodejs_…\`.

Service level over the last hour, 20 seconds, answered of all that ended (Prometheus 3 writes the bound as \`20.0\`):

    sum by (pbx, queue) (increase(queuescope_queue_wait_seconds_bucket{outcome="answered", le=~"20|20.0"}[1h]))
      / sum by (pbx, queue) (increase(queuescope_queue_visits_total[1h]))
`;
