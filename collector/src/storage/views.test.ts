import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { testDatabase } from '../../test/support/database.js';
import type { TestDatabase } from '../../test/support/database.js';
import { openDatabase } from './database.js';
import { ensureReadOnlyUser } from './read-only-user.js';
import { OPEN_END } from './schema.js';
import type { Database } from './schema.js';

const at = (time: string): number => Date.parse(time);
const ENTERED = at('2026-03-29T00:59:59.250Z');

let test: TestDatabase;
const suffix = `${process.pid}_${Date.now() % 1e6}`;
const readers = { a: `qs_a_${suffix}`, all: `qs_all_${suffix}` };

beforeAll(async () => {
  test = await testDatabase();
  await insertFacts(test.db);
  await ensureReadOnlyUser(test.db, { user: readers.a, password: 'secret a', tenantId: 2 });
  await ensureReadOnlyUser(test.db, { user: readers.all, password: 'secret all', tenantId: null });
});
afterAll(async () => {
  for (const user of Object.values(readers)) await sql.raw(`drop user '${user}'@'%'`).execute(test.db);
  await test.drop();
});

async function select(from: Kysely<Database>, statement: string): Promise<Record<string, unknown>[]> {
  return (await sql.raw<Record<string, unknown>>(statement).execute(from)).rows;
}

async function as<Result>(
  user: keyof typeof readers,
  use: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  const address = { ...test.address, user: readers[user], password: `secret ${user}` };
  const db = await openDatabase(address, { logger: pino({ level: 'silent' }) });
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}

describe('the views', () => {
  it('show a visit with its names, both forms of its times, and the caller masked', async () => {
    const [row] = await select(test.db, `select * from v_calls where queue = 'support'`);
    expect(row).toMatchObject({
      tenant: 'acme',
      pbx: 'main',
      queue: 'support',
      queueName: 'Support',
      agent: 'Alice',
      agentName: 'Alice',
      enteredAt: ENTERED,
      enteredAtUtc: new Date(ENTERED),
      callerNumber: '*******67',
      transferTo: '*06',
      did: '5550100',
      outcome: 'answered',
      waitSeconds: 12,
      talkSeconds: 90,
      holdSeconds: 4.5,
      answeredAtUtc: new Date(ENTERED + 12_000),
      endedAt: null,
      endedAtUtc: null,
      visitNumber: 1,
    });
    expect(Object.values(row ?? {}).join()).not.toContain('5551234567'.slice(0, 7));
  });

  it('show 15-minute rows in seconds', async () => {
    expect(await select(test.db, `select * from v_queue_15m`)).toMatchObject([
      {
        bucketAt: at('2026-03-29T00:45:00Z'),
        bucketAtUtc: new Date('2026-03-29T00:45:00Z'),
        queue: 'support',
        entered: 3,
        answered: 2,
        waitAnsweredSeconds: 30,
        talkSeconds: 150,
        talkMeasuredSeconds: 149.876,
        holdSeconds: 4.5,
        wrapUpSeconds: 0,
      },
    ]);
    expect(await select(test.db, `select * from v_agent_15m`)).toMatchObject([
      {
        agent: 'Alice',
        answered: 2,
        loginSeconds: 900,
        readySeconds: 600.5,
        pauseMsByReason: '{"lunch":120000}',
      },
    ]);
    expect(await select(test.db, `select * from v_queue_agent_15m`)).toMatchObject([
      { queue: 'support', agent: 'Alice', answered: 2, loginSeconds: 899, talkMeasuredSeconds: 80 },
    ]);
  });

  it.each([
    ['Asia/Tashkent', '2026-03-28T19:00:00Z', '2026-03-29'],
    ['Asia/Kathmandu', '2026-03-28T18:15:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Pacific/Honolulu', '2026-03-29T10:00:00Z', '2026-03-29'],
    ['Pacific/Auckland', '2026-01-01T11:00:00Z', '2026-01-02'],
  ])('give a day in %s its date', async (zone, start, day) => {
    const rows = await select(
      test.db,
      `select cast(day as char) as day, bucket_at from v_queue_day where zone = '${zone}'`,
    );
    expect(rows).toEqual([{ day, bucketAt: at(start) }]);
  });

  it('hide the days of a zone that is still being built', async () => {
    expect(await select(test.db, `select distinct zone from v_queue_day where zone like '%UTC%'`)).toEqual(
      [],
    );
  });

  it('show day rows of agents', async () => {
    const where = `where zone = 'Europe/Berlin'`;
    expect(await select(test.db, `select * from v_agent_day ${where}`)).toMatchObject([
      { agent: 'Alice', answered: 7 },
    ]);
    expect(await select(test.db, `select * from v_queue_agent_day ${where}`)).toMatchObject([
      { queue: 'support', agent: 'Alice', answered: 5 },
    ]);
  });

  it('show closed and open stretches of agents', async () => {
    expect(await select(test.db, `select * from v_agent_intervals order by from_at`)).toMatchObject([
      {
        agent: 'Alice',
        queue: 'support',
        kind: 'login',
        durationSeconds: 3600,
        isOpen: 0,
        toAtUtc: new Date(3_601_000),
      },
      {
        agent: 'Alice',
        queue: null,
        kind: 'inUse',
        durationSeconds: null,
        isOpen: 1,
        toAtUtc: null,
        toAt: OPEN_END,
      },
    ]);
  });

  it('show gaps', async () => {
    expect(await select(test.db, `select * from v_gaps`)).toMatchObject([
      { pbx: 'main', source: 'ami', fromAt: 1_000, toAt: 61_000, isOpen: 0, reason: 'link down' },
      { pbx: 'other', toAt: null, isOpen: 1 },
    ]);
  });
});

