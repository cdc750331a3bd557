import { describe, expect, it } from '@jest/globals';
import type { VisitFacts } from '../../../facts/call/call-facts.js';
import { ToldSwitch, ms } from '../testing/switch.js';

/** mod_fifo's own documented events: no recorded traffic of it exists. */
const FIFO = 'support@branch.example';
const caller = (uuid = 'c1') => ({
  'Unique-ID': uuid,
  'Caller-Caller-ID-Number': '49301100001',
  'Caller-Caller-ID-Name': 'Ольга',
  variable_sip_to_user: '6001',
});
const anna = { 'Unique-ID': 'a1', 'Channel-Presence-ID': 'anna@branch.example' };
const fifo = (pbx: ToldSwitch, seconds: number, action: string, headers = {}, name = FIFO): unknown =>
  pbx.say(seconds, 'CUSTOM', {
    'Event-Subclass': 'fifo::info',
    'FIFO-Name': name,
    'FIFO-Action': action,
    ...headers,
  });
const only = (pbx: ToldSwitch, uuid = 'c1'): VisitFacts => {
  const { visits } = pbx.facts(uuid);
  expect(visits).toHaveLength(1);
  return visits[0] as VisitFacts;
};

/** Two members are called for a caller, Anna answers. */
function answered(): ToldSwitch {
  const pbx = new ToldSwitch();
  fifo(pbx, 1, 'push', { ...caller(), 'FIFO-Slot': 1 });
  fifo(pbx, 2, 'pre-dial', {
    'outbound-strategy': 'ringall',
    'caller-uuid': 'c1',
    'FIFO-Outbound-UUID-List': 'id-anna,id-bob',
  });
  fifo(pbx, 5, 'consumer_pop', { ...anna, 'FIFO-Caller-UUID': 'c1' });
  fifo(pbx, 6, 'bridge-consumer-start', { ...anna, 'FIFO-Consumer-Outbound-ID': 'id-anna' });
  fifo(pbx, 6, 'bridge-caller-start', { ...caller(), variable_fifo_target: 'a1' });
  return pbx;
}

describe('a fifo', () => {
  it('answered: wait until joined, talk until parted, the others lost the race', () => {
    const pbx = answered();
    pbx.say(8, 'CHANNEL_HOLD', { 'Unique-ID': 'a1' });
    pbx.say(9, 'CHANNEL_UNHOLD', { 'Unique-ID': 'a1' });
    fifo(pbx, 16, 'bridge-consumer-stop', { ...anna, variable_sip_hangup_disposition: 'recv_bye' });
    fifo(pbx, 16, 'bridge-caller-stop', { ...caller(), 'FIFO-Caller-Talk-Time-ms': 9000 });
    expect(pbx.facts('c1')).toMatchObject({ callerNumber: '49301100001', callerName: 'Ольга', did: '6001' });
    expect(only(pbx)).toMatchObject({
      queue: FIFO,
      outcome: 'answered',
      agent: 'id-anna',
      waitSeconds: 5,
      waitMs: 5000,
      answeredAt: ms(6),
      talkMs: 10_000,
      endedBy: 'agent',
      holds: [{ agent: 'id-anna', fromAt: ms(8), toAt: ms(9) }],
    });
    // The module's id is taught as Anna's: facts are written under her name.
    expect(pbx.events.filter((event) => 'agentName' in event)).toMatchObject([
      { kind: 'device-state', interface: 'id-anna', agentName: 'anna@branch.example', state: 'inUse' },
      { kind: 'device-state', interface: 'id-anna', agentName: 'anna@branch.example', state: 'free' },
    ]);
    expect(only(pbx).offers).toHaveLength(2);
    expect(only(pbx).offers).toContainEqual(
      expect.objectContaining({ agent: 'id-bob', result: 'lostRace', ringMs: 4000 }),
    );
    expect(pbx.snapshot).toMatchObject({ legs: {}, rings: {} });
  });

  it.each([
    ['timeout', { 'Answer-State': 'answered' }, 'timedOut', 'stated'],
    ['abort', { 'Answer-State': 'hangup', 'Hangup-Cause': 'NORMAL_CLEARING' }, 'abandoned', 'stated'],
    ['abort', { 'Answer-State': 'answered' }, 'exitedByKey', 'assumed'],
  ])('%s %j', (action, channel, outcome, outcomeCertainty) => {
    const pbx = new ToldSwitch();
    fifo(pbx, 1, 'push', caller());
    fifo(pbx, 2, 'pre-dial', { 'caller-uuid': 'c1', 'FIFO-Outbound-UUID-List': 'id-bob' });
    fifo(pbx, 8, action, { ...caller(), ...channel });
    expect(only(pbx)).toMatchObject({
      outcome,
      outcomeCertainty,
      waitSeconds: 7,
      offers: [{ agent: 'id-bob', result: 'canceled' }],
    });
  });

  it('members who did not answer missed the call', () => {
    const pbx = new ToldSwitch();
    fifo(pbx, 1, 'push', caller());
    fifo(pbx, 2, 'pre-dial', { 'caller-uuid': 'c1', 'FIFO-Outbound-UUID-List': 'id-anna,id-bob' });
    fifo(pbx, 12, 'post-dial', { 'caller-uuid': 'c1', result: 'failure', cause: 'NO_ANSWER' });
    expect(only(pbx).offers).toMatchObject([
      { agent: 'id-anna', result: 'noAnswer', ringMs: 10_000 },
      { agent: 'id-bob', result: 'noAnswer' },
    ]);
  });

  it('a consumer who waits in it is logged in', () => {
    const pbx = new ToldSwitch();
    fifo(pbx, 1, 'consumer_start', anna);
    fifo(pbx, 61, 'consumer_stop', anna);
    expect(pbx.members).toEqual([
      `1 anna@branch.example member-added ${FIFO}`,
      `61 anna@branch.example member-removed ${FIFO}`,
    ]);
  });

  it('calls of consumers outside its queues are none of a queue', () => {
    const pbx = new ToldSwitch();
    expect(fifo(pbx, 1, 'bridge-caller-start', caller(), 'manual_calls')).toEqual([]);
  });

  it('says what is missing', () => {
    const pbx = new ToldSwitch();
    expect(() => fifo(pbx, 1, 'push')).toThrow(/CUSTOM.* has no Unique-ID/);
  });
});
