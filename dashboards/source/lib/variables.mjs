/**
 * The filters above a dashboard. In: where their values come from. Out: variables of the classic schema.
 *
 * What must hold: `$pbx`, `$queue`, `$agent` and `$team` mean the same on every dashboard, so that links carry them over;
 * values are the PBX's own names, texts the display names; where SQL asks, too, "All" is the list of all.
 */
import { MYSQL, PROMETHEUS, QUEUESCOPE } from './queries.mjs';

const variable = (name, label, description, datasource, query) => ({
  type: 'query',
  name,
  label,
  description,
  datasource,
  query,
  definition: typeof query === 'string' ? query : (query.query ?? label),
  refresh: 2,
  sort: 5,
  multi: true,
  includeAll: true,
  current: { text: ['All'], value: ['$__all'] },
  options: [],
  hide: 0,
  regex: '',
  skipUrlSync: false,
});

const TEXTS = {
  pbx: ['PBX', 'Name of the PBX in queuescope.yaml'],
  queue: ['Queue', 'Queues of the PBXs chosen'],
  team: ['Team', 'Teams of agents, as the directory of the app has them'],
  agent: ['Agent', 'Agents of the PBXs (and teams) chosen'],
};

const live = (name, query) =>
  variable(name, ...TEXTS[name], PROMETHEUS, {
    qryType: 1,
    query,
    refId: 'PrometheusVariableQueryEditor-VariableQuery',
  });

/** Queues of now. */
export const LIVE = [
  live('pbx', 'label_values(queuescope_link_up, pbx)'),
  live('queue', 'label_values(queuescope_queue_waiting{pbx=~"$pbx"}, queue)'),
];
export const LIVE_PBX = LIVE.slice(0, 1);

const fromViews = (name, query) => variable(name, ...TEXTS[name], MYSQL, query);

/** Queues and agents of the past, too. */
const PBX = fromViews('pbx', 'select distinct pbx from v_queues order by pbx');
export const QUEUES = [
  PBX,
  fromViews(
    'queue',
    'select distinct queue_name as __text, queue as __value from v_queues where pbx in ($pbx) order by 1',
  ),
];
export const AGENTS = [
  PBX,
  fromViews(
    'team',
    "select distinct coalesce(team, '') as __value, coalesce(team, 'no team') as __text from v_agents where pbx in ($pbx) order by 2",
  ),
  fromViews(
    'agent',
    "select distinct agent_name as __text, agent as __value from v_agents where pbx in ($pbx) and coalesce(team, '') in ($team) order by 1",
  ),
];

/** From the collector: what SQL and Prometheus do not show. */
const fromCollector = (name, of, filter = {}) => ({
  ...variable(name, ...TEXTS[name], QUEUESCOPE, { kind: 'variable', of, ...filter, refId: name }),
  // The collector is not sent the names of everybody when all are meant.
  allValue: '.*',
});
export const COLLECTOR = [
  fromCollector('pbx', 'pbxs'),
  fromCollector('queue', 'queues', { pbx: ['$pbx'] }),
  fromCollector('agent', 'agents', { pbx: ['$pbx'] }),
];
