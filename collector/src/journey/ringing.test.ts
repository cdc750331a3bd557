/** Rings known from queue_log alone, beside what the event stream saw of the same calls. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TestDatabase, testDatabase } from '../../test/support/database.js';
import { collect, project } from '../../test/support/pipeline.js';
import type { ToldJourney } from '../api/resources/journey-schema.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { loadJourney } from './load-journey.js';

const quiet = { onProgress: () => undefined, onTrouble: () => undefined };

let fromLog: TestDatabase;
let fromBoth: TestDatabase;
beforeAll(async () => {
  [fromLog, fromBoth] = [await testDatabase(), await testDatabase()];
  for (const name of ['small60', 'sip', 'restart']) {
    const file = (of: string): string =>
      fileURLToPath(new URL(path.join('../../test/traces', name, of), import.meta.url));
    const log = await collect(asteriskDriver.importLog({ pbx: name, files: [file('queue_log')], ...quiet }));
    await project(fromLog.db, log, { journalName: name });
    if (name === 'sip') continue;
    const stream = { stream: file('passive.ami.gz'), chunks: file('passive.chunks.gz') };
    const seen = await collect(asteriskDriver.replay({ pbx: name, ...stream, ...quiet }));
    await project(fromBoth.db, [...log, ...seen], { journalName: name });
  }
}, 30_000);
afterAll(async () => {
  await fromLog.drop();
  await fromBoth.drop();
});

async function journeyOf({ db }: TestDatabase, callId: string): Promise<ToldJourney> {
  const contacts = db.selectFrom('contact').select('id').where('callId', '=', callId);
  const journey = await loadJourney(db, (await contacts.executeTakeFirstOrThrow()).id, 1);
  if (journey === null) throw new Error(`No journey of ${callId}`);
  return journey;
}

/** Rings of the first visit, in ms since its entry: [agent, begin, end, length, result]. */
const ringsOf = ({ visits: [visit] }: ToldJourney) =>
  visit?.offers.map(({ agent, offeredAt, endedAt, ringMs, result }) => [
    agent,
    offeredAt && offeredAt - visit.enteredAt,
    endedAt && endedAt - visit.enteredAt,
    ringMs,
    result,
  ]);

describe('a ring known from queue_log alone', () => {
  it('that was missed lies before its row, as long as the row states', async () => {
    // José Núñez let it ring from the entry on; Bob, tried next, answered after 8 s.
    expect(ringsOf(await journeyOf(fromLog, '1795201136.28'))).toEqual([
      ['José Núñez', 0, 6000, 6000, 'noAnswer'],
      ['Bob', 7000, 8000, null, 'answered'],
    ]);
    // The stream of the same call.
    expect(ringsOf(await journeyOf(fromBoth, '1795201136.28'))).toEqual([
      ['José Núñez', 675, 6676, 6000, 'noAnswer'],
      ['Bob', 7679, 8574, 894, 'answered'],
    ]);
  });

  it('of who missed the call and took it at last is two rings', async () => {
    expect(ringsOf(await journeyOf(fromLog, '1795201496.83'))).toEqual([
      ['Ivan Petrov', 0, 6000, 6000, 'noAnswer'],
      ['Ivan Petrov', 7000, 8000, null, 'answered'],
    ]);
  });

  it('does not begin before the caller entered', async () => {
    // Cancelled after 3,117 ms, in the third second after that of the entry.
    expect(ringsOf(await journeyOf(fromLog, 'pbx1-1795232522.370'))).toEqual([
      ['Łukasz Wójcik', 0, 3000, 3117, 'canceled'],
    ]);
  });

  it('that nobody stated a length of has no begin', async () => {
    expect(ringsOf(await journeyOf(fromLog, '1795201194.266'))).toEqual([
      ['Björn Þór', null, 5000, null, 'dumped'],
    ]);
  });

  it('that was answered begins with the agent’s channel, not at the ringing stated, which leaves out announcements', async () => {
    // CONNECT of 1795201169 names channel 1795201163.145 and states a second of ringing.
    expect(ringsOf(await journeyOf(fromLog, '1795201163.142'))).toEqual([
      ['Kim Ji-woo', 0, 6000, null, 'answered'],
    ]);
  });

  it('begins within a second of what the stream saw, in whole recordings', async () => {
    const calls = await fromLog.db
      .selectFrom('contact')
      .innerJoin('pbx', 'pbx.id', 'contact.pbxId')
      .select('callId')
      .where('pbx.name', 'in', ['small60', 'restart'])
      .execute();
    const apart: number[] = [];
    for (const { callId } of calls) {
      const seen = (await journeyOf(fromBoth, callId)).visits;
      for (const [index, visit] of (await journeyOf(fromLog, callId)).visits.entries()) {
        for (const [nth, offer] of visit.offers.entries()) {
          const same = visit.offers.slice(0, nth).filter((other) => isOf(other, offer)).length;
          const theirs = seen[index]?.offers.filter((other) => isOf(other, offer))[same];
          if (offer.offeredAt !== null && theirs?.offeredAt !== null && theirs !== undefined) {
            apart.push(offer.offeredAt - theirs.offeredAt);
          }
        }
      }
    }
    expect(apart).toHaveLength(94);
    // A channel is told of some ms after it was made.
    expect(apart.filter((ms) => Math.abs(ms) > 1050)).toEqual([]);
  });
});

type Offer = ToldJourney['visits'][number]['offers'][number];
const isOf = (a: Offer, b: Offer): boolean => a.agent === b.agent && a.result === b.result;
