import { describe, expect, it } from '@jest/globals';
import fc from '../../test/support/fast-check.js';
import { Value } from 'typebox/value';
import type { CallEvent, MemberEvent } from '../pbx/event.js';
import { LiveView, type Viewer } from './live-view.js';
import { LiveDelta, LiveSnapshot } from './shape.js';

const T0 = 1_795_200_500_000;
const RED = 1;
const BLUE = 2;

const base = { id: 'x', source: 'ami', connection: 'ami:1', ordinal: 0, atUs: T0 * 1000 } as const;
const enters = (callId: string, queue: string): CallEvent => ({
  ...base,
  kind: 'caller-entered',
  callId,
  queue,
  callerNumber: `+998${callId}`,
});
const connects = (callId: string, queue: string, agent: string): CallEvent => ({
  ...base,
  kind: 'agent-connected',
  callId,
  queue,
  agent,
});
const hangsUp = (callId: string): CallEvent => ({ ...base, kind: 'caller-hung-up', callId });
const member = (kind: 'member-added' | 'member-removed', agent: string, queue: string): MemberEvent => ({
  ...base,
  kind,
  member: agent,
  queue,
});

/** Queues `red…` are of one tenant, `blue…` of the other. */
const tenants = () => new LiveView({ tenantOf: (_pbx, queue) => (queue.startsWith('red') ? RED : BLUE) });

describe('a tenant', () => {
  const view = tenants();
  for (const event of [
    member('member-added', 'Ann', 'red-sales'),
    member('member-added', 'Ann', 'blue-sales'),
    member('member-added', 'Bob', 'blue-sales'),
    enters('1', 'red-sales'),
    enters('2', 'blue-sales'),
    connects('2', 'blue-sales', 'Ann'),
  ]) {
    view.apply('hq', event, T0);
  }
  view.apply('other', enters('3', 'blue-far'), T0);

  it('sees its own queues, and an agent busy for another tenant as on some other call', () => {
    const red = view.snapshot(RED, T0);
    expect(red.pbxs.map(({ pbx }) => pbx)).toEqual(['hq']);
    expect(red.queues.map(({ queue }) => queue)).toEqual(['red-sales']);
    expect(red.queues[0]?.agents).toMatchObject({ loggedIn: 1, otherCall: 1, onCall: 0 });
    expect(red.calls.map(({ callId }) => callId)).toEqual(['1']);
    expect(red.agents).toHaveLength(1);
    expect(red.agents[0]).toMatchObject({
      agent: 'Ann',
      state: 'otherCall',
      callId: null,
      callerNumber: null,
    });
    expect(red.agents[0]?.queues.map(({ queue }) => queue)).toEqual(['red-sales']);
    expect(JSON.stringify(red)).not.toContain('blue');

    const blue = view.snapshot(BLUE, T0);
    expect(blue.agents.map(({ agent, state }) => [agent, state])).toEqual([
      ['Ann', 'onCall'],
      ['Bob', 'ready'],
    ]);
    expect(view.snapshot(null, T0).queues).toHaveLength(3);
  });

  it('hears nothing of the others, not even that their calls end', () => {
    const heard: LiveDelta[] = [];
    const stop = view.subscribe(RED, (delta) => heard.push(delta));
    view.apply('other', hangsUp('3'), T0);
    view.flush(T0);
    expect(heard).toEqual([]);
    view.apply('hq', hangsUp('2'), T0);
    view.apply('hq', member('member-removed', 'Bob', 'blue-sales'), T0);
    view.flush(T0);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.agents.map(({ agent, state }) => [agent, state])).toEqual([['Ann', 'ready']]);
    expect(heard[0]?.gone).toEqual({ pbxs: [], queues: [], agents: [], calls: [] });
    expect(JSON.stringify(heard)).not.toContain('blue');
    view.apply('hq', hangsUp('1'), T0);
    view.flush(T0);
    expect(heard[1]?.gone.calls).toEqual([{ pbx: 'hq', callId: '1' }]);
    stop();
    view.apply('hq', enters('4', 'red-sales'), T0);
    view.flush(T0);
    expect(heard).toHaveLength(2);
  });
});

