import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import type { PbxEvent } from '../pbx/event.js';
import { LivePbx } from './live-pbx.js';
import type { LiveSettings } from './model.js';
import { agentRow, callRow, queueRow } from './rows.js';
import { ALL_QUEUES } from './agent-state.js';

const T0 = 1_795_200_500_000;

/** An event's own words; `at` is seconds after T0. */
type Words = PbxEvent extends infer E
  ? E extends PbxEvent
    ? Omit<E, 'id' | 'source' | 'atUs' | 'connection' | 'ordinal'>
    : never
  : never;

class Story {
  readonly pbx: LivePbx;
  #ordinal = 0;
  constructor(settings: Partial<LiveSettings> = {}) {
    this.pbx = new LivePbx('hq', settings);
  }
  tell(at: number, words: Words, source: PbxEvent['source'] = 'ami', connection = 'ami:1'): this {
    const ordinal = this.#ordinal++;
    const atUs = (T0 + at * 1000) * 1000;
    this.pbx.apply({ ...words, id: `e${ordinal}`, source, atUs, connection, ordinal }, T0 + at * 1000);
    return this;
  }
  enters(at: number, callId: string, queue: string, position?: number): this {
    return this.tell(at, {
      kind: 'caller-entered',
      callId,
      queue,
      callerNumber: `+9989${callId}`,
      callerName: 'Oʻktam',
      did: '1000',
      ...(position !== undefined && { position }),
    });
  }
  login(at: number, agent: string, ...queues: string[]): this {
    for (const queue of queues) {
      this.tell(at, {
        kind: 'member-added',
        member: agent,
        interface: phone(agent),
        agentName: agent,
        queue,
      });
    }
    return this;
  }
  device(at: number, agent: string, state: 'free' | 'inUse' | 'unavailable'): this {
    return this.tell(at, {
      kind: 'device-state',
      queue: 'sales',
      member: agent,
      interface: phone(agent),
      state,
    });
  }
  queue(name: string, at: number) {
    const queue = this.pbx.floor.queues.get(name);
    return queue && queueRow(this.pbx, queue, T0 + at * 1000);
  }
  agent(name: string) {
    const agent = this.pbx.floor.agents.get(name);
    return agent && agentRow(this.pbx, agent, ALL_QUEUES);
  }
  call(callId: string) {
    const call = this.pbx.floor.calls.get(callId);
    return call && callRow(this.pbx, call);
  }
  doing(agent: string) {
    const row = this.agent(agent);
    return row && { state: row.state, since: (row.since - T0) / 1000 };
  }
}

const phone = (agent: string) => `SIP/${agent}`;

it('an agent has a penalty in each queue, as far as it is told', () => {
  const story = new Story().login(0, 'Ann', 'sales', 'support');
  const penalties = () => story.agent('Ann')?.queues.map(({ penalty }) => penalty);
  expect(penalties()).toEqual([null, null]);
  const [member, queue] = ['Ann', 'sales'];
  story.tell(1, { kind: 'member-penalty', member, queue, penalty: 5 });
  expect(penalties()).toEqual([5, null]);
  const listed = { queue, agentName: 'Ann', interface: phone('Ann'), paused: false, reason: '' };
  story.tell(2, {
    kind: 'members-listed',
    queues: [queue],
    members: [{ ...listed, penalty: 0, device: 'free' }],
  });
  expect(penalties()).toEqual([0, null]);
});

