import { LinkError } from '../../link-errors.js';
import { until } from '../../testing/until.js';
import { decodeEsl } from './codec.js';
import { type EslConnectionHandlers, type EslConnectionOptions, runEslConnection } from './connection.js';
import { EslCommandError, EslLoginError } from './errors.js';
import type { EslSession } from './session.js';
import {
  apiReply,
  FakeFreeSwitch,
  type FakeOptions,
  GREETING,
  notice,
  plainEvent,
  REJECTION,
  reply,
} from './testing/fake-freeswitch.js';

interface Run {
  fake: FakeFreeSwitch;
  port: number;
  /** Names of events, texts of other frames; of api replies with the command. */
  frames: string[];
  links: string[];
  troubles: { error: Error; retryInMs: number | undefined }[];
  sessions: EslSession[];
  stop: () => Promise<void>;
}

const runs: Run[] = [];

async function run(
  fakeOptions: FakeOptions = {},
  options: Partial<EslConnectionOptions> = {},
  handlers: Partial<EslConnectionHandlers> = {},
): Promise<Run> {
  const fake = new FakeFreeSwitch(fakeOptions);
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
  const ended = runEslConnection(
    { host: '127.0.0.1', port, password: 'ClueCon', retryMinMs: 5, retryMaxMs: 20, ...options },
    {
      onFrame: (frame, _receivedUs, command) => {
        const message = decodeEsl(frame);
        if (message.type === 'event') state.frames.push(message.name);
        else state.frames.push(command === undefined ? message.text : `${command} → ${message.text.trim()}`);
      },
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

const session = async (state: Run, index = 0): Promise<EslSession> => {
  await until(() => state.sessions.length > index);
  const found = state.sessions[index];
  if (found === undefined) throw new Error('no session');
  return found;
};

const HEARTBEAT = plainEvent({ 'Event-Name': 'HEARTBEAT' });
const ANSWER = plainEvent({ 'Event-Name': 'CHANNEL_ANSWER' });

describe('the password', () => {
  test('is asked for, given, accepted: up; and said goodbye at the end', async () => {
    const state = await run();
    await until(() => state.links.length > 0);
    expect(state.fake.told).toEqual(['auth ClueCon']);
    expect(state.links).toEqual(['up']);
    await state.stop();
    expect(state.links).toEqual(['up', 'down: stopped']);
    expect(state.fake.told).toEqual(['auth ClueCon', 'exit']);
  });

  test('frames in the same chunk as its acceptance are not lost, and come after `up`', async () => {
    const state = await run({
      onCommand: ({ text, socket }) => {
        if (text.startsWith('auth')) socket.write(`${reply('+OK accepted')}${HEARTBEAT}${ANSWER}`);
        return text.startsWith('auth');
      },
    });
    await until(() => state.frames.length === 2);
    expect([...state.links, ...state.frames]).toEqual(['up', 'HEARTBEAT', 'CHANNEL_ANSWER']);
  });

  test('a greeting that comes byte by byte is one all the same', async () => {
    const state = await run({ greeting: '' });
    await until(() => state.fake.sockets.length === 1);
    for (const byte of GREETING) {
      state.fake.send(byte);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await until(() => state.links.length > 0);
    expect(state.links).toEqual(['up']);
  });

  test('when wrong it is said with host and port and what to check, and is no storm', async () => {
    const state = await run({ password: 'other' }, { loginRetryMs: 60_000 });
    await until(() => state.troubles.length > 0);
    const [trouble] = state.troubles;
    expect(trouble?.error).toBeInstanceOf(EslLoginError);
    expect(trouble?.error.message).toBe(
      `FreeSWITCH 127.0.0.1:${state.port} refused the password: invalid. ` +
        'Check that it is the one of event_socket.conf.xml, and that mod_event_socket was reloaded after a change.',
    );
    expect(trouble?.error.message).not.toContain('ClueCon');
    expect(trouble?.retryInMs).toBeGreaterThanOrEqual(60_000);
    expect(state.links).toEqual([]);
    expect(state.fake.sockets).toHaveLength(1);
  });

  test.each([
    ['now', REJECTION],
    ['before 2010', 'Content-Type: rude/rejection\nContent-Length 24\n\nAccess Denied, go away.\n'],
  ])('an address the ACL does not permit (%s) is said so, and is no storm', async (_, greeting) => {
    const state = await run({ greeting }, { loginRetryMs: 60_000 });
    await until(() => state.troubles.length > 0);
    expect(state.troubles[0]?.error).toBeInstanceOf(EslLoginError);
    expect(state.troubles[0]?.error.message).toMatch(/refuses this machine's address.*apply-inbound-acl/);
    expect(state.troubles[0]?.retryInMs).toBeGreaterThanOrEqual(60_000);
    expect(state.fake.commands).toEqual([]);
    expect(state.fake.sockets).toHaveLength(1);
  });

  test('one that holds a line end is not sent: the rest would be a command', async () => {
    const state = await run({}, { password: 'a\n\napi shutdown' });
    await until(() => state.troubles.length > 0);
    expect(state.troubles[0]?.error.message).toMatch(/^"auth \*\*\*\*" holds a line end/);
    expect(state.fake.commands).toEqual([]);
  });

  test('a switch that never asks, or never answers, ends the attempt', async () => {
    const silent = await run({ greeting: '' }, { loginTimeoutMs: 50 });
    const deaf = await run({ onCommand: () => true }, { loginTimeoutMs: 50 });
    await until(() => silent.troubles.length >= 2 && deaf.troubles.length >= 1);
    expect(silent.troubles[0]?.error.message).toContain(
      'no login within 50 ms. Is that the port of the event socket?',
    );
    expect(deaf.troubles[0]?.error.message).toContain('no login within 50 ms');
    expect([...silent.links, ...deaf.links]).toEqual([]);
  });

  test.each(['Asterisk Call Manager/11.0.0\r\n', 'SSH-2.0-OpenSSH_9.2p1\r\n', 'Con', '\x16\x03\x01'])(
    'something else on that port is named: %j',
    async (greeting) => {
      const state = await run({ greeting: `${greeting}${greeting === 'Con' ? 'nected\n' : ''}` });
      await until(() => state.troubles.length >= 1);
      expect(state.troubles[0]?.error).toBeInstanceOf(LinkError);
      expect(state.troubles[0]?.error.message).toContain(
        `this is no FreeSWITCH event socket, it says ${JSON.stringify(greeting).slice(0, -1)}`,
      );
    },
  );

  test('nobody listens: the message says what to look at, and attempts go on', async () => {
    const state = await run();
    await until(() => state.links.length > 0);
    await state.fake.close();
    await until(() => state.troubles.length >= 3);
    expect(state.troubles[0]?.error.message).toMatch(/ECONNREFUSED.*event_socket\.conf\.xml/);
  });
});

describe('the end of a link', () => {
  test('a notice gives the reason; then up again', async () => {
    const state = await run();
    await session(state);
    state.fake.send(`${ANSWER}${notice('The system is being shut down.\n')}`);
    await session(state, 1);
    expect(state.frames).toEqual(['CHANNEL_ANSWER']);
    expect(state.links).toEqual(['up', 'down: FreeSWITCH says: The system is being shut down.', 'up']);
  });

  test('with linger, what is under way still comes', async () => {
    const state = await run();
    await session(state);
    state.fake.send(
      'Content-Type: text/disconnect-notice\nControlled-Session-UUID: 7f\nContent-Disposition: linger\n' +
        'Channel-Name: sofia/internal/101\nLinger-Time: 5\nContent-Length: 0\n\n',
    );
    state.fake.send(ANSWER);
    await until(() => state.frames.length === 1);
    expect(state.links).toEqual(['up']);
    state.fake.sockets.at(-1)?.end();
    await until(() => state.links.length >= 2);
    expect(state.links[1]).toBe('down: closed by FreeSWITCH, having lingered for 5 s');
  });

  test('a drop in the middle of a message: nothing of it survives', async () => {
    const state = await run();
    await session(state);
    state.fake.send(`${ANSWER}${HEARTBEAT.slice(0, -3)}`);
    await until(() => state.frames.length === 1);
    state.fake.sockets.at(-1)?.end();
    await session(state, 1);
    state.fake.send(HEARTBEAT);
    await until(() => state.frames.length === 2);
    expect(state.frames).toEqual(['CHANNEL_ANSWER', 'HEARTBEAT']);
    expect(state.links).toEqual(['up', 'down: closed by FreeSWITCH', 'up']);
  });

  test('a reset connection is down with its reason', async () => {
    const state = await run();
    await session(state);
    state.fake.sockets.at(-1)?.resetAndDestroy();
    await session(state, 1);
    expect(state.links[1]).toMatch(/^down: FreeSWITCH 127\.0\.0\.1:\d+: read ECONNRESET/);
  });

  test('a half-open link is found by silence, though an answer is asked for', async () => {
    const state = await run({ onCommand: ({ text }) => text === 'nolinger' }, { keepaliveMs: 40 });
    await session(state);
    await until(() => state.links.length >= 2);
    expect(state.fake.told).toContain('nolinger');
    expect(state.links[1]).toMatch(/^down: nothing received for \d+ s/);
  });

  test('a refusal is an answer: a silent link stays up', async () => {
    const state = await run({}, { keepaliveMs: 20 });
    await session(state);
    await until(() => state.fake.told.filter((text) => text === 'nolinger').length >= 8);
    expect(state.links).toEqual(['up']);
  });

  test('bytes that are no message are said and do not end it', async () => {
    const state = await run();
    await session(state);
    state.fake.send(`garbage\n\n${ANSWER}`);
    await until(() => state.frames.length === 1);
    expect(state.troubles.map(({ error }) => error.message)).toEqual([
      expect.stringMatching(/bytes were passed over, .*; they begin with "garbage\\n\\nContent-Length/),
    ]);
    expect(state.links).toEqual(['up']);
  });

  test('several switches at once', async () => {
    const [one, two] = await Promise.all([run(), run()]);
    await until(() => one.sessions.length + two.sessions.length === 2);
    one.fake.send(HEARTBEAT);
    two.fake.send(ANSWER);
    await until(() => one.frames.length + two.frames.length === 2);
    expect([one.frames, two.frames]).toEqual([['HEARTBEAT'], ['CHANNEL_ANSWER']]);
  });
});

describe('commands', () => {
  test('answers come in order, each with the api command it answers; events between are no answers', async () => {
    const state = await run({
      onCommand: ({ text, socket }) => {
        if (!text.startsWith('api ')) return false;
        socket.write(`${ANSWER}${apiReply(`of ${text}\n`)}`);
        return true;
      },
    });
    const open = await session(state);
    const answers = await Promise.all([
      open.api('status'),
      open.command('event plain ALL'),
      open.api('show calls'),
    ]);
    expect(answers).toEqual(['of api status', '+OK event listener enabled plain', 'of api show calls']);
    expect(state.frames).toEqual([
      'CHANNEL_ANSWER',
      'status → of api status',
      '+OK event listener enabled plain',
      'CHANNEL_ANSWER',
      'show calls → of api show calls',
    ]);
  });

  test.each([
    [
      'in an api reply',
      apiReply('-ERR callcenter_config Command not found!\n'),
      'callcenter_config Command not found!',
    ],
    ['in a command reply', reply('-ERR permission denied'), 'permission denied'],
    ['of usage', apiReply('-USAGE: <queue>\n'), '<queue>'],
    ['with a stray percent sign', reply('-ERR 100% busy'), '100% busy'],
  ])('a refusal %s rejects with the words of FreeSWITCH', async (_, answer, words) => {
    const state = await run({
      onCommand: ({ text, socket }) => text.startsWith('api ') && socket.write(answer) !== undefined,
    });
    const refused = (await session(state)).api('callcenter_config agent list');
    await expect(refused).rejects.toThrow(EslCommandError);
    await expect(refused).rejects.toMatchObject({
      answer: words,
      message: expect.stringContaining(`api callcenter_config agent list refused: ${words}`) as string,
    });
  });

  test('a late answer does not become that of the next command', async () => {
    const late: (() => void)[] = [];
    const state = await run(
      {
        onCommand: ({ text, socket }) => {
          if (text !== 'api slow') return false;
          late.push(() => socket.write(apiReply('slow at last\n')));
          return true;
        },
      },
      { commandTimeoutMs: 300 },
    );
    const open = await session(state);
    await expect(open.api('slow')).rejects.toThrow('no answer to api slow within 300 ms');
    late[0]?.();
    // Given up as well where the machine is slow: who is told what in time, command-queue.test.ts says.
    open.api('show calls as json').catch(() => undefined);
    await until(() => state.frames.length === 2);
    expect(state.frames).toEqual(['slow → slow at last', 'show calls as json → {"row_count": 0}']);
  });

  test('one under way when the link ends is rejected, and none is sent after', async () => {
    const state = await run({ onCommand: ({ text }) => text === 'api status' });
    const open = await session(state);
    const pending = open.api('status');
    await until(() => state.fake.told.includes('api status'));
    state.fake.sockets.at(-1)?.destroy();
    await expect(pending).rejects.toThrow('the link went down: closed by FreeSWITCH');
    await expect(open.api('status')).rejects.toThrow('api status not sent, the link is down');
  });

  test('bytes passed over may hold an answer: the connection is made anew, no answer is put to another command', async () => {
    const state = await run({
      onCommand: ({ text, socket }) => {
        if (text !== 'api one') return false;
        socket.write(`Content-Type: api/response\nContent-Length: none\n\n1${apiReply('2\n')}`);
        return true;
      },
    });
    const open = await session(state);
    const both = await Promise.allSettled([open.api('one'), open.api('two')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await session(state, 1);
    expect(state.links[1]).toBe('down: bytes were passed over while answers were to come');
    expect(state.frames.filter((text) => text.includes('→'))).toEqual([]);
  });

  test('no argument can add another command', async () => {
    const open = await session(await run());
    for (const command of ['a\n\napi b', 'a\nb', 'a\rb', 'a\0b']) {
      await expect(open.api(command)).rejects.toThrow('holds a line end');
    }
  });

  test('a recorder sees every chunk and every command, but no password', async () => {
    const chunks: Buffer[] = [];
    const commands: string[] = [];
    const state = await run(
      {},
      {},
      { onChunk: (chunk) => chunks.push(chunk), onCommand: (command) => commands.push(command) },
    );
    await (await session(state)).api('show calls as json');
    await state.stop();
    expect(Buffer.concat(chunks).toString()).toContain(
      `${GREETING}${reply('+OK accepted')}${apiReply('{"row_count": 0}\n')}`,
    );
    expect(commands).toEqual(['auth ****', 'api show calls as json', 'exit']);
  });
});
