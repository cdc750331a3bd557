import { fileURLToPath } from 'node:url';
import type { RawMessage } from '../../dialect.js';
import { until } from '../../testing/until.js';
import { decodeEsl, peekEsl } from './codec.js';
import { EslFramer } from './framer.js';
import { replayTrace } from './replay.js';
import { type EslSourceOptions, FreeSwitchEslSource } from './source.js';
import {
  apiReply,
  type Command,
  CORE_UUID,
  FakeFreeSwitch,
  type FakeOptions,
  plainEvent,
  reply,
} from './testing/fake-freeswitch.js';
import { readTrace } from './trace-reader.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(
  fakeOptions: FakeOptions = {},
  options: Partial<EslSourceOptions> = {},
  sink?: (messages: RawMessage[]) => void | Promise<void>,
) {
  const fake = new FakeFreeSwitch(fakeOptions);
  const port = await fake.listen();
  const messages: RawMessage[] = [];
  const troubles: Error[] = [];
  const links: string[] = [];
  const source = new FreeSwitchEslSource(
    {
      pbx: 'lab',
      esl: { host: '127.0.0.1', port, password: 'ClueCon', retryMinMs: 5, retryMaxMs: 20 },
      onTrouble: (error) => troubles.push(error),
      onLink: (link, reason) => links.push(`${link}: ${reason}`),
      ...options,
      resync: { format: 'plain', fifo: false, settleMs: 1, ...options.resync },
    },
    sink ?? ((batch) => void messages.push(...batch)),
  );
  const abort = new AbortController();
  const ended = source.run(abort.signal);
  const stop = async (): Promise<void> => {
    abort.abort();
    await ended;
    await fake.left();
    await fake.close();
  };
  stops.push(stop);
  return { fake, port, messages, troubles, links, stop };
}

/** What each message is: the command of a reply, the name of an event, the text of a link. */
const names = (messages: readonly RawMessage[]): string[] =>
  messages.map(({ source, bytes }) => {
    if (source === 'link') return bytes.toString();
    const message = decodeEsl(bytes);
    if (message.type === 'event') return message.get('CC-Action') ?? message.name;
    return message.type === 'reply' ? (message.command ?? message.text) : message.contentType;
  });

const json = (list: string): string => `json {"command":"callcenter_config","data":{"arguments":"${list}"}}`;
const CORE = 'global_getvar core_uuid';
const LISTS = ['queue list', 'agent list', 'tier list', 'member list'].map(json);
const CHANNELS = ['show registrations as json', 'show channels as json', 'show calls as json'];
const SUBSCRIBE =
  'HEARTBEAT CHANNEL_CREATE CHANNEL_ANSWER CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE ' +
  'CUSTOM callcenter::info sofia::register sofia::unregister sofia::expire';

/** What was asked on a connection after its subscription. */
const asked = (fake: FakeFreeSwitch, connection = 0): string[] =>
  fake.commands
    .filter(({ text, socket }) => socket === fake.sockets[connection] && text.startsWith('api '))
    .map(({ text }) => text.slice('api '.length));

const isListed =
  (fake: FakeFreeSwitch, connection = 0) =>
  (): boolean =>
    asked(fake, connection).includes('show calls as json');

const callcenter = (headers: Record<string, string>): string =>
  plainEvent({ 'Event-Subclass': 'callcenter::info', 'Event-Name': 'CUSTOM', ...headers });

