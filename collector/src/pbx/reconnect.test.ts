import { LinkError, LoginError } from './link-errors.js';
import { backoffMs, keepConnected, type OpenSession, type RetryOptions, type Session } from './reconnect.js';

/** Runs until `attempts` have been made; says what was seen. */
async function run(open: OpenSession<Session>, attempts: number, options: RetryOptions = {}) {
  const stop = new AbortController();
  const links: string[] = [];
  const pauses: number[] = [];
  let made = 0;
  await keepConnected(
    async (onLogin, signal) => {
      if (++made === attempts) stop.abort();
      return open(onLogin, signal);
    },
    { retryMinMs: 1, retryMaxMs: 4, random: () => 0.5, ...options },
    {
      onLink: (state) => links.push(state.link === 'up' ? `up ${state.loginUs}` : `down ${state.reason}`),
      onTrouble: (_, retryInMs) => pauses.push(retryInMs ?? NaN),
    },
    stop.signal,
  );
  return { links, pauses, made };
}

const session = (reason: string): Session => ({ closed: Promise.resolve(reason) });

describe('keepConnected', () => {
  test('every session that logged in is up once and down once, with its reason', async () => {
    const { links, made } = await run((onLogin) => {
      const opened = session('closed by the PBX');
      onLogin(opened, 17);
      return Promise.resolve(opened);
    }, 3);
    expect(made).toBe(3);
    const once = ['up 17', 'down closed by the PBX'];
    expect(links).toEqual([...once, ...once, ...once]);
  });

  test('a session that fails after its login is down all the same', async () => {
    const { links, pauses } = await run((onLogin) => {
      onLogin(session('reset'), 1);
      return Promise.reject(new LinkError('reset'));
    }, 2);
    expect(links).toEqual(['up 1', 'down reset', 'up 1', 'down reset']);
    expect(pauses).toHaveLength(1);
  });

  test('the pauses between failed attempts grow, with jitter', async () => {
    const { pauses } = await run(() => Promise.reject(new LinkError('refused')), 4);
    expect(pauses).toEqual([1.5, 2.5, 2.5]);
  });

  test('a refused login is followed by the long pause', async () => {
    const stop = new AbortController();
    const pauses: (number | undefined)[] = [];
    await keepConnected(
      () => Promise.reject(new LoginError('wrong password')),
      { random: () => 0.5 },
      {
        onLink: () => undefined,
        onTrouble: (_, retryInMs) => {
          pauses.push(retryInMs);
          stop.abort();
        },
      },
      stop.signal,
    );
    expect(pauses).toEqual([315_000]);
  });

  test('a PBX that ends every session at once is met with growing pauses', () => {
    const pauses = [0, 1, 2, 3, 10, 100].map((failures) => backoffMs(failures, 1000, 60_000, () => 0.999999));
    expect(pauses.map((ms) => Math.round(ms / 1000))).toEqual([2, 4, 8, 16, 60, 60]);
    expect(backoffMs(5, 1000, 60_000, () => 0)).toBe(1000);
  });
});
