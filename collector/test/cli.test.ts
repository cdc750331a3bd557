/** The command line as scripts and people use it: what it prints, its exit codes, its words for what is wrong. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Kysely, sql } from 'kysely';
import mysql from 'mysql2';
import { startSimulator } from '../sim/server.js';
import type { Database } from '../src/storage/schema.js';
import { AMI_ACCOUNT, callCenter } from './support/call-center.js';
import { commandHere as here } from './support/command.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { dumpFacts } from './support/pipeline.js';
import {
  type Ended,
  endProcesses,
  eventually,
  freePort,
  queuescope,
  startQueuescope,
} from './support/queuescope.js';
import { type Scratch, databaseUrl, scratchFolder, traceFile } from './support/scratch.js';

const COMMANDS = {
  serve: ['--demo', '--port PORT', '--host HOST'],
  replay: [
    '--pbx NAME',
    '--dialect NAME',
    '--stream FILE',
    '--chunks FILE',
    '--queue-log FILE',
    '--cdr FILE',
    '--tz',
  ],
  capture: ['--pbx NAME', '--out DIR', '--anonymize', '--seconds N'],
  import: ['--pbx NAME', '--queue-log FILE', '--cdr FILE', '--tz ZONE', '--aliases CSV'],
  report: [
    'queues|agents|calls',
    '--from TIME',
    '--to TIME',
    '--tz ZONE',
    '--granularity STEP',
    '--format FORMAT',
  ],
  rebuild: ['--from TIME', '--to TIME'],
  doctor: ['--pbx NAME', '--from TIME', '--to TIME', '--queue-log FILE'],
  token: ['create|list|revoke', '--name TEXT', '--role ROLE', '--tenant NAME', '--acts-for-users', '--id ID'],
  tenant: ['create|list', '--name NAME'],
  migrate: [],
};
const COMMON = ['--config FILE', '--data-dir DIR', '--database-url URL', '--log-level LEVEL', '--help'];

const SMALL = {
  log: traceFile('small60', 'queue_log'),
  stream: traceFile('small60', 'passive.ami.gz'),
  chunks: traceFile('small60', 'passive.chunks.gz'),
};
const TINY_LOG = traceFile('tiny', 'queue_log');
const HEAVY_LOG = traceFile('heavy', 'queue_log');
const NOVEMBER = ['--from', '2026-11-01T00:00:00Z', '--to', '2026-12-01T00:00:00Z'];

let scratch: Scratch;
let database: TestDatabase;
let db: Kysely<Database>;

/** A command on the suite's database, in this process: starting Node anew takes most of the time. */
const run = (...args: string[]): Promise<Ended> => here([...args, ...suiteDatabase()]);

/** The same as a process of its own: one of each kind of command, for what it prints where and its exit code. */
const start = (...args: string[]): Promise<Ended> =>
  queuescope([...args, ...suiteDatabase()], { cwd: scratch.file('.') });

const suiteDatabase = (): string[] => [
  ...['--database-url', databaseUrl(database.address)],
  ...['--data-dir', scratch.file('data')],
];

/** A command that gets no database because it must not need one. */
const bare = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  queuescope(args, { cwd: scratch.file('.'), env: { QUEUESCOPE_DATA_DIR: scratch.file('bare'), ...env } });

const write = (name: string, content: string | Buffer): string => {
  writeFileSync(scratch.file(name), content);
  return scratch.file(name);
};

beforeAll(async () => {
  scratch = scratchFolder();
  database = await testDatabase({ empty: true });
  ({ db } = database);
});

afterAll(async () => {
  await endProcesses();
  await database.drop();
  scratch.remove();
});