it('v_queues and v_agents name who there is, with the team that holds now', async () => {
  const value = { entity: 'agent', entityId: 1, field: 'team', fromAt: 0 } as const;
  const later = Date.now() + 86_400_000;
  await test.db
    .insertInto('directoryValue')
    .values([
      { ...value, origin: 'learned', value: 'learned' },
      { ...value, origin: 'manual', value: 'Day shift' },
      { ...value, origin: 'manual', fromAt: later, value: 'Night shift' },
    ])
    .execute();
  const team = () => select(test.db, `select agent, agent_name, team from v_agents order by agent_id`);
  expect((await team())[0]).toEqual({ agent: 'Alice', agentName: 'Alice', team: 'Day shift' });
  await test.db
    .insertInto('directoryValue')
    .values({ ...value, origin: 'manual', fromAt: 1, value: null })
    .execute();
  expect((await team())[0]).toMatchObject({ team: 'learned' });
  expect(
    await as('a', (db) => select(db, 'select tenant, pbx, queue, queue_name, team from v_queues')),
  ).toEqual([{ tenant: 'acme', pbx: 'main', queue: 'support', queueName: 'Support', team: null }]);
});

it('docs/sql-views.md lists every column of every view, and no other', async () => {
  const text = readFileSync(new URL('../../../docs/sql-views.md', import.meta.url), 'utf8');
  const columnsIn = (section: string): string[] =>
    [...section.matchAll(/^- (`[a-z_`, ]+`)$/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    );
  const sections = text.split(/^## /m).slice(1);
  const shared = sections.filter((section) => section.startsWith('Names')).flatMap(columnsIn);
  const documented: Record<string, string[]> = {};
  for (const section of sections) {
    for (const [, name = ''] of (section.split('\n')[0] ?? '').matchAll(/`(v_\w+)`/g)) {
      documented[name] = columnsIn(section).sort();
    }
  }
  const { rows } = await sql<{ view: string; name: string }>`
    select c.table_name as ${sql.id('view')}, c.column_name as name from information_schema.columns c
    join information_schema.views v on v.table_schema = c.table_schema and v.table_name = c.table_name
    where c.table_schema = database()`.execute(test.db);
  const present: Record<string, string[]> = {};
  for (const { view, name } of rows) {
    const own = (present[view] ??= []);
    if (!shared.includes(name)) own.push(name);
  }
  for (const names of Object.values(present)) names.sort();
  expect(documented).toEqual(present);
});

describe('a read-only user', () => {
  it('of one tenant sees that tenant’s rows in every view', async () => {
    const seen = await as('a', async (db) => ({
      calls: await select(db, 'select tenant, queue from v_calls'),
      gaps: await select(db, 'select pbx from v_gaps'),
      rollups: await select(db, 'select distinct tenant from v_queue_15m'),
    }));
    expect(seen).toEqual({
      calls: [{ tenant: 'acme', queue: 'support' }],
      gaps: [{ pbx: 'main' }],
      rollups: [{ tenant: 'acme' }],
    });
  });

  it('of all tenants sees everything', async () => {
    const calls = await as('all', (db) => select(db, 'select tenant, queue from v_calls order by visit_id'));
    expect(calls).toEqual([
      { tenant: 'acme', queue: 'support' },
      { tenant: 'default', queue: 'sales' },
    ]);
  });

  it('may read the views and nothing else', async () => {
    const { rows } = await sql<{ name: string; type: string }>`
      select table_name as name, table_type as type from information_schema.tables
      where table_schema = database()`.execute(test.db);
    const allowed = await as('a', async (db) => {
      const names: string[] = [];
      for (const { name } of rows) {
        const answer = await select(db, `select count(*) as n from ${name}`).catch(() => undefined);
        if (answer) names.push(name);
      }
      return names;
    });
    expect(allowed.sort()).toEqual(
      rows
        .filter(({ type }) => type === 'VIEW')
        .map(({ name }) => name)
        .sort(),
    );
    expect(allowed).toHaveLength(11);
    await as('a', async (db) => {
      await expect(select(db, `update v_calls set outcome = 'abandoned'`)).rejects.toThrow(/denied/);
      await expect(select(db, `create table mine (id int)`)).rejects.toThrow(/denied/);
    });
  });

  it('is made twice without harm, and gets the new password and tenant', async () => {
    await ensureReadOnlyUser(test.db, { user: readers.a, password: 'other', tenantId: 1 });
    await expect(as('a', () => Promise.resolve())).rejects.toThrow(/refuses user/);
    await ensureReadOnlyUser(test.db, { user: readers.a, password: 'secret a', tenantId: 2 });
    expect(await as('a', (db) => select(db, 'select tenant from v_calls'))).toEqual([{ tenant: 'acme' }]);
  });

  it('cannot take over an account that was there, nor the one in use', async () => {
    const foreign = `qs_foreign_${suffix}`;
    await sql.raw(`create user '${foreign}'@'%' identified by 'x1'`).execute(test.db);
    try {
      await expect(
        ensureReadOnlyUser(test.db, { user: foreign, password: 'p', tenantId: null }),
      ).rejects.toThrow(`There is already a database user "${foreign}" that was not made for this database`);
    } finally {
      await sql.raw(`drop user '${foreign}'@'%'`).execute(test.db);
    }
    await expect(
      ensureReadOnlyUser(test.db, { user: test.address.user, password: 'p', tenantId: null }),
    ).rejects.toThrow(/itself works with/);
    await expect(
      ensureReadOnlyUser(test.db, { user: `o'hara`, password: 'p', tenantId: null }),
    ).rejects.toThrow(/1 to 32 letters/);
  });

  it('cannot be made by an account without the right; the message says what to run', async () => {
    const limited = `qs_limited_${suffix}`;
    await sql.raw(`create user '${limited}'@'%' identified by 'x1'`).execute(test.db);
    await sql.raw(`grant all on ${test.address.database}.* to '${limited}'@'%'`).execute(test.db);
    const address = { ...test.address, user: limited, password: 'x1' };
    const db = await openDatabase(address, { logger: pino({ level: 'silent' }) });
    try {
      const made = ensureReadOnlyUser(db, { user: `qs_x_${suffix}`, password: 'hidden', tenantId: null });
      await expect(made).rejects.toThrow(/may not create users[^]*CREATE USER[^]*GRANT SELECT ON .*v_calls/);
      await expect(made).rejects.not.toThrow(/hidden/);
    } finally {
      await db.destroy();
      await sql.raw(`drop user '${limited}'@'%'`).execute(test.db);
    }
  });
});

