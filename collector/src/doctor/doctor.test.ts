import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { collect, project } from '../../test/support/pipeline.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import type { RawMessage } from '../pbx/dialect.js';
import { type Diagnosis, diagnose } from './doctor.js';

const trace = (file: string): string =>
  fileURLToPath(new URL(path.join('../../test/traces/small60', file), import.meta.url));
const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
const readLog = (): AsyncIterable<RawMessage[]> =>
  asteriskDriver.importLog({ pbx: 'lab', files: [trace('queue_log')], ...quiet });

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const stream = { stream: trace('passive.ami.gz'), chunks: trace('passive.chunks.gz') };
  await project(test.db, [
    ...(await collect(asteriskDriver.replay({ pbx: 'lab', ...stream, ...quiet }))),
    ...(await collect(readLog())),
  ]);
});
afterAll(() => test.drop());

const examine = (options: { fromMs?: number; toMs?: number; log?: AsyncIterable<RawMessage[]> } = {}) =>
  diagnose({
    db: test.db,
    pbx: 'lab',
    fromMs: 0,
    toMs: Number.MAX_SAFE_INTEGER,
    dialect: asteriskDriver.dialect('UTC'),
    log: readLog(),
    ...options,
  });

/** Changes facts, examines, and changes them back. */
async function altered(callId: string, change: Record<string, unknown>): Promise<Diagnosis> {
  const row = await test.db
    .selectFrom('visit')
    .innerJoin('contact', 'contact.id', 'visit.contactId')
    .selectAll('visit')
    .where('callId', '=', callId)
    .executeTakeFirstOrThrow();
  const write = (values: Record<string, unknown>) =>
    test.db.updateTable('visit').set(values).where('id', '=', row.id).execute();
  await write(change);
  try {
    return await examine();
  } finally {
    await write(row);
  }
}

describe('doctor', () => {
  it('finds no difference between the facts and the log they were made of', async () => {
    expect(await examine()).toEqual({
      logVisits: 53,
      factVisits: 53,
      differences: [],
      pbxErrors: [],
      unreadable: [],
    });
  });

  it('names call, queue, field and both values of an altered fact', async () => {
    const { differences } = await altered('1795201158.120', { outcome: 'abandoned', waitSeconds: 3 });
    expect(differences).toEqual([
      {
        callId: '1795201158.120',
        queue: 'billing',
        enteredAt: 1_795_201_158_000,
        field: 'outcome',
        facts: 'abandoned',
        log: 'exitedEmpty',
      },
      expect.objectContaining({ field: 'waitSeconds', facts: 3, log: 2 }),
    ]);
  });

  it('finds a visit that the facts lack, and one that the log lacks', async () => {
    const { differences } = await altered('1795201158.120', { enteredAt: 1_795_201_159_000 });
    expect(differences).toEqual([
      expect.objectContaining({ field: 'visit', facts: null, log: 'exitedEmpty' }),
      expect.objectContaining({ field: 'visit', facts: 'exitedEmpty', log: null }),
    ]);
  });

  it('finds a miss that was lost', async () => {
    const misses = await test.db.selectFrom('offer').selectAll().where('result', '=', 'noAnswer').execute();
    expect(misses).toHaveLength(4);
    const [lost] = misses;
    await test.db
      .deleteFrom('offer')
      .where('id', '=', lost?.id ?? 0)
      .execute();
    const { differences } = await examine();
    if (lost) await test.db.insertInto('offer').values(lost).execute();
    expect(differences).toEqual([expect.objectContaining({ field: 'misses', facts: 0, log: 1 })]);
  });

  it('tells of a transfer the queue did not see as the PBX’s own error, not as a difference', async () => {
    const { differences, pbxErrors } = await altered('1795201155.106', {
      transfersSeen: 1,
      talkMs: 60_000,
      agentTalkMs: 18_000,
    });
    expect(differences).toEqual([]);
    expect(pbxErrors).toEqual([
      {
        callId: '1795201155.106',
        queue: 'sales',
        enteredAt: 1_795_201_155_000,
        what: expect.stringContaining('42 s of its talk time are not the agent'),
        code: 'transferUnseen',
        params: { seconds: '42' },
      },
    ]);
  });

  it('looks at the period only', async () => {
    const { logVisits, factVisits } = await examine({ fromMs: 1_795_201_158_000, toMs: 1_795_201_159_000 });
    expect([logVisits, factVisits]).toEqual([2, 2]);
  });

  it('lists the rows it cannot read and compares the others', async () => {
    const garbage: RawMessage = {
      pbx: 'lab',
      source: 'queue_log',
      connection: 'queue_log',
      ordinal: 1,
      receivedUs: 0,
      bytes: Buffer.from('! 17952011'),
    };
    async function* withGarbage(): AsyncGenerator<RawMessage[]> {
      yield [garbage];
      yield* readLog();
    }
    const { unreadable, differences } = await examine({ log: withGarbage() });
    expect(unreadable).toEqual([expect.stringContaining('17952011')]);
    expect(differences).toEqual([]);
  });

  it('says which PBX it does not know', async () => {
    const unknown = { dialect: asteriskDriver.dialect('UTC'), log: readLog(), fromMs: 0, toMs: 1 };
    await expect(diagnose({ db: test.db, pbx: 'branch', ...unknown })).rejects.toThrow(
      'there are no facts of a PBX "branch"',
    );
  });
});
