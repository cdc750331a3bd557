/** Agents: their calls and their time. In: the collector's agent reports, SQL views, and Prometheus for who is paused now. */
import { coloured, hidden, link, share, titleOf, unit, width } from './lib/columns.mjs';
import { APP, dashboard } from './lib/dashboard.mjs';
import { DURATION, bars, heatMap, stat, steps, table, timeSeries } from './lib/panels.mjs';
import { PBX } from './lib/promql.mjs';
import { heat, kpiTable, metricRows, sql } from './lib/queries.mjs';
import { STATE_LINES } from './lib/texts.mjs';
import { AGENTS } from './lib/variables.mjs';

const FILTER = 'pbx in ($pbx) and agent in ($agent)';
const BUCKETS = `bucket_at >= $__from and bucket_at < $__to and ${FILTER}`;
const NOW = `${PBX}, agent=~"$agent"`;
const small = { width: 4, height: 4 };

const total = (expression) => sql(`select ${expression} as value\nfrom v_agent_15m\nwhere ${BUCKETS}`);
const OCCUPIED = 'talk_measured_seconds + wrap_up_seconds';

const numbers = [
  stat({
    id: 1,
    ...small,
    title: 'Calls answered',
    description:
      'Visits the agents chosen answered: sum(answered) of v_agent_15m, counted where the caller entered.',
    targets: [total('sum(answered)')],
    decimals: 0,
  }),
  stat({
    id: 2,
    ...small,
    title: 'Not answered',
    description: 'Offers the agents let ring: sum(ring_no_answers).',
    targets: [total('sum(ring_no_answers)')],
    decimals: 0,
    thresholds: steps('green', [1, 'orange']),
  }),
  stat({
    id: 3,
    ...small,
    title: 'Talked',
    description: 'Time talked to callers of queues, as the PBX states it: sum(talk_seconds).',
    targets: [total('sum(talk_seconds)')],
    unit: DURATION,
    decimals: 1,
  }),
  stat({
    id: 4,
    ...small,
    title: 'Logged in',
    description:
      'Time logged in to at least one queue, added up over the agents: sum(login_seconds). Static members without any sign of login have none.',
    targets: [total('sum(login_seconds)')],
    unit: DURATION,
    decimals: 1,
  }),
  stat({
    id: 5,
    ...small,
    title: 'Paused',
    description:
      'Share of the login in which agents were paused in every queue: sum(fully_paused_seconds) / sum(login_seconds).',
    targets: [total('sum(fully_paused_seconds) / nullif(sum(login_seconds), 0)')],
    unit: 'percentunit',
    decimals: 1,
    thresholds: steps('green', [0.15, 'orange'], [0.25, 'red']),
  }),
  stat({
    id: 6,
    ...small,
    title: 'Occupancy',
    description:
      '(talk + wrap-up) / (talk + wrap-up + ready), measured, added up over the agents: the formula of the agent report.',
    targets: [total(`sum(${OCCUPIED}) / nullif(sum(${OCCUPIED} + ready_seconds), 0)`)],
    unit: 'percentunit',
    decimals: 1,
  }),
];

const perAgent = table({
  id: 10,
  title: 'Agents',
  description:
    'The collector’s agent report, one row per agent. Occupancy, answer rate and the rest are defined in its columns on the report page. Click an agent for his report.',
  targets: [
    kpiTable('agents', [
      'answered',
      'ringNoAnswers',
      'answerRate',
      'talkSeconds',
      'ahtSeconds',
      'loginSeconds',
      'pauseSeconds',
      'readySeconds',
      'occupancy',
    ]),
  ],
  columns: [
    hidden('agent'),
    share('answerRate', steps('red', [0.8, 'orange'], [0.9, 'green'])),
    share('occupancy', steps('text', [0.85, 'orange'], [0.95, 'red'])),
  ],
  width: 24,
  height: 11,
});

