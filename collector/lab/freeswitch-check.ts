/**
 * A running FreeSWITCH against Queuescope: `npm run check:freeswitch -- --host 10.0.0.4 --password-env ESL_PASSWORD`.
 *
 * Asks the switch's own counters, listens while calls are made with the real source, journal, projection and a database of
 * its own, asks the counters again, and prints both side by side (docs/freeswitch.md). Exit code 1 when they differ.
 * What must hold: what cannot be compared (a counter that was set to 0 meanwhile) is said, never counted as equal.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Instance, openInstance } from '../src/app/instance.js';
import { runOneShot } from '../src/app/one-shot.js';
import type { EslConfig } from '../src/config/config.js';
import { loadConfig } from '../src/config/load.js';
import { diagnose } from '../src/doctor/doctor.js';
import type { RawMessage } from '../src/pbx/dialect.js';
import { freeswitchDriver } from '../src/pbx/freeswitch/driver.js';
import { EslSession } from '../src/pbx/freeswitch/esl/session.js';
import { type Row, rowsOf } from '../src/pbx/freeswitch/projection/reply.js';
import { Positions } from '../src/pbx/positions.js';

const PBX = 'switch';
interface Counters {
  queues: ReadonlyMap<string, { answered: number; left: number }>;
  agents: ReadonlyMap<string, number>;
}

interface Compared {
  what: string;
  theirs: number;
  ours: number;
  /** Why the two cannot be compared. */
  excuse: string | null;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string' },
      port: { type: 'string', default: '8021' },
      'password-env': { type: 'string' },
      minutes: { type: 'string', default: '10' },
      cdr: { type: 'string', multiple: true, default: [] },
    },
  });
  const { host, port, minutes, cdr, 'password-env': passwordEnv } = values;
  if (host === undefined || passwordEnv === undefined) {
    console.error(
      'Say which switch: --host HOST --password-env VARIABLE [--port 8021] [--minutes 10] [--cdr FOLDER]',
    );
    return 2;
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'queuescope-check-'));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  setTimeout(() => stop.abort(), Number(minutes) * 60_000).unref();
  try {
    const file = path.join(directory, 'queuescope.yaml');
    const esl = { host, port: Number(port), passwordEnv };
    writeFileSync(
      file,
      JSON.stringify({ dataDir: directory, pbxs: [{ name: PBX, dialect: 'freeswitch', esl }] }),
    );
    const { config } = loadConfig({ env: process.env, cwd: directory, overrides: [], file });
    const instance = await openInstance(config, pino({ level: 'warn' }), new AbortController().signal);
    try {
      return await check(instance, Number(minutes), cdr, stop.signal);
    } finally {
      await instance.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function check(
  instance: Instance,
  minutes: number,
  cdr: readonly string[],
  stop: AbortSignal,
): Promise<number> {
  const [pbx] = instance.config.pbxs;
  if (!pbx?.esl) throw new Error('the configuration has no event socket');
  const { esl } = pbx;
  const fromMs = Date.now();
  const asked: Counters[] = [];
  const ask = async (): Promise<void> => void asked.push(await counters(esl));
  console.log(
    `Listening to ${pbx.esl.host}:${pbx.esl.port} for ${minutes} min: make calls. Ctrl-C compares at once.`,
  );
  const { messages, failures } = await runOneShot(instance, {
    pbx: PBX,
    dialect: freeswitchDriver.dialect(),
    key: 'check',
    messages: listen(instance, ask, stop),
    signal: new AbortController().signal,
  });
  const [before, after] = asked;
  if (!before || !after) throw new Error('the switch was not reached: nothing was compared');
  const compared = await compare(instance, before, after);
  console.log(`\n${messages} messages, ${failures} not understood\n`);
  for (const { what, theirs, ours, excuse } of compared) {
    const verdict = excuse ?? (theirs === ours ? 'equal' : 'DIFFERENT');
    console.log(`${what.padEnd(60)} switch ${theirs}  Queuescope ${ours}  ${verdict}`);
  }
  if (compared.every(({ theirs, ours }) => theirs === 0 && ours === 0)) {
    console.log('No call was made: nothing was compared.');
    return 1;
  }
  const differences = compared.filter(
    ({ theirs, ours, excuse }) => excuse === null && theirs !== ours,
  ).length;
  const records = cdr.length === 0 ? 0 : await compareRecords(instance, cdr, fromMs);
  return differences + records + failures === 0 ? 0 : 1;
}

/** Everything the switch says until `signal` aborts; its counters are asked at the very begin and end of that. */
async function* listen(
  { config }: Instance,
  ask: () => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<RawMessage[]> {
  const [pbx] = config.pbxs;
  if (!pbx) return;
  const batches: RawMessage[][] = [];
  let heard = (): void => undefined;
  const connected = new Promise<void>((resolve) => (heard = resolve));
  const host = {
    sink: (messages: RawMessage[]): Promise<void> => {
      batches.push(messages);
      return Promise.resolve();
    },
    positions: new Positions(path.join(config.dataDir, 'positions')),
    onLink: (_source: string, link: string, reason: string): void => {
      console.log(`event socket ${link} ${reason}`);
      if (link === 'up') heard();
    },
    onTrouble: (_source: string, error: Error): void => console.error(error.message),
    onPost: (): void => undefined,
  };
  const ended = new AbortController();
  const running = freeswitchDriver.runSources(pbx, host, ended.signal);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  await Promise.race([connected, stopped]);
  if (!signal.aborted) await ask();
  while (!signal.aborted) {
    yield batches.splice(0).flat();
    await sleep(200, undefined, { signal }).catch(() => undefined);
  }
  await ask();
  ended.abort();
  await running;
  yield batches.splice(0).flat();
}

async function counters(esl: EslConfig): Promise<Counters> {
  const { host, port } = esl;
  const session = await EslSession.open(
    { host, port, password: esl.password.reveal() },
    { onFrame: () => undefined },
    new AbortController().signal,
  );
  try {
    const list = async (command: string): Promise<Row[]> => rowsOf(command, await session.api(command)) ?? [];
    const queues = await list('callcenter_config queue list');
    const agents = await list('callcenter_config agent list');
    return {
      queues: new Map(
        queues.map((row) => [
          row['name'] ?? '',
          { answered: Number(row['calls_answered'] ?? 0), left: Number(row['calls_abandoned'] ?? 0) },
        ]),
      ),
      agents: new Map(agents.map((row) => [row['name'] ?? '', Number(row['calls_answered'] ?? 0)])),
    };
  } finally {
    session.close('asked');
    await session.closed;
  }
}

/** The switch counts a caller, and an agent's call, when the agent answers; as abandoned every caller who leaves. */
async function compare({ db }: Instance, before: Counters, after: Counters): Promise<Compared[]> {
  const visits = await db
    .selectFrom('visit')
    .innerJoin('queue', 'queue.id', 'visit.queueId')
    .leftJoin('agent', 'agent.id', 'visit.agentId')
    .select(['queue.name as queue', 'agent.name as agent', 'outcome', 'outcomeCertainty'])
    .execute();
  const changed = await db
    .selectFrom('agentInterval')
    .innerJoin('agent', 'agent.id', 'agentInterval.agentId')
    .select(['agent.name'])
    .distinct()
    .where('kind', '=', 'pause')
    .execute();
  const wasSetAvailable = new Set(changed.map(({ name }) => name));
  const UNCOUNTED = ['waiting', 'interrupted', 'answered'];
  return [
    ...[...after.queues].flatMap(([name, { answered, left }]) => {
      const was = before.queues.get(name) ?? { answered: 0, left: 0 };
      const own = visits.filter(({ queue }) => queue === name);
      const excuse = answered < was.answered || left < was.left ? 'the queue was reloaded' : null;
      // Who talked already when the check began was counted before.
      const ours = own.filter((v) => v.outcome === 'answered' && v.outcomeCertainty === 'stated');
      return [
        { what: `${name} answered`, theirs: answered - was.answered, ours: ours.length, excuse },
        {
          what: `${name} left without an agent`,
          theirs: left - was.left,
          ours: own.filter(({ outcome }) => !UNCOUNTED.includes(outcome)).length,
          excuse,
        },
      ];
    }),
    ...[...after.agents].map(([name, answered]): Compared => {
      const was = before.agents.get(name) ?? 0;
      const reset = answered < was || wasSetAvailable.has(name);
      const own = visits.filter((v) => v.agent === name && v.outcomeCertainty === 'stated');
      return {
        what: `${name} talks`,
        theirs: answered - was,
        ours: own.length,
        excuse: reset ? 'a status set to Available sets its counter to 0' : null,
      };
    }),
  ];
}

async function compareRecords({ db }: Instance, files: readonly string[], fromMs: number): Promise<number> {
  const { factVisits, differences, unreadable } = await diagnose({
    db,
    pbx: PBX,
    fromMs,
    toMs: Date.now(),
    dialect: freeswitchDriver.dialect(),
    log: freeswitchDriver.importCdr({ pbx: PBX, files, onProgress: () => undefined }),
  });
  console.log(`\nAgainst the call records: ${factVisits} visits, ${differences.length} differences`);
  for (const difference of differences) console.log(JSON.stringify(difference));
  for (const file of unreadable) console.log(`unreadable: ${file}`);
  return differences.length;
}

process.exitCode = await main();
