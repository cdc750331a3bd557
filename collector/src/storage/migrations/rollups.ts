/** 15-minute and day rows per queue, agent and queue × agent. */
import { AGENT_CALL_SUMS, AGENT_TIME_SUMS, QUEUE_AGENT_TIME_SUMS, QUEUE_SUMS } from './rollup-columns.js';
import type { SumColumns } from './rollup-columns.js';
import { table } from './step.js';

const columns = ({ counts, seconds, ms }: SumColumns): string =>
  [
    ...counts.map((name) => `${name} int not null default 0,`),
    ...[...seconds, ...ms].map((name) => `${name} bigint not null default 0,`),
  ].join('\n');

const HISTOGRAMS = 'waits_answered mediumblob, waits_abandoned mediumblob, waits_other mediumblob,';
const PAUSE_BY_REASON = 'pause_by_reason mediumtext not null,';

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

const QUEUE = columns(QUEUE_SUMS) + HISTOGRAMS;
const AGENT = columns(AGENT_CALL_SUMS) + columns(AGENT_TIME_SUMS) + PAUSE_BY_REASON;
const QUEUE_AGENT = columns(AGENT_CALL_SUMS) + columns(QUEUE_AGENT_TIME_SUMS) + PAUSE_BY_REASON;

export const rollups = {
  '0301-zone': table(
    'zone',
    `id int not null auto_increment primary key,
     name varchar(64) not null,
     unique key (name)`,
  ),
  '0302-queue-15m': bucketed('queue_rollup_15m', ['queue_id'], QUEUE, false),
  '0303-queue-day': bucketed('queue_rollup_day', ['queue_id'], QUEUE, true),
  '0304-agent-15m': bucketed('agent_rollup_15m', ['agent_id'], AGENT, false),
  '0305-agent-day': bucketed('agent_rollup_day', ['agent_id'], AGENT, true),
  '0306-queue-agent-15m': bucketed('queue_agent_rollup_15m', ['queue_id', 'agent_id'], QUEUE_AGENT, false),
  '0307-queue-agent-day': bucketed('queue_agent_rollup_day', ['queue_id', 'agent_id'], QUEUE_AGENT, true),
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
