/** Service level: over time, by queue, as a curve. In: the collector (formulas and thresholds of each queue), Prometheus for now. */
import { hidden, hourOf, share, titleOf, unit, when, width } from './lib/columns.mjs';
import { dashboard } from './lib/dashboard.mjs';
import {
  AT_A_GLANCE,
  DURATION,
  bars,
  histogramOverTime,
  stat,
  steps,
  table,
  timeSeries,
} from './lib/panels.mjs';
import { QUEUE, serviceLevel } from './lib/promql.mjs';
import { kpiOverTime, metric, metricNow, report, sql } from './lib/queries.mjs';
import { SERVICE_LEVEL_STEPS, SL_NOTE, toJourney } from './lib/texts.mjs';
import { QUEUES } from './lib/variables.mjs';

const CALLS = 'entered_at >= $__from and entered_at < $__to and pbx in ($pbx) and queue in ($queue)';
const small = { width: 4, height: 4 };
const FILTERS = { queues: '$queue', pbx: '$pbx' };

/** Of the visits of the range, with 20 s. */
const ofCalls = (expression) => sql(`select ${expression} as value\nfrom v_calls\nwhere ${CALLS}`);
const OVER = `nullif(sum(outcome <> 'waiting'), 0)`;

const formulas = [
  [
    'A',
    'answered within 20 s / answered',
    `sum(outcome = 'answered' and wait_seconds <= 20) / nullif(sum(outcome = 'answered'), 0)`,
  ],
  [
    'B',
    'answered within 20 s / all that are over',
    `sum(outcome = 'answered' and wait_seconds <= 20) / ${OVER}`,
  ],
  [
    'C',
    'answered within 20 s / (all that are over − abandoned within 20 s)',
    `sum(outcome = 'answered' and wait_seconds <= 20) / nullif(sum(outcome <> 'waiting') - sum(outcome = 'abandoned' and wait_seconds <= 20), 0)`,
  ],
  [
    'D',
    '(answered + abandoned within 20 s) / all that are over',
    `sum(outcome in ('answered', 'abandoned') and wait_seconds <= 20) / ${OVER}`,
  ],
].map(([letter, formula, expression], index) =>
  stat({
    id: 1 + index,
    ...small,
    title: `Formula ${letter}, 20 s`,
    description: `${formula}, over the visits of the range (v_calls). The same calls by four formulas: say which one a target means.`,
    targets: [ofCalls(expression)],
    unit: 'percentunit',
    decimals: 1,
    thresholds: SERVICE_LEVEL_STEPS,
    noValue: 'no calls',
  }),
);

const now = [
  stat({
    id: 5,
    ...small,
    title: 'Last hour',
    description: SL_NOTE,
    targets: [metricNow(serviceLevel('1h'))],
    unit: 'percentunit',
    decimals: 1,
    thresholds: SERVICE_LEVEL_STEPS,
    noValue: 'no calls',
  }),
  stat({
    id: 6,
    ...small,
    title: 'Answered late',
    description: 'Visits of the range that were answered after more than 20 seconds (v_calls).',
    targets: [ofCalls(`sum(outcome = 'answered' and wait_seconds > 20)`)],
    decimals: 0,
  }),
];

const perQueue = [
  table({
    id: 10,
    title: 'Queues against their targets',
    description:
      'The summary report: service level of each queue by its own formula and threshold, its target from the page Targets and hours, and the gap between both (level − target), the worst first. A queue without a target has no gap. Click a queue for its report.',
    targets: [report('summary', FILTERS)],
    only: [
      'pbx',
      'queue',
      'queueName',
      'entered',
      'answered',
      'abandoned',
      'serviceLevel',
      'slFormula',
      'slThresholdSeconds',
      'target',
      'targetGap',
      'serviceLevelDelta',
      'peakHour',
    ],
    columns: [
      hidden('queue'),
      share('serviceLevel', SERVICE_LEVEL_STEPS),
      share('target'),
      share('targetGap', steps('red', [0, 'green'])),
      share('serviceLevelDelta'),
      hourOf('peakHour'),
      unit('slThresholdSeconds', 's'),
      width('slThresholdSeconds', 60),
      width('slFormula', 80),
    ],
    sortBy: 'Gap to target',
    ascending: true,
    width: 24,
    height: 9,
  }),
];

