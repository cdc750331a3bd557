import { LiveTables } from './tables';
import { agentRow, callRow, delta, queueRow, snapshot } from './testing/rows';

describe('rows of the live state', () => {
  const tables = () => {
    const made = new LiveTables();
    made.replace(
      snapshot({
        at: 1_000,
        queues: [queueRow('support', { waiting: 1 }), queueRow('sales')],
        agents: [agentRow('Ann'), agentRow('Bob')],
        calls: [callRow('1.1'), callRow('1.2')],
      }),
    );
    return made;
  };

  it('replaces what changed, in its place, adds what is new and drops what is gone', () => {
    const live = tables();
    live.apply(
      delta({
        at: 1_250,
        queues: [queueRow('support', { waiting: 3 })],
        agents: [agentRow('Cid')],
        gone: {
          pbxs: [],
          queues: [],
          agents: [{ pbx: 'hq', agent: 'Ann' }],
          calls: [{ pbx: 'hq', callId: '1.1' }],
        },
      }),
    );
    const state = live.state();
    expect(state.at).toBe(1_250);
    expect(state.queues.map(({ queue, waiting }) => [queue, waiting])).toEqual([
      ['support', 3],
      ['sales', 0],
    ]);
    expect(state.agents.map(({ agent }) => agent)).toEqual(['Bob', 'Cid']);
    expect(state.calls.map(({ callId }) => callId)).toEqual(['1.2']);
  });

  it('keeps an array nothing changed in', () => {
    const live = tables();
    const before = live.state();
    live.apply(delta({ queues: [queueRow('sales', { waiting: 1 })] }));
    const after = live.state();
    expect(after.agents).toBe(before.agents);
    expect(after.queues).not.toBe(before.queues);
    expect(before.queues[1]?.waiting).toBe(0);
  });

  it('tells queues of one name on two PBXs apart', () => {
    const live = tables();
    live.apply(delta({ queues: [queueRow('support', { pbx: 'branch', waiting: 7 })] }));
    expect(live.state().queues.map(({ pbx, waiting }) => [pbx, waiting])).toEqual([
      ['hq', 1],
      ['hq', 0],
      ['branch', 7],
    ]);
  });

  it('forgets with a snapshot what is not in it', () => {
    const live = tables();
    live.replace(snapshot({ at: 2_000, calls: [callRow('9.9')] }));
    const { queues, calls } = live.state();
    expect(queues).toEqual([]);
    expect(calls.map(({ callId }) => callId)).toEqual(['9.9']);
  });
});
