import { describe, expect, it } from '@jest/globals';
import { MessageError } from '../../dialect.js';
import type { VisitFacts } from '../../../facts/call/call-facts.js';
import { ToldSwitch, ms, us } from '../testing/switch.js';

const SUPPORT = 'support@branch.example';
const SALES = 'sales@branch.example';
const ANNA = 'anna@branch.example';
const BOB = 'bob@branch.example';

const member = (key = 'm1', session = 's1', queue = SUPPORT) => ({
  'CC-Queue': queue,
  'CC-Member-UUID': key,
  'CC-Member-Session-UUID': session,
  'CC-Member-CID-Number': '49301100001',
  'CC-Member-CID-Name': 'Ольга | "Pipe"',
});
const by = (agent: string, leg = 'a1') => ({ 'CC-Agent': agent, 'CC-Agent-UUID': leg });
const called = { 'CC-Agent-Called-Time': us(2) / 1e6, 'CC-Agent-Answered-Time': us(4) / 1e6 };
const joinedAt = { 'CC-Member-Joined-Time': us(1) / 1e6 };

/** A caller enters at 1 s; Anna is offered at 2 s and answers at 4 s. */
function answered(): ToldSwitch {
  const pbx = new ToldSwitch();
  pbx.cc(1, 'member-queue-start', {
    ...member(),
    'Unique-ID': 's1',
    variable_sip_to_user: '6001',
    'Caller-Channel-Created-Time': us(0.5),
  });
  pbx.cc(2, 'agent-offering', { ...member(), 'CC-Agent': ANNA });
  pbx.cc(4, 'bridge-agent-start', { ...member(), ...by(ANNA), ...called, ...joinedAt });
  return pbx;
}

const agentGone = {
  ...member(),
  ...by(ANNA),
  ...called,
  ...joinedAt,
  'CC-Agent-Bridged': 'true',
  'Answer-State': 'hangup',
  'Caller-Channel-Bridged-Time': us(4.05),
  'Caller-Channel-Hangup-Time': us(10.2),
};

const terminated = {
  ...member(),
  ...by(ANNA),
  ...called,
  ...joinedAt,
  'CC-Cause': 'Terminated',
  'Answer-State': 'hangup',
};

const only = (pbx: ToldSwitch, session = 's1'): VisitFacts => {
  const { visits } = pbx.facts(session);
  expect(visits).toHaveLength(1);
  return visits[0] as VisitFacts;
};

