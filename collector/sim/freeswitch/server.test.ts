/** The simulated FreeSWITCH on a real socket: events as they happen, a stop that says goodbye, a seamless continuation. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../../src/pbx/testing/until.js';
import { startFreeSwitch, type FreeSwitch, type FreeSwitchOptions } from './server.js';
import { plainEvent, readEvents, readFrames } from './testing/read-events.js';

/** A Monday, 10:00 in Berlin. */
const START = new Date('2026-11-16T09:00:00Z');

const running: FreeSwitch[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: Partial<FreeSwitchOptions> = {}): Promise<FreeSwitch> {
  const one = await startFreeSwitch({ site: 'branch', seed: 5, port: 0, startAt: START, ...options });
  running.push(one);
  return one;
}

async function dial(port: number) {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'connect');
  const bytes = () => Buffer.concat(chunks);
  return {
    socket,
    bytes,
    send: (command: string) => socket.write(`${command}\n\n`),
    until: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(bytes().toString('utf8'));
        if (found) return found[0];
        await once(socket, 'data');
      }
    },
  };
}

async function subscribed(port: number, events: string) {
  const client = await dial(port);
  client.send('auth ClueCon');
  client.send(`event ${events}`);
  await client.until(/event listener enabled/);
  return client;
}

describe('events', () => {
  it('come in the format and of the kinds asked for, to each client its own', async () => {
    const { port } = await start({ speed: 600 });
    const plain = await subscribed(port, 'plain CUSTOM callcenter::info');
    const json = await subscribed(port, 'json HEARTBEAT');
    await plain.until(/CC-Action: bridge-agent-end/);
    await json.until(/"HEARTBEAT"/);
    expect(new Set(readEvents(plain.bytes()).map(({ name }) => name))).toEqual(new Set(['CUSTOM']));
    expect(json.bytes().toString()).not.toContain('callcenter::info');
  });

  it('a listing is of the moment: all events before it were told', async () => {
    const { port } = await start({ speed: 600 });
    const { send, until, bytes } = await subscribed(port, 'plain ALL');
    await until(/CC-Action: bridge-agent-start/);
    const open = new Set<string>();
    // Once more when all who were seen to come had gone by then.
    for (let times = 1; open.size === 0; times++) {
      send('api callcenter_config queue list members');
      await until(new RegExp(`(Content-Type: api/response[^]*?\\+OK\\n){${times}}`));
      const frames = readFrames(bytes());
      const reply = frames.findLastIndex(({ headers }) => headers.get('Content-Type') === 'api/response');
      const listed = new Set(frames[reply]?.body.toString('utf8').match(/[0-9a-f]{8}-[0-9a-f-]{27}/g));
      for (const { headers, body } of frames.slice(0, reply)) {
        if (headers.get('Content-Type') !== 'text/event-plain') continue;
        const event = plainEvent(body.toString('utf8'));
        if (event.action === 'member-queue-start') open.add(event.get('CC-Member-UUID'));
        if (event.action === 'member-queue-end') open.delete(event.get('CC-Member-UUID'));
      }
      expect([...open].filter((uuid) => !listed.has(uuid))).toEqual([]);
    }
  });

  it('of a background job hold its answer', async () => {
    const { port } = await start();
    const { send, until, bytes } = await subscribed(port, 'plain BACKGROUND_JOB');
    send('bgapi global_getvar core_uuid\nJob-UUID: 7a1c');
    expect(await until(/Reply-Text: \+OK Job-UUID: .*/)).toBe('Reply-Text: +OK Job-UUID: 7a1c');
    await until(/Event-Name: BACKGROUND_JOB[^]*\n\n[0-9a-f-]{36}/);
    const [event] = readEvents(bytes());
    expect(event?.get('Job-Command')).toBe('global_getvar');
    expect(event?.get('Job-Command-Arg')).toBe('core_uuid');
    expect(event?.body).toBe(event?.get('Core-UUID'));
  });

  it('heartbeats come every 20 seconds', async () => {
    const { port } = await start({ speed: 300 });
    const { bytes, until } = await subscribed(port, 'plain HEARTBEAT');
    await until(/(HEARTBEAT[^]*){5}/);
    const times = readEvents(bytes()).map((event) => Number(event.get('Event-Date-Timestamp')));
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // Of a time in which the machine stood still some are left out.
    expect(Math.min(...steps)).toBe(20_000_000);
    expect(steps.filter((step) => step % 20_000_000 !== 0)).toEqual([]);
  });
});

describe('an end', () => {
  it('of the switch is announced', async () => {
    const simulated = await start();
    const { socket, bytes } = await subscribed(simulated.port, 'plain ALL');
    const closed = once(socket, 'close');
    await simulated.stop();
    await closed;
    expect(bytes().toString()).toMatch(
      /Content-Type: text\/disconnect-notice\nContent-Length: 31\n\nThe system is being shut down\.\n$/,
    );
  });

  it('is no interruption: the next one goes on with the same core, calls and numbers', async () => {
    const first = await start({ speed: 600 });
    const before = await subscribed(first.port, 'plain ALL');
    await before.until(/CC-Action: bridge-agent-start/);
    const talking = () => first.state().site.calls.filter(({ phase }) => phase === 'talking');
    await until(() => talking().length > 0);
    const state = await first.stop();
    const second = await start({
      resumeState: JSON.parse(JSON.stringify(state)) as typeof state,
      startAt: new Date(state.site.atUs / 1000),
      speed: 600,
    });
    const after = await subscribed(second.port, 'plain ALL');
    await after.until(/CC-Action: bridge-agent-end[^]*bridge-agent-end/);
    // Heartbeats are numbered apart: they come with the clock, whatever the site does.
    const [old, fresh] = [before, after].map(({ bytes }) =>
      readEvents(bytes()).filter((event) => event.get('Event-Name') !== 'HEARTBEAT'),
    );
    const sequence = (event: { get(header: string): string }) => Number(event.get('Event-Sequence'));
    expect(Math.min(...(fresh ?? []).map(sequence))).toBeGreaterThan(Math.max(...(old ?? []).map(sequence)));
    expect(fresh?.[0]?.get('Core-UUID')).toBe(old?.[0]?.get('Core-UUID'));
    expect(state.site.calls.some(({ phase }) => phase === 'talking')).toBe(true);
  });

  it('of a signal', async () => {
    const abort = new AbortController();
    const simulated = await start({ signal: abort.signal });
    const { socket } = await dial(simulated.port);
    const closed = once(socket, 'close');
    abort.abort();
    await closed;
    await simulated.stop();
    await expect(once(connect(simulated.port, '127.0.0.1'), 'connect')).rejects.toThrow();
  });
});

it('waits for its first client, who then hears what would have happened meanwhile', async () => {
  const { site, switch: core } = await (await start()).stop();
  const late = new Date(START.getTime() + 600_000);
  const simulated = await start({ resumeState: { site, switch: core }, startAt: late, waitsForClient: true });
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(simulated.state().site.atUs).toBe(site.atUs);
  const { bytes, until, send } = await subscribed(simulated.port, 'plain ALL');
  send('api status');
  await until(/api\/response/);
  expect(simulated.state().site.atUs).toBeGreaterThanOrEqual(late.getTime() * 1000);
  const [first] = readEvents(bytes());
  expect(Number(first?.get('Event-Sequence'))).toBe(core.sequence + 1);
  expect(readEvents(bytes()).length).toBeGreaterThan(100);
});

it('says why it cannot start', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toThrow('EADDRINUSE');
  await expect(start({ site: 'nowhere' })).rejects.toThrow('no simulated site nowhere');
});
