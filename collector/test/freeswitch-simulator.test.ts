/**
 * The collector listens to the simulated FreeSWITCH over TCP, as to a real one; its facts equal what the simulation itself
 * counted. (Both are ours: that the numbers are right at all, `freeswitch-oracle.test.ts` shows on recorded traffic.)
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { freshSwitch } from '../sim/freeswitch/switch-state.js';
import { startFreeSwitch } from '../sim/freeswitch/server.js';
import type { Happening } from '../sim/model/happening.js';
import { SiteModel } from '../sim/model/site-model.js';
import type { SiteConfig } from '../sim/model/site.js';
import { scenario } from '../sim/scenarios.js';
import { DEFAULT_QUEUE_SETTING } from '../src/config/queue-settings.js';
import type { RawMessage } from '../src/pbx/dialect.js';
import { freeswitchDialect } from '../src/pbx/freeswitch/dialect.js';
import { FreeSwitchEslSource } from '../src/pbx/freeswitch/esl/source.js';
import type { EslFormat } from '../src/pbx/freeswitch/esl/subscription.js';
import { createReports } from '../src/reports/reports.js';
import type { Row } from '../src/reports/table.js';
import { testDatabase } from './support/database.js';
import { projectAndRoll } from './support/pipeline.js';

const SEED = 12;
/** A Wednesday, 08:00 to 11:00 in Berlin. */
const FROM_US = Date.parse('2026-11-18T07:00:00Z') * 1000;
const TO = new Date('2026-11-18T10:00:00Z');
const RANGE = { from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z' };

/** Many calls, and of everything that can go wrong a little. */
function site(): SiteConfig {
  const branch = scenario('branch');
  return {
    ...branch,
    queues: branch.queues.map((queue) => ({
      ...queue,
      callsPerDay: 2 * queue.callsPerDay,
      exitKeys: ['#'],
      exitKeyShare: 0.1,
      maxWaitSeconds: 90,
      attendedTransferShare: 0.05,
    })),
    agents: branch.agents.map((agent) => ({ ...agent, busyShare: 0.05, answerShare: 0.9 })),
  };
}

const start = { seed: SEED, startUs: FROM_US, referenceUs: TO.getTime() * 1000 };

/** Everything the source keeps of the three hours and the moment after them; and when that moment ended. */
async function listen(format: EslFormat): Promise<{ messages: RawMessage[]; untilUs: number }> {
  const begin = new SiteModel(site(), start).snapshot();
  const resumeState = { site: begin, switch: freshSwitch(begin) };
  const pbx = await startFreeSwitch({
    site: site(),
    port: 0,
    resumeState,
    startAt: TO,
    waitsForClient: true,
  });
  const startedUs = Date.now() * 1000;
  const messages: RawMessage[] = [];
  const abort = new AbortController();
  const troubles: Error[] = [];
  const source = new FreeSwitchEslSource(
    {
      pbx: 'branch',
      esl: { host: '127.0.0.1', port: pbx.port, password: 'ClueCon' },
      resync: { format, fifo: false },
      onTrouble: (error) => troubles.push(error),
    },
    (batch) => {
      messages.push(...batch);
      return Promise.resolve();
    },
  );
  const run = source.run(abort.signal);
  const has = (text: string) => messages.some(({ bytes }) => bytes.includes(text));
  while (!has('Queuescope-Command: show calls')) await sleep(20);
  expect(troubles).toEqual([]);
  const { site: ended } = await pbx.stop();
  while (!has('"down"')) await sleep(20);
  abort.abort();
  await run;
  // The simulated clock is not ours: what was received is dated by it.
  const shiftUs = TO.getTime() * 1000 - startedUs;
  return {
    messages: messages.map((message) => ({ ...message, receivedUs: message.receivedUs + shiftUs })),
    untilUs: ended.atUs,
  };
}

const textOf = (row: Row, key: string): string => {
  const value = row[key];
  return typeof value === 'string' ? value : '';
};

/** The same site once more, without a switch: what happened. */
function truth(untilUs: number) {
  const model = new SiteModel(site(), start);
  const queues = new Map(model.world.site.queues.map(({ name }) => [name, new Map<string, number>()]));
  const agents = new Map(model.world.site.agents.map(({ name }) => [name, new Map<string, number>()]));
  const pausedSince = new Map<number, number>();
  const add = (counts: Map<string, number> | undefined, key: string, by: number) =>
    counts?.set(key, (counts.get(key) ?? 0) + by);
  const queue = (index: number, key: string) => add(queues.get(model.world.queueConfig(index).name), key, 1);
  const agent = (index: number, key: string, by = 1) =>
    add(agents.get(model.world.agentConfig(index).name), key, by);
  const pause = ({ kind, agent: index, atUs }: Extract<Happening, { kind: 'paused' | 'unpaused' }>) => {
    const sinceUs = pausedSince.get(index);
    if (kind === 'paused') pausedSince.set(index, sinceUs ?? atUs);
    else if (sinceUs !== undefined && pausedSince.delete(index))
      agent(index, 'pausedMs', (atUs - sinceUs) / 1000);
  };
  model.run(untilUs, (happening: Happening) => {
    switch (happening.kind) {
      case 'entered':
        queue(happening.call.queue, 'entered');
        break;
      case 'offered':
        agent(happening.offer.agent, 'offered');
        break;
      case 'connected':
        for (const lost of happening.lost) agent(lost.agent, 'lostRace');
        agent(happening.offer.agent, 'answered');
        queue(happening.call.queue, 'answered');
        break;
      case 'not-answered':
        agent(happening.offer.agent, 'ringNoAnswers');
        break;
      case 'refused':
        agent(happening.offer.agent, 'busy');
        break;
      case 'left': {
        for (const canceled of happening.canceled) agent(canceled.agent, 'ringCanceled');
        // NO_AGENT_TIMEOUT counts as a time-out.
        const { kind } = happening.how;
        queue(happening.call.queue, kind === 'exitedEmpty' ? 'timedOut' : kind);
        break;
      }
      case 'completed':
        queue(happening.call.queue, happening.by === 'agent' ? 'completedByAgent' : 'completedByCaller');
        break;
      case 'transferred':
        queue(happening.call.queue, happening.attended ? 'attendedTransfers' : 'blindTransfers');
        break;
      case 'paused':
      case 'unpaused':
        pause(happening);
        break;
      default:
    }
  });
  for (const call of model.world.calls.values()) if (call.phase === 'waiting') queue(call.queue, 'waiting');
  // How long a break is that has not ended, nobody knows.
  const atBreak = [...pausedSince.keys()].map((agent) => model.world.agentConfig(agent).name);
  return { queues, agents, atBreak };
}

const QUEUE_KEYS = [
  'entered',
  'answered',
  'abandoned',
  'timedOut',
  'exitedByKey',
  'waiting',
  'completedByAgent',
  'completedByCaller',
  'blindTransfers',
  'attendedTransfers',
];
const AGENT_KEYS = ['offered', 'answered', 'ringNoAnswers', 'busy', 'lostRace', 'ringCanceled'];

const counted = (rows: ReadonlyMap<string, ReadonlyMap<string, number>>, keys: readonly string[]) =>
  Object.fromEntries(
    [...rows].map(([name, counts]) => [
      name,
      Object.fromEntries(keys.map((key) => [key, counts.get(key) ?? 0])),
    ]),
  );

const reported = (rows: readonly Row[], name: string, keys: readonly string[]) =>
  Object.fromEntries(
    rows.map((row) => [
      textOf(row, name),
      Object.fromEntries(keys.map((key) => [key, Number(row[key] ?? 0)])),
    ]),
  );

describe('three hours of a simulated FreeSWITCH', () => {
  it.each(['plain', 'json'] as const)(
    '%s: queues and agents are counted as they happened',
    async (format) => {
      const { messages, untilUs } = await listen(format);
      const test = await testDatabase();
      await projectAndRoll(test.db, messages, { dialect: freeswitchDialect() });
      expect(await test.db.selectFrom('failedMessage').selectAll().execute()).toEqual([]);
      const reports = createReports({ db: test.db, settings: { at: () => DEFAULT_QUEUE_SETTING } });
      const queues = (await reports.make('queues', { params: RANGE, tenantId: 1 })).rows;
      const agents = (await reports.make('agents', { params: RANGE, tenantId: 1 })).rows;
      const happened = truth(untilUs);
      expect(reported(queues, 'queue', QUEUE_KEYS)).toEqual(counted(happened.queues, QUEUE_KEYS));
      const atWork = [...happened.agents].filter(([, counts]) => counts.has('offered'));
      expect(reported(agents, 'agent', AGENT_KEYS)).toMatchObject(counted(new Map(atWork), AGENT_KEYS));
      for (const row of agents) {
        const agent = textOf(row, 'agent');
        if (happened.atBreak.includes(agent)) continue;
        const pausedSeconds = (happened.agents.get(agent)?.get('pausedMs') ?? 0) / 1000;
        const isRight = Math.abs(Number(row['pauseSeconds']) - pausedSeconds) < 2;
        expect({ agent, isRight }).toEqual({ agent, isRight: true });
      }
      const sum = (key: string) =>
        [...happened.queues.values()].reduce((total, counts) => total + (counts.get(key) ?? 0), 0);
      expect(sum('entered')).toBeGreaterThan(150);
      for (const key of QUEUE_KEYS.filter((key) => key !== 'waiting'))
        expect([key, sum(key)]).not.toEqual([key, 0]);
      await test.drop();
    },
    60_000,
  );
});