const overTime = [
  timeSeries({
    id: 20,
    title: 'Service level, by queue',
    description:
      'By the formula and threshold of each queue, per day of the zone, or per hour in a range of a day; from the collector. Without calls there is no point.',
    targets: [kpiOverTime('queues', ['serviceLevel'], { groupBy: 'queue' })],
    maxDataPoints: AT_A_GLANCE,
    points: true,
    unit: 'percentunit',
    max: 1,
    thresholds: steps('transparent', [0.8, 'green']),
    legend: 'right',
    width: 12,
    height: 10,
  }),
  timeSeries({
    id: 21,
    title: 'Service level of the last 30 minutes',
    description: `${SL_NOTE} Over the 30 minutes before each point: what the alert rule watches.`,
    targets: [metric(serviceLevel('30m', 'pbx, queue'), '{{queue}} · {{pbx}}')],
    unit: 'percentunit',
    max: 1,
    thresholds: steps('transparent', [0.8, 'green']),
    legend: 'right',
    noValue: 'no calls',
    width: 12,
    height: 10,
  }),
];

const waits = [
  table({
    id: 30,
    title: 'Service-level curve',
    description:
      'For each threshold T: how many, and what share of the visits, were answered and lost within T, and the service level with that T. Report sl-curve, from the histograms of all waits.',
    targets: [report('sl-curve', { ...FILTERS, maxSeconds: '180', stepSeconds: '10' })],
    only: ['seconds', 'answeredWithin', 'answeredShare', 'lostWithin', 'lostShare', 'serviceLevel'],
    columns: [
      share('answeredShare'),
      share('lostShare'),
      share('serviceLevel'),
      unit('seconds', 'suffix: s'),
    ],
    width: 12,
    height: 11,
  }),
  bars({
    id: 31,
    title: 'How long the answered waited',
    description: 'Visits answered, by seconds waited, in steps; the last has no upper end. v_calls.',
    targets: [
      sql(`select case
             when wait_seconds <= 5 then '0–5 s' when wait_seconds <= 10 then '6–10 s' when wait_seconds <= 20 then '11–20 s'
             when wait_seconds <= 30 then '21–30 s' when wait_seconds <= 60 then '31–60 s'
             when wait_seconds <= 120 then '61–120 s' when wait_seconds <= 300 then '121–300 s' else 'over 300 s' end as waited,
           count(*) as visits
         from v_calls
         where ${CALLS} and outcome = 'answered' and wait_seconds is not null
         group by 1 order by min(wait_seconds)`),
    ],
    values: true,
    width: 12,
    height: 11,
  }),
  histogramOverTime({
    id: 32,
    title: 'Waits of the answered over time',
    description:
      'Visits answered per 5 minutes, by seconds waited: increase of queuescope_queue_wait_seconds_bucket. A visit counts once, when it is final.',
    targets: [
      {
        ...metric(
          `sum by (le) (increase(queuescope_queue_wait_seconds_bucket{${QUEUE}, outcome="answered"}[5m]))`,
          '{{le}}',
        ),
        format: 'heatmap',
        interval: '5m',
      },
    ],
    unit: DURATION,
    width: 12,
    height: 10,
  }),
  table({
    id: 33,
    title: 'Answered late',
    description:
      'The fifty answered visits of the range that waited longest. Click a time for the call’s journey.',
    targets: [
      sql(`select entered_at_utc as entered, queue_name, wait_seconds, agent_name, contact_id as contactId
         from v_calls
         where ${CALLS} and outcome = 'answered' and wait_seconds > 20
         order by wait_seconds desc, entered_at desc limit 50`),
    ],
    columns: [
      when('entered', 'Entered'),
      titleOf('queue_name', 'Queue'),
      titleOf('agent_name', 'Agent'),
      unit('wait_seconds', DURATION, 'Waited'),
      hidden('contactId'),
      toJourney('entered'),
    ],
    width: 12,
    height: 10,
  }),
];

export const serviceLevelDashboard = dashboard({
  uid: 'queuescope-service-level',
  title: 'Service level',
  description: 'Which queue breaks its target, when, and by which formula.',
  variables: QUEUES,
  page: { title: 'Targets and hours', path: 'targets' },
  refresh: '5m',
  sections: [
    { panels: [...formulas, ...now] },
    { panels: perQueue },
    { title: 'Over time', panels: overTime },
    { title: 'Waits', panels: waits },
  ],
});
