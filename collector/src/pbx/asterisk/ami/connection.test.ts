import { until } from '../../testing/until.js';
import { encodeAction } from './action.js';
import { decodeAmi } from './codec.js';
import { type AmiConnectionHandlers, type AmiConnectionOptions, runAmiConnection } from './connection.js';
import { AmiActionError, AmiLoginError } from './errors.js';
import type { AmiSession } from './session.js';
import { FakeAsterisk, type FakeOptions, fixture } from './testing/fake-asterisk.js';

interface Run {
  fake: FakeAsterisk;
  port: number;
  frames: string[];
  links: string[];
  troubles: { error: Error; retryInMs: number | undefined }[];
  sessions: AmiSession[];
  stop: () => Promise<void>;
}

const runs: Run[] = [];

async function run(
  fakeOptions: FakeOptions = {},
  options: Partial<AmiConnectionOptions> = {},
  handlers: Partial<AmiConnectionHandlers> = {},
): Promise<Run> {
  const fake = new FakeAsterisk(fakeOptions);
  const port = await fake.listen();
  const abort = new AbortController();
  const state: Run = {
    fake,
    port,
    frames: [],
    links: [],
    troubles: [],
    sessions: [],
    stop: () => Promise.resolve(),
  };
  const ended = runAmiConnection(
    {
      host: '127.0.0.1',
      port,
      username: 'collector',
      secret: 'labsecret',
      retryMinMs: 5,
      retryMaxMs: 20,
      ...options,
    },
    {
      onFrame: (frame) => state.frames.push(decodeAmi(frame).name),
      onLink: (link) => {
        state.links.push(link.link === 'up' ? 'up' : `down: ${link.reason}`);
        if (link.link === 'up') state.sessions.push(link.session);
      },
      onTrouble: (error, retryInMs) => state.troubles.push({ error, retryInMs }),
      ...handlers,
    },
    abort.signal,
  );
  state.stop = async () => {
    abort.abort();
    await ended;
    await fake.left();
    await fake.close();
  };
  runs.push(state);
  return state;
}

afterEach(async () => {
  await Promise.all(runs.splice(0).map(({ stop }) => stop()));
});

const session = async (state: Run): Promise<AmiSession> => {
  await until(() => state.sessions.length > 0);
  const [first] = state.sessions;
  if (first === undefined) throw new Error('no session');
  return first;
};

