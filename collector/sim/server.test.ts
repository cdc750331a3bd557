/** The simulator on a real socket, with a client written by others (asterisk-manager) and with raw AMI. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { generateHistory } from './history.js';
import { scenario } from './scenarios.js';
import { startSimulator, type Simulator, type SimulatorOptions } from './server.js';

/** The part of asterisk-manager used here; the package has no types. */
interface Manager {
  on(event: 'managerevent', listener: (event: Record<string, string>) => void): void;
  action(
    action: Record<string, string>,
    done: (error: Error | null, answer: Record<string, string>) => void,
  ): void;
  disconnect(): void;
}
type ManagerFactory = (port: number, host: string, user: string, secret: string, events: boolean) => Manager;
const load: (name: string) => unknown = createRequire(import.meta.url);
const asteriskManager = load('asterisk-manager') as ManagerFactory;

/** A Tuesday, 10:00 in Tashkent. */
const START = new Date('2026-11-17T05:00:00Z');
const running: Simulator[] = [];
const sockets: Socket[] = [];

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    site: 'demo',
    seed: 1,
    port: 0,
    startAt: START,
    speed: 60,
    ...options,
  });
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** A bare connection: what was received, and a wait for more. */
async function dial(port: number) {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let received = '';
  socket.setEncoding('utf8').on('data', (text) => (received += String(text)));
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(received);
      if (found) {
        received = received.slice(found.index + found[0].length);
        return found[0];
      }
      await once(socket, 'data');
    }
  };
  await until(/^Asterisk Call Manager\/11\.0\.0\r\n/);
  const send = (action: string, ...headers: string[]) =>
    socket.write([`Action: ${action}`, 'ActionID: t', ...headers, '', ''].join('\r\n'));
  const login = async (events: 'on' | 'off') => {
    send('Login', 'Username: queuescope', 'Secret: queuescope', `Events: ${events}`);
    await until(/Authentication accepted\r\n\r\n/);
  };
  return { socket, until, send, login };
}

describe('a client written by others', () => {
  it('logs in, receives a call from its beginning to its end, pauses an agent', async () => {
    const { port } = await start({ speed: 200 });
    const manager = asteriskManager(port, '127.0.0.1', 'queuescope', 'queuescope', true);
    const story = await new Promise<string[]>((resolve) => {
      const stories = new Map<string, string[]>();
      manager.on('managerevent', (event) => {
        const id = event.uniqueid ?? '';
        if (event.event === 'QueueCallerJoin') stories.set(id, []);
        const itsStory = stories.get(id);
        itsStory?.push(event.event ?? '');
        if (event.event === 'AgentComplete' && event.reason === 'caller' && itsStory) resolve(itsStory);
      });
    });
    const order = ['QueueCallerJoin', 'AgentCalled', 'QueueCallerLeave', 'AgentConnect', 'AgentComplete'];
    expect(story.filter((event, at) => order.includes(event) && story.indexOf(event) === at)).toEqual(order);

    const paused = new Promise<Record<string, string>>((resolve) => {
      manager.on('managerevent', (event) => {
        if (event.event === 'QueueMemberPause' && event.pausedreason === 'Fire drill') resolve(event);
      });
    });
    const answer = await new Promise<Record<string, string>>((resolve, reject) => {
      const action = { action: 'QueuePause', interface: 'PJSIP/201', paused: 'true', reason: 'Fire drill' };
      manager.action(action, (error, given) => (error ? reject(error) : resolve(given)));
    });
    expect(answer).toMatchObject({ response: 'Success', message: 'Interface paused successfully' });
    expect(await paused).toMatchObject({ membername: 'Anna Alvarez', interface: 'PJSIP/201', paused: '1' });
    manager.disconnect();
  });
});

describe('login', () => {
  it('refuses a wrong password and closes', async () => {
    const { port } = await start();
    const { send, until, socket } = await dial(port);
    const closed = once(socket, 'close');
    send('Login', 'Username: queuescope', 'Secret: wrong');
    expect(await until(/Response: .*?\r\n\r\n/s)).toBe(
      'Response: Error\r\nActionID: t\r\nMessage: Authentication failed\r\n\r\n',
    );
    await closed;
  });

  it('takes the MD5 challenge, and no other answer to it', async () => {
    const { port } = await start();
    for (const [secret, result] of [
      ['queuescope', 'Authentication accepted'],
      ['wrong', 'Authentication failed'],
    ] as const) {
      const { send, until } = await dial(port);
      send('Challenge', 'AuthType: MD5');
      const challenge = /Challenge: (\d+)/.exec(await until(/Challenge: \d+\r\n\r\n/))?.[1] ?? '';
      const key = createHash('md5')
        .update(challenge + secret)
        .digest('hex');
      send('Login', 'AuthType: MD5', 'Username: queuescope', `Key: ${key}`, 'Events: off');
      expect(await until(/Message: .*\r\n/)).toBe(`Message: ${result}\r\n`);
    }
  });

  it('answers nothing before a login', async () => {
    const { port } = await start();
    const { send, until } = await dial(port);
    send('QueueStatus');
    expect(await until(/Message: .*\r\n/)).toBe('Message: Permission denied\r\n');
  });
});

