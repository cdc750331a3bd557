import { describe, expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import type { CallEvent } from '../../pbx/event.js';
import { loggedCall } from '../testing/telling.js';
import { decodeEvidence, encodeEvidence, mergeEvidence } from './evidence.js';

const events = loggedCall(`
  0 1.1|sales|NONE|ENTERQUEUE||Müller|1
  4 1.1|sales|Łukasz Wójcik|CONNECT|4|1.9|2
  10 1.1|sales|Łukasz Wójcik|COMPLETECALLER|4|6|1
  11 1.1|sales|NONE|SURVEY|5|very good`);

describe('evidence', () => {
  it('is stored and read as it was', () => {
    expect(decodeEvidence(encodeEvidence(events))).toEqual(events);
    expect(events).toHaveLength(4);
  });

  it('what is known already brings nothing', () => {
    const all = mergeEvidence([], events) ?? [];
    expect(all).toHaveLength(4);
    expect(mergeEvidence(all, events)).toBeUndefined();
    expect(mergeEvidence(all, [])).toBeUndefined();
  });

  it('of one row numbered differently by file and table the lower number stands, whichever came first', () => {
    const [first] = events as [CallEvent];
    const table = { ...first, ordinal: first.ordinal - 5, connection: 'queue_log:table' };
    expect(mergeEvidence([first], [table])).toEqual([table]);
    expect(mergeEvidence([table], [first])).toBeUndefined();
  });

  it('is a set: however it arrives, it ends the same', () => {
    const all = mergeEvidence([], events);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...events, ...events], { minLength: 8 }),
        fc.nat(8),
        (shuffled, at) => {
          const first = mergeEvidence([], shuffled.slice(0, at)) ?? [];
          expect(mergeEvidence(first, shuffled.slice(at)) ?? first).toEqual(all);
        },
      ),
    );
  });
});