const now = [
  table({
    id: 20,
    title: 'Paused now',
    description:
      'Agents paused in all their queues, the longest first: queuescope_agent_state_seconds of those in state paused. An alert rule watches it.',
    targets: [
      metricRows(
        `sort_desc(queuescope_agent_state_seconds{${NOW}} and on (pbx, agent) queuescope_agent_state{state="paused"})`,
      ),
    ],
    columns: liveColumns('Paused for'),
    sortBy: 'Paused for',
    noValue: 'Nobody is paused',
    width: 8,
    height: 9,
  }),
  table({
    id: 21,
    title: 'Misses in a row, now',
    description:
      'Calls each agent has let ring without answer in a row, up to now: queuescope_agent_consecutive_misses above 0. An alert rule watches it.',
    targets: [metricRows(`sort_desc(queuescope_agent_consecutive_misses{${NOW}} > 0)`)],
    columns: liveColumns('In a row', 'short', steps('text', [2, 'orange'], [3, 'red'])),
    sortBy: 'In a row',
    noValue: 'Nobody lets calls ring',
    width: 8,
    height: 9,
  }),
  bars({
    id: 22,
    title: 'Pauses by reason',
    description:
      'Pauses that ended in the range or last, by reason, added up over agents and queues, cut to the range: v_agent_intervals. An agent paused in two queues counts twice; the agent report has it once.',
    targets: [
      sql(`select coalesce(nullif(reason, ''), 'without reason') as reason,
           sum(least(to_at, $__to) - greatest(from_at, $__from)) / 1000 as seconds
         from v_agent_intervals
         where kind = 'pause' and to_at > $__from and from_at < $__to and ${FILTER}
         group by 1 order by 2 desc limit 12`),
    ],
    values: true,
    unit: DURATION,
    width: 8,
    height: 9,
  }),
];

function liveColumns(
  title,
  valueUnit = DURATION,
  thresholds = steps('text', [900, 'orange'], [1800, 'red']),
) {
  return [
    ...['Time', '__name__', 'instance', 'job'].map(hidden),
    width('agent', 190, 'Agent'),
    titleOf('pbx', 'PBX'),
    coloured('Value', thresholds, ['unit', valueUnit], ['displayName', title]),
    link('agent', 'Live page', `${APP}/live`),
  ];
}

const overTime = [
  timeSeries({
    id: 30,
    title: 'What the agents did',
    description:
      'How many agents talked, rang, … on average in each hour: the time spent on it, measured and split at the edges of 15 minutes, divided by the hour. v_agent_15m.',
    targets: [
      sql(
        `select bucket_at div 3600000 * 3600 as time,
           sum(talk_measured_seconds) / 3600 as onCall, sum(ring_measured_seconds) / 3600 as ringing,
           sum(wrap_up_seconds) / 3600 as wrapUp, sum(other_call_seconds) / 3600 as otherCall,
           sum(fully_paused_seconds) / 3600 as paused, sum(unavailable_seconds) / 3600 as unavailable,
           sum(ready_seconds) / 3600 as ready
         from v_agent_15m
         where ${BUCKETS}
         group by 1 order by 1`,
        'time_series',
      ),
    ],
    width: 24,
    height: 9,
    bars: true,
    stack: true,
    overrides: STATE_LINES,
  }),
  heatMap({
    id: 31,
    title: 'Time talked, by day and hour',
    description:
      'Time agents talked to callers, all together or the one chosen, in the hours in which it was really talked (talkMeasuredSeconds of the heatmap report).',
    targets: [heat('agent', 'talkMeasuredSeconds', 'date-hour')],
    width: 24,
    height: 8,
  }),
  table({
    id: 32,
    title: 'Agents in queues',
    description:
      'Each agent’s part in each queue: calls, talk, rings without answer, the share of offers answered. v_queue_agent_15m.',
    targets: [
      sql(`select agent_name, queue_name, sum(answered) as answered, sum(ring_no_answers) as missed,
           sum(answered) / nullif(sum(answered) + sum(ring_no_answers), 0) as answer_rate,
           sum(talk_seconds) as talked, sum(talk_seconds) / nullif(sum(answered), 0) as average_talk
         from v_queue_agent_15m
         where ${BUCKETS}
         group by pbx, agent_name, queue_name
         having sum(answered) + sum(ring_no_answers) > 0
         order by 3 desc limit 500`),
    ],
    columns: [
      width('agent_name', 220, 'Agent'),
      width('queue_name', 220, 'Queue'),
      titleOf('answered', 'Answered'),
      titleOf('missed', 'Not answered'),
      share('answer_rate', steps('red', [0.8, 'orange'], [0.9, 'green']), 'Answer rate'),
      unit('talked', DURATION, 'Talked'),
      unit('average_talk', DURATION, 'Average talk'),
    ],
    width: 24,
    height: 10,
  }),
];

export const agents = dashboard({
  uid: 'queuescope-agents',
  title: 'Agents',
  description: 'What agents answered, missed and did with their time; who is on break too long.',
  variables: AGENTS,
  page: { title: 'Agent report', path: 'reports/agents' },
  from: 'now-24h',
  refresh: '1m',
  sections: [
    { panels: numbers },
    { panels: [perAgent] },
    { title: 'Now', panels: now },
    { title: 'Over time', panels: overTime },
  ],
});
