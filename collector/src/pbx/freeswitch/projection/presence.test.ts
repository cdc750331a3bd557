import { describe, expect, it } from '@jest/globals';
import { ToldSwitch, T0 } from '../testing/switch.js';

const SUPPORT = 'support@branch.example';
const SALES = 'sales@branch.example';
const ANNA = 'anna@branch.example';

const status = (pbx: ToldSwitch, seconds: number, value: string, agent = ANNA): unknown =>
  pbx.cc(seconds, 'agent-status-change', { 'CC-Agent': agent, 'CC-Agent-Status': value });
const state = (pbx: ToldSwitch, seconds: number, value: string): unknown =>
  pbx.cc(seconds, 'agent-state-change', { 'CC-Agent': ANNA, 'CC-Agent-State': value });
const offer = (pbx: ToldSwitch, seconds: number, queue = SUPPORT, headers = {}): unknown =>
  pbx.cc(seconds, 'agent-offering', {
    'CC-Queue': queue,
    'CC-Agent': ANNA,
    'CC-Member-UUID': 'm1',
    'CC-Member-Session-UUID': 's1',
    ...headers,
  });

const CONFIG = 'json {"command":"callcenter_config","data":{"arguments":"agent list"}}';
const agents = (pbx: ToldSwitch, seconds: number, ...rows: Record<string, unknown>[]): unknown =>
  pbx.answer(
    seconds,
    CONFIG,
    JSON.stringify({ command: 'callcenter_config', status: 'success', response: rows }),
  );
const tiers = (pbx: ToldSwitch, seconds: number, ...pairs: [string, string][]): unknown =>
  pbx.answer(
    seconds,
    CONFIG.replace('agent', 'tier'),
    JSON.stringify({
      status: 'success',
      response: pairs.map(([queue, agent]) => ({ queue, agent, state: 'Ready', level: '1', position: '1' })),
    }),
  );
const anna = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: ANNA,
  type: 'Callback',
  contact: '[leg_timeout=12]user/101@branch.example',
  status: 'Available',
  state: 'Waiting',
  wrap_up_time: '5',
  last_status_change: String(T0 - 600),
  ...more,
});

/** Anna is logged out; support and sales are her queues. */
function listed(more: Record<string, unknown> = { status: 'Logged Out' }): ToldSwitch {
  const pbx = new ToldSwitch();
  agents(pbx, 1, anna(more));
  tiers(pbx, 1, [SUPPORT, ANNA], [SALES, ANNA]);
  return pbx;
}

describe('login and pause', () => {
  it('a status counts in every queue of the agent’s tiers', () => {
    const pbx = listed();
    status(pbx, 10, 'Available');
    status(pbx, 20, 'On Break');
    status(pbx, 30, 'Available (On Demand)');
    status(pbx, 40, 'Logged Out');
    expect(pbx.members).toEqual([
      `10 ${ANNA} member-added ${SUPPORT}`,
      `10 ${ANNA} member-added ${SALES}`,
      `20 ${ANNA} member-paused ${SUPPORT} On Break`,
      `20 ${ANNA} member-paused ${SALES} On Break`,
      `30 ${ANNA} member-unpaused ${SUPPORT}`,
      `30 ${ANNA} member-unpaused ${SALES}`,
      `40 ${ANNA} member-removed ${SUPPORT}`,
      `40 ${ANNA} member-removed ${SALES}`,
    ]);
  });

  it('a status set to what it was is no change', () => {
    const pbx = listed();
    status(pbx, 10, 'Available');
    status(pbx, 15, 'Available');
    status(pbx, 16, 'Available (On Demand)');
    expect(pbx.members).toHaveLength(2);
  });

  it('who is left Idle gets no calls: that is a pause', () => {
    const pbx = listed({ status: 'Available (On Demand)' });
    for (const [seconds, value] of [
      [5, 'Receiving'],
      [6, 'In a queue call'],
      [9, 'Idle'],
      [20, 'Waiting'],
    ] as const)
      state(pbx, seconds, value);
    expect(pbx.members.filter((told) => told.includes(SUPPORT))).toEqual([
      `9 ${ANNA} member-paused ${SUPPORT} Idle`,
      `20 ${ANNA} member-unpaused ${SUPPORT}`,
    ]);
  });

  it('Idle and on break is one pause after the other, Idle and logged out is none', () => {
    const pbx = listed({ state: 'Idle' });
    status(pbx, 10, 'On Break');
    status(pbx, 20, 'Available');
    status(pbx, 30, 'Logged Out');
    expect(pbx.members.filter((told) => told.includes(SALES))).toEqual([
      `10 ${ANNA} member-paused ${SALES} On Break`,
      `20 ${ANNA} member-paused ${SALES} Idle`,
      `30 ${ANNA} member-removed ${SALES}`,
    ]);
  });

  it('without a listing a queue is known by its first offer, and counts from the login', () => {
    const pbx = new ToldSwitch();
    status(pbx, 10, 'Available');
    expect(pbx.members).toEqual([]);
    offer(pbx, 50);
    status(pbx, 60, 'On Break');
    offer(pbx, 70, SALES);
    expect(pbx.members).toEqual([
      `10 ${ANNA} member-added ${SUPPORT}`,
      `60 ${ANNA} member-paused ${SUPPORT} On Break`,
      `10 ${ANNA} member-added ${SALES}`,
      `60 ${ANNA} member-paused ${SALES} On Break`,
    ]);
  });

  it('an agent of whom nothing was told is available when he is offered a call', () => {
    const pbx = new ToldSwitch();
    offer(pbx, 50);
    expect(pbx.members).toEqual([`50 ${ANNA} member-added ${SUPPORT}`]);
  });
});

