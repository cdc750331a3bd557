import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { pino } from 'pino';
import { testDatabase } from '../../test/support/database.js';
import type { TestDatabase } from '../../test/support/database.js';
import { bulkUpsert } from './bulk-upsert.js';
import { parseDatabaseUrl } from './database-address.js';
import { openDatabase } from './database.js';
import { versionProblem } from './prepare-server.js';
import { inTransaction } from './transaction.js';

const logger = pino({ level: 'silent' });
const account = `qs_test_${process.pid}_${Date.now() % 1e6}`;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

describe('a database URL', () => {
  it('is read into its parts', () => {
    expect(parseDatabaseUrl('mysql://us%40er:p%2Fw@db.example:3307/calls?tls=verify')).toEqual({
      user: 'us@er',
      password: 'p/w',
      host: 'db.example',
      port: 3307,
      database: 'calls',
      tls: 'verify',
    });
    expect(parseDatabaseUrl('mysql://root@localhost/calls?socket=/run/mysqld/mysqld.sock')).toEqual({
      user: 'root',
      database: 'calls',
      socketPath: '/run/mysqld/mysqld.sock',
    });
    expect(parseDatabaseUrl('mysql://root@[::1]/calls')).toMatchObject({ host: '::1', port: 3306 });
  });

  it.each([
    ['postgres://u:geheim@h/db', 'the scheme is "postgres", not "mysql"'],
    ['mysql://u:geheim@h', 'the database name after the last "/" is missing'],
    ['mysql://u:geheim@h/a;b', 'characters other than'],
    ['mysql://h/db', 'the user before "@" is missing'],
    ['mysql://u:geheim@h/db?ssl=1', '"ssl" is unknown (known: socket, tls)'],
    ['mysql://u:geheim@h/db?tls=maybe', 'tls is "maybe"'],
    ['mysql://u:geh%eim@h/db', 'write "%25" for a percent sign'],
    ['u:geheim@h:badport/db', 'the scheme is "u"'],
    ['mysql://u:geheim@h:badport/db', 'cannot be read'],
  ])('%s is refused with the reason, without the password', (url, reason) => {
    expect(() => parseDatabaseUrl(url)).toThrow(reason);
    expect(() => parseDatabaseUrl(url)).not.toThrow(/geheim/);
  });
});

