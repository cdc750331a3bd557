/** Queues: how each did in the range. In: the collector's queue report, and SQL views for what is one row per call. */
import { coloured, hidden, rounded, share, titleOf, unit, when, width } from './lib/columns.mjs';
import { dashboard } from './lib/dashboard.mjs';
import { AT_A_GLANCE, DURATION, bars, stat, steps, table, timeSeries } from './lib/panels.mjs';
import { kpiOverTime, kpiTable, report, sql } from './lib/queries.mjs';
import {
  ABANDONMENT_STEPS,
  OUTCOME_LINES,
  SERVICE_LEVEL_STEPS,
  outcomeColumn,
  toJourney,
} from './lib/texts.mjs';
import { QUEUES } from './lib/variables.mjs';

const FILTER = 'pbx in ($pbx) and queue in ($queue)';
const BUCKETS = `bucket_at >= $__from and bucket_at < $__to and ${FILTER}`;
const CALLS = `entered_at >= $__from and entered_at < $__to and ${FILTER}`;
const small = { width: 4, height: 4 };

const total = (expression) => sql(`select ${expression} as value\nfrom v_queue_15m\nwhere ${BUCKETS}`);

const numbers = [
  stat({
    id: 1,
    ...small,
    title: 'Entered',
    description:
      'Visits: callers who entered a queue in the range, a caller of two queues twice. sum(entered) of v_queue_15m.',
    targets: [total('sum(entered)')],
    decimals: 0,
  }),
  stat({
    id: 2,
    ...small,
    title: 'Calls',
    description:
      'Callers, however many queues they went through, where their first queue is among those chosen: sum(contacts_first).',
    targets: [total('sum(contacts_first)')],
    decimals: 0,
  }),
  stat({
    id: 3,
    ...small,
    title: 'Answered',
    description:
      'Visits answered / visits that entered and are over: sum(answered) / (sum(entered) − sum(waiting)).',
    targets: [total('sum(answered) / nullif(sum(entered) - sum(waiting), 0)')],
    unit: 'percentunit',
    decimals: 1,
    noValue: 'no calls',
  }),
  stat({
    id: 4,
    ...small,
    title: 'Abandoned',
    description: 'Visits whose caller hung up while waiting / visits that are over, short abandons included.',
    targets: [total('sum(abandoned) / nullif(sum(entered) - sum(waiting), 0)')],
    unit: 'percentunit',
    decimals: 1,
    thresholds: ABANDONMENT_STEPS,
    noValue: 'no calls',
  }),
  stat({
    id: 5,
    ...small,
    title: 'Average wait',
    description:
      'Average wait of the answered (ASA, average speed of answer): sum(wait_answered_seconds) / sum(answered), as the PBX states them.',
    targets: [total('sum(wait_answered_seconds) / nullif(sum(answered), 0)')],
    unit: DURATION,
    decimals: 0,
    noValue: 'no calls',
  }),
  stat({
    id: 6,
    ...small,
    title: 'Average talk',
    description: 'Seconds talked / visits answered, as the PBX states them.',
    targets: [total('sum(talk_seconds) / nullif(sum(answered), 0)')],
    unit: DURATION,
    decimals: 0,
    noValue: 'no calls',
  }),
];

const perQueue = table({
  id: 10,
  title: 'Queues',
  description:
    'The collector’s queue report, one row per queue. Service level: formula and threshold of each queue, as configured. ' +
    'The report page has more columns, and the formula of each. Click a queue for its report.',
  targets: [
    kpiTable('queues', [
      'entered',
      'answered',
      'abandoned',
      'abandonmentRate',
      'serviceLevel',
      'slThresholdSeconds',
      'asaSeconds',
      'waitAnsweredP95Seconds',
      'timeToAbandonSeconds',
      'ahtSeconds',
    ]),
  ],
  columns: [
    hidden('queue'),
    share('serviceLevel', SERVICE_LEVEL_STEPS),
    share('abandonmentRate', ABANDONMENT_STEPS),
    unit('slThresholdSeconds', 's'),
    width('slThresholdSeconds', 60),
  ],
  width: 24,
  height: 10,
});

