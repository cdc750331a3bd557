/** `serve` as its users meet it: first start, live state, metrics, tenants, and an end that leaves nothing behind. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFreeSwitch } from '../sim/freeswitch/server.js';
import { startSimulator, type Simulator } from '../sim/server.js';
import { AMI_ACCOUNT, callCenter } from './support/call-center.js';
import {
  endProcesses,
  eventually,
  freePort,
  queuescope,
  type QueuescopeProcess,
  startQueuescope,
} from './support/queuescope.js';
import { type Scratch, scratchFolder } from './support/scratch.js';
import { Serving } from './support/serving.js';

interface Live {
  queues: { queue: string }[];
  agents: { agent: string; state: string; reason: string; queues: { queue: string }[] }[];
  calls: { queue: string }[];
}

interface Table {
  rows: Record<string, unknown>[];
  totals: Record<string, unknown>;
}

let scratch: Scratch;

beforeAll(() => {
  scratch = scratchFolder();
});

afterAll(async () => {
  await endProcesses();
  scratch.remove();
});

/** Processes that have to do with a folder: ours, the database's. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(folder) ? [command] : [];
      } catch {
        return []; // it ended while we looked
      }
    });
}

describe('serve', () => {
  let simulator: Simulator;
  let serving: Serving;
  let collector: QueuescopeProcess;
  let acme: string;

  beforeAll(async () => {
    const queueLogFile = scratch.file('queue_log');
    simulator = await startSimulator({ site: callCenter(), port: 0, queueLogFile, account: AMI_ACCOUNT });
    serving = await Serving.prepare({
      ...{ scratch, name: 'serve', queueLogFile, amiPort: simulator.port },
      settings: { tenants: [{ queue: 'support', tenant: 'acme' }] },
    });
    collector = await serving.start();
    const made = await command('token', 'create', '--name', 'grafana', '--tenant', 'acme');
    acme = made.stdout.trim();
  });

  afterAll(() => simulator.stop());

  /** A command beside the running collector: it joins its database. */
  const command = (...args: string[]): ReturnType<typeof queuescope> =>
    queuescope([...args, '--config', serving.config]);

  it('shows the first token once, and keeps only its hash', () => {
    expect(collector.stderr.split(serving.token)).toHaveLength(3); // the token, and the line to try it
    expect(processesOf(serving.dataDir).length).toBeGreaterThan(0);
    const files = readdirSync(serving.dataDir, { recursive: true, withFileTypes: true });
    const holding = files
      .filter((entry) => entry.isFile() && !entry.name.startsWith('ib'))
      .filter((entry) => {
        const content = readFileSync(`${entry.parentPath}/${entry.name}`);
        return content.includes(serving.token) || content.includes(AMI_ACCOUNT.secret);
      });
    expect(holding.map(({ name }) => name)).toEqual([]);
  });

  it('tells a pause on the live stream as soon as the PBX tells it', async () => {
    const abort = new AbortController();
    const response = await fetch(`${serving.url}/api/v1/live/stream`, {
      headers: { authorization: `Bearer ${serving.token}` },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let heard = '';
    const reading = (async () => {
      const decoder = new StringDecoder('utf8');
      for await (const bytes of response.body ?? [])
        if (bytes instanceof Uint8Array) heard += decoder.write(Buffer.from(bytes));
    })().catch(() => undefined);
    await eventually(
      'a snapshot',
      () => Promise.resolve(heard),
      (text) => text.includes('event: snapshot\n'),
    );
    expect(heard).not.toContain('Fire drill');

    const before = heard.length;
    await manager(simulator.port, [
      'Action: QueuePause',
      'Interface: PJSIP/201',
      'Paused: true',
      'Reason: Fire drill',
    ]);
    const told = await eventually(
      'a delta with the pause',
      () => Promise.resolve(heard.slice(before)),
      (text) => /event: delta\ndata: .*"Fire drill".*\n\n/.test(text),
    );
    expect(told).toContain('Anna Alvarez');
    const live = await serving.json<Live>('/api/v1/live');
    expect(live.agents.find(({ agent }) => agent === 'Anna Alvarez')?.queues).toMatchObject([
      { paused: true, reason: 'Fire drill' },
    ]);
    abort.abort();
    await reading;
  });

  it('has the series of queues on /metrics, and no caller', async () => {
    const text = await eventually(
      'visits are counted',
      async () => (await fetch(`${serving.url}/metrics`)).text(),
      (metrics) => /^queuescope_queue_visits_total\{.*queue="sales".*\} [1-9]/m.test(metrics),
    );
    for (const queue of ['sales', 'support'])
      expect(text).toMatch(new RegExp(`^queuescope_queue_waiting\\{pbx="hq",queue="${queue}"\\} \\d+$`, 'm'));
    expect(text).not.toContain('99890');
  });

  it('gives a tenant its own queues and nothing else', async () => {
    const range = `from=${new Date(Date.now() - 3_600_000).toISOString()}&to=${new Date(Date.now() + 3_600_000).toISOString()}`;
    const queuesOf = async (token: string): Promise<unknown[]> => {
      const { rows } = await serving.json<Table>(`/api/v1/reports/queues?${range}`, token);
      return rows.map(({ queue }) => queue);
    };
    await eventually(
      'both have calls',
      () => queuesOf(acme),
      (queues) => queues.length > 0,
    );
    expect(await queuesOf(acme)).toEqual(['support']);
    expect(await queuesOf(serving.token)).toEqual(['sales']);

    const live = await serving.json<Live>('/api/v1/live', acme);
    expect(live.queues.map(({ queue }) => queue)).toEqual(['support']);
    expect(live.calls.filter(({ queue }) => queue !== 'support')).toEqual([]);
    expect(live.agents.flatMap(({ queues }) => queues).filter(({ queue }) => queue !== 'support')).toEqual(
      [],
    );

    const callsOf = (token: string): Promise<Table> =>
      serving.json<Table>(`/api/v1/reports/calls?${range}`, token);
    const contact = (table: Table): string => String(table.rows[0]?.contactId);
    const [mine, others] = [await callsOf(acme), await callsOf(serving.token)];
    expect(new Set(mine.rows.map(({ queue }) => queue))).toEqual(new Set(['support']));
    expect((await serving.ask(`/api/v1/calls/${contact(mine)}`, acme)).status).toBe(200);
    expect((await serving.ask(`/api/v1/calls/${contact(others)}`, acme)).status).toBe(404);
    expect((await serving.ask(`/api/v1/calls/${contact(others)}`)).status).toBe(200);
    const unknown = await serving.ask(`/api/v1/reports/queues?${range}&queues=sales`, acme);
    expect(unknown.status).toBe(400);
    expect((await serving.ask('/api/v1/live', null)).status).toBe(401);
  });

  it('reports on the command line what the API reports', async () => {
    // A span that is over: nothing more is counted in it.
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date()].map((at) => at.toISOString());
    const byApi = (): Promise<Table> => serving.json<Table>(`/api/v1/reports/queues?from=${from}&to=${to}`);
    await eventually(
      'its visits have ended',
      byApi,
      ({ totals }) => totals.entered !== 0 && totals.waiting === 0,
    );
    const keys = ['entered', 'abandoned', 'timedOut', 'waitUnansweredSeconds'];
    const told = ({ totals }: Table): string => JSON.stringify(keys.map((key) => totals[key]));
    // Rows of the log that are still on their way change both.
    await eventually(
      'the command tells the same',
      async () => {
        const { stdout } = await command('report', 'queues', '--from', from ?? '', '--to', to ?? '');
        return [told(JSON.parse(stdout) as Table), told(await byApi())];
      },
      ([cli, api]) => cli === api,
    );
  });

  it('refuses a second collector on its data folder, and on its port', async () => {
    const second = await command('serve', '--port', String(await freePort()));
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/queuescope: .*journal.*(in use|used|locked|open)/i);
    expect(second.stderr).not.toContain('    at ');

    const elsewhere = ['--data-dir', scratch.file('elsewhere')];
    const samePort = await command('serve', ...elsewhere);
    expect(samePort.code).toBe(1);
    expect(samePort.stderr).toContain(
      `queuescope: ${new URL(serving.url).host} is used by another program: stop it, or choose another port`,
    );
    expect(samePort.stderr).not.toContain('    at ');
    expect(processesOf(scratch.file('elsewhere'))).toEqual([]);
  });

  it('ends at SIGTERM with everything it started, while somebody listens', async () => {
    const response = await fetch(`${serving.url}/api/v1/live/stream`, {
      headers: { authorization: `Bearer ${serving.token}` },
    });
    const stream = response.text();
    expect(processesOf(serving.dataDir).some((name) => name.includes('mariadbd'))).toBe(true);
    expect(await collector.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await stream).toContain('event: closing');
    expect(processesOf(serving.dataDir)).toEqual([]);
  });
});

