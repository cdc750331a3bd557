/**
 * The views for hand-written SQL (docs/sql-views.md): the stable surface, whatever becomes of the tables.
 *
 * Everybody reads the same views; the table `view_user` says whose rows a database user sees. `user()` in a view is
 * who asks, even where the view runs with its definer's rights, so that nobody can see more by asking differently.
 * `view_user` is joined, not looked up in a subquery: its one row is a constant to the optimizer, and the tenant's id
 * leads to the indexes that begin with it.
 */
import type { Migration } from 'kysely';
import { AGENT_CALL_SUMS, AGENT_TIME_SUMS, QUEUE_AGENT_TIME_SUMS, QUEUE_SUMS } from './rollup-columns.js';
import type { SumColumns } from './rollup-columns.js';
import { step } from './step.js';

const EPOCH = `timestamp'1970-01-01 00:00:00.000'`;

/** Milliseconds as DATETIME(3) in UTC: `from_unixtime` would give the reader's time zone. */
const utc = (ms: string): string => `cast(${EPOCH} + interval (${ms} * 1000) microsecond as datetime(3))`;

const at = (column: string, name = column.replace(/^.*\./, '')): string =>
  `${column} as ${name}, ${utc(column)} as ${name}_utc`;

/**
 * The date of a local day that begins at `ms`: day D begins between D − 14 h and D + 12 h, so 13 hours later it is D
 * in UTC for every zone from UTC−10:59 to UTC+13.
 */
const dayOf = (ms: string): string => `date(${EPOCH} + interval ((${ms} + 46800000) * 1000) microsecond)`;

const seconds = (ms: string, name: string): string => `round(${ms} / 1000, 3) as ${name}`;

/** All but the last two characters. */
const masked = (column: string, name: string): string =>
  `concat(repeat('*', greatest(char_length(${column}) - 2, 0)), right(${column}, 2)) as ${name}`;

/** Whose rows the asking user may see; joined on the tenant of a row. */
const viewerOf = (tenantId: string): string =>
  `join view_user u on u.user = substring_index(user(), '@', 1) and (u.tenant_id is null or u.tenant_id = ${tenantId})`;

const DIMENSIONS = {
  tenant: 't.id as tenant_id, t.name as tenant',
  pbx: 'p.id as pbx_id, p.name as pbx',
  queue: 'q.id as queue_id, q.name as queue, coalesce(q.display_name, q.name) as queue_name',
  agent: 'a.id as agent_id, a.name as agent, coalesce(a.display_name, a.name) as agent_name',
};

const view = (name: string, columns: string[], from: string): Migration =>
  step(`create or replace view ${name} as select ${columns.join(', ')} from ${from}`);

/** Where a row states a duration in seconds and measures it too, the measured one says so. */
const MEASURED = new Set(['wait_ms', 'talk_ms', 'ring_ms']);

const sums = (...groups: SumColumns[]): string[] =>
  groups.flatMap(({ counts, seconds: stated, ms }) => [
    ...[...counts, ...stated].map((name) => `r.${name}`),
    ...ms.map((name) =>
      seconds(`r.${name}`, name.replace(/_ms$/, MEASURED.has(name) ? '_measured_seconds' : '_seconds')),
    ),
  ]);

const PAUSE_BY_REASON = 'r.pause_by_reason as pause_ms_by_reason';

interface Rollup {
  table: string;
  /** Table and alias of whom the rows are about, first the one whose tenant counts. */
  about: ('queue' | 'agent')[];
  columns: string[];
}

const QUEUE: Rollup = { table: 'queue_rollup', about: ['queue'], columns: sums(QUEUE_SUMS) };
const AGENT: Rollup = {
  table: 'agent_rollup',
  about: ['agent'],
  columns: [...sums(AGENT_CALL_SUMS, AGENT_TIME_SUMS), PAUSE_BY_REASON],
};
const QUEUE_AGENT: Rollup = {
  table: 'queue_agent_rollup',
  about: ['queue', 'agent'],
  columns: [...sums(AGENT_CALL_SUMS, QUEUE_AGENT_TIME_SUMS), PAUSE_BY_REASON],
};

