/** What counts as a difference between a visit of the facts and one of a call record. */
import { describe, expect, it } from '@jest/globals';
import { compareWithRecords } from './compare.js';
import type { SaidVisit } from './visits.js';

const visit: SaidVisit = {
  callId: 'c1',
  queue: 'sales@default',
  enteredAt: 1_795_205_740_695,
  outcome: 'answered',
  agent: 'agent103@default',
  waitSeconds: 2,
  ringSeconds: 1,
  talkSeconds: 18,
  endedBy: 'agent',
  transferKind: null,
  exitKey: null,
  misses: 1,
  talkedAfterAll: false,
};
/** A record knows neither ring nor misses, and whole seconds. */
const record: SaidVisit = { ...visit, enteredAt: 1_795_205_740_000, ringSeconds: null, misses: 0 };

const compared = (facts: Partial<SaidVisit>[], records: Partial<SaidVisit>[]): string[] =>
  compareWithRecords(
    facts.map((change) => ({ ...visit, ...change })),
    records.map((change) => ({ ...record, ...change })),
  ).map(({ field, facts: ours, log }) => `${field}: ${ours} / ${log}`);

describe('facts beside call records', () => {
  it('equal, but for what a record does not know', () => {
    expect(compared([{}], [{}])).toEqual([]);
  });

  it.each<[Partial<SaidVisit>, string[]]>([
    [{ waitSeconds: 3 }, []],
    [{ waitSeconds: 4 }, ['waitSeconds: 2 / 4']],
    [{ talkSeconds: 17 }, []],
    [{ talkSeconds: 16 }, ['talkSeconds: 18 / 16']],
    [{ talkSeconds: null, agent: null }, []],
    [{ agent: 'agent104@default' }, ['agent: agent103@default / agent104@default']],
    [{ endedBy: 'unknown' }, []],
    [{ endedBy: 'caller' }, ['endedBy: agent / caller']],
    [{ transferKind: 'blind' }, ['transferKind: null / blind']],
    [{ outcome: 'abandoned' }, ['outcome: answered / abandoned']],
    [{ outcome: 'interrupted' }, []],
  ])('the record says %j', (change, differences) => {
    expect(compared([{}], [change])).toEqual(differences);
  });

  it('who timed out and talked all the same is answered by the agent’s record', () => {
    expect(compared([{ outcome: 'timedOut', talkedAfterAll: true }], [{}])).toEqual([]);
    expect(compared([{ outcome: 'timedOut' }], [{}])).toEqual(['outcome: timedOut / answered']);
  });

  it('a visit no record tells of is no difference, one the facts lack is', () => {
    expect(compared([{}, { enteredAt: visit.enteredAt + 60_000 }], [{}])).toEqual([]);
    expect(compared([{}, { callId: 'c2' }], [{}])).toEqual([]);
    expect(compared([], [{}])).toEqual(['visit: null / answered']);
    expect(compared([{ enteredAt: visit.enteredAt + 31_000 }], [{}])).toEqual(['visit: null / answered']);
    expect(compared([{ queue: 'vip@default' }], [{}])).toEqual(['visit: null / answered']);
  });

  it('several visits of one call pair in their order', () => {
    const later = visit.enteredAt + 20_000;
    const both = [{ waitSeconds: 2 }, { waitSeconds: 9, enteredAt: later }];
    expect(compared(both, [{ waitSeconds: 9, enteredAt: later }])).toEqual([]);
    expect(compared(both, [{ waitSeconds: 9, enteredAt: later }, { waitSeconds: 2 }])).toEqual([]);
  });
});
