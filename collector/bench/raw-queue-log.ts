/**
 * The floor of reports: the figures by SQL on the PBX's own queue_log in a table, as people do without Queuescope. In:
 * visits of a span. Out: a table with their rows (Asterisk's own columns, an index on the time) and the queries.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../src/storage/schema.js';

/** Only the span's rows: a table of all would be slower, never faster. */
export async function makeQueueLog(db: Kysely<Database>, fromMs: number, toMs: number): Promise<void> {
  await sql`create table raw_queue_log (
    id bigint not null auto_increment primary key, time datetime(6) not null, callid varchar(80) not null,
    queuename varchar(256) not null, agent varchar(80) not null, event varchar(32) not null,
    data1 varchar(100) not null, data2 varchar(100) not null, data3 varchar(100) not null, key (time))`.execute(
    db,
  );
  const time = (column: string) => sql`from_unixtime(${sql.ref(column)} / 1000)`;
  await sql`insert into raw_queue_log (time, callid, queuename, agent, event, data1, data2, data3)
    select * from (
      select ${time('v.entered_at')} as time, v.contact_id as callid, q.name as queuename,
        'NONE' as agent, 'ENTERQUEUE' as event, '' as data1, '' as data2, '1' as data3
        from visit v join queue q on q.id = v.queue_id where v.entered_at >= ${fromMs} and v.entered_at < ${toMs}
      union all select ${time('v.answered_at')}, v.contact_id, q.name, a.name, 'CONNECT', v.wait_seconds, 0, v.ring_seconds
        from visit v join queue q on q.id = v.queue_id join agent a on a.id = v.agent_id
        where v.entered_at >= ${fromMs} and v.entered_at < ${toMs}
      union all select ${time('v.ended_at')}, v.contact_id, q.name, coalesce(a.name, 'NONE'),
        case v.outcome when 'answered' then 'COMPLETECALLER' when 'abandoned' then 'ABANDON' else 'EXITWITHTIMEOUT' end,
        if(v.outcome = 'answered', v.wait_seconds, 1), if(v.outcome = 'answered', v.talk_seconds, 1), v.wait_seconds
        from visit v join queue q on q.id = v.queue_id left join agent a on a.id = v.agent_id
        where v.entered_at >= ${fromMs} and v.entered_at < ${toMs}
    ) as log order by time`.execute(db);
}

const SUMS = sql`sum(event = 'CONNECT') as answered, sum(event = 'ABANDON') as abandoned,
  sum(event = 'EXITWITHTIMEOUT') as timed_out, sum(event = 'CONNECT' and data1 + 0 <= 20) as answered_within_sl,
  sum(if(event = 'CONNECT', data1 + 0, 0)) as wait_answered_seconds,
  max(if(event = 'CONNECT', data1 + 0, 0)) as wait_answered_max_seconds,
  sum(if(event = 'ABANDON', data3 + 0, 0)) as wait_abandoned_seconds,
  sum(if(event like 'COMPLETE%', data2 + 0, 0)) as talk_seconds,
  max(if(event like 'COMPLETE%', data2 + 0, 0)) as talk_max_seconds`;

const between = (fromMs: number, toMs: number) =>
  sql`time >= from_unixtime(${fromMs / 1000}) and time < from_unixtime(${toMs / 1000})`;

export async function queuesOfLog(db: Kysely<Database>, fromMs: number, toMs: number): Promise<number> {
  const { rows } =
    await sql`select queuename, sum(event = 'ENTERQUEUE') as entered, ${SUMS} from raw_queue_log
    where ${between(fromMs, toMs)} group by queuename`.execute(db);
  return rows.length;
}

/** Calls only: login and pause by SQL alone on queue_log need window functions over all of it. */
export async function agentsOfLog(db: Kysely<Database>, fromMs: number, toMs: number): Promise<number> {
  const { rows } = await sql`select agent, ${SUMS} from raw_queue_log
    where ${between(fromMs, toMs)} and agent <> 'NONE' group by agent`.execute(db);
  return rows.length;
}
