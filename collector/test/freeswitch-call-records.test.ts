/**
 * Call records of a FreeSWITCH by all ways at once, with the real program: posted (acknowledged records survive
 * `kill -9`), from the folder of mod_json_cdr, imported, and compared by the doctor.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordedFiles } from '../src/pbx/freeswitch/cdr/testing/recorded.js';
import { type TestDatabase, testDatabase } from './support/database.js';
import { dumpFacts } from './support/pipeline.js';
import { commandHere } from './support/command.js';
import { endProcesses, eventually, freePort, startQueuescope } from './support/queuescope.js';
import { type Scratch, databaseUrl, scratchFolder } from './support/scratch.js';

const PERIOD = ['--from', '2026-11-20T00:00:00Z', '--to', '2026-11-21T00:00:00Z'];
const records = [...recordedFiles()];

let scratch: Scratch;
const databases: TestDatabase[] = [];
beforeAll(() => {
  scratch = scratchFolder();
});
afterAll(async () => {
  await endProcesses();
  await Promise.allSettled(databases.map((database) => database.drop()));
  scratch.remove();
});

async function freshDatabase(): Promise<TestDatabase> {
  const database = await testDatabase({ empty: true });
  databases.push(database);
  return database;
}
function folderOf(name: string, files: readonly [string, Buffer][]): string {
  const folder = scratch.file(name);
  mkdirSync(folder);
  for (const [file, bytes] of files) writeFileSync(path.join(folder, file), bytes);
  return folder;
}
async function countLegs({ db }: TestDatabase): Promise<number> {
  const rows = await db.selectFrom('leg').select('legId').execute();
  return rows.length;
}

describe('imported', () => {
  let database: TestDatabase;
  let folder: string;
  const run = (...args: string[]): ReturnType<typeof commandHere> =>
    commandHere([
      ...args,
      ...['--data-dir', scratch.file('import'), '--database-url', databaseUrl(database.address)],
    ]);
  const fs1 = ['--pbx', 'fs1', '--dialect', 'freeswitch'];

  beforeAll(async () => {
    database = await freshDatabase();
    folder = folderOf('old', records);
  });

  it('a folder and single files, again and again: the same 88 legs and 30 visits', async () => {
    const first = await run('import', ...fs1, '--cdr', folder);
    expect(first.stderr).toContain('88 messages, 0 not understood');
    expect(first.code).toBe(0);
    const facts = await dumpFacts(database.db);
    expect([facts['legs']?.length, facts['visits']?.length]).toEqual([88, 30]);
    const [file] = records[7] ?? [''];
    expect(await run('import', ...fs1, '--cdr', path.join(folder, file), '--cdr', folder)).toMatchObject({
      code: 0,
    });
    expect(await dumpFacts(database.db)).toEqual(facts);
  });

  it('the doctor finds no difference to them, and tells what they contradict themselves in', async () => {
    const { code, stdout, stderr } = await run('doctor', ...fs1, ...PERIOD, '--cdr', folder);
    expect(stderr).toContain(
      '30 visits in the facts, 30 in call records, 0 differences, 2 errors of the PBX itself, 0 unreadable records',
    );
    expect(stdout).toContain("the PBX's own error: cc_queue_terminated_epoch is of an earlier visit");
    expect(code).toBe(0);
  });

  it('one message for each file that is no record', async () => {
    const bad = folderOf('bad', [
      ['half.cdr.json', (records[0]?.[1] ?? Buffer.alloc(0)).subarray(0, 4000)],
      ['xml.cdr.json', Buffer.from('<cdr/>')],
    ]);
    const { code, stderr } = await run('import', ...fs1, '--cdr', bad, '--cdr', folder);
    expect(stderr).toContain('90 messages, 2 not understood');
    expect(code).toBe(0);
    const held = await database.db.selectFrom('failedMessage').select('lastError').orderBy('id').execute();
    expect(held.map(({ lastError }) => lastError)).toEqual([
      expect.stringContaining(
        `${path.join(bad, 'half.cdr.json')}: the call record is no JSON, or broken off`,
      ),
      expect.stringContaining(`${path.join(bad, 'xml.cdr.json')}: no JSON call record`),
    ]);
  });

  it('what the doctor cannot compare with is said', async () => {
    const log = await run('doctor', ...fs1, ...PERIOD, '--queue-log', folder);
    expect(log.stderr).toContain('--queue-log: freeswitch is compared with its --cdr; leave it out');
    const nothing = await run('doctor', ...fs1, ...PERIOD);
    expect(nothing.stderr).toContain('nothing to compare with: give --cdr FILE');
    expect([log.code, nothing.code]).toEqual([2, 2]);
  });
});

describe('serve', () => {
  it('posted and found in the folder: acknowledged is kept through kill -9, and nothing counts twice', async () => {
    const database = await freshDatabase();
    const port = await freePort();
    const folder = folderOf('json_cdr', records.slice(0, 40));
    const config = scratch.file('fs.yaml');
    const post = { user: 'queuescope', password: 'secret of fs1' };
    writeFileSync(
      config,
      JSON.stringify({
        dataDir: scratch.file('serve'),
        http: { port },
        database: { url: databaseUrl(database.address) },
        pbxs: [{ name: 'fs1', dialect: 'freeswitch', jsonCdr: { folder, post } }],
      }),
    );
    const send = async ([file, bytes]: [string, Buffer]): Promise<number> => {
      const { status } = await fetch(
        `http://127.0.0.1:${port}/api/v1/pbxs/fs1/call-records?uuid=${file.replace('.cdr.json', '')}`,
        {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${post.user}:${post.password}`).toString('base64')}`,
            'content-type': 'application/x-www-form-base64-encoded',
          },
          body: `cdr=${bytes.toString('base64')}`,
        },
      );
      return status;
    };
    const start = async (): ReturnType<typeof startQueuescope> => {
      const process = await startQueuescope(['serve', '--config', config]);
      await process.says(/json_cdr of fs1 is being read/);
      return process;
    };

    const killed = await start();
    // Half of them lie in the folder, too.
    const answers = await Promise.all(records.slice(20, 70).map(send));
    expect(new Set(answers)).toEqual(new Set([200]));
    await killed.kill('SIGKILL');

    for (const [file, bytes] of records.slice(60)) writeFileSync(path.join(folder, file), bytes);
    const again = await start();
    await eventually(
      'all legs',
      () => countLegs(database),
      (count) => count === 88,
    );
    const facts = await dumpFacts(database.db);
    expect(facts['visits']).toHaveLength(30);
    expect(again.stderr).not.toContain('secret of fs1');
    expect((await again.kill('SIGTERM')).code).toBe(0);
  });
});
