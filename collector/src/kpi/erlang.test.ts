import { describe, expect, it } from '@jest/globals';
import {
  averagePatienceSeconds,
  erlangB,
  erlangC,
  paidStaff,
  performanceA,
  performanceC,
  requiredAgents,
} from './erlang.js';

describe('Erlang B', () => {
  // Published traffic tables (ITU-D Teletraffic handbook): load that n lines carry at 1 % blocking.
  it.each([
    [1, 0.0101],
    [5, 1.361],
    [10, 4.461],
    [20, 12.03],
    [50, 37.9],
    [100, 84.06],
  ])('%i lines block 1 % of %d erlangs', (lines, load) => {
    expect(erlangB(lines, load)).toBeCloseTo(0.01, 4);
  });
});

describe('Erlang C', () => {
  it('is the load itself for one agent', () => {
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
  });

  it('gives the known example of 360 calls in half an hour of 4 minutes for 55 agents', () => {
    const known = performanceC(55, 360 / 1800, 240, 15);
    expect(known.waitProbability).toBeCloseTo(0.239, 3);
    expect(known.averageWaitSeconds).toBeCloseTo(8.2, 1);
    expect(known.serviceLevel).toBeCloseTo(0.846, 3);
    expect(known.occupancy).toBeCloseTo(0.873, 3);
  });

  it('gives the known example of 100 calls in half an hour of 3 minutes for 14 agents', () => {
    const known = performanceC(14, 100 / 1800, 180, 20);
    expect(known.waitProbability).toBeCloseTo(0.174, 3);
    expect(known.averageWaitSeconds).toBeCloseTo(7.8, 1);
    expect(known.serviceLevel).toBeCloseTo(0.888, 3);
    expect(known.occupancy).toBeCloseTo(0.714, 3);
  });

  it('needs 14 agents there for 80 % within 20 seconds', () => {
    expect(requiredAgents((m) => performanceC(m, 100 / 1800, 180, 20), 0.8)).toBe(14);
  });

  it('has no finite wait when the load is as great as the agents', () => {
    expect(performanceC(10, 10 / 180, 180, 20)).toMatchObject({ serviceLevel: 0, averageWaitSeconds: null });
  });
});

describe('Erlang A', () => {
  // Garnett, Mandelbaum, Reiman 2002, §1: 50 agents, 48 calls a minute of one minute, patience two minutes.
  const load = { callsPerSecond: 48 / 60, ahtSeconds: 60, patienceSeconds: 120 };

  it('gives the published example, against Erlang C of the same load', () => {
    const patient = performanceC(50, 48 / 60, 60, 20);
    expect(patient.averageWaitSeconds).toBeCloseTo(20.8, 1);
    expect(patient.occupancy).toBeCloseTo(0.96, 2);
    const impatient = performanceA(50, load, 20);
    expect(impatient.abandonment).toBeCloseTo(0.031, 3);
    expect(impatient.averageWaitSeconds).toBeCloseTo(3.7, 1);
    expect(impatient.occupancy).toBeCloseTo(0.93, 2);
  });

  it('is Erlang C when nobody gives up', () => {
    const patient = performanceA(55, { callsPerSecond: 0.2, ahtSeconds: 240, patienceSeconds: 1e7 }, 15);
    const known = performanceC(55, 0.2, 240, 15);
    expect(patient.serviceLevel).toBeCloseTo(known.serviceLevel, 4);
    expect(patient.waitProbability).toBeCloseTo(known.waitProbability, 4);
  });

  /** The same queue as a chain of states, added up one by one. */
  function byStates(
    agents: number,
    lambda: number,
    mu: number,
    theta: number,
  ): { wait: number; gone: number } {
    const weights = [1];
    for (let n = 1; n < 3000; n++) {
      const leaving = n <= agents ? n * mu : agents * mu + (n - agents) * theta;
      weights.push(((weights[n - 1] ?? 0) * lambda) / leaving);
    }
    const all = weights.reduce((sum, one) => sum + one, 0);
    const waiting = weights.slice(agents).reduce((sum, one) => sum + one, 0);
    const queue = weights.reduce((sum, one, n) => sum + one * Math.max(0, n - agents), 0);
    return { wait: waiting / all, gone: (theta * queue) / all / lambda };
  }

  it.each([
    [3, 2, 1, 0.5],
    [10, 14, 1, 0.3],
    [1, 0.2, 1, 5],
    [40, 60, 1, 1],
  ])('equals the chain of states: %i agents, λ %d, μ %d, θ %d', (agents, lambda, mu, theta) => {
    const states = byStates(agents, lambda, mu, theta);
    const found = performanceA(
      agents,
      { callsPerSecond: lambda, ahtSeconds: 1 / mu, patienceSeconds: 1 / theta },
      1e9,
    );
    expect(found.waitProbability).toBeCloseTo(states.wait, 8);
    expect(found.abandonment).toBeCloseTo(states.gone, 8);
    // In the end every caller was answered or gave up.
    expect(found.serviceLevel).toBeCloseTo(1 - states.gone, 6);
  });

  it('is idle with many more agents than calls', () => {
    const idle = performanceA(300, { callsPerSecond: 1e-5, ahtSeconds: 60, patienceSeconds: 60 }, 20);
    expect(idle).toMatchObject({ waitProbability: 0, serviceLevel: 1, abandonment: 0 });
  });

  it('stays finite at a load far beyond the agents', () => {
    const flooded = performanceA(100, { callsPerSecond: 50, ahtSeconds: 300, patienceSeconds: 600 }, 20);
    expect(flooded.abandonment).toBeCloseTo(1 - 100 / 15_000, 6);
    expect(flooded.serviceLevel).toBeLessThan(0.001);
  });
});

describe('staff', () => {
  it('is more than who is at work by the shrinkage', () => {
    expect(paidStaff(14, 0.3)).toBe(20);
    expect(paidStaff(14, 0)).toBe(14);
  });

  it('patience is the time all waited by those who gave up', () => {
    expect(averagePatienceSeconds(600, 5)).toBe(120);
    expect(averagePatienceSeconds(600, 0)).toBeNull();
  });
});