describe('openDatabase', () => {
  it('says that nobody answers', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    await expect(openDatabase(`mysql://u:geheim@127.0.0.1:${port}/db`, { logger })).rejects.toThrow(
      `No database server answers at 127.0.0.1:${port}: start it, or check the address in the database URL`,
    );
    await expect(openDatabase('mysql://u@localhost/db?socket=/nowhere.sock', { logger })).rejects.toThrow(
      'No database server answers at /nowhere.sock',
    );
  });

  it('says that a host’s name is unknown', async () => {
    await expect(openDatabase('mysql://u:geheim@no-such-host.invalid/db', { logger })).rejects.toThrow(
      /name "no-such-host.invalid" cannot be resolved/,
    );
  });

  it('says that the account is refused, without the password', async () => {
    const opening = openDatabase({ ...test.address, user: 'nobody_here', password: 'geheim' }, { logger });
    await expect(opening).rejects.toThrow(/refuses user "nobody_here" \(with the given password\)/);
    await expect(opening).rejects.not.toThrow(/geheim/);
  });

  it('creates a missing database', async () => {
    const address = { ...test.address, database: `${test.address.database}_new` };
    const db = await openDatabase(address, { logger });
    const { rows } = await sql`select @@collation_database as collation`.execute(db);
    await sql.raw(`drop database ${address.database}`).execute(db);
    await db.destroy();
    expect(rows).toEqual([{ collation: 'utf8mb4_bin' }]);
  });

  it('says what an administrator has to run when it may not create the database', async () => {
    await sql.raw(`create user '${account}'@'%' identified by 'x'`).execute(test.db);
    const address = { ...test.address, user: account, password: 'x', database: 'qs_not_there' };
    await expect(openDatabase(address, { logger })).rejects.toThrow(
      /may not use, or create, the database "qs_not_there".*CREATE DATABASE IF NOT EXISTS/,
    );
    await sql.raw(`drop user '${account}'@'%'`).execute(test.db);
  });

  it.each([
    ['10.11.19-MariaDB-0+deb12u1', undefined],
    ['11.8.3-MariaDB', undefined],
    ['8.0.36', undefined],
    ['9.7.4', undefined],
    ['8.0.11-TiDB-v7.5.0', undefined],
    ['10.6.12-MariaDB', 'it is MariaDB 10.6.12-MariaDB. Queuescope needs MariaDB 10.11 or MySQL 8.0'],
    ['5.7.44-log', 'it is MySQL 5.7.44-log'],
  ])('judges a server of version %s', (version, problem) => {
    if (problem === undefined) expect(versionProblem(version)).toBeUndefined();
    else expect(versionProblem(version)).toContain(problem);
  });

  it('gives every connection UTC, strict mode and read committed, and numbers as numbers', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select @@session.time_zone as zone, @@session.sql_mode as mode, sum(n) as total, max(big) as big
      from (select 1.5 as n, 9000000000000000 as big union select 2, 1) x`.execute(test.db);
    expect(rows[0]).toMatchObject({ zone: '+00:00', total: 3.5, big: 9_000_000_000_000_000 });
    expect(rows[0]?.['mode']).toContain('STRICT_TRANS_TABLES');
    // `show` gives its columns different cases on different servers.
    const { rows: isolation } = await sql<object>`
      show session variables where variable_name in ('tx_isolation', 'transaction_isolation')`.execute(
      test.db,
    );
    expect(isolation.length).toBeGreaterThan(0);
    for (const row of isolation) expect(Object.values(row)).toContain('READ-COMMITTED');
  });
});

describe('bulkUpsert', () => {
  afterEach(() => test.db.deleteFrom('dirtyBucket').execute());
  const columns = ['kind', 'entityId', 'bucketAt', 'version'] as const;
  const versions = async (): Promise<number[]> =>
    (await test.db.selectFrom('dirtyBucket').select('version').orderBy('entityId').execute()).map(
      (row) => row.version,
    );

  it('inserts more rows than fit in one statement', async () => {
    const rows = Array.from({ length: 1_203 }, (_, id) => ['queue', id, 0, 1]);
    await bulkUpsert(test.db, 'dirtyBucket', columns, rows, {});
    expect(await versions()).toHaveLength(1_203);
  });

  it('replaces, adds or leaves what is there already', async () => {
    const row = ['queue', 1, 0, 5];
    await bulkUpsert(test.db, 'dirtyBucket', columns, [row], {});
    await bulkUpsert(test.db, 'dirtyBucket', columns, [['queue', 1, 0, 7]], {});
    expect(await versions()).toEqual([5]);
    await bulkUpsert(test.db, 'dirtyBucket', columns, [['queue', 1, 0, 7]], { add: ['version'] });
    expect(await versions()).toEqual([12]);
    await bulkUpsert(test.db, 'dirtyBucket', columns, [['queue', 1, 0, 7]], { replace: ['version'] });
    expect(await versions()).toEqual([7]);
  });

  it('keeps text and bytes as they are', async () => {
    const name = `Toʻrayev "A" \\ 'b' \u0000\n😀 \u001a%_`;
    const state = Buffer.from([0, 255, 39, 92, 10]);
    await bulkUpsert(test.db, 'projection', ['journal', 'position', 'state'], [[name, 2 ** 52, state]], {});
    expect(await test.db.selectFrom('projection').selectAll().execute()).toEqual([
      { journal: name, position: 2 ** 52, state },
    ]);
  });

  it('refuses values that do not fit instead of bending them', async () => {
    await expect(bulkUpsert(test.db, 'dirtyBucket', columns, [['queue', NaN, 0, 1]], {})).rejects.toThrow(
      RangeError,
    );
    await expect(bulkUpsert(test.db, 'dirtyBucket', columns, [['other', 1, 0, 1]], {})).rejects.toThrow();
    expect(await versions()).toEqual([]);
  });

  it('splits statements by their size', async () => {
    const blob = Buffer.alloc(3_000_000, 1);
    const rows = [1, 2, 3].map((n) => [`big ${n}`, n, blob]);
    await bulkUpsert(test.db, 'projection', ['journal', 'position', 'state'], rows, {});
    const { rows: sizes } =
      await sql`select length(state) as size from projection where journal like 'big%'`.execute(test.db);
    expect(sizes).toEqual([3_000_000, 3_000_000, 3_000_000].map((size) => ({ size })));
  });
});

describe('inTransaction', () => {
  it('leaves nothing behind when the work fails, and does not repeat it', async () => {
    let runs = 0;
    const work = inTransaction(test.db, async (trx) => {
      runs++;
      await trx.insertInto('zone').values({ name: 'Lost/Zone' }).execute();
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(runs).toBe(1);
    expect(await test.db.selectFrom('zone').selectAll().where('name', '=', 'Lost/Zone').execute()).toEqual(
      [],
    );
  });

  it('runs the victim of a deadlock again until both are done', async () => {
    await test.db
      .insertInto('zone')
      .values([
        { id: 101, name: 'A' },
        { id: 102, name: 'B' },
      ])
      .execute();
    let runs = 0;
    let met = (): void => undefined;
    const bothHoldOne = new Promise<void>((resolve) => (met = resolve));
    const swap = (first: number, second: number, suffix: string): Promise<void> =>
      inTransaction(test.db, async (trx) => {
        const append = (id: number) =>
          trx
            .updateTable('zone')
            .set({ name: sql`concat(name, ${suffix})` })
            .where('id', '=', id)
            .execute();
        await append(first);
        if (++runs === 2) met();
        await bothHoldOne;
        await append(second);
      });
    await Promise.all([swap(101, 102, '1'), swap(102, 101, '2')]);
    expect(runs).toBe(3);
    const rows = await test.db.selectFrom('zone').select('name').where('id', 'in', [101, 102]).execute();
    expect(rows.map(({ name }) => [...name].sort().join('')).sort()).toEqual(['12A', '12B']);
  });
});
