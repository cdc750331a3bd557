/** The doctor of a FreeSWITCH: facts of the recorded event stream beside the call records of the same calls. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { collect, project } from '../../test/support/pipeline.js';
import type { RawMessage } from '../pbx/dialect.js';
import { recordMessage } from '../pbx/freeswitch/cdr/messages.js';
import { recordedFiles, traceFile } from '../pbx/freeswitch/cdr/testing/recorded.js';
import { freeswitchDriver } from '../pbx/freeswitch/driver.js';
import { type Diagnosis, type DoctorOptions, diagnose } from './doctor.js';

const records = [...recordedFiles()].map(([from, bytes]) => recordMessage({ pbx: 'fs1', bytes, from }));
async function* told(messages: readonly RawMessage[]): AsyncGenerator<RawMessage[]> {
  yield await Promise.resolve([...messages]);
}

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const trace = (file: string): string => fileURLToPath(traceFile('fs-small', file));
  const stream = freeswitchDriver.replay({
    pbx: 'fs1',
    stream: trace('plain-all.raw.gz'),
    chunks: trace('plain-all.idx.gz'),
    onProgress: () => undefined,
    onTrouble: (error) => {
      throw error;
    },
  });
  await project(test.db, await collect(stream), { dialect: freeswitchDriver.dialect() });
});
afterAll(() => test.drop());

const examine = (options: Partial<DoctorOptions> = {}): Promise<Diagnosis> =>
  diagnose({
    db: test.db,
    pbx: 'fs1',
    fromMs: 0,
    toMs: Number.MAX_SAFE_INTEGER,
    dialect: freeswitchDriver.dialect(),
    log: told(records),
    contradictions: freeswitchDriver.contradictions,
    ...options,
  });

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
const CALL = '037a8e84-666d-4cbb-97ca-89eaca03be11';

describe('doctor of a FreeSWITCH', () => {
  it('finds no difference: the records tell of 30 of the 31 visits', async () => {
    const { logVisits, factVisits, differences, unreadable } = await examine();
    expect([logVisits, factVisits, differences, unreadable]).toEqual([30, 31, [], []]);
  });

  it('nor in the callers’ records alone, as mod_json_cdr writes them without log-b-leg', async () => {
    const callers = records.filter(({ bytes }) => bytes.includes('"cc_side":"member"'));
    const { logVisits, differences } = await examine({ log: told(callers) });
    expect([callers.length, logVisits, differences]).toEqual([29, 29, []]);
  });

  it('names the field and both values of an altered fact', async () => {
    const { differences } = await altered(CALL, { outcome: 'abandoned', waitSeconds: 7 });
    expect(differences).toEqual([
      {
        callId: CALL,
        queue: 'billing@default',
        enteredAt: 1_795_205_762_000,
        field: 'outcome',
        facts: 'abandoned',
        log: 'answered',
      },
      expect.objectContaining({ field: 'waitSeconds', facts: 7, log: 2 }),
    ]);
  });

  it('finds a visit the facts lack', async () => {
    const { differences } = await altered(CALL, { enteredAt: 1_795_209_999_000 });
    expect(differences).toEqual([expect.objectContaining({ field: 'visit', facts: null, log: 'answered' })]);
  });

  it('looks at the period only', async () => {
    const period = { fromMs: 1_795_205_762_000, toMs: 1_795_205_763_000 };
    const { logVisits, factVisits, differences } = await examine(period);
    expect([logVisits, factVisits, differences]).toEqual([1, 1, []]);
  });

  it('tells where records contradict themselves as the PBX’s own errors', async () => {
    const { pbxErrors } = await examine();
    expect(pbxErrors).toEqual([
      expect.objectContaining({
        callId: '3ba8a606-1492-4484-8a1c-bf7791010801',
        queue: 'sales@default',
        what: 'cc_queue_terminated_epoch is of an earlier visit: by it the talk lasted -7 s',
        code: 'endOfEarlierVisit',
        params: { seconds: '-7' },
      }),
      expect.objectContaining({
        callId: '326974ab-5ad2-4b93-9e02-39f5e4f59ea2',
        queue: 'sales@default',
        what: 'cc_cancel_reason BREAK_OUT is left over of an earlier visit: this one was answered',
        code: 'cancelReasonLeft',
        params: { cancelReason: 'BREAK_OUT' },
      }),
    ]);
  });

  it('lists what it cannot read', async () => {
    const garbage = recordMessage({ pbx: 'fs1', bytes: Buffer.from('{"variables"'), from: '/cdr/x.json' });
    const { unreadable, differences } = await examine({ log: told([garbage, ...records]) });
    expect(unreadable).toEqual([expect.stringMatching(/^\/cdr\/x.json: the call record is no JSON/)]);
    expect(differences).toEqual([]);
  });
});