describe('help', () => {
  it('lists every command, and every option of each', async () => {
    const overview = await bare(['--help']);
    expect(overview.code).toBe(0);
    for (const [name, options] of Object.entries(COMMANDS)) {
      expect(overview.stdout).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
      const { code, stdout } = await here([name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: queuescope ${name}`);
      for (const option of [...options, ...COMMON]) expect(stdout).toContain(option);
    }
  });

  it('is what one gets without a command, with exit code 2', async () => {
    const { code, stdout } = await here([]);
    expect(code).toBe(2);
    expect(stdout).toContain('Usage: queuescope COMMAND');
  });
});

describe('a command line that cannot be understood', () => {
  const range = ['--from', '2026-11-20T00:00:00Z', '--to', '2026-11-21T00:00:00Z'];
  it.each([
    [['serv'], 'there is no command "serv"; did you mean serve?\nSee queuescope --help.'],
    [
      ['import', '--pbx', 'hq', '--queue-lg', 'x'],
      '"import" has no option --queue-lg; did you mean --queue-log?\nSee queuescope import --help.',
    ],
    [['import', '--queue-log', TINY_LOG], '"import" needs --pbx NAME'],
    [['import', '--pbx', 'hq'], 'nothing to import: give --queue-log, --cdr or --aliases'],
    [['import', '--pbx', 'hq', '--queue-log', '/no/such'], '--queue-log /no/such: there is no such file'],
    [['import', '--pbx', 'hq', '--cdr', TINY_LOG], '--cdr needs --tz ZONE'],
    [
      ['import', '--pbx', 'hq', '--cdr', TINY_LOG, '--tz', 'Mars/Base'],
      '--tz Mars/Base: there is no such time zone; write an IANA name',
    ],
    [
      ['import', '--pbx', 'fs1', '--dialect', 'freeswitch', '--queue-log', TINY_LOG],
      '--queue-log: freeswitch writes no queue_log; leave it out',
    ],
    [
      ['replay', '--pbx', 'hq', '--dialect', 'asterix', '--stream', SMALL.stream, '--chunks', SMALL.chunks],
      '--dialect: there is no dialect "asterix"; known: asterisk, freeswitch',
    ],
    [
      ['replay', '--pbx', 'hq', '--stream', SMALL.stream, '--stream', SMALL.stream, '--chunks', SMALL.chunks],
      '2 --stream and 1 --chunks: each stream needs its own',
    ],
    [['report', 'queus', ...range], '"report queus": there is queues, agents, calls'],
    [['report', 'queues', ...range, '--format', 'xml'], '--format xml: write json, csv, xlsx or pdf'],
    [
      ['doctor', '--pbx', 'hq', '--from', 'monday', '--to', 'now'],
      '--from monday: write an instant with its zone',
    ],
    [
      ['doctor', '--pbx', 'hq', '--from', '2026-11-21T00:00:00Z', '--to', '2026-11-20T00:00:00Z'],
      '--from must be before --to',
    ],
    [['capture', '--pbx', 'hq', '--out', 'x'], '--pbx hq: no such PBX in the configuration (there is none)'],
  ])('%j: %s', async (args, text) => {
    const { code, stdout, stderr } = await here(args);
    expect(stderr).toContain(`queuescope: ${text}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each([
    [['import', '--queue-log', TINY_LOG], '--queue-log: freeswitch writes no queue_log; leave it out'],
    [
      ['import', '--cdr', TINY_LOG, '--tz', 'UTC'],
      '--tz: call records of freeswitch say their zone themselves; leave it out',
    ],
    [
      ['replay', '--dialect', 'asterisk', '--stream', SMALL.stream, '--chunks', SMALL.chunks],
      '--dialect asterisk: fs1 is freeswitch in the configuration',
    ],
    [
      ['capture', '--out', 'x'],
      '--pbx fs1: only json_cdr of it is configured, no connection that could be recorded',
    ],
  ])('of a configured FreeSWITCH, %j: %s', async (args, text) => {
    const pbx = { name: 'fs1', dialect: 'freeswitch', jsonCdr: { folder: '.' } };
    const config = write('fs1.yaml', JSON.stringify({ pbxs: [pbx] }));
    const { code, stderr } = await here([...args, '--pbx', 'fs1', '--config', config]);
    expect(stderr).toContain(`queuescope: ${text}`);
    expect(code).toBe(2);
  });

  it('names the key of a wrong configuration, what is wrong, and where', async () => {
    const config = write('wrong.yaml', 'http:\n  prot: 8080\nzones: [Europe/Berlni]\npbxs:\n  - name: hq\n');
    const { code, stderr } = await here(['migrate', '--config', config]);
    expect(code).toBe(2);
    expect(stderr).toContain(`The configuration (${config}) cannot be used:`);
    expect(stderr).toMatch(/http\.prot: .*did you mean port\?/);
    expect(stderr).toMatch(/pbxs\[0\].*dialect/);
  });

  it('names the variable, too', async () => {
    const { code, stderr } = await bare(['migrate'], { QUEUESCOPE_HTTP_PORT: 'eighty' });
    expect(code).toBe(2);
    expect(stderr).toContain('QUEUESCOPE_HTTP_PORT: cannot be used for http.port: it needs a whole number');
  });
});

describe('a database that cannot be used', () => {
  const migrate = (url: string): string[] => ['migrate', '--database-url', url];

  it('is down', async () => {
    const port = await freePort();
    const { code, stderr } = await bare(migrate(`mysql://root:geheim@127.0.0.1:${port}/qs`));
    expect(code).toBe(1);
    expect(stderr).toBe(
      `queuescope: No database server answers at 127.0.0.1:${port}: start it, or check the address in the database URL\n`,
    );
  });

  it('refuses the password', async () => {
    const account = database.address.database.slice(0, 30);
    await sql.raw(`create user '${account}'@'localhost' identified by 'right'`).execute(db);
    const url = databaseUrl({ ...database.address, user: account, password: 'geheim' });
    const { code, stderr } = await here(migrate(url));
    await sql.raw(`drop user '${account}'@'localhost'`).execute(db);
    expect(code).toBe(1);
    expect(stderr).toContain(`refuses user "${account}" (with the given password): check user and password`);
    expect(stderr).not.toContain('geheim');
  });

  it('is too old', async () => {
    const old = await oldServer('10.3.39-MariaDB');
    const { code, stderr } = await here(migrate(`mysql://root@127.0.0.1:${old.port}/qs`));
    old.close();
    expect(code).toBe(1);
    expect(stderr).toContain('The database server is too old: it is MariaDB 10.3.39-MariaDB. ');
    expect(stderr).toContain('upgrade the server or configure another one');
  });
});

describe('import', () => {
  it('of a log whose last row is cut keeps that row with its error, and imports the others', async () => {
    const rows = readFileSync(TINY_LOG, 'utf8').trimEnd();
    const cut = write('cut_queue_log', `${rows}\n1795200544|1795200544.50|sal`);
    const { code, stderr } = await start('import', '--pbx', 'cut', '--queue-log', cut);
    expect(code).toBe(0);
    const count = rows.split('\n').length + 1;
    expect(stderr).toContain(`${count} messages, 1 not understood`);
    expect(stderr).toContain('GET /api/v1/journal/errors');
    const failed = await db.selectFrom('failedMessage').selectAll().execute();
    expect(failed).toMatchObject([{ pbx: 'cut', source: 'queue_log', status: 'failed' }]);
    expect(failed[0]?.lastError).toContain('1795200544|1795200544.50|sal');
    expect(await visitsOf('cut')).toBe(5);
  });

  it('of a truncated .gz says so and keeps what could be read', async () => {
    const whole = gzipSync(readFileSync(HEAVY_LOG));
    const cut = write('cut_queue_log.gz', whole.subarray(0, whole.length / 2));
    const { code, stderr } = await start('import', '--pbx', 'halfgz', '--queue-log', cut);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /queuescope: cannot read \S+cut_queue_log\.gz after byte \d+: unexpected end of file\nWhat was read before that is kept\.\n$/,
    );
    expect(await visitsOf('halfgz')).toBeGreaterThan(100);
    expect(await visitsOf('halfgz')).toBeLessThan(900);
  });

  it('done twice, and the cut one completed, changes nothing and misses nothing', async () => {
    const importing = (pbx: string): Promise<Ended> => run('import', '--pbx', pbx, '--queue-log', HEAVY_LOG);
    expect(await importing('halfgz')).toMatchObject({ code: 0 });
    const once = await dumpFacts(db);
    expect(await visitsOf('halfgz')).toBe(readFileSync(HEAVY_LOG, 'utf8').match(/\|ENTERQUEUE\|/g)?.length);
    expect(await importing('halfgz')).toMatchObject({ code: 0 });
    expect(await dumpFacts(db)).toEqual(once);
  });

  it('takes names of agents from a CSV', async () => {
    const csv = write('aliases.csv', 'interface,agent\nLocal/agent104@agents/n,Øyvind Ås\n');
    const agents = async (): Promise<string[]> => {
      const { rows } = await sql<{ name: string }>`select distinct a.name from agent_interval i
        join agent a on a.id = i.agent_id join pbx p on p.id = a.pbx_id
        where p.name = 'cut' and i.kind = 'login'`.execute(db);
      return rows.map(({ name }) => name);
    };
    expect(await agents()).toContain('Local/agent104@agents/n');
    expect((await run('import', '--pbx', 'cut', '--aliases', csv)).stderr).toContain(
      '1 of 1 aliases are new',
    );
    expect(await agents()).toContain('Øyvind Ås');
    expect(await agents()).not.toContain('Local/agent104@agents/n');
    expect((await run('import', '--pbx', 'cut', '--aliases', csv)).stderr).toContain(
      '0 of 1 aliases are new',
    );
  });

  it('names the line of a CSV that is wrong', async () => {
    const csv = write('wrong.csv', 'interface,agent,from\nPJSIP/1,Anna,\nPJSIP/2,Bert,yesterday\n');
    const { code, stderr } = await run('import', '--pbx', 'cut', '--aliases', csv);
    expect(code).toBe(2);
    expect(stderr).toContain(`--aliases ${csv}, line 3: "yesterday" is no instant`);
  });
});

describe('replay', () => {
  const replay = (pbx: string, stream: string, chunks: string): Promise<Ended> =>
    run('replay', '--pbx', pbx, '--stream', stream, '--chunks', chunks);

  it('of garbage says that it is no recording', async () => {
    const garbage = write(
      'garbage',
      Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) % 251)),
    );
    const { code, stderr } = await replay('g', garbage, write('garbage.chunks', '1795201134000000 50000\n'));
    expect(code).toBe(1);
    expect(stderr).toContain(
      `queuescope: ${garbage} holds no message of a PBX: is it what was recorded from one?`,
    );
    expect(await visitsOf('g')).toBe(0);
  });

  it('of a chunks file that is none names its line', async () => {
    const { code, stderr } = await replay('g', SMALL.stream, SMALL.log);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `queuescope: ${SMALL.log} line 1: "1795201134|NONE|NONE|NONE|QUEUESTART|" is not`,
    );
  });

  it('of a truncated recording keeps what could be read', async () => {
    const whole = readFileSync(SMALL.stream);
    const cut = write('cut.ami.gz', whole.subarray(0, whole.length / 2));
    const { code, stderr } = await replay('halfami', cut, SMALL.chunks);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /queuescope: cannot read \S+cut\.ami\.gz after byte \d+: .*\nWhat was read before that is kept\.\n$/,
    );
    expect(await visitsOf('halfami')).toBeGreaterThan(10);
  });

  it('of a recording with garbage in its middle keeps the calls before and after', async () => {
    const bytes = gunzipSync(readFileSync(SMALL.stream));
    const middle = bytes.indexOf('\r\n\r\n', bytes.length / 2) + 4;
    const noise = Buffer.from(`\u0000\u0001 no: manager\r\nspeaks, like this ${'x'.repeat(5000)}\r\n\r\n`);
    const stream = write(
      'noisy.ami',
      Buffer.concat([bytes.subarray(0, middle), noise, bytes.subarray(middle)]),
    );
    // One chunk a part: the times of the events themselves count.
    const chunks = [middle + noise.length, bytes.length - middle].map(
      (count) => `1795201134000000 ${count}\n`,
    );
    const { code } = await replay('noisy', stream, write('noisy.chunks', chunks.join('')));
    expect(code).toBe(0);
    expect(await visitsOf('noisy')).toBe(53);
  });
});