describe('a talk', () => {
  it('waits until the agent answers, talks from joining to the end of the agent’s leg', () => {
    const pbx = answered();
    pbx.cc(10.3, 'bridge-agent-end', { ...agentGone, variable_sip_hangup_disposition: 'recv_bye' });
    pbx.cc(10.3, 'member-queue-end', terminated);
    expect(pbx.facts('s1')).toMatchObject({
      callerNumber: '49301100001',
      callerName: 'Ольга | "Pipe"',
      did: '6001',
      startedAt: ms(0.5),
    });
    expect(only(pbx)).toMatchObject({
      queue: SUPPORT,
      enteredAt: ms(1),
      position: 1,
      outcome: 'answered',
      agent: ANNA,
      waitSeconds: 3,
      waitMs: 3000,
      ringSeconds: 2,
      ringMs: 2000,
      answeredAt: ms(4),
      talkMs: 6150,
      talkSeconds: 6,
      agentTalkMs: 6150,
      endedAt: ms(10.2),
      endedBy: 'agent',
      offers: [{ agent: ANNA, result: 'answered', ringMs: 2000 }],
    });
  });

  it.each([
    ['the caller hung up', {}, { variable_sip_hangup_disposition: 'recv_bye' }, 'caller', null, null],
    ['the switch ended both', {}, { variable_sip_hangup_disposition: 'send_bye' }, 'unknown', null, null],
    [
      'the agent transferred blind',
      { variable_transfer_to: 'blind:s1', variable_transfer_destination: 'blind:7001' },
      { 'Answer-State': 'answered', variable_transfer_source: `${us(10) / 1e6}:x:bl_xfer:7001/in/XML` },
      'transfer',
      'blind',
      '7001',
    ],
    [
      'the agent transferred attended',
      { variable_transfer_to: 'att:b7', variable_sip_hangup_disposition: 'recv_bye' },
      { 'Answer-State': 'answered' },
      'transfer',
      'attended',
      null,
    ],
    [
      'somebody took the caller elsewhere (uuid_transfer)',
      { variable_sip_hangup_disposition: 'send_bye' },
      { 'Answer-State': 'answered', variable_transfer_source: `${us(10) / 1e6}:x:bl_xfer:7002/in/XML` },
      'transfer',
      'blind',
      '7002',
    ],
    [
      'the agent hung up and the dialplan sent the caller on',
      { variable_sip_hangup_disposition: 'recv_bye' },
      { 'Answer-State': 'answered', variable_transfer_source: `${us(10) / 1e6}:x:bl_xfer:after/in/XML` },
      'agent',
      null,
      null,
    ],
    [
      'a transfer that brought the caller here is none of this talk',
      { variable_sip_hangup_disposition: 'send_bye' },
      { 'Answer-State': 'answered', variable_transfer_source: `${us(0) / 1e6}:x:bl_xfer:6001/in/XML` },
      'unknown',
      null,
      null,
    ],
  ])('%s', (_case, agentLeg, callerLeg, endedBy, transferKind, transferTo) => {
    const pbx = answered();
    pbx.cc(10.3, 'bridge-agent-end', { ...agentGone, ...agentLeg });
    pbx.cc(10.3, 'member-queue-end', { ...terminated, ...callerLeg });
    const visit = only(pbx);
    expect(visit).toMatchObject({ endedBy, transferKind, transferTo, transfersSeen: transferKind ? 1 : 0 });
    expect(visit.endReason).toBe(transferKind ? 'transferred' : 'completed');
  });

  it('goes on when the queue releases the agent: until his leg ends', () => {
    const pbx = answered();
    pbx.cc(6, 'bridge-agent-end', {
      ...agentGone,
      'Answer-State': 'answered',
      'Caller-Channel-Hangup-Time': 0,
    });
    pbx.cc(6, 'member-queue-end', { ...terminated, 'Answer-State': 'answered' });
    expect(only(pbx)).toMatchObject({ endedAt: null, talkMs: null });
    pbx.say(12, 'CHANNEL_HANGUP_COMPLETE', {
      'Unique-ID': 'a1',
      'Caller-Channel-Bridged-Time': us(4.05),
      'Caller-Channel-Hangup-Time': us(12),
      variable_sip_hangup_disposition: 'recv_bye',
    });
    expect(only(pbx)).toMatchObject({ talkMs: 7950, endedAt: ms(12), endedBy: 'agent' });
  });

  it('of an agent who stays on the line ends though his leg lives on', () => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(1, 'agent-offering', { ...member(), 'CC-Agent': ANNA, 'CC-Agent-Type': 'uuid-standby' });
    pbx.cc(1.02, 'bridge-agent-start', { ...member(), ...by(ANNA), 'CC-Agent-Called-Time': 0 });
    pbx.cc(6, 'bridge-agent-end', {
      ...agentGone,
      'Answer-State': 'answered',
      'Caller-Channel-Hangup-Time': 0,
      'Caller-Channel-Bridged-Time': us(1.06),
    });
    expect(only(pbx)).toMatchObject({ talkMs: 4940, ringSeconds: null, ringMs: 20, waitSeconds: 0 });
  });

  it('tells hold on the agent’s leg, and where it was recorded', () => {
    const pbx = answered();
    pbx.say(5, 'CHANNEL_HOLD', { 'Unique-ID': 'a1' });
    pbx.say(7, 'CHANNEL_UNHOLD', { 'Unique-ID': 'a1' });
    pbx.say(7, 'CHANNEL_HOLD', { 'Unique-ID': 'somebody else' });
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    pbx.cc(10.3, 'member-queue-end', { ...terminated, variable_cc_record_filename: '/rec/s1.wav' });
    expect(only(pbx)).toMatchObject({
      holds: [{ agent: ANNA, fromAt: ms(5), toAt: ms(7) }],
      recording: '/rec/s1.wav',
    });
  });

  it('the agent’s own wrap-up time comes with it', () => {
    const pbx = new ToldSwitch();
    pbx.answer(
      1,
      'callcenter_config agent list',
      `name|type|contact|status|state|wrap_up_time\n${ANNA}|Callback|user/101@branch.example|Available|In a queue call|15\n+OK\n`,
    );
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(4, 'bridge-agent-start', { ...member(), ...by(ANNA), ...called });
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    expect(only(pbx).wrapUpMs).toBe(15_000);
  });
});

