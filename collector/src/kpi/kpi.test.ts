import { describe, expect, it } from '@jest/globals';
import {
  agentTransferRate,
  answerRateOfOffers,
  callsPerHour,
  occupancy,
  pauseShare,
  utilisation,
} from './agent-kpi.js';
import * as queue from './queue-kpi.js';
import { serviceLevel, SL_FORMULAS, type ServiceLevelCounts } from './service-level.js';

const nobody: ServiceLevelCounts = {
  answered: 0,
  answeredWithin: 0,
  abandoned: 0,
  abandonedWithin: 0,
  shortAbandoned: 0,
  timedOut: 0,
  exitedByKey: 0,
  exitedEmpty: 0,
  withdrawn: 0,
  pulledOut: 0,
  canceledAtConnect: 0,
  interrupted: 0,
  waitingBeyond: 0,
};

describe('service level', () => {
  it('gives the three values of the Cisco manual: 70 %, 77.8 %, 80 %', () => {
    // 100 offered, 70 answered in time, 10 abandoned in time, 20 others (here: answered late).
    const counts = { ...nobody, answered: 90, answeredWithin: 70, abandoned: 10, abandonedWithin: 10 };
    expect(serviceLevel('B', counts)).toBe(0.7);
    expect(serviceLevel('C', counts)).toBeCloseTo(0.778, 3);
    expect(serviceLevel('D', counts)).toBe(0.8);
  });

  it('computes every variant of one busy hour', () => {
    // offered = 60+20+5+4+3+2+1+1+1+3 = 100
    const counts: ServiceLevelCounts = {
      answered: 60,
      answeredWithin: 48,
      abandoned: 20,
      abandonedWithin: 8,
      shortAbandoned: 5,
      timedOut: 5,
      exitedByKey: 4,
      exitedEmpty: 3,
      withdrawn: 2,
      pulledOut: 1,
      canceledAtConnect: 1,
      interrupted: 1,
      waitingBeyond: 3,
    };
    expect(Object.fromEntries(SL_FORMULAS.map((name) => [name, serviceLevel(name, counts)]))).toEqual({
      A: 48 / 60,
      B: 48 / 100,
      C: 48 / 92,
      D: 56 / 100,
      E: 48 / 83,
      F: 48 / 75,
      G: 48 / 87,
      H: 48 / 90,
    });
  });

  it('shows the trap of AMI: 23 of 30 answered at once, 9 abandoned (S1: 76.7 and 59.0)', () => {
    const counts = { ...nobody, answered: 30, answeredWithin: 23, abandoned: 9, abandonedWithin: 0 };
    expect(serviceLevel('A', counts)).toBeCloseTo(0.767, 3);
    expect(serviceLevel('D', counts)).toBeCloseTo(0.59, 3);
  });

  it('is unknown when nobody called, by every formula', () => {
    for (const name of SL_FORMULAS) expect(serviceLevel(name, nobody)).toBeNull();
  });
});

describe('queue KPIs', () => {
  const sums = {
    entered: 12,
    waiting: 2,
    answered: 5,
    abandoned: 3,
    timedOut: 1,
    exitedByKey: 1,
    exitedEmpty: 0,
    waitAnsweredSeconds: 50,
    waitUnansweredSeconds: 40,
    waitAbandonedSeconds: 24,
    talkSeconds: 300,
    blindTransfers: 1,
    attendedTransfers: 1,
    positionSum: 15,
    positionCount: 10,
  };

  it('divides by those whose wait is over', () => {
    expect(queue.asaSeconds(sums)).toBe(10);
    expect(queue.averageWaitSeconds(sums)).toBe(9);
    expect(queue.timeToAbandonSeconds(sums)).toBe(8);
    expect(queue.answeredRate(sums)).toBe(0.5);
    expect(queue.abandonmentRate(sums)).toBe(0.3);
    expect(queue.abandonmentRateWithoutShort(sums, 1)).toBeCloseTo(2 / 9);
    expect(queue.timeoutRate(sums)).toBe(0.1);
    expect(queue.exitByKeyRate(sums)).toBe(0.1);
    expect(queue.exitEmptyRate(sums)).toBe(0);
    expect(queue.transferRate(sums)).toBe(0.4);
    expect(queue.averageTalkSeconds(sums)).toBe(60);
    expect(queue.averagePosition(sums)).toBe(1.5);
    expect(queue.ahtSeconds(300, 50_000, 5)).toBe(70);
  });

  it('knows nothing of an empty queue', () => {
    const empty = { answered: 0, waitAnsweredSeconds: 0, abandoned: 0, entered: 3, waiting: 3 };
    expect(queue.asaSeconds(empty)).toBeNull();
    expect(queue.abandonmentRate(empty)).toBeNull();
    expect(queue.ahtSeconds(0, 0, 0)).toBeNull();
  });
});

describe('agent KPIs', () => {
  it('computes an eight-hour shift', () => {
    const minutes = (n: number): number => n * 60_000;
    const shift = {
      answered: 42,
      ringNoAnswers: 8,
      blindTransfers: 4,
      attendedTransfers: 2,
      loginMs: minutes(480),
      fullyPausedMs: minutes(60),
      talkMs: minutes(210),
      wrapUpMs: minutes(42),
      readyMs: minutes(108),
    };
    expect(occupancy(shift)).toBe(252 / 360);
    expect(utilisation(shift)).toBe(252 / 480);
    expect(pauseShare(shift)).toBe(0.125);
    expect(answerRateOfOffers(shift)).toBe(0.84);
    expect(callsPerHour(shift)).toBe(6);
    expect(agentTransferRate(shift)).toBeCloseTo(1 / 7);
    expect(occupancy({ talkMs: 0, wrapUpMs: 0, readyMs: 0 })).toBeNull();
  });
});