describe('report', () => {
  const oracle = JSON.parse(readFileSync(traceFile('small60', 'oracle.json'), 'utf8')) as {
    totals: Record<string, number>;
  };

  /** What it writes to a file. */
  async function written(...args: string[]): Promise<string> {
    const out = scratch.file('report.out');
    expect(await run(...args, '--out', out)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    return readFileSync(out, 'utf8');
  }

  beforeAll(async () => {
    expect(await run('import', '--pbx', 'hq', '--queue-log', SMALL.log)).toMatchObject({ code: 0 });
  });

  it('prints as JSON and as CSV the same numbers, those of the PBX', async () => {
    const json = await start('report', 'queues', ...NOVEMBER, '--pbx', 'hq');
    expect(json.code).toBe(0);
    const csv = await written('report', 'queues', ...NOVEMBER, '--pbx', 'hq', '--format', 'csv');
    const report = JSON.parse(json.stdout) as {
      columns: { key: string }[];
      rows: Record<string, unknown>[];
      totals: Record<string, unknown>;
    };
    expect(report.totals).toMatchObject({
      entered: oracle.totals.offered,
      answered: oracle.totals.answered,
      abandoned: oracle.totals.abandoned,
      timedOut: oracle.totals.timeout,
      exitedEmpty: oracle.totals.exitEmpty,
      exitedByKey: oracle.totals.exitKey,
      withdrawn: oracle.totals.withdrawn,
      completedByAgent: oracle.totals.completedByAgent,
      blindTransfers: oracle.totals.blindTransfers,
    });
    const table: Record<string, string>[] = parse(csv, { columns: true });
    const asText = report.rows.map((row) =>
      Object.fromEntries(
        report.columns.map(({ key }) => {
          const cell = row[key] ?? null;
          return [
            key,
            cell === null
              ? ''
              : typeof cell === 'number' || typeof cell === 'string'
                ? `${cell}`
                : JSON.stringify(cell),
          ];
        }),
      ),
    );
    expect(table).toEqual(asText);
  });

  it('of calls has a row for every visit', async () => {
    const csv = await written('report', 'calls', ...NOVEMBER, '--pbx', 'hq', '--format', 'csv');
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    expect(rows).toHaveLength(53);
    expect(rows.filter(({ outcome }) => outcome === 'answered')).toHaveLength(oracle.totals.answered ?? -1);
  });

  it.each([
    ['agents', ['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-20T00:00:00Z'], 'from: must be before to'],
    ['queues', [...NOVEMBER, '--queues', 'suport'], 'queues: "suport" is not known; did you mean "support"?'],
    [
      'queues',
      ['--from', '2026-11-20', '--to', '2026-11-21'],
      'from: "2026-11-20" is a date: say in which time zone',
    ],
    [
      'queues',
      [...NOVEMBER, '--tz', 'Asia/Tashkant'],
      'tz: "Asia/Tashkant" is not a time zone; did you mean Asia/Tashkent?',
    ],
    ['calls', [...NOVEMBER, '--tenant', 'nobody'], 'there is no tenant "nobody"; there is default'],
  ])('%s %j: %s', async (name, args, text) => {
    const { code, stdout, stderr } = await run('report', name, ...args);
    expect(stderr).toContain(`queuescope: ${text}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('doctor', () => {
  const doctor = (pbx: string, log: string): Promise<Ended> =>
    run('doctor', '--pbx', pbx, ...NOVEMBER, '--queue-log', log);

  beforeAll(async () => {
    expect(await run('import', '--pbx', 'sick', '--queue-log', TINY_LOG)).toMatchObject({ code: 0 });
  });

  it('finds nothing where nothing is wrong', async () => {
    const { code, stdout, stderr } = await doctor('sick', TINY_LOG);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('5 visits in the facts, 5 in queue_log, 0 differences');
  });

  it('names what a row that is missing in the log makes different', async () => {
    const rows = readFileSync(TINY_LOG, 'utf8').split('\n');
    const without = (text: string): string => rows.filter((row) => !row.includes(text)).join('\n');
    const noEnd = await doctor('sick', write('no_end', without('COMPLETECALLER')));
    expect(noEnd.code).toBe(1);
    expect(noEnd.stdout).toContain('1795200530.24  talkSeconds: facts 5, queue_log nothing\n');
    const noCall = await doctor('sick', write('no_call', without('|1795200528.18|')));
    expect(noCall.code).toBe(1);
    expect(noCall.stdout).toContain('1795200528.18  visit: facts exitedByKey, queue_log nothing\n');
  });

  it('names a fact that was altered', async () => {
    await sql`update visit v join contact c on c.id = v.contact_id join pbx p on p.id = c.pbx_id
      set v.talk_seconds = 17 where c.call_id = '1795200530.24' and p.name = 'sick'`.execute(db);
    const { code, stdout } = await doctor('sick', TINY_LOG);
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(
        /^2026-11-\S+Z {2}support {2}1795200530\.24 {2}talkSeconds: facts 17, queue_log 5$/,
      ),
    ]);
    expect(await run('rebuild')).toMatchObject({ code: 0 });
    expect(await doctor('sick', TINY_LOG)).toMatchObject({ code: 0 });
  });

  it('says which PBXs there are facts of', async () => {
    const { code, stderr } = await doctor('nope', TINY_LOG);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--pbx nope: there are no facts of it \(there are of .*sick.*\)/);
  });
});

describe('tokens and tenants', () => {
  it('are created, listed and revoked; only a hash of a token is kept', async () => {
    expect(await run('tenant', 'create', '--name', 'acme')).toMatchObject({ code: 0, stdout: '2\tacme\n' });
    expect((await run('tenant', 'list')).stdout).toBe('1\tdefault\n2\tacme\n');
    expect(await run('tenant', 'create', '--name', 'acme')).toMatchObject({ code: 2 });

    const made = await run('token', 'create', '--name', 'grafana', '--role', 'viewer', '--tenant', 'acme');
    expect(made.code).toBe(0);
    const token = made.stdout.trim();
    expect(token).toMatch(/^\S{20,}$/);
    const { stdout: listed } = await run('token', 'list');
    const [id] = /^\d+(?=\tgrafana\tviewer\tacme\tactive\tnever used$)/m.exec(listed) ?? [];
    expect(id).toBeDefined();
    expect(listed).not.toContain(token);
    const { rows } = await sql`select * from token`.execute(db);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);

    expect(await run('token', 'revoke', '--id', id ?? '')).toMatchObject({ code: 0 });
    expect((await run('token', 'list')).stdout).toMatch(/\tgrafana\tviewer\tacme\trevoked \d{4}-/);
    const again = await run('token', 'revoke', '--id', '99');
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('--id 99: there is no such token');
  });

  it.each([
    [['create', '--name', 'x', '--role', 'boss'], /--role boss: write .*viewer/],
    [['create', '--name', 'x', '--tenant', 'nobody'], /nobody/],
    [['create'], /"token" needs --name/],
  ])('token %j is refused', async (args, text) => {
    const { code, stderr } = await run('token', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(text);
  });
});

describe('capture', () => {
  it('records what replay reads, without secrets', async () => {
    const simulator = await startSimulator({ site: callCenter(), port: 0, account: AMI_ACCOUNT, speed: 8 });
    const completed = (): number => simulator.state().queues.reduce((sum, queue) => sum + queue.completed, 0);
    const out = scratch.file('capture');
    mkdirSync(out);
    try {
      const { username: user, secret } = AMI_ACCOUNT;
      const ami = { host: '127.0.0.1', port: simulator.port, user, secret };
      const config = write(
        'capture.yaml',
        JSON.stringify({ pbxs: [{ name: 'live', dialect: 'asterisk', ami }] }),
      );
      const capturing = await startQueuescope(
        ['capture', '--pbx', 'live', '--out', out, '--config', config],
        {
          cwd: scratch.file('.'),
        },
      );
      await capturing.says(/MB recorded/);
      const before = completed();
      await eventually(
        'calls come and end',
        () => Promise.resolve(completed()),
        (calls) => calls >= before + 5,
      );
      const ended = await capturing.kill('SIGINT');
      expect(ended.code).toBe(0);
    } finally {
      await simulator.stop();
    }
    const [stream = '', chunks = '', ...more] = readdirSync(out).map((name) => `${out}/${name}`);
    expect(more).toEqual([]);
    const recorded = gunzipSync(readFileSync(stream)).toString();
    expect(recorded).toContain('Event: QueueCallerJoin');
    expect(recorded).not.toContain(AMI_ACCOUNT.secret);
    expect(recorded).not.toContain('Key: ');
    const joins = new Set(
      [...recorded.matchAll(/^Event: QueueCallerJoin\r\n[^]*?^Uniqueid: (\S+)/gm)].map(([, id]) => id),
    );
    expect(joins.size).toBeGreaterThanOrEqual(3);

    expect(await run('replay', '--pbx', 'live', '--stream', stream, '--chunks', chunks)).toMatchObject({
      code: 0,
    });
    const calls = await db
      .selectFrom('contact')
      .innerJoin('pbx', 'pbx.id', 'contact.pbxId')
      .select('callId')
      .where('pbx.name', '=', 'live')
      .execute();
    expect(calls.map(({ callId }) => callId)).toEqual(expect.arrayContaining([...joins]));
  });
});

describe('queuescope before it is built', () => {
  it('says how to build it', async () => {
    const folder = scratch.file('clone/bin');
    mkdirSync(folder, { recursive: true });
    const file = new URL('../bin/queuescope.js', import.meta.url);
    const script = write('clone/bin/queuescope.mjs', readFileSync(file));
    const { spawnSync } = await import('node:child_process');
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('not built yet. Build it with `npm run build`');
  });
});

async function visitsOf(pbx: string): Promise<number> {
  const { count } = await db
    .selectFrom('visit')
    .innerJoin('pbx', 'pbx.id', 'visit.pbxId')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('pbx.name', '=', pbx)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A server that speaks MySQL's protocol well enough to say how old it is. */
async function oldServer(version: string): Promise<{ port: number; close(): void }> {
  const port = await freePort();
  const server = mysql.createServer(() => undefined);
  server.on('connection', (connection: mysql.Connection & ServerSide) => {
    connection.on('error', () => undefined);
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: version,
      connectionId: 1,
      statusFlags: 2,
      characterSet: 45,
      capabilityFlags: 0xffffff & ~2048,
      authCallback: (_login: unknown, accept: (error: null) => void) => {
        accept(null);
        connection.sequenceId = 0; // a command begins a new sequence
      },
    });
    connection.on('query', () =>
      connection.writeTextResult(
        [{ version }],
        [
          {
            catalog: 'def',
            schema: '',
            table: '',
            orgTable: '',
            orgName: '',
            name: 'version',
            columnType: 253,
            characterSet: 45,
            columnLength: 100,
            flags: 0,
            decimals: 0,
          },
        ],
      ),
    );
  });
  server.listen(port);
  return { port, close: () => server.close(() => undefined) };
}

/** What mysql2 offers to servers and does not describe in its types. */
interface ServerSide {
  sequenceId: number;
  serverHandshake(greeting: Record<string, unknown>): void;
  writeTextResult(rows: object[], columns: object[]): void;
}
