/** NOC overview: what happens now. In: Prometheus and the collector's live stream. */
import { dashboard } from './lib/dashboard.mjs';
import { DURATION, agentBoard, queueBoard, stat, steps, timeSeries } from './lib/panels.mjs';
import { PBX, QUEUE, abandonment, serviceLevel } from './lib/promql.mjs';
import { live, metric, metricNow } from './lib/queries.mjs';
import {
  ABANDONMENT_STEPS,
  LIVE_NOTE,
  OUTCOME_LINES,
  SERVICE_LEVEL_STEPS,
  SL_NOTE,
  STATE_LINES,
  WAITING_STEPS,
  WAIT_STEPS,
} from './lib/texts.mjs';
import { LIVE } from './lib/variables.mjs';

const small = { width: 6, height: 3 };
const agentsIn = (states) => `sum(queuescope_agent_state{${PBX}, state=~"${states}"})
  or 0 * sum(queuescope_agent_state{${PBX}})`;

const numbers = [
  stat({
    id: 1,
    ...small,
    title: 'Callers waiting',
    description: `Callers waiting now in the queues chosen, those for whom an agent rings included: sum of queuescope_queue_waiting. ${LIVE_NOTE}`,
    targets: [metricNow(`sum(queuescope_queue_waiting{${QUEUE}})`)],
    thresholds: WAITING_STEPS,
  }),
  stat({
    id: 2,
    ...small,
    title: 'Longest wait',
    description: `Seconds the longest waiting caller has waited so far: greatest queuescope_queue_longest_wait_seconds; 0 when nobody waits. ${LIVE_NOTE}`,
    targets: [metricNow(`max(queuescope_queue_longest_wait_seconds{${QUEUE}})`)],
    unit: DURATION,
    thresholds: WAIT_STEPS,
  }),
  stat({
    id: 3,
    ...small,
    title: 'Agents ready',
    description: `Agents of the PBXs chosen who could be offered a call now, each counted once, whatever queues they serve: queuescope_agent_state{state="ready"}. ${LIVE_NOTE}`,
    targets: [metricNow(agentsIn('ready'))],
    thresholds: steps('red', [1, 'orange'], [2, 'green']),
  }),
  stat({
    id: 4,
    ...small,
    title: 'Agents on a call',
    description: `Agents who talk to a caller of a queue or hold one, each once: queuescope_agent_state with state onCall or onHold. ${LIVE_NOTE}`,
    targets: [metricNow(agentsIn('onCall|onHold'))],
  }),
  stat({
    id: 5,
    ...small,
    title: 'Service level, last hour',
    description: `Service level of the last hour. ${SL_NOTE}`,
    targets: [metricNow(serviceLevel('1h'))],
    unit: 'percentunit',
    decimals: 1,
    thresholds: SERVICE_LEVEL_STEPS,
    noValue: 'no calls',
  }),
  stat({
    id: 6,
    ...small,
    title: 'Abandoned, last hour',
    description: 'Visits abandoned / visits that ended in the last hour, short abandons included.',
    targets: [metricNow(abandonment('1h'))],
    unit: 'percentunit',
    decimals: 1,
    thresholds: ABANDONMENT_STEPS,
    noValue: 'no calls',
  }),
  stat({
    id: 7,
    ...small,
    title: 'PBX sources down',
    description:
      'Sources (manager interface, event socket, logs) the collector does not hear now: number of queuescope_link_up that are 0.',
    targets: [metricNow(`sum(1 - queuescope_link_up{${PBX}})`)],
    thresholds: steps('green', [1, 'red']),
  }),
  stat({
    id: 8,
    ...small,
    title: 'Live data out of date',
    description:
      'Seconds for which what is shown here may be out of date, of the worst PBX: queuescope_live_stale_seconds; 0 when it is not.',
    targets: [metricNow(`max(queuescope_live_stale_seconds{${PBX}})`)],
    unit: 's',
    decimals: 0,
    thresholds: steps('green', [1, 'orange'], [30, 'red']),
  }),
];

const boards = [
  queueBoard({
    id: 10,
    title: 'Queues',
    description: `The queues live: waiting, longest wait, agents by state, today's service level with the queue's own formula, answered and abandoned today. ${LIVE_NOTE}`,
    targets: [live('queues')],
    width: 14,
    height: 13,
  }),
  agentBoard({
    id: 11,
    title: 'Agents',
    description: `The agents live: state with reason and time in it, whom they talk to, calls and misses today. ${LIVE_NOTE}`,
    targets: [live('agents')],
    width: 10,
    height: 13,
  }),
];

const lines = [
  timeSeries({
    id: 20,
    title: 'Callers waiting by queue',
    description: `queuescope_queue_waiting. ${LIVE_NOTE}`,
    targets: [metric(`sum by (pbx, queue) (queuescope_queue_waiting{${QUEUE}})`, '{{queue}} · {{pbx}}')],
    width: 12,
    height: 9,
    decimals: 0,
    legend: 'right',
  }),
  timeSeries({
    id: 21,
    title: 'Longest wait by queue',
    description: `queuescope_queue_longest_wait_seconds: how long the one who waits longest has waited. ${LIVE_NOTE}`,
    targets: [
      metric(`max by (pbx, queue) (queuescope_queue_longest_wait_seconds{${QUEUE}})`, '{{queue}} · {{pbx}}'),
    ],
    width: 12,
    height: 9,
    unit: DURATION,
    legend: 'right',
  }),
  timeSeries({
    id: 22,
    title: 'Agents by state',
    description: `Agents of the PBXs chosen, each once, in the first state that applies over all queues: queuescope_agent_state. ${LIVE_NOTE}`,
    targets: [metric(`sum by (state) (queuescope_agent_state{${PBX}, state!="loggedOut"})`, '{{state}}')],
    width: 12,
    height: 8,
    stack: true,
    decimals: 0,
    overrides: STATE_LINES,
  }),
  timeSeries({
    id: 23,
    title: 'How calls ended, per 5 minutes',
    description:
      'Visits that ended, by outcome: increase of queuescope_queue_visits_total over 5 minutes. A visit counts once, when it is final.',
    targets: [
      {
        ...metric(
          `sum by (outcome) (increase(queuescope_queue_visits_total{${QUEUE}}[5m])) > 0`,
          '{{outcome}}',
        ),
        interval: '5m',
      },
    ],
    width: 12,
    height: 8,
    noValue: 'no calls',
    bars: true,
    stack: true,
    decimals: 0,
    overrides: OUTCOME_LINES,
  }),
];

export const noc = dashboard({
  uid: 'queuescope-noc',
  title: 'NOC overview',
  description: 'What happens now: who waits, who could answer, whether the numbers can be trusted.',
  variables: LIVE,
  page: { title: 'Live page', path: 'live' },
  from: 'now-3h',
  refresh: '10s',
  sections: [
    { panels: numbers },
    { title: 'Live boards', panels: boards },
    { title: 'The last hours', panels: lines },
  ],
});
