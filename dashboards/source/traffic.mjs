/** Traffic: when callers come and how many agents are there. In: the collector's heatmap and traffic report, SQL views. */
import { day, hidden, rounded, share } from './lib/columns.mjs';
import { dashboard } from './lib/dashboard.mjs';
import { heatMap, stat, table, timeSeries } from './lib/panels.mjs';
import { QUEUE } from './lib/promql.mjs';
import { heat, metric, report, sql } from './lib/queries.mjs';
import { ABANDONMENT_STEPS, SERVICE_LEVEL_STEPS } from './lib/texts.mjs';
import { QUEUES } from './lib/variables.mjs';

const FILTER = 'pbx in ($pbx) and queue in ($queue)';
const BUCKETS = `bucket_at >= $__from and bucket_at < $__to and ${FILTER}`;
const small = { width: 6, height: 4 };

const perHour = `select bucket_at div 3600000 as hour, sum(entered) as entered
  from v_queue_15m where ${BUCKETS} group by 1`;

const numbers = [
  stat({
    id: 1,
    ...small,
    title: 'Visits',
    description: 'Callers who entered the queues chosen in the range: sum(entered) of v_queue_15m.',
    targets: [sql(`select sum(entered) as value\nfrom v_queue_15m\nwhere ${BUCKETS}`)],
    decimals: 0,
  }),
  stat({
    id: 2,
    ...small,
    title: 'Busiest hour',
    description: 'Most visits that entered within one hour of the clock.',
    targets: [sql(`select max(entered) as value from (${perHour}) hours`)],
    decimals: 0,
    noValue: 'no calls',
  }),
  stat({
    id: 3,
    ...small,
    title: 'Talk, erlangs',
    description:
      'Agents talking at once, on average over the range: time talked (measured) / time of the range.',
    targets: [
      sql(
        `select sum(talk_measured_seconds) / (($__to - $__from) / 1000) as value\nfrom v_queue_15m\nwhere ${BUCKETS}`,
      ),
    ],
    decimals: 2,
  }),
  stat({
    id: 4,
    ...small,
    title: 'Rings per answered call',
    description:
      'Ringings of agents known / visits answered: sum(attempts) / sum(answered). Above 1 agents let calls ring.',
    targets: [
      sql(`select sum(attempts) / nullif(sum(answered), 0) as value\nfrom v_queue_15m\nwhere ${BUCKETS}`),
    ],
    decimals: 2,
    noValue: 'no calls',
  }),
];

const maps = [
  heatMap({
    id: 10,
    title: 'Callers by weekday and hour',
    description:
      'Visits that entered, in the hours of the zone: heatmap report, metric entered. Click a cell for its calls.',
    targets: [heat('queue', 'entered', 'weekday-hour')],
    width: 24,
    height: 9,
  }),
  heatMap({
    id: 11,
    title: 'Abandoned by weekday and hour',
    description:
      'Visits abandoned / visits that are over, from added sums for each cell: heatmap report, metric abandonmentRate.',
    targets: [heat('queue', 'abandonmentRate', 'weekday-hour')],
    width: 24,
    height: 9,
  }),
];

const lines = [
  timeSeries({
    id: 20,
    title: 'Visits per hour, by queue',
    description: 'Callers who entered, per hour and queue: entered of v_queue_15m.',
    targets: [
      sql(
        `select bucket_at div 3600000 * 3600 as time, concat(queue_name, ' · ', pbx) as metric, sum(entered) as entered
         from v_queue_15m
         where ${BUCKETS}
         group by 1, 2 order by 1`,
        'time_series',
      ),
    ],
    width: 12,
    height: 10,
    bars: true,
    stack: true,
    decimals: 0,
    legend: 'right',
  }),
  timeSeries({
    id: 21,
    title: 'Callers waiting at once',
    description:
      'Most callers who waited at once in each slot, per queue, as scraped: queuescope_queue_waiting. The exact depth, computed from the visits, is in the traffic report below.',
    targets: [
      metric(
        `max_over_time(sum by (pbx, queue) (queuescope_queue_waiting{${QUEUE}})[$__interval:])`,
        '{{queue}} · {{pbx}}',
      ),
    ],
    width: 12,
    height: 10,
    decimals: 0,
    legend: 'right',
  }),
];

const TRAFFIC = [
  'entered',
  'answered',
  'abandoned',
  'abandonmentRate',
  'serviceLevel',
  'asaSeconds',
  'averageWaitSeconds',
  'ahtSeconds',
  'depthMax',
  'agentsAverage',
  'agentsMax',
];

/** What fits beside the queue's name; the report page has the rest. */
const TRAFFIC_OF_A_QUEUE = TRAFFIC.filter(
  (name) => !['averageWaitSeconds', 'ahtSeconds', 'agentsMax'].includes(name),
);

const reports = [
  table({
    id: 30,
    title: 'Traffic by day',
    description:
      'The traffic report per day and queue: calls, service level (formula and threshold of each queue), greatest depth of the queue and agents on duty, computed from visits and logins, not sampled.',
    targets: [report('traffic', { granularity: 'day', queues: '$queue', pbx: '$pbx' })],
    only: ['from', 'pbx', 'queue', 'queueName', ...TRAFFIC_OF_A_QUEUE],
    columns: [
      hidden('queue'),
      day('from', 'Day'),
      rounded('agentsAverage'),
      share('serviceLevel', SERVICE_LEVEL_STEPS),
      share('abandonmentRate', ABANDONMENT_STEPS),
    ],
    width: 24,
    height: 11,
  }),
  table({
    id: 31,
    title: 'Hours of the day',
    description: 'The traffic report by hour of the day, all queues chosen together (table hours).',
    targets: [report('traffic', { granularity: 'day', queues: '$queue', pbx: '$pbx' }, 'hours')],
    only: ['hour', ...TRAFFIC],
    columns: [
      share('serviceLevel', SERVICE_LEVEL_STEPS),
      share('abandonmentRate', ABANDONMENT_STEPS),
      rounded('agentsAverage'),
    ],
    width: 24,
    height: 10,
  }),
];

export const traffic = dashboard({
  uid: 'queuescope-traffic',
  title: 'Traffic',
  description: 'When callers come, how deep the queues get, how many agents are on duty.',
  variables: QUEUES,
  page: { title: 'Traffic report', path: 'reports/traffic' },
  refresh: '5m',
  sections: [
    { panels: numbers },
    { title: 'When', panels: maps },
    { title: 'Over time', panels: lines },
    { title: 'Reports', panels: reports },
  ],
});