describe('leaving without an agent', () => {
  it.each([
    ['BREAK_OUT', { 'Answer-State': 'hangup', 'Hangup-Cause': 'NORMAL_CLEARING' }, 'abandoned', 'stated'],
    ['BREAK_OUT', { 'Answer-State': 'answered' }, 'pulledOut', 'stated'],
    ['TIMEOUT', { 'Answer-State': 'answered' }, 'timedOut', 'stated'],
    ['NO_AGENT_TIMEOUT', { 'Answer-State': 'answered' }, 'timedOut', 'stated'],
    ['EXIT_WITH_KEY', { 'Answer-State': 'answered', variable_cc_exit_key: '#' }, 'exitedByKey', 'stated'],
    ['SOMETHING_NEW', { 'Answer-State': 'hangup' }, 'abandoned', 'assumed'],
  ])('%s: %j', (reason, channel, outcome, outcomeCertainty) => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(7.6, 'member-queue-end', {
      ...member(),
      ...channel,
      'CC-Cause': 'Cancel',
      'CC-Cancel-Reason': reason,
    });
    expect(only(pbx)).toMatchObject({
      outcome,
      outcomeCertainty,
      waitSeconds: 7,
      waitMs: 6600,
      agent: null,
      talkSeconds: null,
      exitKey: reason === 'EXIT_WITH_KEY' ? '#' : null,
    });
  });

  it.each([
    ['NO_ANSWER', 'noAnswer'],
    ['ALLOTTED_TIMEOUT', 'noAnswer'],
    ['UNALLOCATED_NUMBER', 'noAnswer'],
    ['NORMAL_TEMPORARY_FAILURE', 'noAnswer'],
    ['USER_BUSY', 'busy'],
    ['CALL_REJECTED', 'rejected'],
    ['USER_NOT_REGISTERED', 'unavailable'],
    ['LOSE_RACE', 'lostRace'],
    ['ORIGINATOR_CANCEL', 'canceled'],
  ])('an offer that failed with %s is %s', (cause, result) => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(2, 'agent-offering', { ...member(), 'CC-Agent': ANNA });
    pbx.cc(2, 'agent-offering', { ...member(), 'CC-Agent': BOB });
    pbx.cc(5, 'bridge-agent-start', { ...member(), ...by(BOB), ...called });
    // Whatever else happened at that moment: a stated cause stands.
    pbx.cc(5, 'bridge-agent-fail', { ...member(), 'CC-Agent': ANNA, 'CC-Hangup-Cause': cause });
    expect(only(pbx).offers).toMatchObject([
      { agent: ANNA, result, ringMs: 3000 },
      { agent: BOB, result: 'answered' },
    ]);
  });
});

