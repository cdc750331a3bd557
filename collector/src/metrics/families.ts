/**
 * Every metric of Queuescope, once: name, type, help text, labels. In: nothing. Out: definitions that the exposition,
 * docs/metrics.md and the tests share. What must hold: prefix `queuescope_`, base units in the names (seconds, bytes),
 * counters end in `_total`; no label carries anything about a caller (DECISIONS.md 21).
 */
import { REPORT_SECONDS } from '../answers/reading.js';

export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, ascending, without +Inf. */
  readonly buckets?: readonly number[];
}

const QUEUE = ['pbx', 'queue'] as const;
const AGENT = ['pbx', 'agent'] as const;

const counter = (name: string, labels: readonly string[], help: string): Family => ({
  name: `queuescope_${name}`,
  type: 'counter',
  help,
  labels,
});

const gauge = (name: string, labels: readonly string[], help: string): Family => ({
  name: `queuescope_${name}`,
  type: 'gauge',
  help,
  labels,
});

const histogram = (
  name: string,
  labels: readonly string[],
  buckets: readonly number[],
  help: string,
): Family => ({
  name: `queuescope_${name}`,
  type: 'histogram',
  help,
  labels,
  buckets,
});

const SECONDS_OF_WAIT = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200];
const SECONDS_OF_TALK = [15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600];
const SECONDS_OF_RING = [2, 4, 6, 8, 10, 15, 20, 30, 45, 60];

/** Counted once per visit, when it is final (DECISIONS.md 19). */
export const QUEUE_COUNTERS = {
  visits: counter(
    'queue_visits_total',
    [...QUEUE, 'outcome'],
    'Visits of the queue that are over, by how they ended. Counted once, when final; never corrected.',
  ),
  offers: counter(
    'queue_offers_total',
    [...QUEUE, 'result'],
    'Ringings of agents for visits that are over, by what became of them; noAnswer is a ring without answer.',
  ),
  wait: histogram(
    'queue_wait_seconds',
    [...QUEUE, 'outcome'],
    SECONDS_OF_WAIT,
    'Seconds callers waited, as the PBX states them, for answered and for abandoned visits.',
  ),
  talk: histogram(
    'queue_talk_seconds',
    QUEUE,
    SECONDS_OF_TALK,
    'Seconds callers and agents talked, as the PBX states them.',
  ),
  ring: histogram(
    'queue_ring_seconds',
    QUEUE,
    SECONDS_OF_RING,
    'Seconds the agent who answered had rung, as the PBX states them.',
  ),
};

/** What is going on now. */
export const QUEUE_GAUGES = {
  waiting: gauge('queue_waiting', QUEUE, 'Callers waiting now, those for whom an agent rings included.'),
  longestWait: gauge(
    'queue_longest_wait_seconds',
    QUEUE,
    'Seconds the longest waiting caller has waited so far; 0 when nobody waits.',
  ),
  callsInProgress: gauge('queue_calls_in_progress', QUEUE, 'Callers of the queue talking with an agent now.'),
  agents: gauge(
    'queue_agents',
    [...QUEUE, 'state'],
    'Members of the queue by what they are doing now; each is in one state.',
  ),
  agentsLoggedIn: gauge(
    'queue_agents_logged_in',
    QUEUE,
    'Members of the queue now, whatever they are doing.',
  ),
  agentsReady: gauge('queue_agents_ready', QUEUE, 'Members of the queue who could be offered a call now.'),
  longestPause: gauge(
    'queue_longest_pause_seconds',
    QUEUE,
    'Seconds of the longest pause a member of the queue is in now; 0 when nobody is paused.',
  ),
  maxConsecutiveMisses: gauge(
    'queue_max_consecutive_misses',
    QUEUE,
    'Most calls that one member of the queue has let ring without answer in a row, up to now.',
  ),
  info: gauge('queue_info', [...QUEUE, 'name'], 'Always 1; carries the display name of the queue.'),
};

/** Left out when per-agent series are switched off. */
export const AGENT_GAUGES = {
  state: gauge(
    'agent_state',
    [...AGENT, 'state'],
    'Always 1; the state the agent is in now, over all queues. Other states have no series.',
  ),
  stateSeconds: gauge('agent_state_seconds', AGENT, 'Seconds the agent has been in the present state.'),
  consecutiveMisses: gauge(
    'agent_consecutive_misses',
    AGENT,
    'Calls the agent has let ring without answer in a row, up to now.',
  ),
  info: gauge('agent_info', [...AGENT, 'name'], 'Always 1; carries the display name of the agent.'),
};