describe('actions', () => {
  it('lists queues, members and callers, and counts what it lists', async () => {
    const { port } = await start({ speed: 1000 });
    const { send, until, login } = await dial(port);
    await login('off');
    send('QueueStatus');
    const list = await until(/Response: Success\r\n.*QueueStatusComplete.*?\r\n\r\n/s);
    const items = list.match(/^Event: Queue(Params|Member|Entry)\r$/gm) ?? [];
    expect(items.filter((item) => item.includes('Params'))).toHaveLength(8);
    expect(list).toContain(`ListItems: ${items.length}\r\n`);
    send('QueueStatus', 'Queue: vip');
    const one = await until(/Response: Success\r\n.*QueueStatusComplete.*?\r\n\r\n/s);
    expect(one.match(/^Event: QueueParams\r$/gm)).toHaveLength(1);
  });

  it('refuses what it does not know, as Asterisk does', async () => {
    const { port } = await start();
    const { send, until, login } = await dial(port);
    await login('off');
    send('ParkedCalls');
    expect(await until(/Message: .*\r\n/)).toBe(
      'Message: Invalid/unknown command: ParkedCalls. Use Action: ListCommands to show available commands.\r\n',
    );
    send('QueueAdd', 'Queue: nowhere', 'Interface: PJSIP/201');
    expect(await until(/Message: .*\r\n/)).toContain('No such queue');
    send('Ping');
    expect(await until(/Ping: .*\r\n/)).toBe('Ping: Pong\r\n');
    send('Logoff');
    expect(await until(/Response: Goodbye\r\n/)).toBeTruthy();
  });

  it('adds and removes a member, telling every listener', async () => {
    // Sunday night: nobody is at work in sales.
    const { port } = await start({ startAt: new Date('2026-11-15T20:00:00Z'), speed: 1 });
    const listener = await dial(port);
    await listener.login('on');
    const { send, until, login } = await dial(port);
    await login('off');
    send('QueueAdd', 'Queue: sales', 'Interface: PJSIP/201', 'Penalty: 3', 'Paused: true', 'Reason: Break');
    expect(await until(/Message: .*\r\n/)).toBe('Message: Added interface to queue\r\n');
    expect(await listener.until(/Event: QueueMemberAdded\r\n.*?\r\n\r\n/s)).toMatch(
      /Interface: PJSIP\/201\r\n.*Penalty: 3\r\n/s,
    );
    expect(await listener.until(/Event: QueueMemberPause\r\n.*?\r\n\r\n/s)).toContain(
      'PausedReason: Break\r\n',
    );
    send('QueueAdd', 'Queue: sales', 'Interface: PJSIP/201');
    expect(await until(/Message: .*\r\n/)).toContain('Already there');
    send('QueueRemove', 'Queue: sales', 'Interface: PJSIP/201');
    expect(await until(/Message: .*\r\n/)).toBe('Message: Removed interface from queue\r\n');
    await listener.until(/Event: QueueMemberRemoved\r\n/);
  });
});

describe('queue_log', () => {
  it('is written as it happens, and continued by the next simulator', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'queuescope-sim-'));
    try {
      const queueLogFile = join(folder, 'queue_log');
      const first = await startSimulator({
        site: 'demo',
        seed: 3,
        port: 0,
        startAt: START,
        speed: 6000,
        queueLogFile,
      });
      const { until, login } = await dial(first.port);
      await login('on');
      await until(/Event: AgentConnect\r\n/);
      const state = await first.stop();
      const before = readFileSync(queueLogFile, 'utf8');
      // Ten minutes nobody ran: the next one catches up with them.
      const startAt = new Date(state.atUs / 1000 + 600_000);
      const second = await startSimulator({
        site: 'demo',
        port: 0,
        startAt,
        queueLogFile,
        resumeState: state,
      });
      await second.stop();
      const rows = readFileSync(queueLogFile, 'utf8');
      expect(rows.startsWith(before)).toBe(true);
      expect(rows.slice(before.length).split('\n').length).toBeGreaterThan(20);
      expect(rows.match(/QUEUESTART/g)).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on from a history', async () => {
    const to = START;
    const history = generateHistory({ site: 'demo', seed: 2, from: new Date(to.getTime() - 7_200_000), to });
    let last = '';
    for await (const line of history) last = line;
    expect(Number(last.split('|')[0])).toBeLessThanOrEqual(to.getTime() / 1000);
    const resumeState = history.resumeState();
    // Hardly any time passes until it is asked.
    const { port } = await start({ startAt: to, resumeState, speed: 0.001 });
    const { send, until, login } = await dial(port);
    await login('off');
    send('QueueSummary', 'Queue: sales');
    const loggedIn = Number(/LoggedIn: (\d+)/.exec(await until(/LoggedIn: \d+/))?.[1]);
    const sales = scenario('demo').queues.findIndex((queue) => queue.name === 'sales');
    expect(loggedIn).toBeGreaterThan(3);
    expect(loggedIn).toBe(
      resumeState.agents.filter(({ members }) => members.some((m) => m.in && m.queue === sales)).length,
    );
  });
});

it('says why it cannot start', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toThrow('EADDRINUSE');
  await expect(start({ queueLogFile: join(tmpdir(), 'no-such-folder', 'queue_log') })).rejects.toThrow(
    'ENOENT',
  );
});

it('stops when told to by a signal', async () => {
  const abort = new AbortController();
  const simulator = await start({ signal: abort.signal });
  const { socket } = await dial(simulator.port);
  const closed = once(socket, 'close');
  abort.abort();
  await closed;
  await simulator.stop();
  await expect(once(connect(simulator.port, '127.0.0.1'), 'connect')).rejects.toThrow();
});