function rollupView(name: string, { table, about, columns }: Rollup, grain: '15m' | 'day'): Migration {
  const [first] = about.map((what) => what.slice(0, 1));
  const when =
    grain === 'day'
      ? ['z.name as zone', `${dayOf('r.bucket_at')} as day`, at('r.bucket_at')]
      : [at('r.bucket_at')];
  return view(
    name,
    [...when, DIMENSIONS.tenant, DIMENSIONS.pbx, ...about.map((what) => DIMENSIONS[what]), ...columns],
    [
      `${table}_${grain} r`,
      // A zone is named "building:…" until all its days are there.
      ...(grain === 'day' ? [`join zone z on z.id = r.zone_id and z.name not like 'building:%'`] : []),
      ...about.map((what) => `join ${what} ${what.slice(0, 1)} on ${what.slice(0, 1)}.id = r.${what}_id`),
      viewerOf(`${first}.tenant_id`),
      `join tenant t on t.id = ${first}.tenant_id`,
      `join pbx p on p.id = ${first}.pbx_id`,
    ].join(' '),
  );
}

const calls = view(
  'v_calls',
  [
    'v.id as visit_id, v.contact_id, c.call_id, v.seq + 1 as visit_number',
    ...[DIMENSIONS.tenant, DIMENSIONS.pbx, DIMENSIONS.queue, DIMENSIONS.agent],
    at('v.entered_at'),
    'v.entered_at_source',
    masked('c.caller_number', 'caller_number'),
    'c.did, v.first_in_queue, v.position, v.outcome, v.outcome_certainty',
    'v.wait_seconds, v.ring_seconds, v.talk_seconds',
    seconds('v.wait_ms', 'wait_measured_seconds'),
    seconds('v.ring_ms', 'ring_measured_seconds'),
    seconds('v.talk_ms', 'talk_measured_seconds'),
    seconds('v.agent_talk_ms', 'agent_talk_seconds'),
    seconds('v.hold_ms', 'hold_seconds'),
    'v.hold_count',
    seconds('v.wrap_up_ms', 'wrap_up_seconds'),
    at('v.answered_at'),
    at('v.ended_at'),
    'v.end_reason, v.ended_by, v.transfer_kind',
    masked('v.transfer_to', 'transfer_to'),
    'v.transfers_seen, v.left_position, v.exit_key, v.attempts, v.agent_dumps, v.talked_after_all',
  ],
  `visit v ${viewerOf('v.tenant_id')}
   join contact c on c.id = v.contact_id
   join queue q on q.id = v.queue_id
   join pbx p on p.id = v.pbx_id
   join tenant t on t.id = v.tenant_id
   left join agent a on a.id = v.agent_id`,
);

/** `OPEN_END` of schema.ts. */
const OPEN_END = '9000000000000000';

const agentIntervals = view(
  'v_agent_intervals',
  [
    'i.id as interval_id',
    ...[DIMENSIONS.tenant, DIMENSIONS.pbx, DIMENSIONS.agent, DIMENSIONS.queue],
    'i.kind, i.reason',
    at('i.from_at'),
    `i.to_at, ${utc(`nullif(i.to_at, ${OPEN_END})`)} as to_at_utc, i.to_at = ${OPEN_END} as is_open`,
    seconds(`(nullif(i.to_at, ${OPEN_END}) - i.from_at)`, 'duration_seconds'),
    'i.contact_id',
  ],
  `agent_interval i
   join agent a on a.id = i.agent_id
   ${viewerOf('a.tenant_id')}
   join tenant t on t.id = a.tenant_id
   join pbx p on p.id = i.pbx_id
   left join queue q on q.id = i.queue_id`,
);

/** A gap concerns the whole PBX: every tenant with a queue there may know of it. */
const gaps = view(
  'v_gaps',
  [
    'g.id as gap_id',
    DIMENSIONS.pbx,
    'g.source',
    at('g.from_at'),
    at('g.to_at'),
    'g.to_at is null as is_open',
    'g.reason',
  ],
  `gap g
   join pbx p on p.id = g.pbx_id
   join view_user u on u.user = substring_index(user(), '@', 1)
   where u.tenant_id is null
      or exists (select 1 from queue q where q.pbx_id = g.pbx_id and q.tenant_id = u.tenant_id)`,
);

export const views = {
  '0501-queue-15m': rollupView('v_queue_15m', QUEUE, '15m'),
  '0502-queue-day': rollupView('v_queue_day', QUEUE, 'day'),
  '0503-agent-15m': rollupView('v_agent_15m', AGENT, '15m'),
  '0504-agent-day': rollupView('v_agent_day', AGENT, 'day'),
  '0505-queue-agent-15m': rollupView('v_queue_agent_15m', QUEUE_AGENT, '15m'),
  '0506-queue-agent-day': rollupView('v_queue_agent_day', QUEUE_AGENT, 'day'),
  '0507-calls': calls,
  '0508-agent-intervals': agentIntervals,
  '0509-gaps': gaps,
};
