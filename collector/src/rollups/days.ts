/**
 * Day rows: 15-minute rows added up over the local days of each configured zone. In: the 15-minute buckets that
 * changed. Out: the day rows they belong to, made anew.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import { columnList, columnRef, tableRef } from './hot-columns.js';
import type { Interval } from './intervals.js';
import type { Buckets } from './recompute.js';
import { insertRows } from './rows.js';
import {
  addAgentRows,
  addQueueAgentRows,
  addQueueRows,
  AGENT_SUM_KEYS,
  HISTOGRAM_KEYS,
  QUEUE_AGENT_SUM_KEYS,
  QUEUE_SUM_KEYS,
  type AgentRow,
  type QueueAgentRow,
  type QueueRow,
} from './sums.js';
import type { RollupZone } from './zones.js';

export async function sumDays(
  db: Kysely<Database>,
  changed: { queues: Buckets; agents: Buckets },
  zones: readonly RollupZone[],
): Promise<void> {
  const queueDays = touchedDays(changed.queues, zones);
  if (queueDays.ids.length > 0) await sumQueueDays(db, queueDays);
  const agentDays = touchedDays(changed.agents, zones);
  if (agentDays.ids.length > 0) await sumAgentDays(db, agentDays);
}

interface Day extends Interval {
  zoneId: number;
  ids: number[];
}

interface TouchedDays {
  days: Day[];
  /** Of all days together. */
  ids: number[];
  span: Interval;
}

function touchedDays(changed: Buckets, zones: readonly RollupZone[]): TouchedDays {
  const days: Day[] = [];
  for (const { id: zoneId, zone } of zones) {
    const byStart = new Map<number, Day>();
    for (const [id, buckets] of changed) {
      let current: Day | undefined;
      for (const bucketAt of buckets) {
        if (current !== undefined && bucketAt < current.toMs) continue;
        const fromMs = zone.startOfDay(bucketAt);
        current = byStart.get(fromMs);
        if (current === undefined) {
          current = { zoneId, fromMs, toMs: zone.startOfNextDay(bucketAt), ids: [] };
          byStart.set(fromMs, current);
        }
        current.ids.push(id);
      }
    }
    days.push(...byStart.values());
  }
  return {
    days,
    ids: [...new Set(days.flatMap((day) => day.ids))],
    span: {
      fromMs: days.reduce((least, day) => Math.min(least, day.fromMs), Infinity),
      toMs: days.reduce((most, day) => Math.max(most, day.toMs), -Infinity),
    },
  };
}

async function sumQueueDays(db: Kysely<Database>, { days, ids, span }: TouchedDays): Promise<void> {
  const source = await readQuarters<QueueRow & { queueId: number }>(
    db,
    'queueRollup15m',
    'queueId',
    ['queueId', ...QUEUE_SUM_KEYS, ...HISTOGRAM_KEYS],
    ids,
    span,
  );
  const byQueue = groupBy(source, (row) => row.queueId);
  const rows = [];
  for (const { zoneId, fromMs, toMs, ids: queueIds } of days) {
    await db
      .deleteFrom('queueRollupDay')
      .where('zoneId', '=', zoneId)
      .where('bucketAt', '=', fromMs)
      .where('queueId', 'in', queueIds)
      .execute();
    for (const queueId of queueIds) {
      const parts = within(byQueue.get(queueId), fromMs, toMs);
      if (parts.length > 0) rows.push({ zoneId, bucketAt: fromMs, queueId, ...addQueueRows(parts) });
    }
  }
  await insertRows(db, 'queueRollupDay', rows);
}

async function sumAgentDays(db: Kysely<Database>, { days, ids, span }: TouchedDays): Promise<void> {
  const agentSource = await readQuarters<AgentRow & { agentId: number }>(
    db,
    'agentRollup15m',
    'agentId',
    ['agentId', ...AGENT_SUM_KEYS, 'pauseByReason'],
    ids,
    span,
  );
  const queueAgentSource = await readQuarters<QueueAgentRow & { agentId: number; queueId: number }>(
    db,
    'queueAgentRollup15m',
    'agentId',
    ['agentId', 'queueId', ...QUEUE_AGENT_SUM_KEYS, 'pauseByReason'],
    ids,
    span,
  );
  const byAgent = groupBy(agentSource, (row) => row.agentId);
  const queuesByAgent = groupBy(queueAgentSource, (row) => row.agentId);
  const agentRows = [];
  const queueAgentRows = [];
  for (const { zoneId, fromMs, toMs, ids: agentIds } of days) {
    for (const table of ['agentRollupDay', 'queueAgentRollupDay'] as const) {
      await db
        .deleteFrom(table)
        .where('zoneId', '=', zoneId)
        .where('bucketAt', '=', fromMs)
        .where('agentId', 'in', agentIds)
        .execute();
    }
    for (const agentId of agentIds) {
      const parts = within(byAgent.get(agentId), fromMs, toMs);
      if (parts.length > 0) agentRows.push({ zoneId, bucketAt: fromMs, agentId, ...addAgentRows(parts) });
      const inQueues = groupBy(within(queuesByAgent.get(agentId), fromMs, toMs), (row) => row.queueId);
      for (const [queueId, queueParts] of inQueues) {
        queueAgentRows.push({ zoneId, bucketAt: fromMs, queueId, agentId, ...addQueueAgentRows(queueParts) });
      }
    }
  }
  await insertRows(db, 'agentRollupDay', agentRows);
  await insertRows(db, 'queueAgentRollupDay', queueAgentRows);
}

const within = <T extends { bucketAt: number }>(
  rows: readonly T[] | undefined,
  fromMs: number,
  toMs: number,
): T[] => (rows ?? []).filter((row) => row.bucketAt >= fromMs && row.bucketAt < toMs);

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

async function readQuarters<T extends object>(
  db: Kysely<Database>,
  table: string,
  idColumn: string,
  columns: readonly (keyof T & string)[],
  ids: readonly number[],
  { fromMs, toMs }: Interval,
): Promise<(T & { bucketAt: number })[]> {
  const { rows } = await sql<T & { bucketAt: number }>`
    select ${columnList('r', ['bucketAt', ...columns])} from ${tableRef(table)} as r
    where r.bucket_at >= ${fromMs} and r.bucket_at < ${toMs}
      and ${columnRef('r', idColumn)} in (${sql.join([...ids])})`.execute(db.withoutPlugins());
  return rows;
}
