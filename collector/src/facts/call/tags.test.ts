import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from '../../pbx/event.js';
import { loggedCall, streamed } from '../testing/telling.js';
import { deriveCall } from './derive-call.js';

const tagsOf = (events: readonly CallEvent[]): string[] =>
  deriveCall(events, {
    restartsUs: [],
    wrapUpSeconds: () => null,
    isTag: (note) => note === 'TAG',
  }).visits.map(({ queue, tags }) => `${queue}: ${tags.join('+')}`);

const SALES = `0 1.1|sales|NONE|ENTERQUEUE||0401901836|1
4 1.1|sales|Anna|CONNECT|4|1.9|2
30 1.1|sales|Anna|COMPLETECALLER|4|26|1`;
const TWICE = `${SALES}
40 1.1|support|NONE|ENTERQUEUE||0401901836|1
50 1.1|support|NONE|ABANDON|1|1|10`;

describe('tags of a call', () => {
  it('are the remarks of the names that are tags, each once, sorted', () => {
    const rows = `${SALES}
31 1.1|sales|Anna|TAG|refund
32 1.1|sales|Anna|TAG|complaint, refund
33 1.1|sales|Anna|NOTE|nice man`;
    expect(tagsOf(loggedCall(rows))).toEqual(['sales: complaint+refund']);
  });

  it('belong to the visit of the queue they name, late as they may come', () => {
    expect(tagsOf(loggedCall(`${TWICE}\n60 1.1|sales|Anna|TAG|refund`))).toEqual([
      'sales: refund',
      'support: ',
    ]);
  });

  it('belong to the visit that had begun, where no queue is named', () => {
    expect(tagsOf(loggedCall(`${TWICE}\n35 1.1|NONE|NONE|TAG|first\n45 1.1|NONE|NONE|TAG|second`))).toEqual([
      'sales: first',
      'support: second',
    ]);
  });

  it('of two visits of one queue belong to the one that was on', () => {
    const again = `${SALES}
32 1.1|sales|Anna|TAG|one
40 1.1|sales|NONE|ENTERQUEUE||0401901836|1
50 1.1|sales|NONE|ABANDON|1|1|10
51 1.1|sales|NONE|TAG|two`;
    expect(tagsOf(loggedCall(again))).toEqual(['sales: one', 'sales: two']);
  });

  it('count once when log and stream both tell them, and are kept where the stream is alone', () => {
    const note = (seconds: number, tag: string): CallEvent =>
      streamed(seconds, { kind: 'call-note', name: 'TAG', data: [tag], queue: 'sales' });
    const rows = `${SALES}\n31 1.1|sales|Anna|TAG|refund`;
    expect(tagsOf([...loggedCall(rows), note(31.2, 'refund'), note(32, 'vip')])).toEqual([
      'sales: refund+vip',
    ]);
  });

  it('belong to the visit a switch names, whatever queue it was in', () => {
    const visitKey = 'member-1';
    const entered = { ...streamed(0, { kind: 'caller-entered', queue: 'sales' }), visitKey };
    const again = { ...streamed(9, { kind: 'caller-entered', queue: 'sales' }), visitKey: 'member-2' };
    const note = { ...streamed(20, { kind: 'call-note', name: 'TAG', data: ['refund'] }), visitKey };
    expect(tagsOf([entered, again, note])).toEqual(['sales: refund', 'sales: ']);
  });

  it('of a call that was in no queue are nobody’s', () => {
    expect(tagsOf([streamed(1, { kind: 'call-note', name: 'TAG', data: ['refund'] })])).toEqual([]);
  });
});