describe('login', () => {
  test.each(['md5', 'plain'] as const)(
    '%s: up, and the secret crosses the wire only when plain',
    async (auth) => {
      const state = await run({}, { auth });
      await until(() => state.links.length > 0);
      const [login] = state.fake.named('Login');
      expect(login?.headers.get('Secret')).toBe(auth === 'plain' ? 'labsecret' : undefined);
      expect(login?.headers.get('Events')).toBe('on');
      expect(state.links).toEqual(['up']);
      await state.stop();
      expect(state.links).toEqual(['up', 'down: stopped']);
      expect(state.fake.named('Logoff')).toHaveLength(1);
    },
  );

  test('frames in the same chunk as the login answer are not lost, and come after `up`', async () => {
    const state = await run({
      onAction: ({ name, id, socket }) => {
        if (name !== 'Login') return false;
        socket.write(
          `Response: Success\r\nActionID: ${id}\r\nMessage: ok\r\n\r\nEvent: FullyBooted\r\n\r\nEvent: Hangup\r\n\r\n`,
        );
        return true;
      },
    });
    await until(() => state.frames.length === 2);
    expect([...state.links, ...state.frames]).toEqual(['up', 'FullyBooted', 'Hangup']);
  });

  test.each(['md5', 'plain'] as const)(
    '%s: a wrong secret is said with user, host and port, and is no storm',
    async (auth) => {
      const state = await run({ secret: 'other' }, { auth, loginRetryMs: 60_000 });
      await until(() => state.troubles.length > 0);
      const [trouble] = state.troubles;
      expect(trouble?.error).toBeInstanceOf(AmiLoginError);
      expect(trouble?.error.message).toContain(`collector@127.0.0.1:${state.port}: Authentication failed`);
      expect(trouble?.retryInMs).toBeGreaterThanOrEqual(60_000);
      expect(state.links).toEqual([]);
      expect(state.fake.sockets).toHaveLength(1);
    },
  );

  test('a slow greeting is waited for; one that never comes ends the attempt', async () => {
    const slow = await run({ greetAfterMs: 300 });
    await until(() => slow.links.length > 0);
    const never = await run({ greetAfterMs: 5000 }, { loginTimeoutMs: 50 });
    await until(() => never.troubles.length >= 2);
    expect(never.troubles[0]?.error.message).toContain('no login within 50 ms');
    expect(never.links).toEqual([]);
  });

  test('a login that is never answered ends the attempt', async () => {
    const state = await run({ onAction: ({ name }) => name === 'Login' }, { loginTimeoutMs: 50 });
    await until(() => state.troubles.length >= 1);
    expect(state.troubles[0]?.error.message).toContain('no login within 50 ms');
  });

  test('something else on that port is named', async () => {
    const state = await run({ greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n' });
    await until(() => state.troubles.length >= 1);
    expect(state.troubles[0]?.error.message).toContain(
      'no Asterisk manager interface, it says "HTTP/1.1 400 Bad Request"',
    );
  });

  test('nobody listens: the message says what to look at, and attempts go on', async () => {
    const state = await run();
    await until(() => state.links.length > 0);
    await state.fake.close();
    await until(() => state.troubles.length >= 3);
    expect(state.troubles[0]?.error.message).toMatch(/ECONNREFUSED.*manager\.conf/);
  });
});

describe('TLS', () => {
  const servername = 'pbx.test';

  test('with the CA and the name of the certificate', async () => {
    const state = await run({ tls: true }, { tls: { ca: fixture('certificate.pem'), servername } });
    await until(() => state.links.length > 0);
    state.fake.send('Event: Hangup\r\n\r\n');
    await until(() => state.frames.length > 0);
    expect(state.frames).toEqual(['Hangup']);
  });

  test('without the CA the certificate is refused, unless told not to check', async () => {
    const refused = await run({ tls: true }, { tls: true });
    await until(() => refused.troubles.length > 0);
    expect(refused.troubles[0]?.error.message).toMatch(/self-signed certificate\. .*give its file as the CA/);
    const unchecked = await run({ tls: true }, { tls: { rejectUnauthorized: false } });
    await until(() => unchecked.links.length > 0);
  });

  test('a certificate for another name is refused', async () => {
    const state = await run(
      { tls: true },
      { tls: { ca: fixture('certificate.pem'), servername: 'other.test' } },
    );
    await until(() => state.troubles.length > 0);
    expect(state.troubles[0]?.error.message).toContain('The certificate is for another name');
  });

  test('TLS towards a port without it is said so', async () => {
    const state = await run({}, { tls: true });
    await until(() => state.troubles.length > 0);
    expect(state.troubles[0]?.error.message).toContain('No TLS there');
  });
});

describe('the link', () => {
  test('a drop in mid-packet: down, up again, and nothing of the broken packet survives', async () => {
    const state = await run();
    await session(state);
    state.fake.send('Event: Hangup\r\n\r\nEvent: QueueMemberStatus\r\nQueue: a');
    await until(() => state.frames.length === 1);
    state.fake.sockets.at(-1)?.end();
    await until(() => state.sessions.length === 2);
    state.fake.send('Event: AgentConnect\r\n\r\n');
    await until(() => state.frames.length === 2);
    expect(state.frames).toEqual(['Hangup', 'AgentConnect']);
    expect(state.links).toEqual(['up', 'down: closed by Asterisk', 'up']);
  });

  test('a reset connection is down with its reason', async () => {
    const state = await run();
    await session(state);
    state.fake.sockets.at(-1)?.resetAndDestroy();
    await until(() => state.sessions.length === 2);
    expect(state.links[1]).toMatch(/^down: AMI 127\.0\.0\.1:\d+: read ECONNRESET/);
  });

  test('a half-open link is found by silence, though Ping is sent', async () => {
    const state = await run({ onAction: ({ name }) => name === 'Ping' }, { keepaliveMs: 40 });
    await session(state);
    await until(() => state.links.length >= 2);
    expect(state.fake.named('Ping').length).toBeGreaterThanOrEqual(1);
    expect(state.links[1]).toMatch(/^down: nothing received for/);
  });

  test('answered Pings keep a silent link up', async () => {
    const state = await run({}, { keepaliveMs: 20 });
    await session(state);
    await until(() => state.fake.named('Ping').length >= 8);
    expect(state.links).toEqual(['up']);
  });

  test('several PBXs at once', async () => {
    const [one, two] = await Promise.all([run(), run()]);
    await until(() => one.sessions.length + two.sessions.length === 2);
    one.fake.send('Event: A\r\n\r\n');
    two.fake.send('Event: B\r\n\r\n');
    await until(() => one.frames.length + two.frames.length === 2);
    expect([one.frames, two.frames]).toEqual([['A'], ['B']]);
  });
});

describe('actions', () => {
  test('a list is collected by its ActionID, other events between do not belong to it', async () => {
    const state = await run({
      onAction: ({ name, socket }) => {
        if (name === 'QueueStatus') socket.write('Event: QueueMember\r\nQueue: x\r\nActionID: other\r\n\r\n');
        return false;
      },
    });
    const items = await (await session(state)).list('QueueStatus');
    expect(items.map((item) => [item.name, item.get('Queue')])).toEqual([
      ['QueueParams', 'support'],
      ['QueueMember', 'support'],
    ]);
    expect(state.frames.filter((name) => name === 'QueueMember')).toHaveLength(2);
  });

  test('a refused action rejects with the words of Asterisk', async () => {
    const state = await run();
    const refused = (await session(state)).action('Nonsense');
    await expect(refused).rejects.toThrow(AmiActionError);
    await expect(refused).rejects.toMatchObject({
      answer: expect.stringContaining('Invalid/unknown command: Nonsense') as string,
    });
  });

  test('an action without an answer times out; one under way when the link ends is rejected', async () => {
    const state = await run({ onAction: ({ name }) => name === 'CoreStatus' }, { actionTimeoutMs: 300 });
    await expect((await session(state)).action('CoreStatus')).rejects.toThrow(
      'no answer to CoreStatus within 300 ms',
    );
    const pending = state.sessions[0]?.action('CoreStatus');
    const rejected = expect(pending).rejects.toThrow(/the link went down|no answer/);
    state.fake.sockets.at(-1)?.destroy();
    await rejected;
    await until(() => state.links[1]?.startsWith('down') === true);
    await expect(state.sessions[0]?.action('Ping')).rejects.toThrow('Ping not sent, the link is down');
  });

  test('no value can add a header or another action', () => {
    expect(encodeAction('QueuePause', 'qs-1', { Queue: 'a', Variable: ['x=1', 'y=2'] })).toBe(
      'Action: QueuePause\r\nActionID: qs-1\r\nQueue: a\r\nVariable: x=1\r\nVariable: y=2\r\n\r\n',
    );
    for (const value of ['a\r\nApplication: System', 'a\nb', 'a\rb', 'a\0b']) {
      expect(() => encodeAction('QueuePause', 'qs-1', { Reason: value })).toThrow(
        'the value of Reason holds a line end',
      );
    }
    expect(() => encodeAction('QueuePause', 'qs-1', { 'Reason: x\r\nY': 'a' })).toThrow(
      'cannot name a header',
    );
  });
});
