import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { captureTrace } from '../src/pbx/asterisk/ami/capture.js';
import { AmiFramer } from '../src/pbx/asterisk/ami/framer.js';
import { peekEventName } from '../src/pbx/asterisk/ami/codec.js';
import { type LabAsterisk, labSkipReason, startAsterisk } from './asterisk.js';
import { readQueueSettings } from './config.js';
import { runShift } from './driver.js';
import { type Oracle, type OracleQueue, readOracle } from './oracle.js';
import { interfaceOf, planShift } from './shift-plan.js';

const describeWithAsterisk = labSkipReason() === undefined ? describe : describe.skip;

describeWithAsterisk('a shift on a real Asterisk', () => {
  const plan = planShift(2);
  let asterisk: LabAsterisk;
  let folder: string;
  let oracle: Oracle;
  let events: Map<string, number>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'queuescope-shift-'));
    asterisk = await startAsterisk('shift');
    const recording = new AbortController();
    const recorded = captureTrace({ ami: asterisk.collector, directory: folder }, recording.signal);
    await runShift(asterisk, plan);
    await asterisk.stop();
    recording.abort();
    const [files] = await recorded;
    const { serviceLevelSeconds, memberNames } = readQueueSettings();
    for (const agent of plan.agents) memberNames[interfaceOf(agent)] = agent.name;
    oracle = readOracle(await readFile(asterisk.queueLogFile, 'utf8'), { serviceLevelSeconds, memberNames });
    events = countEvents(gunzipSync(await readFile(files?.stream ?? '')));
  }, 180_000);

  afterAll(async () => {
    await asterisk?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const total = (key: Exclude<keyof OracleQueue, 'queue'>): number =>
    [...oracle.queues.values()].reduce((sum, queue) => sum + (queue[key] ?? 0), 0);

  test('has every way a visit can end', () => {
    for (const key of ['answered', 'abandoned', 'timedOut', 'exitedByKey', 'exitedEmpty'] as const) {
      expect([key, total(key)]).not.toEqual([key, 0]);
    }
    expect(total('withdrawn')).toBe(2);
    expect(total('blindTransfers')).toBeGreaterThan(0);
    expect(total('attendedTransfers')).toBeGreaterThan(0);
    expect(total('ringNoAnswers')).toBeGreaterThan(0);
    expect(total('ringCanceled')).toBeGreaterThan(0);
    expect(total('waiting')).toBe(0);
  });

  test('has agents who log in and out and pause, each with an end in the log', () => {
    for (const { name } of plan.agents) expect(oracle.agents.get(name)?.loginSeconds).toBeGreaterThan(10);
    expect(oracle.agents.get('Anna Alvarez')?.loginSeconds).toBeNull(); // written into queues.conf
    const reasons = [...oracle.agents.values()].flatMap((agent) => Object.keys(agent.pauseSecondsByReason));
    expect(new Set(reasons)).toEqual(
      new Set(['Coaching', 'Break', 'Déjeuner', 'Lunch', 'WC', '', 'Auto-Pause']),
    );
  });

  test('is seen whole by a collector with the recommended rights and filters', () => {
    const left = total('abandoned') + total('timedOut') + total('exitedEmpty') + total('withdrawn');
    expect(events.get('QueueCallerJoin')).toBe(total('entered'));
    expect(events.get('AgentConnect')).toBe(total('answered'));
    expect(events.get('QueueCallerAbandon')).toBe(left);
    expect(events.get('AgentRingNoAnswer')).toBe(total('ringNoAnswers'));
    expect(events.get('VarSet')).toBeGreaterThan(0); // QUEUESTATUS
    expect(events.has('Newexten')).toBe(false);
  });
});

function countEvents(stream: Buffer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const frame of new AmiFramer().feed(stream)) {
    const name = peekEventName(frame);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