describe('listings', () => {
  const memberships = (pbx: ToldSwitch): unknown[] =>
    pbx.events.filter((event) => 'kind' in event && event.kind === 'members-listed');

  it('agents and tiers together say who is a member of what, since when', () => {
    const pbx = listed({ status: 'On Break' });
    expect(memberships(pbx)).toMatchObject([
      {
        queues: [SUPPORT, SALES],
        members: [SUPPORT, SALES].map((queue) => ({
          queue,
          agentName: ANNA,
          interface: ANNA,
          paused: true,
          reason: 'On Break',
          loginAt: T0 - 600,
          pausedAt: T0 - 600,
          device: 'free',
        })),
      },
    ]);
  });

  it('repeated with nothing changed they say nothing; a tier or an agent gone they say', () => {
    const pbx = listed({});
    agents(pbx, 61, anna());
    tiers(pbx, 61, [SUPPORT, ANNA], [SALES, ANNA]);
    expect(memberships(pbx)).toHaveLength(1);
    tiers(pbx, 121, [SUPPORT, ANNA]);
    expect(memberships(pbx).at(-1)).toMatchObject({ members: [{ queue: SUPPORT }] });
    agents(pbx, 181);
    tiers(pbx, 181);
    expect(memberships(pbx)).toHaveLength(3);
    expect(memberships(pbx).at(-1)).toMatchObject({ members: [] });
  });

  it('a new connection tells them whatever was known', () => {
    const pbx = listed({});
    pbx.link(70, 'up');
    tiers(pbx, 70, [SUPPORT, ANNA], [SALES, ANNA]);
    expect(memberships(pbx)).toHaveLength(1);
    agents(pbx, 71, anna());
    tiers(pbx, 71, [SUPPORT, ANNA], [SALES, ANNA]);
    expect(memberships(pbx)).toHaveLength(2);
  });

  it('as tables they say the same, also with a caller named A|B', () => {
    const pbx = new ToldSwitch();
    pbx.answer(1, 'callcenter_config queue list', `name|strategy\n${SUPPORT}|ring-all\n+OK\n`);
    pbx.answer(
      1,
      'callcenter_config agent list',
      `name|type|contact|status|state|wrap_up_time|last_status_change\n${ANNA}|Callback|user/101@x|Available|Waiting|0|${T0 - 60}\n+OK\n`,
    );
    pbx.answer(
      1,
      'callcenter_config tier list',
      `queue|agent|state|level|position\n${SUPPORT}|${ANNA}|Ready|2|1\n+OK\n`,
    );
    pbx.answer(
      1,
      'callcenter_config queue list members',
      `queue|uuid|session_uuid|cid_number|cid_name|joined_epoch|serving_agent|state\n${SUPPORT}|m9|s9|491|A|B|${T0 - 30}||Waiting\nbroken\n${SUPPORT}|m8||492|C|${T0 - 40}||Abandoned\n+OK\n`,
    );
    expect(memberships(pbx)).toMatchObject([{ members: [{ queue: SUPPORT, agentName: ANNA, penalty: 2 }] }]);
    expect(pbx.facts('s9')).toMatchObject({
      callerName: 'A|B',
      callerNumber: '491',
      visits: [{ outcome: 'waiting', enteredAtSource: 'listed' }],
    });
  });

  it.each([
    ['+OK\n', 'empty table'],
    ['-ERR callcenter_config Command not found!\n', 'module not loaded'],
    ['{"status":"error","message":"x"}', 'refused'],
    ['{"row_count":0}', 'no rows'],
  ])('%j says nothing (%s)', (text) => {
    const pbx = new ToldSwitch();
    expect(pbx.answer(1, 'callcenter_config queue list members', text)).toEqual([]);
  });

  it.each(['{"response": 5}', '{broken', 'what is this'])('%j is told as not understood', (text) => {
    const pbx = new ToldSwitch();
    expect(() => pbx.answer(1, 'callcenter_config agent list', text)).toThrow(/callcenter_config agent list/);
  });

  it('after a restart the listings belong to the new core, though no event of it came yet', () => {
    const pbx = listed({});
    status(pbx, 10, 'On Break');
    pbx.core = 'e62d897e-9b4f-40ca-b2f7-6e4eaebf534c';
    pbx.link(30, 'up');
    pbx.answer(30, 'global_getvar core_uuid', `${pbx.core}\n`);
    agents(pbx, 30, anna());
    tiers(pbx, 30, [SUPPORT, ANNA]);
    pbx.say(40, 'HEARTBEAT', { 'Uptime-msec': 15_000 });
    status(pbx, 50, 'On Break');
    expect(memberships(pbx)).toHaveLength(2);
    expect(pbx.members.at(-1)).toBe(`50 ${ANNA} member-paused ${SUPPORT} On Break`);
  });

  const members = (pbx: ToldSwitch, seconds: number, ...rows: Record<string, string>[]): unknown =>
    pbx.answer(
      seconds,
      CONFIG.replace('agent', 'member'),
      JSON.stringify({ status: 'success', response: rows }),
    );
  const caller = (n: number, more: Record<string, string> = {}): Record<string, string> => ({
    queue: SUPPORT,
    uuid: `m${n}`,
    session_uuid: `s${n}`,
    cid_number: '491',
    cid_name: 'Müller',
    joined_epoch: String(T0 + 40),
    rejoined_epoch: '0',
    serving_agent: '',
    state: 'Waiting',
    ...more,
  });

  it('callers who came and went while nobody listened', () => {
    const pbx = new ToldSwitch();
    const enter = (seconds: number, n: number): unknown =>
      pbx.cc(seconds, 'member-queue-start', {
        'CC-Queue': SUPPORT,
        'CC-Member-UUID': `m${n}`,
        'CC-Member-Session-UUID': `s${n}`,
      });
    enter(1, 1);
    enter(2, 2);
    enter(58, 3);
    members(pbx, 60, caller(2, { joined_epoch: String(T0 + 2) }), caller(4), {
      ...caller(5, { state: 'Answered', serving_agent: ANNA }),
    });
    const outcomes = [1, 2, 3, 4, 5].map((n) => pbx.facts(`s${n}`).visits[0]);
    expect(outcomes).toMatchObject([
      { outcome: 'interrupted', endReason: 'gap' },
      { outcome: 'waiting' },
      { outcome: 'waiting' }, // joined a moment ago: the list need not have him yet
      { outcome: 'waiting', enteredAtSource: 'listed' },
      { outcome: 'answered', agent: ANNA, outcomeCertainty: 'assumed' },
    ]);
  });

  it('hold in a talk whose beginning nobody heard', () => {
    const pbx = new ToldSwitch();
    members(pbx, 60, caller(5, { state: 'Answered', serving_agent: ANNA }));
    pbx.answer(
      60,
      'show calls as json',
      JSON.stringify({
        row_count: 2,
        rows: [
          { uuid: 'a5', b_uuid: 's5' },
          { uuid: 'x', b_uuid: '' },
        ],
      }),
    );
    pbx.say(70, 'CHANNEL_HOLD', { 'Unique-ID': 'a5' });
    pbx.say(72, 'CHANNEL_UNHOLD', { 'Unique-ID': 'a5' });
    expect(pbx.facts('s5').visits[0]?.holds).toMatchObject([{ agent: ANNA }]);
  });

  it('a caller listed again and again is told once', () => {
    const pbx = new ToldSwitch();
    members(pbx, 60, caller(4));
    members(pbx, 120, caller(4));
    expect(pbx.events).toHaveLength(1);
  });
});

