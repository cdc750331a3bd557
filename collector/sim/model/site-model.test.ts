/** The model alone: deterministic, resumable, following its strategies and its clock. */
import { describe, expect, it } from '@jest/globals';
import { queueLogRows } from '../asterisk/queue-log.js';
import { scenario } from '../scenarios.js';
import { LocalTime } from './local-time.js';
import { SiteModel } from './site-model.js';
import { agentConfig, queueConfig, type SiteConfig, type Strategy } from './site.js';

const HOUR_US = 3_600_000_000;
/** A Monday, 08:30 in Tashkent. */
const START_US = Date.parse('2026-11-16T03:30:00Z') * 1000;

function rowsOf(model: SiteModel, untilUs: number): string[] {
  const rows: string[] = [];
  model.run(untilUs, (happening) => rows.push(...queueLogRows(model.world, happening)));
  return rows;
}

describe('the model', () => {
  it('gives the same rows for the same seed, others for another', () => {
    const run = (seed: number) =>
      rowsOf(new SiteModel(scenario('demo'), { seed, startUs: START_US }), START_US + 3 * HOUR_US);
    const rows = run(7);
    expect(rows.length).toBeGreaterThan(1000);
    expect(run(7)).toEqual(rows);
    expect(run(8)).not.toEqual(rows);
  });

  it('continues a stored state exactly as if it had not stopped', () => {
    const whole = new SiteModel(scenario('demo'), { seed: 3, startUs: START_US });
    const rows = rowsOf(whole, START_US + 4 * HOUR_US);
    const first = new SiteModel(scenario('demo'), { seed: 3, startUs: START_US });
    const half = rowsOf(first, START_US + 1.5 * HOUR_US);
    const stored: unknown = JSON.parse(JSON.stringify(first.snapshot()));
    expect(stored).toEqual(first.snapshot());
    const second = new SiteModel(scenario('demo'), first.snapshot());
    expect([...half, ...rowsOf(second, START_US + 4 * HOUR_US)]).toEqual(rows);
    expect(second.snapshot()).toEqual(whole.snapshot());
  });

  it('refuses the state of another site', () => {
    const state = new SiteModel(scenario('busy'), { seed: 1, startUs: START_US }).snapshot();
    expect(() => new SiteModel(scenario('demo'), state)).toThrow('this state is of site busy, not of demo');
  });

  it.each([
    ['two agents with one extension', { agents: [agent('A', '1'), agent('B', '1')] }, 'one extension'],
    [
      'an agent of an unknown queue',
      { agents: [{ ...agent('A', '1'), skills: [{ queue: 'x', penalty: 0 }] }] },
      'no such queue: x',
    ],
    [
      'an unknown overflow',
      { queues: [queueConfig({ name: 'q', did: '1', overflowTo: 'y' })] },
      'no such queue: y',
    ],
  ])('refuses a site with %s', (_, part, message) => {
    expect(() => new SiteModel({ ...small('linear'), ...part }, { seed: 1, startUs: START_US })).toThrow(
      message,
    );
  });
});

describe('strategies', () => {
  /** Agents in the order in which they were first rung together or one by one. */
  function offers(strategy: Strategy): Map<string, number[]> {
    const model = new SiteModel(small(strategy), { seed: 2, startUs: START_US });
    const rung = new Map<string, number[]>();
    model.run(START_US + 2 * HOUR_US, (happening) => {
      if (happening.kind !== 'offered') return;
      const attempt = `${happening.call.serial}/${happening.call.attempt}`;
      rung.set(attempt, [...(rung.get(attempt) ?? []), happening.offer.agent]);
    });
    return rung;
  }

  it('ringall rings several at once, the others one at a time', () => {
    const several = [...offers('ringall').values()].filter((agents) => agents.length > 1);
    expect(several.length).toBeGreaterThan(10);
    for (const strategy of ['rrmemory', 'leastrecent', 'fewestcalls', 'random', 'linear'] as const)
      for (const agents of offers(strategy).values()) expect(agents).toHaveLength(1);
  });

  it('linear favours the first agent, rrmemory spreads evenly', () => {
    const share = (strategy: Strategy) => {
      const all = [...offers(strategy).values()].flat();
      return all.filter((agent) => agent === 0).length / all.length;
    };
    expect(share('linear')).toBeGreaterThan(0.5);
    expect(share('rrmemory')).toBeGreaterThan(0.28);
    expect(share('rrmemory')).toBeLessThan(0.4);
  });

  it('serves the heavier queue first', () => {
    const site = small('rrmemory');
    const heavy = { ...site.queues[0], name: 'heavy', did: '2', weight: 10 };
    const queues = [...site.queues, queueConfig(heavy)].map((queue) => ({
      ...queue,
      callsPerDay: 1500,
      patienceSeconds: 900,
    }));
    const agents = [agent('A', '1', ['q', 'heavy'])];
    const model = new SiteModel({ ...site, queues, agents }, { seed: 5, startUs: START_US });
    const waits: [number[], number[]] = [[], []];
    model.run(START_US + 4 * HOUR_US, (happening) => {
      if (happening.kind === 'connected')
        waits[happening.call.queue === 0 ? 0 : 1].push(happening.holdSeconds);
    });
    const served = waits.map((list) => list.length);
    expect(served[1]).toBeGreaterThan(2 * (served[0] ?? 0));
  });
});

describe('local time', () => {
  it('keeps the clock on the wall across a change of summer time', () => {
    const berlin = new LocalTime('Europe/Berlin');
    const at = (iso: string) => berlin.at(Date.parse(iso));
    expect(at('2026-03-29T00:30:00Z')).toMatchObject({ minuteOfDay: 90, weekday: 0 });
    expect(at('2026-03-29T01:30:00Z')).toMatchObject({ minuteOfDay: 210, weekday: 0 });
    const { day } = at('2026-03-29T12:00:00Z');
    expect(new Date(berlin.instantMs(day, 0)).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(berlin.instantMs(day + 1, 0)).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  });

  it('knows zones that are not of whole hours', () => {
    expect(new LocalTime('Asia/Kathmandu').offsetMs(Date.UTC(2026, 0, 1))).toBe(345 * 60_000);
  });
});

function agent(name: string, extension: string, queues = ['q']) {
  return agentConfig({
    name,
    extension,
    skills: queues.map((queue) => ({ queue, penalty: 0 })),
    shift: {
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      startMinute: 0,
      endMinute: 1440,
      lunchMinute: 0,
      lunchMinutes: 0,
    },
    breaks: 0,
    absentShare: 0,
  });
}

function small(strategy: Strategy): SiteConfig {
  return {
    ...scenario('demo'),
    name: 'small',
    timeZone: 'UTC',
    queues: [
      queueConfig({
        name: 'q',
        did: '1',
        strategy,
        callsPerDay: 700,
        hours: Array.from({ length: 24 }, () => 1),
        talkMedianSeconds: 60,
        wrapUpSeconds: 1,
      }),
    ],
    agents: [agent('A', '1'), agent('B', '2'), agent('C', '3')],
  };
}
