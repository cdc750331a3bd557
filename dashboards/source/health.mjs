/** Collector health: whether the numbers can be trusted. In: Prometheus, and SQL for the list of gaps. */
import { coloured, hidden, titleOf, unit, when, width } from './lib/columns.mjs';
import { dashboard } from './lib/dashboard.mjs';
import { DURATION, stat, steps, table, timeSeries } from './lib/panels.mjs';
import { PBX } from './lib/promql.mjs';
import { metric, metricNow, metricRows, sql } from './lib/queries.mjs';
import { LIVE_PBX } from './lib/variables.mjs';

const small = { width: 6, height: 3 };
const fromOne = (color) => steps('green', [1, color]);
/** A scrape per collector; the job is named so in provisioning/prometheus/prometheus.yml. */
const JOB = 'job="queuescope"';

const number = (id, title, description, expr, options = {}) =>
  stat({ id, ...small, title, description, targets: [metricNow(expr)], ...options });

const numbers = [
  number(
    1,
    'Collector',
    'Whether Prometheus reaches the collector: up. Below 1 nothing here is current.',
    `min(up{${JOB}})`,
    {
      thresholds: steps('red', [1, 'green']),
      noValue: 'not scraped',
      mappings: [{ type: 'value', options: { 0: { text: 'not reached' }, 1: { text: 'reached' } } }],
    },
  ),
  number(
    2,
    'PBX sources down',
    'Sources the collector does not hear: number of queuescope_link_up that are 0.',
    `sum(1 - queuescope_link_up{${PBX}})`,
    {
      thresholds: fromOne('red'),
    },
  ),
  number(
    3,
    'Live data out of date',
    'The worst PBX: greatest queuescope_live_stale_seconds.',
    `max(queuescope_live_stale_seconds{${PBX}})`,
    {
      unit: 's',
      decimals: 0,
      thresholds: steps('green', [1, 'orange'], [30, 'red']),
    },
  ),
  number(
    4,
    'Database behind',
    'Age of the oldest message not yet in the database: queuescope_journal_backlog_seconds.',
    'max(queuescope_journal_backlog_seconds)',
    {
      unit: 's',
      decimals: 0,
      thresholds: steps('green', [10, 'orange'], [60, 'red']),
    },
  ),
  number(
    5,
    'Rollups behind',
    'How long the oldest changed quarter of an hour has waited to be added up again: queuescope_rollup_lag_seconds.',
    'max(queuescope_rollup_lag_seconds)',
    {
      unit: 's',
      decimals: 0,
      thresholds: steps('green', [60, 'orange'], [120, 'red']),
    },
  ),
  number(
    6,
    'Messages held',
    'Messages kept with an error, to be retried or skipped on the Health page: queuescope_messages_held.',
    `sum(queuescope_messages_held{${PBX}}) or vector(0)`,
    {
      thresholds: fromOne('orange'),
    },
  ),
  number(
    7,
    'Schedules failed or late',
    'Scheduled reports whose last run failed, and those that are due and not delivered: queuescope_schedule_failed, queuescope_schedule_late.',
    'sum(queuescope_schedule_failed) + sum(queuescope_schedule_late)',
    {
      thresholds: fromOne('red'),
      noValue: 'none',
    },
  ),
  stat({
    id: 8,
    ...small,
    title: 'Not heard, last 24 hours',
    description:
      'Time in which sources were not heard in the 24 hours before the end of the range, those added up in which the collector itself did not run: v_gaps.',
    targets: [
      sql(`select coalesce(sum(least(coalesce(to_at, $__to), $__to) - greatest(from_at, $__to - 86400000)), 0) / 1000 as value
         from v_gaps
         where from_at < $__to and (to_at is null or to_at > $__to - 86400000) and pbx in ($pbx)`),
    ],
    unit: DURATION,
    thresholds: steps('green', [60, 'orange'], [600, 'red']),
  }),
];

const links = [
  table({
    id: 10,
    title: 'Sources',
    description: 'Every source of every PBX: queuescope_link_up, 1 while it is heard.',
    targets: [metricRows(`queuescope_link_up{${PBX}}`)],
    columns: [
      ...['Time', '__name__', 'instance', 'job'].map(hidden),
      titleOf('pbx', 'PBX'),
      titleOf('source', 'Source'),
      coloured(
        'Value',
        steps('red', [1, 'green']),
        ['displayName', 'State'],
        ['custom.align', 'left'],
        ['mappings', [{ type: 'value', options: { 0: { text: 'down' }, 1: { text: 'heard' } } }]],
      ),
    ],
    width: 8,
    height: 9,
  }),
  timeSeries({
    id: 11,
    title: 'Messages per second',
    description: 'Messages accepted into the journal, by PBX and source: rate of queuescope_messages_total.',
    targets: [
      metric(
        `sum by (pbx, source) (rate(queuescope_messages_total{${PBX}}[$__rate_interval]))`,
        '{{pbx}} {{source}}',
      ),
    ],
    unit: 'mps',
    width: 8,
    height: 9,
  }),
  timeSeries({
    id: 12,
    title: 'Lag and staleness',
    description:
      'Seconds between what the newest event states and when it was applied (queuescope_event_lag_seconds), and for which live data may be out of date (queuescope_live_stale_seconds).',
    targets: [
      metric(`max by (pbx) (queuescope_event_lag_seconds{${PBX}})`, 'lag {{pbx}}'),
      metric(`max by (pbx) (queuescope_live_stale_seconds{${PBX}})`, 'out of date {{pbx}}'),
    ],
    unit: 's',
    width: 8,
    height: 9,
  }),
];