describe('phones', () => {
  const channel = (uuid: string, more: Record<string, string> = {}) => ({
    'Unique-ID': uuid,
    'Channel-Presence-ID': '101@branch.example',
    ...more,
  });

  it('an agent’s own call: in use from dialling, or from answering, until the channel is gone', () => {
    const pbx = listed({});
    pbx.say(10, 'CHANNEL_CREATE', channel('c1', { 'Call-Direction': 'inbound' }));
    pbx.say(11, 'CHANNEL_CREATE', channel('c2', { 'Call-Direction': 'outbound' }));
    pbx.say(12, 'CHANNEL_ANSWER', channel('c2'));
    pbx.say(15, 'CHANNEL_HANGUP_COMPLETE', channel('c1'));
    pbx.say(20, 'CHANNEL_HANGUP_COMPLETE', channel('c2'));
    pbx.say(30, 'CHANNEL_CREATE', {
      'Unique-ID': 'c3',
      'Call-Direction': 'inbound',
      'Channel-Presence-ID': '9',
    });
    expect(pbx.members).toEqual([
      `10 ${ANNA} device-state ${SUPPORT} inUse`,
      `20 ${ANNA} device-state ${SUPPORT} free`,
    ]);
  });

  it('a contact that is no user is known by its channel’s name, a loopback is not', () => {
    const pbx = listed({ contact: '{a=b}sofia/internal/109@10.0.0.9|loopback/5/x' });
    pbx.say(10, 'CHANNEL_ANSWER', { 'Unique-ID': 'c1', 'Channel-Name': 'sofia/internal/109@10.0.0.9' });
    pbx.say(11, 'CHANNEL_ANSWER', { 'Unique-ID': 'c2', 'Channel-Name': 'loopback/5/x' });
    expect(pbx.members).toEqual([`10 ${ANNA} device-state ${SUPPORT} inUse`]);
    pbx.cc(12, 'agent-contact-change', { 'CC-Agent': ANNA, 'CC-Agent-Contact': 'user/7@x' });
    pbx.say(13, 'CHANNEL_HANGUP_COMPLETE', { 'Unique-ID': 'c1' });
    pbx.say(14, 'CHANNEL_ANSWER', { 'Unique-ID': 'c4', 'Channel-Name': 'sofia/internal/109@10.0.0.9' });
    expect(pbx.members.slice(1)).toEqual([`13 ${ANNA} device-state ${SUPPORT} free`]);
  });

  it('a standing line says nothing of its agent', () => {
    const pbx = listed({ type: 'uuid-standby' });
    pbx.say(10, 'CHANNEL_ANSWER', channel('c1'));
    expect(pbx.members).toEqual([]);
  });

  it('the list of channels makes up for what was missed', () => {
    const pbx = listed({});
    pbx.say(10, 'CHANNEL_ANSWER', channel('c1'));
    pbx.answer(60, 'show channels as json', '{"row_count": 0}');
    pbx.answer(
      90,
      'show channels as json',
      JSON.stringify({
        row_count: 1,
        rows: [
          {
            uuid: 'c5',
            direction: 'inbound',
            name: 'x',
            presence_id: '101@branch.example',
            callstate: 'ACTIVE',
          },
        ],
      }),
    );
    expect(pbx.members).toEqual([
      `10 ${ANNA} device-state ${SUPPORT} inUse`,
      `60.02 ${ANNA} device-state ${SUPPORT} free`,
      `90.02 ${ANNA} device-state ${SUPPORT} inUse`,
    ]);
  });
});
