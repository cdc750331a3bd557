import { describe, expect, test } from '@jest/globals';
import { readOracle } from './oracle.js';
import { readTrace } from './trace.js';

const traces = ['tiny', 'small60', 'heavy', 'restart'] as const;

describe.each(traces)('the oracle of trace %s', (name) => {
  const { oracle, recordedOracle: recorded } = readTrace(name);

  test('says of every queue what the recorded oracle says', () => {
    expect([...oracle.queues.keys()].sort()).toEqual(Object.keys(recorded.queues).sort());
    for (const [queue, q] of Object.entries(recorded.queues)) {
      expect(oracle.queues.get(queue)).toMatchObject({
        entered: q.offered,
        answered: q.answered,
        abandoned: q.abandoned,
        timedOut: q.timeout,
        exitedByKey: q.exitKey,
        exitedEmpty: q.exitEmpty,
        withdrawn: q.withdrawn,
        answeredWithinSl: q.answeredWithinSl,
        abandonedWithinSl: q.abandonedWithinSl,
        waitAnsweredSeconds: q.waitAnswered.total,
        waitAnsweredMaxSeconds: q.waitAnswered.max,
        asaSeconds: q.waitAnswered.avg,
        waitAbandonedSeconds: q.waitAbandoned.total,
        waitUnansweredSeconds: q.waitAllUnanswered.total,
        waitUnansweredMaxSeconds: q.waitAllUnanswered.max,
        talkSeconds: q.talk.total,
        talkMaxSeconds: q.talk.max,
        completedByAgent: q.completedByAgent,
        completedByCaller: q.completedByCaller,
        blindTransfers: q.blindTransfers,
        attendedTransfers: q.attendedTransfers,
        agentDumps: q.agentDumps,
        ringNoAnswers: q.ringNoAnswer,
        ringCanceled: q.ringCanceled,
        answeredWithoutEnd: q.answeredNoEnd,
      });
      const { interrupted = 0, waiting = 0 } = oracle.queues.get(queue) ?? {};
      expect(interrupted + waiting).toBe(q.unfinished);
    }
  });

  test('has one visit for every entry, and the outcomes add up', () => {
    for (const q of oracle.queues.values()) {
      const left = q.abandoned + q.timedOut + q.exitedByKey + q.exitedEmpty + q.withdrawn;
      expect(q.answered + left + q.interrupted + q.waiting).toBe(q.entered);
      expect(oracle.visits.filter((visit) => visit.queue === q.queue)).toHaveLength(q.entered);
    }
  });

  test('says of every agent what the recorded oracle says', () => {
    expect([...oracle.agents.keys()].sort()).toEqual(Object.keys(recorded.agents).sort());
    for (const [agent, a] of Object.entries(recorded.agents)) {
      expect(oracle.agents.get(agent)).toMatchObject({
        answered: a.answered,
        talkSeconds: a.talk,
        ringNoAnswers: a.ringNoAnswer,
        ringNoAnswerMs: a.ringNoAnswerMs,
        ringCanceled: a.ringCanceled,
        completedByAgent: a.completedByAgent,
        completedByCaller: a.completedByCaller,
        blindTransfers: a.blindTransfers,
        attendedTransfers: a.attendedTransfers,
        agentDumps: a.agentDumps,
      });
    }
  });

  // There the recorded oracle lets login and pause run on through the restarts; ours ends them.
  if (name === 'restart') return;
  test('says of logins and pauses what the recorded oracle says', () => {
    for (const [agent, { login, pause }] of Object.entries(recorded.agents)) {
      if (recorded.ambiguousNames.includes(agent)) continue;
      const ours = oracle.agents.get(agent);
      expect({ agent, seconds: ours?.loginSeconds ?? 0 }).toEqual({ agent, seconds: login.seconds });
      expect(ours?.loginSecondsByQueue).toEqual(withoutZeros(login.perQueue));
      expect(ours?.pauseSeconds).toBe(pause.seconds);
      expect(ours?.pauseSecondsByReason).toEqual(withoutZeros(pause.byReason));
      for (const [queue, byReason] of Object.entries(pause.perQueue)) {
        expect(ours?.pauseSecondsByQueue[queue]).toEqual(withoutZeros(byReason));
      }
    }
  });
});

const withoutZeros = (seconds: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(seconds).filter(([, value]) => value > 0));

describe('a restart', () => {
  const log = [
    '100|NONE|NONE|NONE|QUEUESTART|',
    '101|MANAGER|sales|Local/1@agents|ADDMEMBER|',
    '102|c1|sales|NONE|ENTERQUEUE||100|1',
    '103|c2|sales|NONE|ENTERQUEUE||200|2',
    '105|c1|sales|Ann|CONNECT|3|m1|2',
    '110|NONE|sales|Ann|PAUSE|Lunch',
    '130|NONE|NONE|NONE|QUEUESTART|',
    '140|MANAGER|sales|Local/1@agents|ADDMEMBER|',
    '150|MANAGER|sales|Local/1@agents|REMOVEMEMBER|',
  ].join('\n');
  const oracle = readOracle(log, { memberNames: { 'Local/1@agents': 'Ann' } });

  test('interrupts who waits and leaves who talks answered, without an end', () => {
    expect(oracle.queues.get('sales')).toMatchObject({ entered: 2, answered: 1, interrupted: 1, waiting: 0 });
    expect(oracle.visits[0]).toMatchObject({ outcome: 'answered', talkSeconds: null, endEvent: null });
  });

  test('ends logins and pauses', () => {
    expect(oracle.agents.get('Ann')).toMatchObject({ loginSeconds: 39, pauseSecondsByReason: { Lunch: 20 } });
  });
});

test('a line cut short is named', () => {
  expect(() => readOracle('100|c1|sales\n')).toThrow('queue_log line 1 has too few columns');
});
