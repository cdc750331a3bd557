/** 15-minute and day rows per queue, agent and queue × agent. */
import { table } from './step.js';

const count = (...names: string[]): string =>
  names.map((name) => `${name} int not null default 0,`).join('\n');
const sum = (...names: string[]): string =>
  names.map((name) => `${name} bigint not null default 0,`).join('\n');

const QUEUE_SUMS =
  count('entered', 'answered', 'abandoned', 'timed_out', 'exited_by_key', 'exited_empty', 'withdrawn') +
  count(
    'pulled_out',
    'canceled_at_connect',
    'interrupted',
    'waiting',
    'contacts_first',
    'contacts_in_queue',
  ) +
  sum('wait_answered_seconds', 'wait_answered_max_seconds', 'wait_abandoned_seconds') +
  sum(
    'wait_abandoned_max_seconds',
    'wait_unanswered_seconds',
    'wait_unanswered_max_seconds',
    'ring_seconds',
  ) +
  sum('talk_seconds', 'talk_max_seconds', 'wait_ms', 'talk_ms', 'agent_talk_ms', 'hold_ms') +
  count('hold_count') +
  sum('wrap_up_ms') +
  count(
    'completed_by_agent',
    'completed_by_caller',
    'blind_transfers',
    'attended_transfers',
    'transfers_seen',
  ) +
  count('agent_dumps', 'talked_after_all') +
  sum('position_sum') +
  count('position_count', 'position_max', 'attempts', 'offered', 'ring_no_answers') +
  sum('ring_no_answer_ms') +
  count('ring_canceled', 'lost_race', 'busy', 'rejected', 'offer_unavailable') +
  `waits_answered mediumblob, waits_abandoned mediumblob, waits_other mediumblob,`;

const AGENT_CALL_SUMS =
  count('answered') +
  sum('talk_seconds', 'talk_max_seconds', 'wait_answered_seconds', 'ring_seconds') +
  count(
    'completed_by_agent',
    'completed_by_caller',
    'blind_transfers',
    'attended_transfers',
    'transfers_seen',
  ) +
  count('agent_dumps', 'offered', 'ring_no_answers') +
  sum('ring_no_answer_ms') +
  count('ring_canceled', 'lost_race', 'busy', 'rejected', 'offer_unavailable', 'hold_count');

const AGENT_TIME_SUMS =
  sum('login_ms', 'pause_ms', 'fully_paused_ms', 'ring_ms', 'talk_ms', 'hold_ms', 'wrap_up_ms') +
  sum('other_call_ms', 'unavailable_ms', 'ready_ms') +
  'pause_by_reason mediumtext not null,';

const QUEUE_AGENT_TIME_SUMS = sum('login_ms', 'pause_ms', 'talk_ms') + 'pause_by_reason mediumtext not null,';

/**
 * Buckets lead the key, so that a range of time over all queues is one scan; the second key leads with what is looked
 * at alone. 15-minute and day rows differ in the zone.
 */
const bucketed = (name: string, ids: string[], sums: string, day: boolean) =>
  table(
    name,
    (day ? 'zone_id int not null,' : '') +
      'bucket_at bigint not null,' +
      ids.map((id) => `${id} int not null,`).join('') +
      sums +
      `primary key (${[...(day ? ['zone_id'] : []), 'bucket_at', ...ids].join(', ')}),` +
      [...new Set([ids[0], ids.at(-1)])]
        .map((id) => `key (${id}, ${day ? 'zone_id, ' : ''}bucket_at)`)
        .join(', '),
  );

export const rollups = {
  '0301-zone': table(
    'zone',
    `id int not null auto_increment primary key,
     name varchar(64) not null,
     unique key (name)`,
  ),
  '0302-queue-15m': bucketed('queue_rollup_15m', ['queue_id'], QUEUE_SUMS, false),
  '0303-queue-day': bucketed('queue_rollup_day', ['queue_id'], QUEUE_SUMS, true),
  '0304-agent-15m': bucketed('agent_rollup_15m', ['agent_id'], AGENT_CALL_SUMS + AGENT_TIME_SUMS, false),
  '0305-agent-day': bucketed('agent_rollup_day', ['agent_id'], AGENT_CALL_SUMS + AGENT_TIME_SUMS, true),
  '0306-queue-agent-15m': bucketed(
    'queue_agent_rollup_15m',
    ['queue_id', 'agent_id'],
    AGENT_CALL_SUMS + QUEUE_AGENT_TIME_SUMS,
    false,
  ),
  '0307-queue-agent-day': bucketed(
    'queue_agent_rollup_day',
    ['queue_id', 'agent_id'],
    AGENT_CALL_SUMS + QUEUE_AGENT_TIME_SUMS,
    true,
  ),
  '0308-dirty-bucket': table(
    'dirty_bucket',
    `kind enum('queue','agent') not null,
     entity_id int not null,
     bucket_at bigint not null,
     version int not null default 1,
     primary key (kind, entity_id, bucket_at),
     key (bucket_at)`,
  ),
  '0309-rollup-horizon': table(
    'rollup_horizon',
    `pbx_id int not null primary key,
     log_until bigint,
     stream_until bigint`,
  ),
};