describe('after the login', () => {
  test('events are asked for first, then the state; the answers are messages like all others', async () => {
    const { fake, port, messages, links, stop } = await start();
    await until(isListed(fake));
    fake.send(plainEvent({ 'Event-Name': 'PRESENCE_IN' }) + callcenter({ 'CC-Action': 'members-count' }));
    await until(() => names(messages).includes('members-count'));
    await stop();
    expect(fake.told).toEqual([
      'auth ClueCon',
      `event plain ${SUBSCRIBE}`,
      ...[CORE, ...LISTS, ...CHANNELS].map((command) => `api ${command}`),
      'exit',
    ]);
    expect(names(messages)).toEqual([
      '{"type":"up"}',
      CORE,
      ...LISTS,
      ...CHANNELS,
      'members-count',
      '{"type":"down","reason":"stopped"}',
    ]);
    expect(links).toEqual([`up: logged in to 127.0.0.1:${port}`, 'down: stopped']);
    expect(new Set(messages.map(({ pbx, connection }) => `${pbx} ${connection}`)).size).toBe(1);
    expect(messages[0]?.connection).toMatch(new RegExp(`^esl:127\\.0\\.0\\.1:${port}:\\d{13}$`));
    // What is not kept (the answer to the subscription, PRESENCE_IN) has its place: what is kept tomorrow changes no identity.
    expect(messages.map(({ ordinal }) => ordinal).slice(0, 10)).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
    expect(messages[2]?.bytes.toString()).toMatch(
      /^Queuescope-Command: json \{"command":.*\}\nContent-Type: api\/response\nContent-Length: \d+\n\n\{"command"/,
    );
    const nowUs = Date.now() * 1000;
    for (const { receivedUs } of messages) expect(Math.abs(receivedUs - nowUs)).toBeLessThan(60_000_000);
  });

  test('JSON and mod_fifo where they are wanted', async () => {
    const { fake } = await start({}, { resync: { format: 'json', fifo: true } });
    await until(isListed(fake));
    expect(fake.told[1]).toBe(`event json ${SUBSCRIBE} fifo::info`);
  });

  test('a switch that gives no events is said, and is tried again', async () => {
    const { fake, troubles, messages } = await start({
      onCommand: ({ text, socket }) =>
        text.startsWith('event') && socket.write(reply('-ERR no keywords supplied')) !== undefined,
    });
    await until(() => fake.sockets.length >= 2);
    expect(troubles[0]?.message).toMatch(/event plain HEARTBEAT .* refused: no keywords supplied$/);
    expect(asked(fake)).toEqual([]);
    await until(() => names(messages).includes('{"type":"down","reason":"it gives no events"}'));
  });
});

describe('listings', () => {
  const TABLES = ['queue list', 'agent list', 'tier list', 'queue list members'].map(
    (list) => `callcenter_config ${list}`,
  );

  test.each([
    ['has no JSON at all', '-ERR json Command not found!\n'],
    ['knows no such list', '{"command":"callcenter_config","status":"error","response":null}\n'],
  ])('a version that %s is asked for tables', async (_, refusal) => {
    const { fake, messages, troubles } = await start({
      onCommand: ({ text, socket }) =>
        text.startsWith('api json') && socket.write(apiReply(refusal)) !== undefined,
    });
    await until(isListed(fake));
    expect(asked(fake)).toEqual([CORE, json('queue list'), ...TABLES, ...CHANNELS]);
    await until(() => names(messages).includes('show calls as json'));
    expect(names(messages)).toEqual(['{"type":"up"}', CORE, json('queue list'), ...TABLES, ...CHANNELS]);
    expect(troubles).toEqual([]);
  });

  test('without mod_callcenter it is said once, the link stays, and once it is loaded it is listed', async () => {
    let isLoaded = false;
    const { fake, troubles, links } = await start(
      {
        onCommand: ({ text, socket }) => {
          if (isLoaded || !text.includes('callcenter_config')) return false;
          const answer = text.startsWith('api json')
            ? '{"status":"error","message":"Invalid request or non-existant command","response":null}\n'
            : '-ERR callcenter_config Command not found!\n';
          return socket.write(apiReply(answer)) !== undefined;
        },
      },
      { resync: { format: 'plain', fifo: false, refreshMs: 10 } },
    );
    await until(() => asked(fake).filter((command) => command === TABLES[0]).length >= 4);
    expect(asked(fake).slice(0, 6)).toEqual([CORE, json('queue list'), TABLES[0], ...CHANNELS]);
    expect(troubles.map((error) => error.message)).toEqual([
      expect.stringContaining('mod_callcenter is not loaded') as string,
    ]);
    isLoaded = true;
    await until(() => asked(fake).includes(json('member list')));
    expect(links).toHaveLength(1);
  });

  test('queues, agents, tiers and members are listed again and again, in this order', async () => {
    const { fake } = await start({}, { resync: { format: 'plain', fifo: false, refreshMs: 10 } });
    await until(() => asked(fake).length >= 16);
    expect(asked(fake).slice(0, 16)).toEqual([CORE, ...LISTS, ...CHANNELS, ...LISTS, ...LISTS]);
  });

  test('an agent who was added makes them come sooner', async () => {
    const { fake } = await start();
    await until(isListed(fake));
    fake.send(callcenter({ 'CC-Action': 'agent-status-change', 'CC-Agent': 'a@x' }));
    fake.send(callcenter({ 'CC-Action': 'agent-add', 'CC-Agent': 'b@x' }));
    const expected = [CORE, ...LISTS, ...CHANNELS, ...LISTS];
    await until(() => asked(fake).length >= expected.length);
    expect(asked(fake)).toEqual(expected);
  });

  test.each([
    ['JSON', () => false],
    ['a table', (text: string) => text.startsWith('json')],
  ])(
    'a caller in a queue that is not in the list (%s) makes them come sooner, once',
    async (_, isRefused) => {
      const { fake, messages } = await start({
        onCommand: ({ text, socket }) => {
          const command = text.replace(/^api /, '');
          if (isRefused(command)) return socket.write(apiReply('-ERR no\n')) !== undefined;
          if (!command.includes('queue list') || command.includes('members')) return false;
          const answer = command.startsWith('json')
            ? '{"status":"success","response":[{"name":"sales@x","strategy":"ring-all"}]}\n'
            : 'name|strategy\nsales@x|ring-all\n+OK\n';
          return socket.write(apiReply(answer)) !== undefined;
        },
      });
      await until(isListed(fake));
      const first = asked(fake).length;
      const join = (queue: string): void =>
        fake.send(callcenter({ 'CC-Action': 'member-queue-start', 'CC-Queue': queue }));
      join('sales@x');
      join('late@x');
      await until(() => asked(fake).length >= first + 4);
      join('sales@x');
      join('late@x');
      await until(() => names(messages).filter((name) => name === 'member-queue-start').length === 4);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(asked(fake)).toHaveLength(first + 4);
    },
  );

  test('a list that is refused or garbled is said once, and the channels are asked for', async () => {
    const { fake, troubles } = await start(
      {
        onCommand: ({ text, socket }) =>
          text.includes('tier list') && socket.write(apiReply('what?\n')) !== undefined,
      },
      { resync: { format: 'plain', fifo: false, refreshMs: 10 } },
    );
    await until(() => asked(fake).filter((command) => command.includes('tier list')).length >= 6);
    expect(asked(fake)).toEqual(expect.arrayContaining(CHANNELS));
    expect(troubles.map((error) => error.message)).toEqual([
      'the answer to "callcenter_config tier list" is no table: what?',
    ]);
  });

  test('the end of a link is no refusal of what was asked on it', async () => {
    const { fake, troubles } = await start({ onCommand: ({ text }) => text === 'api show channels as json' });
    await until(() => asked(fake).includes('show channels as json'));
    fake.sockets[0]?.destroy();
    await until(() => asked(fake, 1).includes('show channels as json'));
    expect(troubles).toEqual([]);
  });

  test('an event that cannot be read is kept, and nothing stops', async () => {
    const { fake, messages } = await start();
    await until(isListed(fake));
    const broken = 'Event-Name: CUSTOM\nEvent-Subclass: callcenter%3A%3Ainfo\nCC-Action: agent-a';
    fake.send(`Content-Length: ${broken.length}\nContent-Type: text/event-plain\n\n${broken}`);
    fake.send(plainEvent({ 'Event-Name': 'HEARTBEAT' }));
    await until(() => messages.some(({ bytes }) => bytes.includes('HEARTBEAT')));
    expect(messages.at(-2)?.bytes.toString()).toContain(broken);
  });
});

describe('on the way to the journal', () => {
  test('after a reconnect the connection has another name, ordinals begin again, the state is listed again', async () => {
    const { fake, messages } = await start();
    await until(isListed(fake));
    fake.sockets.at(-1)?.destroy();
    await until(() => names(messages).filter((name) => name === 'show calls as json').length === 2);
    const connections = [...new Set(messages.map(({ connection }) => connection))];
    expect(connections).toHaveLength(2);
    const second = messages.filter(({ connection }) => connection === connections[1]);
    expect(second.map(({ ordinal }) => ordinal)).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9]);
    const downs = messages.filter(({ source, bytes }) => source === 'link' && bytes.includes('"down"'));
    expect(downs.map(({ connection }) => connection)).toEqual([connections[0]]);
    expect(asked(fake, 1)).toEqual([CORE, ...LISTS, ...CHANNELS]);
  });

  test('a sink that refuses gets the same batch again, in order', async () => {
    const taken: RawMessage[] = [];
    let refusals = 2;
    const { troubles, stop } = await start({}, {}, (batch) => {
      if (refusals-- > 0) throw new Error('the disk is full');
      taken.push(...batch);
    });
    await until(() => names(taken).includes('show calls as json'));
    await stop();
    expect(troubles.map((error) => error.message)).toEqual(['the disk is full', 'the disk is full']);
    expect(taken.slice(0, 8).map(({ ordinal }) => ordinal)).toEqual([0, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('when the sink stands still the link is given up, not the messages, and taken up again after', async () => {
    const taken: RawMessage[] = [];
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const { fake, stop } = await start({}, { maxWaitingBytes: 20_000 }, async (batch) => {
      await blocked;
      taken.push(...batch);
    });
    await until(isListed(fake));
    const event = (i: number): string =>
      plainEvent({ 'Event-Name': 'CHANNEL_ANSWER', 'Unique-ID': String(i), Pad: 'x'.repeat(1000) });
    for (let i = 0; i < 30; i++) fake.send(event(i));
    await until(() => fake.sockets[0]?.destroyed === true);
    expect(fake.sockets).toHaveLength(1);
    release();
    await until(() => fake.sockets.length === 2 && isListed(fake, 1)());
    await stop();
    const answers = taken.flatMap(({ bytes }) => /Unique-ID: (\d+)/.exec(bytes.toString())?.[1] ?? []);
    expect(answers).toEqual(answers.map((_, i) => String(i)));
    expect(answers.length).toBeGreaterThanOrEqual(15);
    expect(names(taken)).toContain('{"type":"down","reason":"the journal does not keep up"}');
  });
});

describe('recorded traffic of a FreeSWITCH 1.10.12', () => {
  const file = (name: string): string =>
    fileURLToPath(new URL(`../../../../test/traces/fs-medium/plain-reconnect.${name}.gz`, import.meta.url));
  const trace = { stream: file('raw'), chunks: file('idx') };
  /** Asked for live only: the switch of the test is one that knows no JSON, and the recorder asked for less. */
  const LIVE_ONLY = [CORE, json('queue list'), 'show registrations as json', 'show calls as json'];

  interface Recorded {
    events: Buffer[];
    /** By command. */
    answers: Map<string, Buffer>;
  }

  async function recordedConnections(): Promise<Recorded[]> {
    const found: Recorded[] = [];
    let framer = new EslFramer();
    let commands: string[] = [];
    for await (const entry of readTrace(trace)) {
      if (entry.type === 'connect') {
        found.push({ events: [], answers: new Map() });
        [framer, commands] = [new EslFramer(), []];
      }
      if (entry.type === 'sent') commands.push(entry.command);
      const connection = found.at(-1);
      if (entry.type !== 'chunk' || !connection) continue;
      for (const frame of framer.feed(entry.bytes)) {
        const { contentType = '' } = peekEsl(frame);
        if (contentType === 'auth/request') continue;
        if (/reply|response/.test(contentType)) connection.answers.set(commands.shift() ?? '', frame);
        else connection.events.push(frame);
      }
    }
    return found;
  }

  /** Plays a connection: the recorded answers, and after the last listing all its events, cut anywhere; then the end. */
  function play({ events, answers }: Recorded, { text, socket }: Command): void {
    const recorded = answers.get(text.startsWith('auth') ? 'auth ****' : text);
    if (recorded) socket.write(recorded);
    else if (text.startsWith('event')) socket.write(reply('+OK event listener enabled plain'));
    else if (text.startsWith('api json')) socket.write(apiReply('-ERR json Command not found!\n'));
    else if (text === 'api show registrations as json') socket.write(apiReply('{"row_count": 0}\n'));
    else if (text === 'api show calls as json') {
      socket.write(apiReply('{"row_count": 0}\n'));
      const bytes = Buffer.concat(events);
      for (let at = 0; at < bytes.length; at += 9973) socket.write(bytes.subarray(at, at + 9973));
      socket.end();
    } else socket.write(apiReply(CORE_UUID));
  }

  test('gives live what its replay gives, message by message, over a cut', async () => {
    const recorded = await recordedConnections();
    const { fake, messages, links, troubles, stop } = await start(
      {
        onCommand: (command) => {
          const connection = recorded[fake.sockets.indexOf(command.socket)];
          if (connection) play(connection, command);
          return true;
        },
      },
      // Not listed again in the middle of what was recorded.
      { resync: { format: 'plain', fifo: false, settleMs: 60_000 } },
    );
    await until(() => links.length === 4);
    await stop();
    expect(links).toEqual([
      expect.stringMatching(/^up/),
      'down: closed by FreeSWITCH',
      expect.stringMatching(/^up/),
      'down: FreeSWITCH says: The system is being shut down.',
    ]);
    expect(troubles).toEqual([]);

    const replayed: RawMessage[] = [];
    for await (const batch of replayTrace({ pbx: 'lab', ...trace })) replayed.push(...batch);
    const live = messages.filter((message) => !LIVE_ONLY.includes(names([message])[0] ?? ''));
    // Why a link went down, the recorder knew in its own words.
    const said = (of: RawMessage[]): string[] =>
      of.map(({ source, bytes }) => (source === 'link' ? bytes.toString().slice(0, 13) : bytes.toString()));
    expect(said(live)).toEqual(said(replayed));
    expect(names(live).filter((name) => name === 'agent-offering')).toHaveLength(64);
  });
});
