import type { EventStream } from './connection';
import { LiveStore } from './store';
import { delta, queueRow, snapshot } from './testing/rows';

describe('the live store', () => {
  let opened: number;
  let send: (type: string, data: unknown) => void;
  let closed: boolean;
  let store: LiveStore;
  const leave: Array<() => void> = [];
  const look = (listener = jest.fn()) => leave.push(store.subscribe(listener));

  beforeEach(() => {
    jest.useFakeTimers({ now: 100_000 });
    opened = 0;
    store = new LiveStore({
      open: (): EventStream => {
        const listeners = new Map<string, (event: MessageEvent<string>) => void>();
        [opened, closed] = [opened + 1, false];
        send = (type, data) => listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
        return {
          addEventListener: (type, listener) => listeners.set(type, listener),
          close: () => (closed = true),
        };
      },
      poll: () => new Promise(() => undefined),
    });
  });
  afterEach(() => {
    leave.splice(0).forEach((end) => end());
    jest.useRealTimers();
    jest.restoreAllMocks();
  });
  const hide = (state: DocumentVisibilityState) => {
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  };

  it('has one stream for all who look, and ends it after the last one', () => {
    expect(opened).toBe(0);
    look();
    look();
    expect(opened).toBe(1);
    leave.splice(0).forEach((end) => end());
    jest.advanceTimersByTime(2_999);
    expect(closed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(closed).toBe(true);
  });

  it('tells many deltas at once', () => {
    const listener = jest.fn();
    look(listener);
    send('snapshot', snapshot({ at: 100_000, queues: [queueRow('support')] }));
    jest.advanceTimersByTime(200);
    expect(listener).toHaveBeenCalledTimes(1);
    for (let waiting = 1; waiting <= 50; waiting++) {
      send('delta', delta({ at: 100_200, queues: [queueRow('support', { waiting })] }));
    }
    jest.advanceTimersByTime(200);
    expect(listener).toHaveBeenCalledTimes(2);
    expect(store.getState().data?.queues[0]?.waiting).toBe(50);
    expect(store.getState().status).toEqual({ state: 'live', problem: null, error: null });
  });

  it('ticks on the collector’s clock', () => {
    look();
    send('snapshot', snapshot({ at: 3_700_000 }));
    jest.advanceTimersByTime(1_500);
    expect(store.now()).toBe(3_701_500);
  });

  it('pauses in a hidden tab and goes on when it is seen', () => {
    look();
    send('snapshot', snapshot({ at: 100_000, queues: [queueRow('support')] }));
    hide('hidden');
    jest.advanceTimersByTime(11_000);
    expect(closed).toBe(true);
    expect(store.getState().status).toMatchObject({ state: 'stale', problem: 'paused' });
    hide('visible');
    expect(opened).toBe(2);
    expect(store.getState().data?.queues.length).toBe(1);
  });
});