it('many changes between two flushes go out as one row each', () => {
  const view = tenants();
  const heard: LiveDelta[] = [];
  view.subscribe(null, (delta) => heard.push(delta));
  for (let i = 0; i < 50; i++) view.apply('hq', enters(`${i}`, 'red'), T0);
  for (let i = 0; i < 49; i++) view.apply('hq', hangsUp(`${i}`), T0);
  view.flush(T0 + 1000);
  view.flush(T0 + 1000);
  expect(heard).toHaveLength(1);
  expect(heard[0]?.queues).toHaveLength(1);
  expect(heard[0]?.queues[0]).toMatchObject({ waiting: 1, longestWaitMs: 1000 });
  expect(heard[0]?.calls.map(({ callId, position }) => [callId, position])).toEqual([['49', 1]]);
  expect(heard[0]?.gone.calls).toEqual([]);
});

it('a PBX taken out of the configuration is gone with all it had', () => {
  const view = tenants();
  const heard: LiveDelta[] = [];
  view.apply('hq', member('member-added', 'Ann', 'red'), T0);
  view.apply('hq', enters('1', 'red'), T0);
  view.subscribe(RED, (delta) => heard.push(delta));
  view.remove('hq');
  view.flush(T0);
  expect(heard[0]?.gone).toEqual({
    pbxs: [{ pbx: 'hq' }],
    queues: [{ pbx: 'hq', queue: 'red' }],
    agents: [{ pbx: 'hq', agent: 'Ann' }],
    calls: [{ pbx: 'hq', callId: '1' }],
  });
  expect(view.snapshot(null, T0)).toEqual({ at: T0, pbxs: [], queues: [], agents: [], calls: [] });
});

/** What a client does with snapshot and deltas. */
class Client {
  readonly #rows = new Map<string, unknown>();
  constructor({ pbxs, queues, agents, calls }: LiveSnapshot) {
    this.#put({ pbxs, queues, agents, calls });
  }
  apply({ pbxs, queues, agents, calls, gone }: LiveDelta): void {
    this.#put({ pbxs, queues, agents, calls });
    for (const { pbx } of gone.pbxs) this.#rows.delete(`p ${pbx}`);
    for (const { pbx, queue } of gone.queues) this.#rows.delete(`q ${pbx} ${queue}`);
    for (const { pbx, agent } of gone.agents) this.#rows.delete(`a ${pbx} ${agent}`);
    for (const { pbx, callId } of gone.calls) this.#rows.delete(`c ${pbx} ${callId}`);
  }
  get rows() {
    return new Map([...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  #put({ pbxs, queues, agents, calls }: Pick<LiveSnapshot, 'pbxs' | 'queues' | 'agents' | 'calls'>): void {
    for (const row of pbxs) this.#rows.set(`p ${row.pbx}`, row);
    for (const row of queues) this.#rows.set(`q ${row.pbx} ${row.queue}`, row);
    for (const row of agents) this.#rows.set(`a ${row.pbx} ${row.agent}`, row);
    for (const row of calls) this.#rows.set(`c ${row.pbx} ${row.callId}`, row);
  }
}

it('a snapshot and the deltas after it give the next snapshot, for every viewer', () => {
  const anyEvent = fc.record({
    what: fc.constantFrom(
      'enters',
      'connects',
      'hangsUp',
      'member-added',
      'member-removed',
      'flush',
      'remove',
    ),
    callId: fc.constantFrom('1', '2', '3'),
    queue: fc.constantFrom('red', 'red-2', 'blue'),
    agent: fc.constantFrom('Ann', 'Bob'),
    pbx: fc.constantFrom('hq', 'branch'),
  });
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.nat(20), (history, subscribeAfter) => {
      const view = tenants();
      const clients = new Map<Viewer, Client>();
      history.forEach(({ what, callId, queue, agent, pbx }, i) => {
        if (i === subscribeAfter) {
          for (const viewer of [RED, BLUE, null]) {
            const client = new Client(view.snapshot(viewer, T0));
            clients.set(viewer, client);
            view.subscribe(viewer, (delta) => {
              expect(Value.Check(LiveDelta, delta)).toBe(true);
              client.apply(delta);
            });
          }
        }
        if (what === 'flush') view.flush(T0);
        else if (what === 'remove') view.remove(pbx);
        else if (what === 'enters') view.apply(pbx, enters(callId, queue), T0);
        else if (what === 'connects') view.apply(pbx, connects(callId, queue, agent), T0);
        else if (what === 'hangsUp') view.apply(pbx, hangsUp(callId), T0);
        else view.apply(pbx, member(what, agent, queue), T0);
      });
      view.flush(T0);
      for (const [viewer, client] of clients) {
        const next = view.snapshot(viewer, T0);
        expect(Value.Check(LiveSnapshot, next)).toBe(true);
        expect(client.rows).toEqual(new Client(next).rows);
      }
    }),
    { numRuns: 500 },
  );
});