describe('a call through a queue', () => {
  it('waits, rings, talks, is held and ends, and so does its agent', () => {
    const story = new Story().login(0, 'Ann', 'sales').enters(10, 'c1', 'sales', 1);
    expect(story.queue('sales', 13)).toMatchObject({
      waiting: 1,
      ringing: 0,
      talking: 0,
      longestWaitMs: 3000,
    });
    expect(story.call('c1')).toMatchObject({
      state: 'waiting',
      position: 1,
      callerNumber: '+9989c1',
      did: '1000',
    });

    story.tell(12, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.call('c1')).toMatchObject({ state: 'ringing', offeredTo: ['Ann'] });
    expect(story.queue('sales', 13)).toMatchObject({
      waiting: 1,
      ringing: 1,
      agents: { ringing: 1, ready: 0 },
    });
    expect(story.agent('Ann')).toMatchObject({ state: 'ringing', callId: 'c1', queue: 'sales' });

    story.tell(15, { kind: 'offer-ended', callId: 'c1', queue: 'sales', agent: 'Ann', result: 'answered' });
    expect(story.doing('Ann')).toEqual({ state: 'ringing', since: 12 });
    story.tell(16, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann', waitSeconds: 6 });
    story.device(16, 'Ann', 'inUse');
    expect(story.queue('sales', 20)).toMatchObject({
      waiting: 0,
      talking: 1,
      longestWaitMs: 0,
      agents: { onCall: 1 },
    });
    expect(story.call('c1')).toMatchObject({
      state: 'talking',
      agent: 'Ann',
      position: null,
      enteredAt: T0 + 10_000,
      answeredAt: T0 + 16_000,
      estimated: false,
    });
    expect(story.agent('Ann')).toMatchObject({
      state: 'onCall',
      callerNumber: '+9989c1',
      since: T0 + 16_000,
    });

    story.tell(30, { kind: 'hold-started', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.call('c1')?.state).toBe('hold');
    expect(story.doing('Ann')).toEqual({ state: 'onHold', since: 30 });
    expect(story.queue('sales', 30)?.agents).toMatchObject({ onHold: 1, onCall: 0 });
    story.tell(35, { kind: 'hold-ended', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.doing('Ann')).toEqual({ state: 'onCall', since: 16 });

    story.tell(60, {
      kind: 'agent-completed',
      callId: 'c1',
      queue: 'sales',
      agent: 'Ann',
      endedBy: 'caller',
    });
    expect(story.call('c1')).toBeUndefined();
    expect(story.doing('Ann')).toEqual({ state: 'otherCall', since: 16 });
    story.device(61, 'Ann', 'free');
    expect(story.doing('Ann')).toEqual({ state: 'ready', since: 61 });
    expect(story.queue('sales', 61)).toMatchObject({
      waiting: 0,
      talking: 0,
      agents: { loggedIn: 1, ready: 1 },
    });
  });

  it('frees the agent whichever comes first, the end of the talk or the hang-up of the caller', () => {
    for (const first of ['agent-completed', 'caller-hung-up', 'agent-leg-ended'] as const) {
      const story = new Story()
        .login(0, 'Ann', 'sales')
        .enters(1, 'c1', 'sales')
        .tell(2, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' });
      const ends: Record<typeof first, Words> = {
        'agent-completed': {
          kind: 'agent-completed',
          callId: 'c1',
          queue: 'sales',
          agent: 'Ann',
          endedBy: 'agent',
        },
        'caller-hung-up': { kind: 'caller-hung-up', callId: 'c1' },
        'agent-leg-ended': { kind: 'agent-leg-ended', callId: 'c1', queue: 'sales', agent: 'Ann' },
      };
      story.tell(9, ends[first]);
      expect(story.doing('Ann')).toEqual({ state: 'ready', since: 9 });
      for (const end of Object.values(ends)) story.tell(10, end);
      expect(story.doing('Ann')).toEqual({ state: 'ready', since: 9 });
      expect(story.pbx.floor.calls.size).toBe(0);
    }
  });

  it('lets the others move up when one leaves, and back when one with priority enters before them', () => {
    const story = new Story()
      .enters(0, 'a', 'sales', 1)
      .enters(1, 'b', 'sales', 2)
      .enters(2, 'c', 'sales', 3);
    story.enters(3, 'vip', 'sales', 1);
    const places = () => ['vip', 'a', 'b', 'c'].map((id) => story.call(id)?.position);
    expect(places()).toEqual([1, 2, 3, 4]);
    story.tell(4, {
      kind: 'caller-left',
      callId: 'a',
      queue: 'sales',
      outcome: 'abandoned',
      certainty: 'stated',
      waitSeconds: 4,
    });
    expect(places()).toEqual([1, undefined, 2, 3]);
    story.tell(5, { kind: 'agent-connected', callId: 'vip', queue: 'sales', agent: 'Ann' });
    expect(places()).toEqual([null, undefined, 1, 2]);
    expect(story.queue('sales', 10)).toMatchObject({
      waiting: 2,
      longestWaitMs: 9000,
      oldestEnteredAt: T0 + 1000,
    });
  });

  it('counts the misses in a row; a call the caller gave up or another took is none; an answer ends the row', () => {
    const story = new Story().login(0, 'Ann', 'sales').enters(1, 'c1', 'sales');
    const offer = (at: number, result: 'noAnswer' | 'canceled' | 'lostRace') =>
      story
        .tell(at, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent: 'Ann' })
        .tell(at + 1, { kind: 'offer-ended', callId: 'c1', queue: 'sales', agent: 'Ann', result });
    offer(2, 'noAnswer');
    offer(4, 'canceled');
    offer(6, 'noAnswer');
    offer(8, 'lostRace');
    expect(story.agent('Ann')).toMatchObject({ missesInARow: 2, state: 'ready' });
    expect(story.queue('sales', 10)).toMatchObject({ maxMissesInARow: 2, waiting: 1 });
    story.tell(10, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.queue('sales', 10)?.maxMissesInARow).toBe(0);
  });

  it('frees every agent of a ring-all queue when one of them is joined, and when the caller leaves', () => {
    const story = new Story().login(0, 'Ann', 'sales').login(0, 'Bob', 'sales').enters(1, 'c1', 'sales');
    for (const agent of ['Ann', 'Bob']) {
      story.tell(2, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent });
    }
    expect(story.queue('sales', 2)?.agents).toMatchObject({ ringing: 2, ready: 0 });
    story.tell(4, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Bob' });
    expect(story.queue('sales', 4)?.agents).toMatchObject({ ringing: 0, ready: 1, onCall: 1 });
    story
      .enters(5, 'c2', 'sales')
      .tell(6, { kind: 'agent-offered', callId: 'c2', queue: 'sales', agent: 'Ann' });
    story.tell(7, { kind: 'caller-hung-up', callId: 'c2' });
    expect(story.doing('Ann')).toEqual({ state: 'ready', since: 7 });
  });

  it('keeps the caller waiting when the agent hangs up during the announcement', () => {
    const story = new Story().login(0, 'Ann', 'sales').enters(1, 'c1', 'sales');
    story.tell(2, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent: 'Ann' });
    story.tell(5, { kind: 'agent-dumped', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.call('c1')).toMatchObject({ state: 'waiting', position: 1 });
    expect(story.doing('Ann')).toEqual({ state: 'ready', since: 5 });
  });

  it('a caller transferred to the next queue waits there though the end of the first talk comes later', () => {
    const story = new Story({ wrapUpSeconds: () => 20 })
      .login(0, 'Ann', 'sales')
      .enters(1, 'c1', 'sales')
      .tell(2, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' })
      .enters(30, 'c1', 'billing', 1)
      .tell(31, {
        kind: 'agent-completed',
        callId: 'c1',
        queue: 'sales',
        agent: 'Ann',
        endedBy: 'transfer',
        transferKind: 'blind',
      });
    expect(story.call('c1')).toMatchObject({ queue: 'billing', state: 'waiting', enteredAt: T0 + 30_000 });
    expect(story.queue('sales', 31)).toMatchObject({ waiting: 0, talking: 0 });
    expect(story.queue('billing', 31)).toMatchObject({ waiting: 1, longestWaitMs: 1000 });
    expect(story.doing('Ann')).toEqual({ state: 'wrapUp', since: 30 });
  });
});

describe('what an agent is doing', () => {
  it('is the first that applies: call, ringing, wrap-up, pause, other call, unreachable, ready', () => {
    const story = new Story({ wrapUpSeconds: (queue) => (queue === 'sales' ? 30 : null) });
    story.login(0, 'Ann', 'sales');
    const seen = () => story.agent('Ann')?.state;
    expect(seen()).toBe('ready');
    story.device(1, 'Ann', 'unavailable');
    expect(seen()).toBe('unavailable');
    story.device(2, 'Ann', 'inUse');
    expect(seen()).toBe('otherCall');
    story.tell(3, { kind: 'member-paused', member: 'Ann', queue: 'sales', reason: 'lunch' });
    expect(story.agent('Ann')).toMatchObject({ state: 'paused', reason: 'lunch', since: T0 + 3000 });
    story
      .enters(4, 'c1', 'sales')
      .tell(5, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(seen()).toBe('ringing');
    story.tell(6, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(seen()).toBe('onCall');
    story.tell(10, {
      kind: 'agent-completed',
      callId: 'c1',
      queue: 'sales',
      agent: 'Ann',
      endedBy: 'caller',
    });
    expect(story.doing('Ann')).toEqual({ state: 'wrapUp', since: 10 });
    story.pbx.tick(T0 + 39_999);
    expect(seen()).toBe('wrapUp');
    story.pbx.tick(T0 + 40_000);
    expect(story.doing('Ann')).toEqual({ state: 'paused', since: 3 });
  });

  it('wrap-up ends with its time, the next offer, a pause or a logout', () => {
    const afterCall = () =>
      new Story({ wrapUpSeconds: () => 30 })
        .login(0, 'Ann', 'sales')
        .enters(1, 'c1', 'sales')
        .tell(2, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' })
        .tell(10, { kind: 'agent-completed', callId: 'c1', queue: 'sales', agent: 'Ann', endedBy: 'agent' });
    const timed = afterCall();
    expect(timed.queue('sales', 10)?.agents).toMatchObject({ wrapUp: 1, ready: 0 });
    timed.pbx.tick(T0 + 45_000);
    expect(timed.doing('Ann')).toEqual({ state: 'ready', since: 40 });
    expect(timed.queue('sales', 45)?.agents).toMatchObject({ wrapUp: 0, ready: 1 });

    const offered = afterCall().enters(11, 'c2', 'sales');
    offered.tell(12, { kind: 'agent-offered', callId: 'c2', queue: 'sales', agent: 'Ann' });
    offered.tell(14, { kind: 'offer-ended', callId: 'c2', queue: 'sales', agent: 'Ann', result: 'noAnswer' });
    expect(offered.doing('Ann')).toEqual({ state: 'ready', since: 14 });

    const paused = afterCall().tell(15, { kind: 'member-paused', member: 'Ann', queue: 'sales', reason: '' });
    expect(paused.doing('Ann')).toEqual({ state: 'paused', since: 15 });

    const left = afterCall()
      .tell(15, { kind: 'member-removed', member: 'Ann', queue: 'sales' })
      .login(16, 'Ann', 'sales');
    expect(left.doing('Ann')).toEqual({ state: 'ready', since: 16 });
  });

  it('is paused only when paused in every queue; a partial pause counts in its own queue', () => {
    const story = new Story().login(0, 'Ann', 'sales', 'support');
    story.tell(5, { kind: 'member-paused', member: 'Ann', queue: 'sales', reason: 'training' });
    expect(story.doing('Ann')).toEqual({ state: 'ready', since: 0 });
    expect(story.agent('Ann')?.queues).toEqual([
      {
        queue: 'sales',
        loginAt: T0,
        paused: true,
        reason: 'training',
        pausedSince: T0 + 5000,
        penalty: null,
      },
      { queue: 'support', loginAt: T0, paused: false, reason: '', pausedSince: null, penalty: null },
    ]);
    expect(story.queue('sales', 25)).toMatchObject({
      agents: { paused: 1, ready: 0 },
      longestPauseMs: 20_000,
    });
    expect(story.queue('support', 25)).toMatchObject({ agents: { paused: 0, ready: 1 }, longestPauseMs: 0 });
    story.tell(8, { kind: 'member-paused', member: 'Ann', queue: 'support', reason: 'lunch' });
    expect(story.agent('Ann')).toMatchObject({ state: 'paused', reason: 'lunch', since: T0 + 8000 });
    story.tell(9, { kind: 'member-paused', member: 'Ann', queue: 'support', reason: 'lunch' });
    expect(story.doing('Ann')).toEqual({ state: 'paused', since: 8 });
    story.tell(10, { kind: 'member-paused', member: 'Ann', queue: 'support', reason: 'meeting' });
    expect(story.doing('Ann')).toEqual({ state: 'paused', since: 10 });
    story.tell(11, { kind: 'member-unpaused', member: 'Ann', queue: 'sales' });
    expect(story.doing('Ann')).toEqual({ state: 'ready', since: 11 });
  });

  it('counts a call of one queue as another call in the agent’s other queues', () => {
    const story = new Story()
      .login(0, 'Ann', 'sales', 'support')
      .enters(1, 'c1', 'sales')
      .tell(2, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' });
    expect(story.queue('sales', 3)?.agents).toMatchObject({ loggedIn: 1, onCall: 1, otherCall: 0 });
    expect(story.queue('support', 3)?.agents).toMatchObject({ loggedIn: 1, onCall: 0, otherCall: 1 });
  });

  it('is gone when out of every queue, but not before the last call ends', () => {
    const story = new Story()
      .login(0, 'Ann', 'sales')
      .enters(1, 'c1', 'sales')
      .tell(2, { kind: 'agent-connected', callId: 'c1', queue: 'sales', agent: 'Ann' })
      .tell(3, { kind: 'member-removed', member: 'Ann', queue: 'sales' });
    expect(story.doing('Ann')).toEqual({ state: 'onCall', since: 2 });
    expect(story.queue('sales', 3)?.agents).toMatchObject({ loggedIn: 0, onCall: 0 });
    story.tell(4, { kind: 'caller-hung-up', callId: 'c1' });
    expect(story.agent('Ann')).toBeUndefined();
  });
});

describe('names of agents', () => {
  it('an interface seen before its name is merged into the agent', () => {
    const story = new Story()
      .tell(0, { kind: 'member-added', member: 'SIP/7', interface: 'SIP/7', queue: 'sales' })
      .enters(1, 'c1', 'sales')
      .tell(2, { kind: 'agent-offered', callId: 'c1', queue: 'sales', agent: 'SIP/7' });
    expect(story.agent('SIP/7')).toMatchObject({ state: 'ringing' });
    story.tell(3, {
      kind: 'device-state',
      queue: 'sales',
      member: 'Ўткир',
      interface: 'SIP/7',
      agentName: 'Ўткир',
      state: 'free',
    });
    expect(story.agent('SIP/7')).toBeUndefined();
    expect(story.agent('Ўткир')).toMatchObject({ state: 'ringing', interfaces: ['SIP/7'], since: T0 + 2000 });
    expect(story.call('c1')).toMatchObject({ offeredTo: ['Ўткир'] });
    expect(story.queue('sales', 3)?.agents).toMatchObject({ loggedIn: 1, ringing: 1 });
    story.tell(4, { kind: 'member-removed', member: 'SIP/7', interface: 'SIP/7', queue: 'sales' });
    story.tell(5, { kind: 'caller-hung-up', callId: 'c1' });
    expect(story.pbx.floor.agents.size).toBe(0);
  });

  it('a phone that changes hands belongs to its new agent alone', () => {
    const story = new Story()
      .tell(0, { kind: 'member-added', member: 'Ann', interface: 'SIP/7', agentName: 'Ann', queue: 'sales' })
      .tell(1, { kind: 'member-added', member: 'Bob', interface: 'SIP/7', agentName: 'Bob', queue: 'sales' })
      .tell(2, { kind: 'device-state', queue: 'sales', member: 'SIP/7', interface: 'SIP/7', state: 'inUse' });
    expect(story.agent('Bob')).toMatchObject({ state: 'otherCall', interfaces: ['SIP/7'] });
    expect(story.agent('Ann')).toMatchObject({ state: 'ready', interfaces: [] });
  });

  it('two members with one name are one agent, and stay logged in until both have left', () => {
    const both = (interfaceName: string) => ({
      member: interfaceName,
      interface: interfaceName,
      agentName: 'John Smith',
    });
    const story = new Story()
      .tell(0, { kind: 'member-added', queue: 'sales', ...both('SIP/1') })
      .tell(1, { kind: 'member-added', queue: 'sales', ...both('SIP/2') })
      .tell(2, { kind: 'member-removed', queue: 'sales', ...both('SIP/1') });
    expect(story.agent('John Smith')).toMatchObject({ state: 'ready', interfaces: ['SIP/1', 'SIP/2'] });
    expect(story.queue('sales', 2)?.agents.loggedIn).toBe(1);
    story.tell(3, { kind: 'member-removed', queue: 'sales', ...both('SIP/2') });
    expect(story.agent('John Smith')).toBeUndefined();
  });
});

describe('after a lost link', () => {
  it('keeps the state, says since when it is stale, and is put right by the listing', () => {
    const story = new Story()
      .tell(0, { kind: 'link-up' }, 'link')
      .tell(1, { kind: 'members-listed', queues: ['sales'], members: [] })
      .login(2, 'Ann', 'sales')
      .login(2, 'Bob', 'sales')
      .enters(3, 'a', 'sales', 1)
      .enters(4, 'b', 'sales', 2)
      .enters(5, 'c', 'sales', 3)
      .enters(5, 'd', 'sales', 4)
      .tell(6, { kind: 'agent-connected', callId: 'a', queue: 'sales', agent: 'Ann' });
    expect(story.pbx.source).toMatchObject({ link: 'up', staleSince: null });
    story.tell(10, { kind: 'link-down', reason: 'connection reset' }, 'link');
    expect(story.pbx.source).toMatchObject({
      link: 'down',
      staleSince: T0 + 10_000,
      staleReason: 'connection reset',
    });
    expect(story.queue('sales', 11)).toMatchObject({ waiting: 3, talking: 1 });

    story.tell(40, { kind: 'link-up' }, 'link', 'ami:2');
    expect(story.pbx.source).toMatchObject({ link: 'up', staleSince: T0 + 10_000 });
    const member = { queue: 'sales', agentName: 'Bob', interface: 'SIP/Bob', paused: true, reason: 'lunch' };
    story
      .tell(41, {
        kind: 'members-listed',
        queues: ['sales'],
        members: [{ ...member, pausedAt: (T0 + 20_000) / 1000, device: 'free' }],
      })
      .tell(41, {
        kind: 'call-listed',
        callId: 'c',
        queue: 'sales',
        state: 'waiting',
        waitSeconds: 36,
        position: 1,
      })
      .tell(41, {
        kind: 'call-listed',
        callId: 'd',
        queue: 'sales',
        state: 'waiting',
        waitSeconds: 36,
        position: 2,
      })
      .tell(41, {
        kind: 'call-listed',
        callId: 'e',
        queue: 'sales',
        state: 'waiting',
        waitSeconds: 9,
        position: 3,
      })
      .tell(41, { kind: 'call-listed', callId: 'f', queue: 'sales', state: 'talking', agent: 'Bob' })
      .tell(41, { kind: 'call-listed', callId: 'a', queue: 'sales', state: 'gone' })
      .tell(41, { kind: 'call-listed', callId: 'b', queue: 'sales', state: 'gone' });
    expect(story.pbx.source).toMatchObject({ link: 'up', staleSince: null, staleReason: '' });
    expect([...story.pbx.floor.calls.keys()]).toEqual(['c', 'd', 'e', 'f']);
    expect(['c', 'd', 'e'].map((id) => story.call(id)?.position)).toEqual([1, 2, 3]);
    expect(story.call('c')).toMatchObject({ enteredAt: T0 + 5000, estimated: false });
    expect(story.call('e')).toMatchObject({ enteredAt: T0 + 32_000, estimated: true });
    expect(story.call('f')).toMatchObject({ state: 'talking', agent: 'Bob', estimated: true });
    expect(story.agent('Ann')).toBeUndefined();
    expect(story.doing('Bob')).toEqual({ state: 'onCall', since: 41 });
    story.tell(50, { kind: 'caller-hung-up', callId: 'f' });
    expect(story.doing('Bob')).toEqual({ state: 'paused', since: 20 });
    expect(story.queue('sales', 50)).toMatchObject({ waiting: 3, agents: { loggedIn: 1, paused: 1 } });
  });

  it('a listing of some queues leaves the members of the others', () => {
    const story = new Story().login(0, 'Ann', 'sales', 'support');
    story.tell(1, { kind: 'members-listed', queues: ['sales'], members: [] });
    expect(story.agent('Ann')?.queues.map(({ queue }) => queue)).toEqual(['support']);
  });

  it('a restart of the PBX ends the calls from before it, told once or with every login', () => {
    const story = new Story({ wrapUpSeconds: () => 30 })
      .login(0, 'Ann', 'sales')
      .enters(1, 'a', 'sales')
      .enters(2, 'b', 'sales')
      .tell(3, { kind: 'agent-connected', callId: 'a', queue: 'sales', agent: 'Ann' })
      .enters(20, 'c', 'sales');
    const started: Words = { kind: 'pbx-started' };
    story.tell(9, started);
    expect([...story.pbx.floor.calls.keys()]).toEqual(['c']);
    expect(story.queue('sales', 20)).toMatchObject({
      waiting: 1,
      talking: 0,
      agents: { loggedIn: 1, ready: 1 },
    });
    story.tell(9, started);
    expect(story.call('c')).toMatchObject({ state: 'waiting' });
    expect(story.pbx.source).toMatchObject({ staleSince: null, lastEventAt: T0 + 20_000 });
  });
});

describe('a PBX known by its log alone', () => {
  it('is followed by it, until an event stream shows up', () => {
    const story = new Story().tell(0, { kind: 'caller-entered', callId: 'a', queue: 'sales' }, 'queue_log');
    story.tell(1, { kind: 'member-added', member: 'Ann', queue: 'sales' }, 'queue_log');
    expect(story.queue('sales', 1)).toMatchObject({ waiting: 1, agents: { loggedIn: 1 } });
    expect(story.pbx.source).toMatchObject({ link: 'none', staleSince: null });
    story.tell(2, { kind: 'pbx-started' }, 'queue_log');
    expect(story.queue('sales', 2)).toMatchObject({ waiting: 0, agents: { loggedIn: 0 } });
    story
      .tell(3, { kind: 'link-up' }, 'link')
      .enters(4, 'b', 'sales')
      .tell(5, { kind: 'caller-hung-up', callId: 'b' });
    story.tell(6, { kind: 'caller-entered', callId: 'b', queue: 'sales' }, 'queue_log');
    expect(story.queue('sales', 6)?.waiting).toBe(0);
  });
});

describe('what is never told to end', () => {
  it('a call is dropped after the longest time allowed, and counted', () => {
    const story = new Story({ longestWaitMs: 3_600_000, longestTalkMs: 7_200_000 })
      .enters(0, 'a', 'sales')
      .enters(1, 'b', 'sales')
      .tell(2, { kind: 'agent-connected', callId: 'b', queue: 'sales', agent: 'Ann' });
    story.pbx.tick(T0 + 3_600_000);
    expect(story.pbx.floor.calls.size).toBe(2);
    story.pbx.tick(T0 + 3_700_000);
    expect([...story.pbx.floor.calls.keys()]).toEqual(['b']);
    story.pbx.tick(T0 + 7_300_000);
    expect(story.pbx.floor.calls.size).toBe(0);
    expect(story.pbx.floor.agents.size).toBe(0);
    expect(story.pbx.source.expiredCalls).toBe(2);
  });

  it('a queue nobody uses any more is forgotten', () => {
    const story = new Story({ idleQueueMs: 3_600_000 }).login(0, 'Ann', 'sales').enters(0, 'a', 'old');
    story.tell(1, { kind: 'caller-hung-up', callId: 'a' });
    story.pbx.tick(T0 + 3_000_000);
    expect([...story.pbx.floor.queues.keys()]).toEqual(['sales', 'old']);
    story.pbx.tick(T0 + 3_700_000);
    expect([...story.pbx.floor.queues.keys()]).toEqual(['sales']);
  });
});

it('the lag is how late an event is applied; an event of the future happens now', () => {
  const pbx = new LivePbx('hq');
  const event = {
    id: 'x',
    source: 'ami',
    connection: 'c',
    ordinal: 0,
    kind: 'caller-entered',
    queue: 'q',
  } as const;
  pbx.apply({ ...event, callId: 'a', atUs: (T0 - 2500) * 1000 }, T0);
  expect(pbx.source).toMatchObject({ lastEventAt: T0 - 2500, eventLagMs: 2500 });
  pbx.apply({ ...event, callId: 'b', atUs: (T0 + 60_000) * 1000 }, T0);
  expect(pbx.floor.calls.get('b')?.enteredAt).toBe(T0);
  expect(pbx.source.eventLagMs).toBe(0);
});

describe('whatever the order of events', () => {
  const agents = ['Ann', 'Bob', 'SIP/Ann'];
  const queues = ['sales', 'support'];
  const anyWords = fc
    .record({
      agent: fc.constantFrom(...agents),
      queue: fc.constantFrom(...queues),
      callId: fc.constantFrom('1', '2', '3', '4'),
      position: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      kind: fc.constantFrom(
        ...([
          'enter',
          'left',
          'offer',
          'noAnswer',
          'connect',
          'complete',
          'hold',
          'hangup',
          'waits',
          'talks',
        ] as const),
        ...([
          'gone',
          'add',
          'named',
          'remove',
          'pause',
          'unpause',
          'busy',
          'free',
          'listing',
          'restart',
        ] as const),
      ),
    })
    .map(({ agent, queue, callId, position, kind }): Words => {
      const call = { callId, queue, ...(position !== undefined && { position }) };
      const member = { member: agent, queue };
      switch (kind) {
        case 'enter':
          return { kind: 'caller-entered', ...call };
        case 'left':
          return { kind: 'caller-left', outcome: 'abandoned', certainty: 'stated', ...call };
        case 'offer':
          return { kind: 'agent-offered', agent, callId, queue };
        case 'noAnswer':
          return { kind: 'offer-ended', agent, callId, queue, result: 'noAnswer' };
        case 'connect':
          return { kind: 'agent-connected', agent, callId, queue };
        case 'complete':
          return { kind: 'agent-completed', agent, callId, queue, endedBy: 'agent' };
        case 'hold':
          return { kind: 'hold-started', agent, callId, queue };
        case 'hangup':
          return { kind: 'caller-hung-up', callId };
        case 'waits':
          return { kind: 'call-listed', state: 'waiting', ...call };
        case 'talks':
          return { kind: 'call-listed', state: 'talking', agent, callId, queue };
        case 'gone':
          return { kind: 'call-listed', state: 'gone', callId, queue };
        case 'add':
          return { kind: 'member-added', ...member };
        case 'named':
          return { kind: 'member-added', member: 'SIP/Ann', interface: 'SIP/Ann', agentName: 'Ann', queue };
        case 'remove':
          return { kind: 'member-removed', ...member };
        case 'pause':
          return { kind: 'member-paused', reason: '', ...member };
        case 'unpause':
          return { kind: 'member-unpaused', ...member };
        case 'busy':
          return { kind: 'device-state', state: 'inUse', ...member };
        case 'free':
          return { kind: 'device-state', state: 'free', ...member };
        case 'listing':
          return { kind: 'members-listed', queues: [queue], members: [] };
        case 'restart':
          return { kind: 'pbx-started' };
      }
    });

  it('every member is counted once per queue, and calls and agents agree on who is with whom', () => {
    fc.assert(
      fc.property(fc.array(anyWords, { maxLength: 60 }), (history) => {
        const story = new Story({ wrapUpSeconds: () => 3 });
        history.forEach((words, i) => {
          story.tell(i, words);
          story.pbx.tick(T0 + i * 1000);
        });
        const { queues: all, calls, agents: people } = story.pbx.floor;
        for (const queue of all.values()) {
          const { loggedIn, ...states } = queueRow(story.pbx, queue, T0).agents;
          expect(Object.values(states).reduce((a, b) => a + b, 0)).toBe(loggedIn);
          expect([...queue.counts.values()].every((count) => count >= 0)).toBe(true);
          const inQueue = [...calls.values()].filter((call) => call.queue === queue.name);
          expect(new Set([...queue.line, ...queue.talking])).toEqual(new Set(inQueue));
          for (const call of queue.line) expect(call.position).toBeGreaterThanOrEqual(1);
        }
        for (const agent of people.values()) {
          for (const call of agent.talks.values()) {
            expect(calls.get(call.callId)).toBe(call);
            expect(call.agent).toBe(agent.name);
          }
          for (const { call } of agent.offers.values()) {
            expect(calls.get(call.callId)).toBe(call);
            expect(call.offeredTo.has(agent.name)).toBe(true);
          }
        }
        for (const call of calls.values()) {
          for (const name of call.offeredTo) expect(people.get(name)?.offers.has(call.callId)).toBe(true);
          if (call.agent !== null) expect(people.get(call.agent)?.talks.has(call.callId)).toBe(true);
        }
        for (const callId of [...calls.keys()]) story.tell(100, { kind: 'caller-hung-up', callId });
        expect([...people.values()].flatMap(({ talks, offers }) => [...talks, ...offers])).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
