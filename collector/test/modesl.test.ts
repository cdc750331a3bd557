/**
 * `modesl`, a client nobody here wrote, talks to the simulated FreeSWITCH: what it understands is what a real one says.
 * (`asterisk-manager` does the same with the simulated Asterisk in sim/server.test.ts.)
 */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFreeSwitch } from '../sim/freeswitch/server.js';

const require = createRequire(import.meta.url);

/** The parts used here; the packages have no types. */
interface EslEvent {
  getHeader(name: string): string | null;
  getBody(): string;
}
interface ModeslConnection {
  on(event: string, listener: (event: EslEvent) => void): void;
  subscribe(events: string[], done: () => void): void;
  events(format: string, events: string, done: () => void): void;
  api(command: string, done: (answer: EslEvent) => void): void;
  /** Asks in the background and reads the JSON of the job's end. */
  show(what: string, done: (error: Error | null, listed: { rows: Record<string, string>[] }) => void): void;
  disconnect(): void;
}
interface Modesl {
  Connection: new (host: string, port: number, password: string, ready: () => void) => ModeslConnection;
}
/** Ten o'clock in the morning there: people call. */
const AT_WORK = { startAt: new Date('2026-11-18T10:00:00Z'), tz: 'Etc/GMT', seed: 7 };
/** Simulated seconds per second: a call of minutes takes a moment. */
const SPEED = 60;

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not come to pass within 30 s');
    await sleep(20);
  }
}

describe('modesl and the simulated FreeSWITCH', () => {
  it.each(['plain', 'json'])(
    '%s: subscribes, asks, and sees a call from begin to end',
    async (format) => {
      const pbx = await startFreeSwitch({ site: 'branch', port: 0, password: 'p', speed: SPEED, ...AT_WORK });
      const { Connection } = require('modesl') as Modesl;
      const connection = await new Promise<ModeslConnection>((resolve) => {
        const made: ModeslConnection = new Connection('127.0.0.1', pbx.port, 'p', () => resolve(made));
      });
      try {
        const events: EslEvent[] = [];
        connection.on('esl::event::**', (event) => events.push(event));
        await new Promise<void>((done) =>
          connection.events(format, 'CHANNEL_HANGUP_COMPLETE CUSTOM callcenter::info', done),
        );
        const agents = await new Promise<EslEvent>((done) =>
          connection.api('callcenter_config agent list', done),
        );
        const [head = '', ...rows] = agents.getBody().trimEnd().split('\n');
        expect(head.split('|').slice(0, 3)).toEqual(['name', 'instance_id', 'uuid']);
        expect(rows.at(-1)).toBe('+OK');
        expect(rows.length).toBeGreaterThan(10);

        const of = (action: string): EslEvent[] =>
          events.filter((event) => event.getHeader('CC-Action') === action);
        await until(() =>
          of('member-queue-end').some((event) => event.getHeader('CC-Cause') === 'Terminated'),
        );
        const end = of('member-queue-end').find((event) => event.getHeader('CC-Cause') === 'Terminated');
        const member = end?.getHeader('CC-Member-UUID') ?? '';
        const told = events
          .filter((event) => event.getHeader('CC-Member-UUID') === member)
          .map((event) => event.getHeader('CC-Action'));
        expect(told[0]).toBe('member-queue-start');
        expect(told).toContain('agent-offering');
        expect(told.slice(-3)).toEqual(['bridge-agent-start', 'bridge-agent-end', 'member-queue-end']);
        const start = of('member-queue-start').find((event) => event.getHeader('CC-Member-UUID') === member);
        expect(start?.getHeader('CC-Queue')).toBe(end?.getHeader('CC-Queue'));
        expect(Number(end?.getHeader('Event-Date-Timestamp'))).toBeGreaterThan(
          Number(start?.getHeader('Event-Date-Timestamp')),
        );
      } finally {
        connection.on('error', () => undefined);
        connection.disconnect();
        await pbx.stop();
      }
    },
    60_000,
  );

  it('asks in the background for the channels of the calls it was told of', async () => {
    const pbx = await startFreeSwitch({ site: 'branch', port: 0, password: 'p', speed: SPEED, ...AT_WORK });
    const { Connection } = require('modesl') as Modesl;
    const connection = await new Promise<ModeslConnection>((resolve) => {
      const made: ModeslConnection = new Connection('127.0.0.1', pbx.port, 'p', () => resolve(made));
    });
    try {
      const up = new Map<string, string | null>();
      connection.on('esl::event::CHANNEL_CREATE::**', (event) => {
        up.set(event.getHeader('Unique-ID') ?? '', event.getHeader('Caller-Caller-ID-Number'));
      });
      connection.on('esl::event::CHANNEL_HANGUP_COMPLETE::**', (event) => {
        up.delete(event.getHeader('Unique-ID') ?? '');
      });
      await new Promise<void>((done) =>
        connection.subscribe(['BACKGROUND_JOB', 'CHANNEL_CREATE', 'CHANNEL_HANGUP_COMPLETE'], done),
      );
      await until(() => up.size >= 2);
      const rows = await new Promise<Record<string, string>[]>((resolve, reject) =>
        connection.show('channels', (error, listed) => (error ? reject(error) : resolve(listed.rows))),
      );
      const listed = new Map(rows.map((row) => [row['uuid'], row['cid_num']]));
      expect(up.size).toBeGreaterThan(0);
      for (const [uuid, number] of up) expect([uuid, listed.get(uuid)]).toEqual([uuid, number]);
    } finally {
      connection.on('error', () => undefined);
      connection.disconnect();
      await pbx.stop();
    }
  }, 60_000);

  it('is told that its password is wrong', async () => {
    const pbx = await startFreeSwitch({ site: 'branch', port: 0, password: 'p', ...AT_WORK });
    const { Connection } = require('modesl') as Modesl;
    const connection = new Connection('127.0.0.1', pbx.port, 'guess', () => undefined);
    const refusal = await new Promise<EslEvent>((resolve) =>
      connection.on('esl::event::auth::fail', resolve),
    );
    expect(refusal.getHeader('Reply-Text')).toBe('-ERR invalid');
    await pbx.stop();
  });
});