/** Whether the numbers can be trusted. */
export const HEALTH = {
  build: gauge('build_info', ['version'], 'Always 1; carries the version of the collector.'),
  linkUp: gauge('link_up', ['pbx', 'source'], '1 while the collector hears this source of the PBX, else 0.'),
  connects: counter(
    'link_connects_total',
    ['pbx', 'source'],
    'Times the collector has connected to this source.',
  ),
  eventLag: gauge(
    'event_lag_seconds',
    ['pbx'],
    'Seconds between the time the newest event of the PBX states and the time it was applied.',
  ),
  stale: gauge(
    'live_stale_seconds',
    ['pbx'],
    'Seconds for which the live state of the PBX may be out of date; 0 when it is not.',
  ),
  expiredCalls: counter(
    'live_expired_calls_total',
    ['pbx'],
    'Calls dropped from the live state because their end was never seen.',
  ),
  messages: counter('messages_total', ['pbx', 'source'], 'Messages of the PBX accepted into the journal.'),
  rejected: counter(
    'messages_rejected_total',
    ['pbx', 'source'],
    'Messages that no journal could keep (too long), logged and lost.',
  ),
  failed: counter(
    'messages_failed_total',
    ['pbx', 'source'],
    'Messages that could not be understood or projected and were kept with their error.',
  ),
  held: gauge('messages_held', ['pbx'], 'Messages kept with an error now, to be retried or skipped.'),
  backlogRecords: gauge(
    'journal_backlog_records',
    ['journal'],
    'Messages accepted into the journal and not yet in the database.',
  ),
  backlogSeconds: gauge(
    'journal_backlog_seconds',
    ['journal'],
    'Age in seconds of the oldest message not yet in the database; 0 without backlog.',
  ),
  journalBytes: gauge('journal_size_bytes', ['journal'], 'Bytes the journal takes on disk.'),
  rollupLag: gauge(
    'rollup_lag_seconds',
    [],
    'Seconds the oldest changed 15-minute bucket has waited for its recomputation; 0 when none waits.',
  ),
  dirtyBuckets: gauge('rollup_dirty_buckets', [], 'Buckets that wait for their recomputation.'),
  gaps: counter(
    'gap_seconds_total',
    ['pbx', 'source'],
    'Seconds in which the source was not heard; a gap that is still open counts up to now.',
  ),
  lateVisits: counter(
    'visits_not_counted_total',
    ['pbx'],
    'Visits left out of the counters above because they ended before the collector started, or over an hour before they became known.',
  ),
  subscribers: gauge('live_subscribers', [], 'Clients connected to the live stream.'),
};

export const REPORTS = {
  asked: gauge(
    'reports',
    ['state'],
    'Reports asked for by the API that wait (`queued`) or are being made (`running`).',
  ),
  ended: counter(
    'reports_total',
    ['result'],
    'Reports the API was asked for: `done`, `refused` (a parameter was wrong), `failed` or `canceled` (the client went away).',
  ),
  seconds: histogram(
    'report_seconds',
    [],
    REPORT_SECONDS,
    'Seconds it took to make a report, from its turn to its first bytes; those that are done.',
  ),
  threads: gauge('report_threads', [], 'Threads that make reports now.'),
};

export const EXPORTS = {
  jobs: gauge(
    'exports',
    ['state'],
    'Exports that wait (`queued`) or are being made (`running`) by this collector.',
  ),
  ended: counter('exports_total', ['result'], 'Exports that ended: `done`, `failed` or `canceled`.'),
};

const SCHEDULE = ['tenant', 'schedule'] as const;

export const SCHEDULES = {
  failed: gauge(
    'schedule_failed',
    SCHEDULE,
    '1 when the last run of the schedule that is over failed, else 0; 0 while it is paused.',
  ),
  late: gauge(
    'schedule_late',
    SCHEDULE,
    '1 when something of the schedule has been due for 5 minutes and is not delivered, else 0.',
  ),
  runs: counter(
    'schedule_runs_total',
    ['result'],
    'Runs this collector has ended: `delivered`, `skipped` (its condition was not met) or `failed`.',
  ),
  failures: counter(
    'schedule_attempts_failed_total',
    ['delivery'],
    'Attempts of runs that failed, tried again or not, by the way of delivery: `mail`, `webhook`, `folder`.',
  ),
};

/** The families in the order of the document. */
export const ALL_FAMILIES = [
  { title: 'Queues: counters', families: Object.values(QUEUE_COUNTERS) },
  { title: 'Queues: now', families: Object.values(QUEUE_GAUGES) },
  { title: 'Agents: now', families: Object.values(AGENT_GAUGES) },
  { title: 'Health of the collector', families: Object.values(HEALTH) },
  { title: 'Reports', families: Object.values(REPORTS) },
  { title: 'Exports', families: Object.values(EXPORTS) },
  { title: 'Schedules', families: Object.values(SCHEDULES) },
] as const;
