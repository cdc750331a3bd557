/** Payout summary. In: the collector's payout reports, for admins; SQL and Prometheus show nothing of them. */
import { hidden, link, share, width } from './lib/columns.mjs';
import { APP, dashboard } from './lib/dashboard.mjs';
import { table, text } from './lib/panels.mjs';
import { kpiTable, report } from './lib/queries.mjs';
import { COLLECTOR } from './lib/variables.mjs';

const FILTERS = { pbx: '$pbx', agents: '$agent' };

/** What an amount stands on; the page Payouts has the rest. */
const PAID = ['calls', 'paidCalls', 'noRate', 'talkUnknown', 'paidSeconds', 'rate', 'amount'];
const AMOUNTS = [width('rate', 60), width('amount', 155)];

const about = text({
  id: 1,
  title: 'What this shows',
  content: [
    '**Amount = talk in minutes × rate per minute**, in exact decimals, for each agent’s own part of each call, at the rate that held when the caller entered.',
    'A range that is exactly a period’s is that period’s payout; any other range is a preview. Locked periods never change. ' +
      `Rates, periods, adjustments and locks are on the [Payouts page](${APP}/payouts). Only admins see any of it.`,
  ].join('\n\n'),
  width: 24,
  height: 4,
});

const amounts = [
  table({
    id: 10,
    title: 'By agent',
    description:
      'Report payout-agents: calls, those paid, those without a rate or with unknown talk, the time paid for, amount, adjustments and total. Click an agent for each call that was paid.',
    targets: [report('payout-agents', FILTERS)],
    only: ['pbx', 'agent', 'agentName', ...PAID, 'adjustments', 'total'],
    columns: [
      hidden('agent'),
      ...AMOUNTS,
      width('total', 155),
      link(
        'agentName',
        'Calls of this agent',
        `${APP}/reports/payout-calls?\${__url_time_range}&agents=\${__data.fields.agent:percentencode}`,
      ),
    ],
    width: 24,
    height: 11,
  }),
  table({
    id: 11,
    title: 'By queue and agent',
    description: 'Report payout-queues: the same amounts, split by the queue in which the talk was.',
    targets: [report('payout-queues', FILTERS)],
    only: ['pbx', 'queue', 'queueName', 'agent', 'agentName', ...PAID],
    columns: [...['queue', 'agent'].map(hidden), ...AMOUNTS],
    width: 24,
    height: 11,
  }),
];

const beside = [
  table({
    id: 20,
    title: 'What the agents did',
    description:
      'Calls, talk and login of the same agents in the same range, from the agent report: to see what an amount stands on.',
    targets: [
      kpiTable('agents', ['answered', 'talkSeconds', 'talkMeasuredSeconds', 'loginSeconds', 'occupancy']),
    ],
    columns: [hidden('agent'), share('occupancy')],
    width: 24,
    height: 9,
  }),
];

export const payouts = dashboard({
  uid: 'queuescope-payouts',
  title: 'Payout summary',
  description: 'What agents are paid for their talk, and why.',
  variables: COLLECTOR.filter(({ name }) => name !== 'queue'),
  page: { title: 'Payouts page', path: 'payouts' },
  from: 'now/M',
  annotations: false,
  sections: [{ panels: [about, ...amounts] }, { title: 'Beside it', panels: beside }],
});
