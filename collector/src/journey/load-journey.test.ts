import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { collect, project } from '../../test/support/pipeline.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { loadJourney } from './load-journey.js';

/** Redirected out of intl while waiting, then answered in support. */
const CALL = '1795201166.158';
const trace = (file: string): string =>
  fileURLToPath(new URL(path.join('../../test/traces/small60', file), import.meta.url));
const quiet = { onProgress: () => undefined, onTrouble: () => undefined };

let test: TestDatabase;
let contactId: number;
let other: number;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.insertInto('tenant').values({ name: 'other' }).execute();
  other = (
    await test.db.selectFrom('tenant').select('id').where('name', '=', 'other').executeTakeFirstOrThrow()
  ).id;
  await test.db
    .insertInto('tenantRule')
    .values({ position: 1, pbxPattern: '*', queuePattern: 'intl', tenantId: other })
    .execute();
  const stream = { stream: trace('passive.ami.gz'), chunks: trace('passive.chunks.gz') };
  await project(test.db, [
    ...(await collect(asteriskDriver.replay({ pbx: 'lab', ...stream, ...quiet }))),
    ...(await collect(asteriskDriver.importLog({ pbx: 'lab', files: [trace('queue_log')], ...quiet }))),
    ...(await collect(asteriskDriver.importCdr({ pbx: 'lab', files: [trace('cdr.csv.gz')], ...quiet }))),
  ]);
  const contact = test.db.selectFrom('contact').select('id').where('callId', '=', CALL);
  contactId = (await contact.executeTakeFirstOrThrow()).id;
});
afterAll(() => test.drop());

describe('the journey of one caller', () => {
  it('tells what happened in the tenant’s queues, from every source, in order', async () => {
    const journey = await loadJourney(test.db, contactId, 1);
    expect(journey?.visits).toMatchObject([
      {
        queue: 'support',
        outcome: 'answered',
        agent: 'José Núñez',
        waitSeconds: 2,
        talkSeconds: 5,
        endedBy: 'agent',
        recording: null,
        offers: [{ agent: 'José Núñez', agentName: 'José Núñez', result: 'answered' }],
      },
    ]);
    expect(journey?.callerName).toBe('Müller & Söhne');
    expect(journey?.events.map(({ source, kind }) => `${source} ${kind}`)).toEqual([
      'queue_log caller-entered',
      // The userfield of the call records.
      'cdr call-note',
      'ami caller-entered',
      'ami agent-offered',
      'queue_log agent-connected',
      'ami agent-connected',
      'queue_log agent-completed',
      'cdr call-note',
      'ami caller-hung-up',
      'ami agent-completed',
    ]);
    expect(journey?.events.find(({ kind }) => kind === 'agent-completed')?.details).toMatchObject({
      endedBy: 'agent',
      talkSeconds: 5,
    });
  });

  it('shows another tenant only what happened in his', async () => {
    const journey = await loadJourney(test.db, contactId, other);
    expect(journey?.visits).toMatchObject([{ queue: 'intl', outcome: 'abandoned', waitSeconds: 4 }]);
    const queues = new Set(journey?.events.map(({ queue }) => queue));
    expect([...queues].sort()).toEqual(['intl', null]);
  });

  it('has the caller’s call records', async () => {
    const journey = await loadJourney(test.db, contactId, 1);
    expect(journey?.legs.length).toBeGreaterThan(0);
    expect(new Set(journey?.legs.map(({ legId }) => legId))).toContain(CALL);
    const begins = journey?.legs.map(({ startedAt }) => startedAt) ?? [];
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
  });

  it('is nobody’s who has no visit in it', async () => {
    expect(await loadJourney(test.db, contactId, other + 1)).toBeNull();
    expect(await loadJourney(test.db, contactId + 100_000, 1)).toBeNull();
  });
});
