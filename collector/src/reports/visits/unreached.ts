/**
 * Unreached callers: who was lost and not spoken to since, who called back and got through, whom we called back.
 *
 * In: range, queues, how long afterwards counts, how national numbers are written. Out: a row per caller and episode
 * (episodes.ts), and sums per state. What must hold: lost are contacts whose last visit, in one of the asked queues and in
 * the range, was not answered; a talk in any queue of the tenant and any answered outbound call reaches the caller.
 */
import { ratio } from '../../kpi/ratio.js';
import { DAY_MS, HOUR_MS, type Zone } from '../../time/zone.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, namesOf, ReportRequestError, type ReportRequest } from '../request.js';
import { loadScope, type Scope } from '../scope.js';
import type { NamedTable, ReportTable } from '../table.js';
import { lostCallers, type LostCaller } from './lost-callers.js';
import { columnsOf, fieldsOf, ofCaller, rowOf } from './columns.js';
import { EPISODE_STATES, episodesOf, type Episode, type EpisodeState } from './episodes.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, integer, limitRange, parsePlan, PLAN_PARAMS, planOf } from './parameters.js';
import type { NumberPlan } from './normal-number.js';

const AFTER = {
  name: 'withinHours',
  kind: 'integer',
  min: 0,
  max: 2160,
  default: 168,
  description: 'How long after the end of the range a talk still counts as reached, hours; default 168',
} as const satisfies ParamDefinition;
const MIN_WAIT: ParamDefinition = {
  name: 'minWait',
  kind: 'integer',
  min: 0,
  max: 86_400,
  description: 'Leave out lost contacts whose last visit waited less (seconds)',
};
const STATE: ParamDefinition = {
  name: 'state',
  kind: 'names',
  choices: EPISODE_STATES,
  description:
    'unreached, returned (called again and got through), calledBack (we called them); default: all',
};

/** More rows than anybody can call back: the range is too long. */
const MAX_ROWS = 20_000;

interface Line {
  caller: LostCaller;
  episode: Episode;
  scope: Scope;
  zone: Zone;
}

const make = fieldsOf<Line>();
const queueOf = ({ episode, scope }: Line) => scope.queues.get(episode.queueId);
const FIELDS = [
  ofCaller(
    make.text('callerNumber', 'Number', 'Number of the caller, as last shown', (l) => l.caller.shownNumber),
  ),
  ofCaller(make.text('callerName', 'Name', 'Name of the caller, as last shown', (l) => l.caller.callerName)),
  make.text('pbx', 'PBX', 'Name of the PBX', (l) => queueOf(l)?.pbx.name ?? null),
  make.text('queue', 'Queue', 'Queue in which the caller was lost last', (l) => queueOf(l)?.name ?? null),
  make.text(
    'queueName',
    'Queue name',
    'Display name, else the name on the PBX',
    (l) => queueOf(l)?.displayName ?? queueOf(l)?.name ?? null,
  ),
  make.contacts(
    'lostContacts',
    'Lost',
    'Contacts of this caller nobody answered',
    (l) => l.episode.lostContacts,
  ),
  make.time('firstLostAt', 'First lost', 'When the first of them ended', (l) =>
    l.zone.iso(l.episode.firstLostMs),
  ),
  make.time('lastLostAt', 'Last lost', 'When the last of them ended', (l) =>
    l.zone.iso(l.episode.lastLostMs),
  ),
  make.text('lastOutcome', 'Outcome', 'Outcome of the last of them', (l) => l.episode.outcome),
  make.seconds(
    'longestWaitSeconds',
    'Longest wait',
    'Longest stated wait of them',
    (l) => l.episode.longestWaitSeconds,
  ),
  make.text('state', 'State', 'unreached, returned or calledBack', (l) => l.episode.state),
  make.count(
    'callBacks',
    'Call-backs',
    'Outbound calls to this number until it was reached',
    (l) => l.episode.callBacks,
  ),
  make.time('reachedAt', 'Reached', 'When somebody spoke to the caller; empty: nobody did', (l) =>
    l.episode.reachedMs === null ? null : l.zone.iso(l.episode.reachedMs),
  ),
  make.seconds(
    'recoverySeconds',
    'Time to recover',
    'Reached − first lost; empty in the totals: see states',
    (l) => recoverySeconds(l.episode),
  ),
];

const recoverySeconds = ({ reachedMs, firstLostMs }: Episode): number | null =>
  reachedMs === null ? null : Math.round((reachedMs - firstLostMs) / 1000);

export const UNREACHED_REPORT: ReportDefinition = {
  name: 'unreached',
  title: 'Unreached callers',
  description:
    'Callers nobody answered: who was not reached since, who called again and got through, whom we called back, and how ' +
    'long it took.',
  params: [HOURS_PARAM, STATE, MIN_WAIT, AFTER, ...PLAN_PARAMS],
  group: 'callers',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: columnsOf(FIELDS),
  make: unreachedReport,
};

interface Asked {
  request: ReportRequest;
  states: ReadonlySet<EpisodeState>;
  minWaitSeconds: number;
  afterMs: number;
  /** Null: that of the tenant. */
  askedPlan: NumberPlan | null;
}

