/** Outbound and call records. In: the collector's reports of call records; SQL and Prometheus have none. */
import { hidden, link, share, when } from './lib/columns.mjs';
import { APP, dashboard } from './lib/dashboard.mjs';
import { table } from './lib/panels.mjs';
import { report } from './lib/queries.mjs';
import { COLLECTOR } from './lib/variables.mjs';

const PBX = { pbx: '$pbx' };
const AGENTS = { ...PBX, agents: '$agent' };
const RATES = [share('asr')];
const NONE = 'No such calls: call records and their directions come from the configuration of the PBX';
const DIRECTIONS =
  'Directions come from the rules in the configuration of the PBX (docs/asterisk.md); records without one are in no other panel than the last.';

const NUMBERS = [
  'attempts',
  'answered',
  'noAnswer',
  'busy',
  'failed',
  'asr',
  'billSeconds',
  'acdSeconds',
  'averageBillSeconds',
  'attemptsPerHour',
];

const summaries = [
  table({
    id: 1,
    title: 'Outbound by agent',
    description: `Calls to the outside, per agent. ASR (answer-seizure ratio) = answered / attempts; ACD = billable seconds / answered. ${DIRECTIONS}`,
    targets: [report('outbound', { ...AGENTS, by: 'agent' })],
    only: ['pbx', 'agent', 'agentName', ...NUMBERS],
    columns: [
      hidden('agent'),
      ...RATES,
      link(
        'agentName',
        'Outbound report',
        `${APP}/reports/outbound?\${__url_time_range}&agents=\${__data.fields.agent:percentencode}`,
      ),
    ],
    noValue: NONE,
    width: 24,
    height: 9,
  }),
  table({
    id: 2,
    title: 'Outbound by destination',
    description:
      'Calls to the outside, per number dialled; numbers as your role sees them. ASR = answered / attempts.',
    targets: [report('outbound', { ...AGENTS, by: 'destination' })],
    only: ['pbx', 'destination', ...NUMBERS],
    columns: RATES,
    noValue: NONE,
    width: 24,
    height: 9,
  }),
  table({
    id: 3,
    title: 'Trunks',
    description:
      'Calls per trunk (the outer channel without the number of the call) and direction; answered is what the other side’s exchange says.',
    targets: [report('trunk', PBX)],
    only: ['pbx', 'trunk', 'direction', 'attempts', 'answered', 'asr', 'billSeconds', 'acdSeconds'],
    columns: RATES,
    noValue: NONE,
    width: 12,
    height: 10,
  }),
  table({
    id: 4,
    title: 'Numbers dialled (DID)',
    description:
      'Per number callers dialled: callers who came to queues by it, how many queues they entered, how they were answered and lost. The report page has the call records of the number beside it.',
    targets: [report('did', PBX)],
    only: ['pbx', 'did', 'contacts', 'entered', 'answeredVisits', 'abandoned', 'abandonmentRate'],
    columns: [share('abandonmentRate')],
    width: 12,
    height: 10,
  }),
];

const records = [
  table({
    id: 10,
    title: 'Call records',
    description:
      'The newest records of the range, one row per channel that was billed. Click a time for the journey of a call that entered a queue.',
    targets: [report('cdr', { ...PBX, order: 'desc', limit: '200' })],
    only: [
      'pbx',
      'startedAt',
      'direction',
      'source',
      'sourceName',
      'destination',
      'did',
      'trunk',
      'disposition',
      'durationSeconds',
      'billSeconds',
      'queueName',
      'agentName',
      'contactId',
    ],
    columns: [
      hidden('contactId'),
      when('startedAt'),
      link('startedAt', 'Journey of this call', `${APP}/journey/\${__data.fields.contactId}`),
    ],
    noValue: NONE,
    width: 24,
    height: 13,
  }),
];

export const outbound = dashboard({
  uid: 'queuescope-outbound',
  title: 'Outbound and call records',
  description: 'Calls to the outside by agent, destination and trunk, and every call record.',
  variables: COLLECTOR.filter(({ name }) => name !== 'queue'),
  page: { title: 'Outbound report', path: 'reports/outbound' },
  from: 'now-24h',
  refresh: '5m',
  annotations: false,
  sections: [{ panels: summaries }, { title: 'Call records', panels: records }],
});