describe('Ctrl-C while it starts', () => {
  it.each([
    ['program', /run-program/],
    ['database', /mariadbd/],
  ])('with its %s just begun leaves nothing behind', async (_what, begun) => {
    const serving = await Serving.prepare({ scratch, name: 'early', amiPort: await freePort() });
    const collector = await startQueuescope(['serve', '--config', serving.config]);
    await eventually(
      'it is up to something',
      () => Promise.resolve(processesOf(serving.dataDir)),
      (processes) => processes.some((name) => begun.test(name)),
    );
    const { code } = await collector.kill('SIGINT');
    expect([0, 130, null]).toContain(code); // null: before the program could listen to signals
    await eventually(
      'nothing is left',
      () => Promise.resolve(processesOf(serving.dataDir)),
      (left) => left.length === 0,
    );
  });
});

describe('serve --demo', () => {
  it('runs both simulators, goes on where they were stopped, and ends with them', async () => {
    const dataDir = scratch.file('demo');
    mkdirSync(`${dataDir}/demo`, { recursive: true });
    // What an earlier start would have left: the states of both sites, their histories made.
    const tz = 'Etc/GMT';
    const asterisk = await startSimulator({ site: 'demo', seed: 1, port: 0, tz });
    const freeSwitch = await startFreeSwitch({ site: 'branch', seed: 1, port: 0, tz });
    const leave = (file: string, state: unknown): void =>
      writeFileSync(`${dataDir}/demo/${file}`, JSON.stringify({ tz, state }));
    leave('state.json', await asterisk.stop());
    leave('freeswitch.json', await freeSwitch.stop());

    const port = await freePort();
    const collector = await startQueuescope(
      ['serve', '--demo', '--data-dir', dataDir, '--port', String(port)],
      {
        env: {
          QUEUESCOPE_SIMULATOR_AMI_PORT: String(await freePort()),
          QUEUESCOPE_SIMULATOR_ESL_PORT: String(await freePort()),
        },
        cwd: dataDir,
      },
    );
    await collector.says(/is running on a simulated PBX \(a demo: invented calls\)/);
    await collector.says(/ami of demo is being read/);
    await collector.says(/esl of demo-fs is being read/);
    const [, token] = await collector.says(/First admin token[^]*?\n\n +(\S+)/);
    const live = async (): Promise<Live> => {
      const headers = { authorization: `Bearer ${token ?? ''}` };
      return (await (await fetch(`http://127.0.0.1:${port}/api/v1/live`, { headers })).json()) as Live;
    };
    const shown = await eventually('its queues are shown', live, ({ queues }) => queues.length === 12);
    const queues = shown.queues.map(({ queue }) => queue);
    expect(queues).toEqual(expect.arrayContaining(['tashkent-uz', 'support@branch.example']));
    expect(await collector.kill('SIGINT')).toMatchObject({ code: 0 });
    expect(processesOf(dataDir)).toEqual([]);
  });
});

/** Sends one action to a manager interface and waits until it is done. */
async function manager(port: number, action: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  socket.setEncoding('utf8').on('data', (text) => (answers += String(text)));
  const { username, secret } = AMI_ACCOUNT;
  socket.write(`Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\nEvents: off\r\n\r\n`);
  socket.write(`${action.join('\r\n')}\r\nActionID: 7\r\n\r\n`);
  await eventually(
    'the manager does it',
    () => Promise.resolve(answers),
    (text) => /Response: Success\r\nActionID: 7\r\n/.test(text),
  );
  socket.destroy();
}
