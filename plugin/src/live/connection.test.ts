import { ApiError } from '../api/errors';
import { LiveConnection, PATIENCE_MS, POLL_MS, SILENCE_MS, type EventStream } from './connection';
import { delta, queueRow, snapshot } from './testing/rows';
import type { LiveSnapshot } from './types';

class FakeStream implements EventStream {
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  send(type: string, data: unknown = {}): void {
    this.listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

describe('the way of the live state', () => {
  let streams: FakeStream[];
  let answer: () => Promise<LiveSnapshot>;
  let polls: number;
  let heard: string[];
  let connection: LiveConnection;
  const last = (): FakeStream => streams[streams.length - 1]!;
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    [streams, polls, heard] = [[], 0, []];
    answer = async () => snapshot({ at: 5_000 });
    connection = new LiveConnection(
      {
        open: () => {
          streams.push(new FakeStream());
          return last();
        },
        poll: () => {
          polls += 1;
          return answer();
        },
      },
      {
        snapshot: ({ at }) => heard.push(`snapshot ${at}`),
        delta: ({ queues }) => heard.push(`delta ${queues.length}`),
        status: ({ state, problem, error }) => {
          const text = [state, problem, error?.kind].filter(Boolean).join(' ');
          if (heard[heard.length - 1] !== text) {
            heard.push(text);
          }
        },
      },
    );
    connection.start();
  });
  afterEach(() => {
    connection.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('brings the snapshot, then what changes', () => {
    last().send('snapshot', snapshot({ at: 1_000 }));
    last().send('delta', delta({ queues: [queueRow('support'), queueRow('sales')] }));
    expect(heard).toEqual(['connecting', 'live', 'snapshot 1000', 'live', 'delta 2']);
    expect(polls).toBe(0);
  });

  it('polls every two seconds while the stream is lost, and opens another one', async () => {
    last().send('snapshot', snapshot({ at: 1_000 }));
    heard = [];
    last().send('error');
    expect(last().closed).toBe(true);
    await pass(0);
    expect(heard).toEqual(['snapshot 5000', 'polling streamLost']);
    await pass(1_000);
    expect(streams.length).toBe(2);
    await pass(POLL_MS);
    expect(polls).toBe(2);
    last().send('snapshot', snapshot({ at: 9_000 }));
    await pass(10 * POLL_MS);
    expect(polls).toBe(2);
    expect(heard.slice(-2)).toEqual(['live', 'snapshot 9000']);
  });

  it('opens later and later, at most every 30 s', async () => {
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = streams.length;
      last().send('error');
      await pass(seconds * 1_000 - 1);
      expect(streams.length).toBe(before);
      await pass(1);
      expect(streams.length).toBe(before + 1);
    }
  });

  it('keeps what it has as stale when nothing answers, and says why', async () => {
    last().send('snapshot', snapshot());
    answer = () => Promise.reject(new ApiError('no route', 'unreachable', 502));
    last().send('closing', { reason: 'the collector stops' });
    await pass(0);
    expect(heard[heard.length - 1]).toBe('stale closing unreachable');
  });

  it('has failed when it never had anything', async () => {
    answer = () => Promise.reject(new ApiError('revoked', 'token', 401));
    last().send('error');
    await pass(0);
    expect(heard).toEqual(['connecting', 'failed streamLost token']);
  });

  it('polls beside a stream that is open and brings nothing', async () => {
    await pass(PATIENCE_MS);
    expect(heard).toEqual(['connecting', 'snapshot 5000', 'polling streamSilent']);
    expect(last().closed).toBe(false);
  });

  it('opens a quiet stream anew without a word', async () => {
    last().send('snapshot', snapshot());
    await pass(SILENCE_MS);
    expect(streams.map(({ closed }) => closed)).toEqual([true, false]);
    expect(heard).toEqual(['connecting', 'live', 'snapshot 0']);
  });

  it('brings nothing after it was stopped', async () => {
    let resolve: (answered: LiveSnapshot) => void = () => undefined;
    answer = () => new Promise((done) => (resolve = done));
    last().send('error');
    connection.stop();
    resolve(snapshot({ at: 7_000 }));
    await pass(SILENCE_MS);
    last().send('snapshot', snapshot({ at: 8_000 }));
    expect(heard).toEqual(['connecting']);
    expect(streams.length).toBe(1);
  });
});