const inside = [
  timeSeries({
    id: 20,
    title: 'Journal backlog',
    description: 'Messages accepted and not yet in the database: queuescope_journal_backlog_records.',
    targets: [metric('queuescope_journal_backlog_records', '{{journal}}')],
    width: 8,
    height: 8,
    decimals: 0,
  }),
  timeSeries({
    id: 21,
    title: 'Rollups waiting',
    description:
      'Quarters of an hour that wait to be added up again: queuescope_rollup_dirty_buckets; and how long the oldest has waited.',
    targets: [
      metric('queuescope_rollup_dirty_buckets', 'buckets'),
      metric('queuescope_rollup_lag_seconds', 'oldest, seconds'),
    ],
    width: 8,
    height: 8,
  }),
  timeSeries({
    id: 22,
    title: 'Journal on disk',
    description:
      'Bytes the journal takes: queuescope_journal_size_bytes. It ends at journal.maxGb, then sources are held back.',
    targets: [metric('queuescope_journal_size_bytes', '{{journal}}')],
    unit: 'bytes',
    width: 8,
    height: 8,
  }),
  timeSeries({
    id: 23,
    title: 'Memory',
    description:
      'Resident memory of the collector: process_resident_memory_bytes; heap in use: nodejs_heap_size_used_bytes.',
    targets: [
      metric(`process_resident_memory_bytes{${JOB}}`, 'resident'),
      metric(`nodejs_heap_size_used_bytes{${JOB}}`, 'heap'),
    ],
    unit: 'bytes',
    width: 8,
    height: 8,
  }),
  timeSeries({
    id: 24,
    title: 'CPU and event loop',
    description:
      'Share of one core: rate of process_cpu_seconds_total; delay of the event loop, 99th percentile: nodejs_eventloop_lag_p99_seconds (seconds).',
    targets: [
      metric(`rate(process_cpu_seconds_total{${JOB}}[$__rate_interval])`, 'CPU, cores'),
      metric(`nodejs_eventloop_lag_p99_seconds{${JOB}}`, 'event loop p99, seconds'),
    ],
    width: 8,
    height: 8,
  }),
  timeSeries({
    id: 25,
    title: 'Exports and live clients',
    description:
      'Exports that wait or are being made (queuescope_exports), browsers connected to the live stream (queuescope_live_subscribers).',
    targets: [
      metric('sum by (state) (queuescope_exports)', 'exports {{state}}'),
      metric('queuescope_live_subscribers', 'live clients'),
    ],
    width: 8,
    height: 8,
    decimals: 0,
  }),
];

const trouble = [
  table({
    id: 30,
    title: 'Gaps',
    description:
      'Times of the range in which a source was not heard, the newest first; numbers of these times may be incomplete until records arrive. v_gaps.',
    targets: [
      sql(`select pbx, source, from_at_utc as began, to_at_utc as ended,
           (least(coalesce(to_at, $__to), $__to) - from_at) / 1000 as seconds, reason
         from v_gaps
         where from_at < $__to and (to_at is null or to_at > $__from) and pbx in ($pbx)
         order by from_at desc limit 200`),
    ],
    columns: [
      titleOf('pbx', 'PBX'),
      width('source', 90, 'Source'),
      when('began', 'From'),
      when('ended', 'To'),
      unit('seconds', DURATION, 'Lasted'),
      titleOf('reason', 'Reason'),
    ],
    width: 14,
    height: 9,
  }),
  timeSeries({
    id: 31,
    title: 'What could not be used',
    description:
      'Per 5 minutes: messages kept with an error (queuescope_messages_failed_total), refused as too long (queuescope_messages_rejected_total), calls whose end was never seen (queuescope_live_expired_calls_total), visits left out of the counters (queuescope_visits_not_counted_total).',
    targets: [
      metric(`sum(increase(queuescope_messages_failed_total{${PBX}}[5m]))`, 'failed messages'),
      metric(`sum(increase(queuescope_messages_rejected_total{${PBX}}[5m]))`, 'refused messages'),
      metric(`sum(increase(queuescope_live_expired_calls_total{${PBX}}[5m]))`, 'calls without an end'),
      metric(`sum(increase(queuescope_visits_not_counted_total{${PBX}}[5m]))`, 'visits not counted'),
    ],
    width: 10,
    height: 9,
    decimals: 0,
  }),
];

export const health = dashboard({
  uid: 'queuescope-health',
  title: 'Collector health',
  description: 'Whether the numbers can be trusted: links to the PBXs, lag, gaps, backlog, memory.',
  variables: LIVE_PBX,
  page: { title: 'Health page', path: 'health' },
  from: 'now-6h',
  refresh: '30s',
  sections: [
    { panels: numbers },
    { title: 'PBXs', panels: links },
    { title: 'Gaps and errors', panels: trouble },
    { title: 'Inside the collector', panels: inside },
  ],
});
