import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import { type TestDatabase, testDatabase } from '../../../test/support/database.js';
import type { PbxEvent } from '../../pbx/event.js';
import { ms, streamedMember } from '../testing/telling.js';
import { Aliases, observations, storeAliases } from './aliases.js';

const PHONE = 'PJSIP/201';
const seen = (seconds: number, agentName: string): PbxEvent =>
  streamedMember(
    seconds,
    { interface: PHONE, agentName },
    { kind: 'device-state', queue: 'sales', state: 'free' },
  );

let test: TestDatabase;
let pbxId: number;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.deleteFrom('pbx').execute();
  await test.db.insertInto('pbx').values({ name: 'hq', dialect: 'asterisk' }).execute();
  pbxId = (await test.db.selectFrom('pbx').select('id').executeTakeFirstOrThrow()).id;
});

/** Learns batch after batch, stores, and reads back as a new process would. */
async function learned(...batches: PbxEvent[][]): Promise<Aliases> {
  await test.db.deleteFrom('agentAlias').execute();
  const aliases = await Aliases.load(test.db, pbxId);
  for (const batch of batches) await storeAliases(test.db, pbxId, aliases.learn(observations(batch)));
  return aliases;
}
const whoAt = (aliases: Aliases, ...seconds: number[]): string[] =>
  seconds.map((second) => aliases.resolve(PHONE, ms(second)));

describe('whose interface it is', () => {
  it('an interface nobody named is its own agent', async () => {
    expect(whoAt(await learned(), 0)).toEqual([PHONE]);
  });

  it('belongs to the first agent seen on it also before that, and changes hands', async () => {
    const aliases = await learned([seen(100, 'Anna'), seen(200, 'Bob'), seen(300, 'Anna')]);
    expect(whoAt(aliases, 0, 150, 250, 350)).toEqual(['Anna', 'Anna', 'Bob', 'Anna']);
    expect(aliases.membersOf('Bob').sort()).toEqual(['Bob', PHONE]);
  });

  it('is known to the next process as to this one', async () => {
    const aliases = await learned([seen(300, 'Anna')], [seen(100, 'Anna')], [seen(200, 'Bob')]);
    const again = await Aliases.load(test.db, pbxId);
    expect(whoAt(aliases, 50, 250, 350)).toEqual(['Anna', 'Bob', 'Anna']);
    expect(whoAt(again, 50, 250, 350)).toEqual(['Anna', 'Bob', 'Anna']);
  });

  it('does not depend on the order within a batch', async () => {
    const events = [
      seen(100, 'Anna'),
      seen(150, 'Anna'),
      seen(200, 'Bob'),
      seen(300, 'Anna'),
      seen(310, 'Clara'),
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (batch) => {
        const aliases = await learned(batch);
        expect(whoAt(aliases, 120, 250, 305, 400)).toEqual(['Anna', 'Bob', 'Anna', 'Clara']);
      }),
      { numRuns: 25 },
    );
  });

  it('what a user says wins over everything learned', async () => {
    await learned([seen(100, 'Anna')]);
    await test.db
      .insertInto('agentAlias')
      .values({ pbxId, interface: PHONE, agentName: 'Dilnoza', fromAt: 0, manual: 1 })
      .execute();
    const aliases = await Aliases.load(test.db, pbxId);
    aliases.learn(observations([seen(200, 'Bob')]));
    expect(whoAt(aliases, 50, 150, 250)).toEqual(['Dilnoza', 'Dilnoza', 'Dilnoza']);
  });

  it('and is not overwritten by what is learned of the same moment', async () => {
    await learned();
    await test.db
      .insertInto('agentAlias')
      .values({ pbxId, interface: PHONE, agentName: 'Dilnoza', fromAt: ms(100), manual: 1 })
      .execute();
    const aliases = await Aliases.load(test.db, pbxId);
    await storeAliases(test.db, pbxId, aliases.learn(observations([seen(100, 'Bob')])));
    expect(whoAt(await Aliases.load(test.db, pbxId), 150)).toEqual(['Dilnoza']);
  });
});