async function insertFacts(db: Kysely<Database>): Promise<void> {
  await db.insertInto('tenant').values({ id: 2, name: 'acme' }).execute();
  for (const [id, name] of [
    [1, 'main'],
    [2, 'other'],
  ] as const) {
    await db
      .insertInto('pbx')
      .values({ id, name, dialect: 'asterisk', logUntil: null, streamUntil: null })
      .execute();
  }
  await db
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: 2, name: 'support', displayName: 'Support' },
      { id: 2, pbxId: 2, tenantId: 1, name: 'sales', displayName: null },
    ])
    .execute();
  await db
    .insertInto('agent')
    .values({ id: 1, pbxId: 1, tenantId: 2, name: 'Alice', displayName: null })
    .execute();
  for (const [id, queueId] of [
    [1, 1],
    [2, 2],
  ] as const) {
    await db
      .insertInto('contact')
      .values({
        id,
        pbxId: id,
        callId: `170000.${id}`,
        linkedId: null,
        channel: 'PJSIP/trunk-0001',
        callerNumber: '555123467',
        callerName: 'Zoë',
        did: '5550100',
        startedAt: null,
        endedAt: null,
        firstEnteredAt: ENTERED,
        evidence: Buffer.from('x'),
      })
      .execute();
    await db
      .insertInto('visit')
      .values({
        contactId: id,
        seq: 0,
        pbxId: id,
        tenantId: queueId === 1 ? 2 : 1,
        queueId,
        agentId: queueId === 1 ? 1 : null,
        enteredAt: ENTERED,
        enteredAtSource: 'log',
        firstInQueue: 1,
        outcome: queueId === 1 ? 'answered' : 'waiting',
        outcomeCertainty: 'stated',
        waitSeconds: 12,
        waitMs: 12_345,
        ringSeconds: 3,
        ringMs: 3_100,
        answeredAt: ENTERED + 12_000,
        talkSeconds: 90,
        talkMs: 90_001,
        agentTalkMs: 90_001,
        holdMs: 4_500,
        holdCount: 1,
        wrapUpMs: null,
        endedAt: null,
        endReason: null,
        endedBy: null,
        transferKind: 'blind',
        transferTo: '106',
        transfersSeen: 1,
        position: 1,
        leftPosition: null,
        exitKey: null,
        attempts: 1,
        agentDumps: 0,
        talkedAfterAll: 0,
        recording: null,
        logFinal: 0,
      })
      .execute();
  }
  await db
    .insertInto('agentInterval')
    .values([
      {
        pbxId: 1,
        agentId: 1,
        queueId: 1,
        kind: 'login',
        reason: '',
        fromAt: 1_000,
        toAt: 3_601_000,
        contactId: null,
      },
      {
        pbxId: 1,
        agentId: 1,
        queueId: null,
        kind: 'inUse',
        reason: '',
        fromAt: 2_000,
        toAt: OPEN_END,
        contactId: null,
      },
    ])
    .execute();
  await db
    .insertInto('gap')
    .values([
      { pbxId: 1, source: 'ami', fromAt: 1_000, toAt: 61_000, reason: 'link down' },
      { pbxId: 2, source: 'ami', fromAt: 2_000, toAt: null, reason: 'link down' },
    ])
    .execute();
  await insertRollups(db);
}