const overTime = [
  timeSeries({
    id: 20,
    title: 'How calls ended, per hour',
    description: 'Visits by outcome, counted in the hour in which the caller entered. SQL view v_queue_15m.',
    targets: [
      sql(
        `select bucket_at div 3600000 * 3600 as time,
           sum(answered) as answered, sum(abandoned) as abandoned, sum(timed_out) as timedOut,
           sum(exited_by_key) as exitedByKey, sum(exited_empty) as exitedEmpty, sum(withdrawn) as withdrawn,
           sum(pulled_out) as pulledOut, sum(interrupted) as interrupted
         from v_queue_15m
         where ${BUCKETS}
         group by 1 order by 1`,
        'time_series',
      ),
    ],
    width: 12,
    height: 9,
    bars: true,
    stack: true,
    decimals: 0,
    overrides: OUTCOME_LINES,
  }),
  timeSeries({
    id: 21,
    title: 'Average wait (ASA), by queue',
    description:
      'Waits of the answered / answered, per day of the zone and queue; per hour in a range of a day. From the collector.',
    targets: [kpiOverTime('queues', ['asaSeconds'], { groupBy: 'queue' })],
    maxDataPoints: AT_A_GLANCE,
    points: true,
    legend: 'right',
    width: 12,
    height: 9,
    unit: DURATION,
  }),
  bars({
    id: 22,
    title: 'Entered, by queue',
    description: 'Visits in the range, per queue: sum(entered) of v_queue_15m, the twenty with most.',
    targets: [
      sql(`select concat(queue_name, ' · ', pbx) as queue, sum(entered) as entered
         from v_queue_15m
         where ${BUCKETS}
         group by pbx, queue_name order by 2 desc limit 20`),
    ],
    values: true,
    width: 12,
    height: 10,
  }),
  table({
    id: 23,
    title: 'Longest waits',
    description:
      'The fifty visits of the range that waited longest, however they ended, of equal ones the newest first. v_calls: one row per visit. Click a time for the call’s journey.',
    targets: [
      sql(`select entered_at_utc as entered, wait_seconds, queue_name, caller_number, outcome, contact_id as contactId
         from v_calls
         where ${CALLS} and wait_seconds is not null
         order by wait_seconds desc, entered_at desc limit 50`),
    ],
    columns: [
      when('entered', 'Entered'),
      titleOf('queue_name', 'Queue'),
      width('caller_number', 110, 'Caller'),
      outcomeColumn('outcome'),
      coloured(
        'wait_seconds',
        steps('text', [60, 'orange'], [180, 'red']),
        ['unit', DURATION],
        ['displayName', 'Waited'],
      ),
      hidden('contactId'),
      toJourney('entered'),
    ],
    width: 12,
    height: 10,
  }),
];

const hours = table({
  id: 30,
  title: 'Hours of the day',
  description:
    'The queues chosen together by hour of the day, in the zone of the dashboard: traffic report, table hours. Which hour loses callers, and whether agents were short: more columns are on Traffic.',
  targets: [report('traffic', { granularity: 'day', queues: '$queue', pbx: '$pbx' }, 'hours')],
  only: [
    'hour',
    'entered',
    'answered',
    'abandoned',
    'abandonmentRate',
    'serviceLevel',
    'asaSeconds',
    'depthMax',
    'agentsAverage',
  ],
  columns: [
    share('serviceLevel', SERVICE_LEVEL_STEPS),
    share('abandonmentRate', ABANDONMENT_STEPS),
    rounded('agentsAverage'),
  ],
  width: 24,
  height: 12,
});

export const queues = dashboard({
  uid: 'queuescope-queues',
  title: 'Queues',
  description: 'How each queue did: calls, outcomes, waits.',
  variables: QUEUES,
  page: { title: 'Queue report', path: 'reports/queues' },
  refresh: '5m',
  sections: [
    { panels: numbers },
    { panels: [perQueue] },
    { title: 'Over time', panels: overTime },
    { panels: [hours] },
  ],
});