describe('the instant of joining', () => {
  const cancel = (reason: string) => ({
    ...member(),
    'CC-Cause': 'Cancel',
    'CC-Cancel-Reason': reason,
    'Answer-State': 'hangup',
  });

  it('the caller is gone: neither answered nor anybody’s miss', () => {
    const pbx = answered();
    pbx.cc(4.02, 'member-queue-end', cancel('NONE'));
    pbx.cc(7, 'bridge-agent-end', { ...agentGone, 'CC-Agent-Bridged': 'false' });
    expect(only(pbx)).toMatchObject({
      outcome: 'canceledAtConnect',
      agent: null,
      waitMs: 3020,
      talkSeconds: null,
      agentTalkMs: null,
      agentDumps: 0,
      offers: [{ agent: ANNA, result: null }],
    });
  });

  it('the agent is gone: answered for the queue, no credit for the agent', () => {
    const pbx = answered();
    pbx.cc(4.1, 'bridge-agent-end', { ...agentGone, 'CC-Agent-Bridged': 'false' });
    expect(only(pbx)).toMatchObject({
      outcome: 'answered',
      agent: null,
      waitSeconds: 3,
      talkSeconds: 0,
      agentTalkMs: null,
      endedAt: ms(4.1),
      agentDumps: 1,
      offers: [{ agent: ANNA, result: 'dumped' }],
    });
  });

  it('left by timeout and talked all the same: timed out, and the talk counts', () => {
    const pbx = answered();
    pbx.cc(4.01, 'member-queue-end', { ...cancel('TIMEOUT'), 'Answer-State': 'answered' });
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    pbx.cc(10.3, 'member-queue-end', terminated);
    expect(only(pbx)).toMatchObject({
      outcome: 'timedOut',
      talkedAfterAll: true,
      agent: ANNA,
      waitSeconds: 3,
      talkSeconds: 6,
      agentTalkMs: 6150,
      endedAt: ms(10.2),
      offers: [{ agent: ANNA, result: 'answered' }],
    });
  });

  it('a ghost: offered again after a failed joining, while the caller waits elsewhere', () => {
    const pbx = answered();
    pbx.cc(4.1, 'bridge-agent-end', { ...agentGone, 'CC-Agent-Bridged': 'false' });
    pbx.cc(4.2, 'member-queue-start', member('m2', 's1', SALES));
    pbx.cc(6, 'agent-offering', { ...member(), 'CC-Agent': BOB });
    pbx.cc(7, 'bridge-agent-start', { ...member(), ...by(BOB, 'b1') });
    pbx.cc(12, 'bridge-agent-end', {
      ...agentGone,
      ...by(BOB, 'b1'),
      'Caller-Channel-Bridged-Time': us(7),
      'Caller-Channel-Hangup-Time': us(12),
    });
    pbx.say(12.1, 'CHANNEL_HANGUP_COMPLETE', { 'Unique-ID': 's1', 'Hangup-Cause': 'NORMAL_CLEARING' });
    expect(pbx.facts('s1').visits).toMatchObject([
      { queue: SUPPORT, outcome: 'answered', agent: BOB, talkMs: 5000, agentDumps: 1 },
      { queue: SALES, outcome: 'interrupted', agent: null, endedAt: ms(12.1) },
    ]);
  });
});

describe('several visits', () => {
  it('the next queue is entered before the talk of the last is told to have ended', () => {
    const pbx = answered();
    pbx.cc(10.25, 'member-queue-start', member('m2', 's1', SUPPORT));
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    pbx.cc(10.3, 'member-queue-end', { ...terminated, 'Answer-State': 'answered' });
    pbx.cc(15.25, 'member-queue-end', {
      ...member('m2'),
      'CC-Cause': 'Cancel',
      'CC-Cancel-Reason': 'TIMEOUT',
    });
    expect(pbx.facts('s1').visits).toMatchObject([
      { outcome: 'answered', talkSeconds: 6, firstInQueue: true },
      { outcome: 'timedOut', waitMs: 5000, firstInQueue: false, talkSeconds: null },
    ]);
  });

  it('who resumes after hanging up is another call; its wait counts from then', () => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(5, 'member-queue-end', {
      ...member(),
      'CC-Cause': 'Cancel',
      'CC-Cancel-Reason': 'BREAK_OUT',
      'Answer-State': 'hangup',
    });
    pbx.cc(20, 'member-queue-resume', member('m1', 's2'));
    pbx.cc(24, 'bridge-agent-start', { ...member('m1', 's2'), ...by(ANNA), ...joinedAt });
    expect(only(pbx)).toMatchObject({ outcome: 'abandoned', waitSeconds: 4 });
    expect(only(pbx, 's2')).toMatchObject({ outcome: 'answered', waitSeconds: 4, enteredAt: ms(20) });
  });

  it('places in line count who waits there', () => {
    const pbx = new ToldSwitch();
    const enter = (seconds: number, n: string, queue = SUPPORT): unknown =>
      pbx.cc(seconds, 'member-queue-start', member(`m${n}`, `s${n}`, queue));
    enter(1, '1');
    enter(2, '2');
    enter(3, '3', SALES);
    pbx.cc(4, 'bridge-agent-start', { ...member('m1', 's1'), ...by(ANNA) });
    enter(5, '4');
    expect(['s1', 's2', 's3', 's4'].map((session) => only(pbx, session).position)).toEqual([1, 2, 1, 2]);
  });
});