async function insertRollups(db: Kysely<Database>): Promise<void> {
  const bucket = at('2026-03-29T00:45:00Z');
  await sql`insert into queue_rollup_15m (bucket_at, queue_id, entered, answered, wait_answered_seconds, talk_seconds,
    talk_ms, hold_ms) values (${bucket}, 1, 3, 2, 30, 150, 149876, 4500)`.execute(db);
  await sql`insert into agent_rollup_15m (bucket_at, agent_id, answered, login_ms, ready_ms, pause_by_reason)
    values (${bucket}, 1, 2, 900000, 600500, '{"lunch":120000}')`.execute(db);
  await sql`insert into queue_agent_rollup_15m (bucket_at, queue_id, agent_id, answered, login_ms, talk_ms,
    pause_by_reason) values (${bucket}, 1, 1, 2, 899000, 80000, '{}')`.execute(db);
  const days: [string, string][] = [
    ['Asia/Tashkent', '2026-03-28T19:00:00Z'],
    ['Asia/Kathmandu', '2026-03-28T18:15:00Z'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['Pacific/Honolulu', '2026-03-29T10:00:00Z'],
    ['Pacific/Auckland', '2026-01-01T11:00:00Z'],
    ['building:UTC', '2026-03-29T00:00:00Z'],
  ];
  for (const [index, [name, start]] of days.entries()) {
    await db
      .insertInto('zone')
      .values({ id: index + 1, name })
      .execute();
    await sql`insert into queue_rollup_day (zone_id, bucket_at, queue_id, entered)
      values (${index + 1}, ${at(start)}, 1, 1)`.execute(db);
  }
  const berlin = at('2026-03-29T22:00:00Z');
  await sql`insert into agent_rollup_day (zone_id, bucket_at, agent_id, answered, pause_by_reason)
    values (3, ${berlin}, 1, 7, '{}')`.execute(db);
  await sql`insert into queue_agent_rollup_day (zone_id, bucket_at, queue_id, agent_id, answered, pause_by_reason)
    values (3, ${berlin}, 1, 1, 5, '{}')`.execute(db);
}
