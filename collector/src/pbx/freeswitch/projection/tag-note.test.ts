import { describe, expect, it } from '@jest/globals';
import { isCallEvent } from '../../event.js';
import { recordEvents } from '../cdr/decode.js';
import { parseRecord } from '../cdr/record.js';
import { ToldSwitch, us } from '../testing/switch.js';

const QUEUE = 'support@branch.example';
const entry = (key: string) => ({ 'CC-Queue': QUEUE, 'CC-Member-UUID': key, 'CC-Member-Session-UUID': 's1' });

/** A caller who entered twice. */
function caller(): ToldSwitch {
  const pbx = new ToldSwitch();
  pbx.cc(1, 'member-queue-start', { ...entry('m1'), 'Unique-ID': 's1' });
  pbx.cc(5, 'member-queue-end', { ...entry('m1'), 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'TIMEOUT' });
  pbx.cc(6, 'member-queue-start', { ...entry('m2'), 'Unique-ID': 's1' });
  return pbx;
}
const tags = (pbx: ToldSwitch): string[][] => pbx.facts('s1').visits.map((visit) => visit.tags);
const variables = { cc_member_uuid: 'm2', cc_queue: QUEUE, queuescope_tag: 'refund, complaint' };
const headers = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`variable_${name}`, value]));

describe('queuescope_tag', () => {
  it('on the caller’s channel belongs to his last visit', () => {
    const pbx = caller();
    const own = { ...headers({ ...variables, cc_side: 'member' }), 'Unique-ID': 's1' };
    pbx.say(20, 'CHANNEL_HANGUP_COMPLETE', own);
    expect(tags(pbx)).toEqual([[], ['complaint', 'refund']]);
  });

  it('on the agent’s channel belongs to the visit it was dialled for', () => {
    const pbx = caller();
    const own = { ...variables, cc_side: 'agent', cc_member_uuid: 'm1', cc_member_session_uuid: 's1' };
    pbx.say(9, 'CHANNEL_HANGUP_COMPLETE', { ...headers(own), 'Unique-ID': 'a1' });
    expect(tags(pbx)).toEqual([['complaint', 'refund'], []]);
  });

  it('in a call record is the same remark', () => {
    const record = {
      variables: {
        ...{ uuid: 's1', cc_side: 'member', ...variables, cc_queue_joined_epoch: String(us(6) / 1e6) },
        ...{ start_uepoch: String(us(0)), end_uepoch: String(us(20)), cc_cause: '' },
      },
    };
    const notes = recordEvents(parseRecord(Buffer.from(JSON.stringify(record))))
      .filter(isCallEvent)
      .filter(({ kind }) => kind === 'call-note');
    const note = { name: 'queuescope_tag', data: ['refund, complaint'], queue: QUEUE };
    expect(notes).toMatchObject([{ callId: 's1', visitKey: 'm2', atUs: us(20), ...note }]);
  });

  it('on a channel of no queue is nobody’s', () => {
    const pbx = caller();
    pbx.say(20, 'CHANNEL_HANGUP_COMPLETE', { variable_queuescope_tag: 'refund', 'Unique-ID': 'other' });
    expect(tags(pbx)).toEqual([[], []]);
  });
});