function parse(call: ReportCall): Asked {
  const fields = new FieldParser();
  const request = common(fields, call);
  limitRange(fields, request);
  const named = namesOf(call.params['state'])?.flatMap((names) => names.split(',')) ?? [];
  const states = named
    .map((name) => fields.oneOf('state', name, EPISODE_STATES))
    .filter((one) => one !== null);
  const minWaitSeconds = integer(fields, call, MIN_WAIT) ?? 0;
  const afterMs = (integer(fields, call, AFTER) ?? AFTER.default) * HOUR_MS;
  const askedPlan = parsePlan(fields, call);
  fields.check();
  return {
    request,
    states: new Set(states.length > 0 ? states : EPISODE_STATES),
    minWaitSeconds,
    afterMs,
    askedPlan,
  };
}

async function unreachedReport({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const { request, states, askedPlan, ...asked } = parse(call);
  const plan = await planOf(db, call, askedPlan);
  const scope = await loadScope(db, { ...request, agents: null });
  const found = await lostCallers(
    db,
    { ...asked, ...request, plan, counts: entriesOf(scope, request) },
    call.signal,
  );
  const all = found.callers.flatMap((caller) =>
    episodesOf(caller.events).map((episode): Line => ({ caller, episode, scope, zone: request.zone })),
  );
  const lines = all.filter(({ episode }) => states.has(episode.state));
  if (lines.length > MAX_ROWS) throw new ReportRequestError([tooMany(lines.length)]);
  lines.sort((a, b) => b.episode.lastLostMs - a.episode.lastLostMs);
  const notes = [
    `Reached counts until ${request.zone.iso(request.toMs + asked.afterMs)}, as far as calls are known.`,
    ...(found.nameless > 0
      ? [`${found.nameless} lost contacts show no number: nobody can follow them.`]
      : []),
    ...(found.outboundKnown ? [] : ['No outbound calls are known in this time: call-backs cannot be seen.']),
    ...agentsIgnored(request),
  ];
  return {
    meta: await metaOf(db, 'unreached', { ...request, granularity: 'total' }, scope, notes),
    columns: columnsOf(FIELDS),
    rows: lines.map((line) => rowOf(FIELDS, line)),
    totals: {
      ...Object.fromEntries(FIELDS.map(({ key }) => [key, null])),
      lostContacts: lines.reduce((sum, { episode }) => sum + episode.lostContacts, 0),
      callBacks: lines.reduce((sum, { episode }) => sum + episode.callBacks, 0),
    },
    tables: [statesTable(all.map(({ episode }) => episode))],
    charts: [{ kind: 'bar', title: 'Lost callers', table: 'states', x: 'state', y: ['callers'] }],
  };
}

const tooMany = (rows: number) => ({
  field: 'to',
  message: `${rows} lost callers are more than ${MAX_ROWS} rows; ask for a shorter range or fewer queues`,
});

/** Entries of the asked queues, at the hours asked for; a contact's last entry may be after the range. */
function entriesOf(
  { queues, hours }: Scope,
  range: ReportRequest,
): (queueId: number, atMs: number) => boolean {
  if (hours === null) return (queueId) => queues.has(queueId);
  return hours.test({ fromMs: range.fromMs, toMs: range.toMs + DAY_MS });
}

interface StateLine {
  state: EpisodeState | null;
  episodes: readonly Episode[];
  all: number;
}

const state = fieldsOf<StateLine>();
const recoveries = (episodes: readonly Episode[]): number[] =>
  episodes
    .map(recoverySeconds)
    .filter((one) => one !== null)
    .sort((a, b) => a - b);
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
const STATE_FIELDS = [
  state.text('state', 'State', 'What became of the lost callers', (s) => s.state),
  state.count('callers', 'Callers', 'Lost callers, counted anew after each talk', (s) => s.episodes.length),
  state.ratio('share', 'Share', 'Callers in this state / all lost callers', (s) =>
    ratio(s.episodes.length, s.all),
  ),
  state.contacts('lostContacts', 'Lost', 'Contacts of these callers nobody answered', (s) =>
    sumOf(s.episodes.map(({ lostContacts }) => lostContacts)),
  ),
  state.seconds(
    'averageRecoverySeconds',
    'Average time to recover',
    'Σ (reached − first lost) / reached',
    (s) => {
      const times = recoveries(s.episodes);
      return ratio(sumOf(times), times.length);
    },
  ),
  state.seconds(
    'medianRecoverySeconds',
    'Median time to recover',
    'Half of the reached were reached within this time (nearest rank)',
    (s) => {
      const times = recoveries(s.episodes);
      return times[Math.ceil(times.length / 2) - 1] ?? null;
    },
  ),
];

function statesTable(episodes: readonly Episode[]): NamedTable {
  const all = episodes.length;
  const lineOf = (one: EpisodeState): StateLine => ({
    state: one,
    episodes: episodes.filter((episode) => episode.state === one),
    all,
  });
  return {
    key: 'states',
    title: 'What became of lost callers',
    columns: columnsOf(STATE_FIELDS),
    rows: EPISODE_STATES.map((one) => rowOf(STATE_FIELDS, lineOf(one))),
    totals: rowOf(STATE_FIELDS, { state: null, episodes, all }),
  };
}