describe('a stream of which only a part was seen', () => {
  it('the end of a talk alone gives the visit, with the wait it states', () => {
    const pbx = new ToldSwitch();
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    pbx.cc(10.3, 'member-queue-end', terminated);
    expect(only(pbx)).toMatchObject({
      outcome: 'answered',
      agent: ANNA,
      enteredAtSource: 'estimated',
      waitSeconds: 3,
      talkMs: 6150,
      talkSeconds: 6,
    });
  });

  it('goes on from its stored state', () => {
    const pbx = answered();
    pbx.restartCollector();
    pbx.cc(10.3, 'bridge-agent-end', agentGone);
    expect(only(pbx)).toMatchObject({ waitMs: 3000, talkMs: 6150 });
  });

  it('what is open when the caller hangs up is closed', () => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.say(9, 'CHANNEL_HANGUP_COMPLETE', { 'Unique-ID': 's1', 'Hangup-Cause': 'NORMAL_CLEARING' });
    expect(only(pbx)).toMatchObject({ outcome: 'interrupted', endedAt: ms(9) });
    expect(pbx.snapshot).toMatchObject({ members: {}, sessions: {}, legs: {} });
  });

  it('a switch started anew has none of its calls', () => {
    const pbx = answered();
    pbx.cc(3, 'member-queue-start', member('m2', 's2'));
    pbx.core = 'another core';
    pbx.say(40, 'HEARTBEAT', { 'Uptime-msec': 15_000 });
    expect(only(pbx)).toMatchObject({
      outcome: 'answered',
      endReason: 'restart',
      endedAt: ms(25),
      talkSeconds: null,
    });
    expect(only(pbx, 's2')).toMatchObject({
      outcome: 'interrupted',
      endReason: 'restart',
      endedAt: ms(25),
    });
    expect(pbx.snapshot).toMatchObject({ members: {}, legs: {}, agents: {} });
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['member-queue-start', { ...member(), 'CC-Member-UUID': '' }, /member-queue-start has no CC-Member-UUID/],
    [
      'agent-offering',
      { 'CC-Member-UUID': 'm', 'CC-Member-Session-UUID': 's' },
      /agent-offering has no CC-Queue/,
    ],
    ['bridge-agent-start', { ...member(), 'CC-Agent': ANNA }, /bridge-agent-start has no CC-Agent-UUID/],
    ['agent-status-change', { 'CC-Agent': ANNA }, /agent-status-change has no CC-Agent-Status/],
  ])('%s says what is missing and changes nothing', (action, headers, message) => {
    const pbx = new ToldSwitch();
    pbx.say(0, 'HEARTBEAT', { 'Uptime-msec': 1000 });
    const before = JSON.stringify(pbx.snapshot);
    expect(() => pbx.cc(1, action, headers)).toThrow(MessageError);
    expect(() => pbx.cc(1, action, headers)).toThrow(message);
    expect(JSON.stringify(pbx.snapshot)).toBe(before);
  });

  it('actions and events of other versions are no trouble', () => {
    const pbx = new ToldSwitch();
    expect(pbx.cc(1, 'something-new', member())).toEqual([]);
    expect(pbx.say(1, 'SOMETHING_NEW')).toEqual([]);
  });

  it('an agent without a domain is an agent', () => {
    const pbx = new ToldSwitch();
    pbx.cc(1, 'member-queue-start', member());
    pbx.cc(2, 'agent-offering', { ...member(), 'CC-Agent': 'carla' });
    expect(only(pbx).offers).toMatchObject([{ agent: 'carla', result: null }]);
  });
});

it('an event told on two connections is one: named by the core and its sequence', () => {
  const pbx = new ToldSwitch();
  const [first] = pbx.cc(1, 'member-queue-start', member());
  expect(first).toMatchObject({
    id: '5d30d521-3e39-481d-bb63-17246d637fd0:101:caller-entered',
    connection: 'esl:5d30d521-3e39-481d-bb63-17246d637fd0',
    ordinal: 101,
    atUs: us(1),
  });
});
