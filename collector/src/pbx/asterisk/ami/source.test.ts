import type { RawMessage } from '../../dialect.js';
import { until } from '../../testing/until.js';
import { decodeAmi } from './codec.js';
import { AsteriskAmiSource, type AmiSourceOptions } from './source.js';
import { FakeAsterisk, type FakeOptions } from './testing/fake-asterisk.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(
  fakeOptions: FakeOptions = {},
  options: Partial<AmiSourceOptions> = {},
  sink?: (messages: RawMessage[]) => void | Promise<void>,
) {
  const fake = new FakeAsterisk(fakeOptions);
  const port = await fake.listen();
  const messages: RawMessage[] = [];
  const troubles: Error[] = [];
  const source = new AsteriskAmiSource(
    {
      pbx: 'lab',
      ami: {
        host: '127.0.0.1',
        port,
        username: 'collector',
        secret: 'labsecret',
        retryMinMs: 5,
        retryMaxMs: 20,
      },
      resync: { retryMs: 10, settleMs: 1 },
      onTrouble: (error) => troubles.push(error),
      ...options,
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
  return { fake, port, messages, troubles, stop };
}

const names = (messages: readonly RawMessage[]): string[] =>
  messages.map((message) =>
    message.source === 'link' ? message.bytes.toString() : decodeAmi(message.bytes).name,
  );

describe('AsteriskAmiSource', () => {
  test('after the login the state is asked for, and its lists are messages like all others', async () => {
    const { fake, port, messages, stop } = await start();
    await until(() => names(messages).includes('CoreShowChannelsComplete'));
    fake.send('Event: Newexten\r\n\r\nEvent: QueueCallerJoin\r\nQueue: support\r\n\r\n');
    await until(() => names(messages).includes('QueueCallerJoin'));
    await stop();
    expect(names(messages)).toEqual([
      '{"type":"up"}',
      'Success', // CoreStatus
      'Success', // QueueStatus will follow
      'QueueParams',
      'QueueMember',
      'QueueStatusComplete',
      'Success', // CoreShowChannels will follow
      'CoreShowChannelsComplete',
      'QueueCallerJoin',
      '{"type":"down","reason":"stopped"}',
    ]);
    expect(new Set(messages.map(({ pbx, connection }) => `${pbx} ${connection}`)).size).toBe(1);
    expect(messages[0]?.connection).toMatch(new RegExp(`^ami:127\\.0\\.0\\.1:${port}:\\d{13}$`));
    // Newexten is not kept, but it has a place: what is kept tomorrow changes no identity of today.
    expect(messages.map(({ ordinal }) => ordinal).slice(0, 10)).toEqual([
      0,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      9,
      expect.any(Number),
    ]);
    const nowUs = Date.now() * 1000;
    for (const { receivedUs } of messages) expect(Math.abs(receivedUs - nowUs)).toBeLessThan(60_000_000);
  });

  test('while app_queue is not loaded QueueStatus is tried again; FullyBooted lists once more', async () => {
    let refused = 0;
    const { fake, messages, troubles } = await start({
      onAction: ({ name, id, socket }) => {
        if (name !== 'QueueStatus' || refused >= 2) return false;
        refused++;
        socket.write(
          `Response: Error\r\nActionID: ${id}\r\nMessage: Invalid/unknown command: QueueStatus. Use Action: ListCommands to show available commands.\r\n\r\n`,
        );
        return true;
      },
    });
    await until(() => names(messages).includes('QueueStatusComplete'));
    expect(fake.named('QueueStatus')).toHaveLength(3);
    expect(troubles).toEqual([]);
    fake.send('Event: FullyBooted\r\nPrivilege: system,all\r\n\r\n');
    await until(() => names(messages).filter((name) => name === 'QueueStatusComplete').length === 2);
  });

  test('a caller in a queue nobody listed (realtime) makes it list again, once', async () => {
    const { fake, messages } = await start();
    await until(() => names(messages).includes('CoreShowChannelsComplete'));
    const join = (queue: string): void => fake.send(`Event: QueueCallerJoin\r\nQueue: ${queue}\r\n\r\n`);
    join('support');
    join('realtime');
    await until(() => fake.named('CoreShowChannels').length === 2);
    join('realtime');
    join('support');
    await until(() => names(messages).filter((name) => name === 'QueueCallerJoin').length === 4);
    expect(fake.named('QueueStatus')).toHaveLength(2);
  });

  test('a right that is missing is said with its cure, and the other lists are asked for', async () => {
    const { fake, messages, troubles } = await start({
      onAction: ({ name, id, socket }) => {
        if (name !== 'CoreStatus') return false;
        socket.write(`Response: Error\r\nActionID: ${id}\r\nMessage: Permission denied\r\n\r\n`);
        return true;
      },
    });
    await until(() => names(messages).includes('CoreShowChannelsComplete'));
    expect(troubles.map((error) => error.message)).toEqual([
      'CoreStatus is not permitted: give the AMI user read and write of class reporting in manager.conf',
    ]);
    expect(fake.named('CoreStatus')).toHaveLength(1);
  });

  test('after a reconnect the connection has another name, ordinals begin again, the state is listed again', async () => {
    const { fake, messages } = await start();
    await until(() => names(messages).includes('CoreShowChannelsComplete'));
    fake.sockets.at(-1)?.destroy();
    await until(() => names(messages).filter((name) => name === 'CoreShowChannelsComplete').length === 2);
    const connections = [...new Set(messages.map(({ connection }) => connection))];
    expect(connections).toHaveLength(2);
    const second = messages.filter(({ connection }) => connection === connections[1]);
    expect(second.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const downs = messages.filter(({ source, bytes }) => source === 'link' && bytes.includes('"down"'));
    expect(downs.map(({ connection }) => connection)).toEqual([connections[0]]);
  });

  test('a sink that refuses gets the same batch again, in order', async () => {
    const taken: RawMessage[] = [];
    let refusals = 2;
    const { troubles, stop } = await start({}, {}, (batch) => {
      if (refusals-- > 0) throw new Error('the disk is full');
      taken.push(...batch);
    });
    await until(() => names(taken).includes('CoreShowChannelsComplete'));
    await stop();
    expect(troubles.map((error) => error.message)).toEqual(['the disk is full', 'the disk is full']);
    expect(taken.slice(0, 8).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('when the sink stands still the link is given up, not the messages, and taken up again after', async () => {
    const taken: RawMessage[] = [];
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const { fake, stop } = await start({}, { maxWaitingBytes: 20_000 }, async (batch) => {
      await blocked;
      taken.push(...batch);
    });
    await until(() => fake.named('CoreShowChannels').length === 1);
    const event = (i: number): string =>
      `Event: Hangup\r\nUniqueid: ${i}\r\nPad: ${'x'.repeat(1000)}\r\n\r\n`;
    for (let i = 0; i < 30; i++) fake.send(event(i));
    await until(() => fake.sockets[0]?.destroyed === true);
    expect(fake.sockets).toHaveLength(1);
    release();
    await until(() => fake.sockets.length === 2 && fake.named('CoreShowChannels').length === 2);
    await stop();
    const hangups = taken.filter(({ bytes }) => bytes.includes('Event: Hangup'));
    expect(hangups.map(({ bytes }) => decodeAmi(bytes).get('Uniqueid'))).toEqual(
      hangups.map((_, i) => String(i)),
    );
    expect(hangups.length).toBeGreaterThanOrEqual(19);
    expect(names(taken)).toContain('{"type":"down","reason":"the journal does not keep up"}');
  });
});
