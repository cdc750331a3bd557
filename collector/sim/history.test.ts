/** The history of the demo site: plausible at a glance, importable, and continued without a seam. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { generateHistory, siteMembers, type History } from './history.js';
import { arrivalRate } from './model/arrivals.js';
import { SiteModel } from './model/site-model.js';
import { scenario } from './scenarios.js';

const DAYS = 28;
const TO = new Date('2026-11-20T06:00:00Z');
const FROM = new Date(TO.getTime() - DAYS * 86_400_000);
/** Asia/Tashkent has no summer time. */
const OFFSET_SECONDS = 5 * 3600;

const demo = (from = FROM) => generateHistory({ site: 'demo', seed: 1, from, to: TO });

describe(`${DAYS} days of the demo site`, () => {
  let history: History;
  const rows: string[][] = [];
  const entered: { hour: number; weekday: number; week: number }[] = [];
  const count = (event: string) => rows.filter((row) => row[4] === event).length;

  beforeAll(async () => {
    history = demo();
    for await (const line of history) rows.push(line.split('|'));
    for (const [second, , , , event] of rows) {
      if (event !== 'ENTERQUEUE') continue;
      const local = new Date((Number(second) + OFFSET_SECONDS) * 1000);
      const week = Math.floor((Number(second) - FROM.getTime() / 1000) / (7 * 86_400));
      entered.push({ hour: local.getUTCHours(), weekday: local.getUTCDay(), week });
    }
  });

  it('has about 1,500 calls on a working day', () => {
    const working = entered.filter(({ weekday }) => weekday >= 1 && weekday <= 5).length / 20;
    expect(working).toBeGreaterThan(1300);
    expect(working).toBeLessThan(1800);
  });

  it('answers 70 to 90 % within 20 seconds and loses 4 to 10 %', () => {
    const within = rows.filter(([, , , , event, wait]) => event === 'CONNECT' && Number(wait) <= 20).length;
    expect(within / entered.length).toBeGreaterThan(0.7);
    expect(within / entered.length).toBeLessThan(0.9);
    expect(count('ABANDON') / entered.length).toBeGreaterThan(0.04);
    expect(count('ABANDON') / entered.length).toBeLessThan(0.1);
    expect(count('EXITWITHTIMEOUT')).toBeGreaterThan(20);
    expect(count('EXITWITHKEY')).toBeGreaterThan(20);
  });

  it('has a dip at lunch, quiet nights, and low weekends', () => {
    const atHour = (hour: number) => entered.filter((call) => call.hour === hour).length;
    expect(atHour(12)).toBeLessThan(0.8 * atHour(10));
    expect(atHour(12)).toBeLessThan(0.9 * atHour(15));
    expect(atHour(3)).toBeLessThan(0.1 * atHour(10));
    expect(atHour(3)).toBeGreaterThan(0);
    const onDay = (day: number) => entered.filter((call) => call.weekday === day).length;
    expect(onDay(0)).toBeLessThan(0.3 * onDay(3));
    expect(onDay(6)).toBeLessThan(0.45 * onDay(3));
    expect(onDay(1)).toBeGreaterThan(onDay(5));
  });

  it('leaves the agents as its rows say', () => {
    const present = new Set<string>();
    for (const [, , queue, agent, event] of rows) {
      if (event === 'ADDMEMBER') present.add(`${queue} ${agent}`);
      if (event === 'REMOVEMEMBER') present.delete(`${queue} ${agent}`);
    }
    const site = scenario('demo');
    const left = history
      .resumeState()
      .agents.flatMap(({ members }, index) =>
        members
          .filter((member) => member.in)
          .map((member) => `${site.queues[member.queue]?.name} PJSIP/${site.agents[index]?.extension}`),
      );
    expect(left.length).toBeGreaterThan(30);
    expect(left.sort()).toEqual([...present].sort());
  });

  // Until 11:20 local time, when the late shift has not begun.
  it('a live site continued from it goes on with the same agents, calls and numbers', () => {
    const state = history.resumeState();
    const live = new SiteModel(scenario('demo'), state);
    const ended = new Set<number>();
    const kinds = new Set<string>();
    live.run(state.atUs + 1_200_000_000, (happening) => {
      kinds.add(happening.kind);
      if (happening.kind === 'completed') ended.add(happening.call.serial);
    });
    const talking = state.calls.filter(
      (call) => call.phase === 'talking' && /^(agent|caller)$/.test(call.ending.kind),
    );
    expect(talking.length).toBeGreaterThan(3);
    expect(talking.filter((call) => !ended.has(call.serial)).length).toBeLessThan(talking.length / 2);
    expect(kinds).toContain('entered');
    expect(kinds).not.toContain('pbx-started');
    expect(kinds).not.toContain('member-added');
  });
});

it('grows by the configured share a month, up to the end of the history', () => {
  const [startUs, referenceUs] = [FROM.getTime() * 1000, TO.getTime() * 1000];
  const { world } = new SiteModel({ ...scenario('demo'), dayNoise: 0 }, { seed: 1, startUs, referenceUs });
  const ratio = arrivalRate(world, 0, referenceUs) / arrivalRate(world, 0, startUs);
  expect(ratio).toBeCloseTo(1.1 ** (DAYS / 30), 6);
  expect(arrivalRate(world, 0, referenceUs + 7 * 86_400_000_000)).toBeCloseTo(
    arrivalRate(world, 0, referenceUs),
    9,
  );
});

it('names every member that its rows name', async () => {
  const members = siteMembers('demo');
  expect(members).toHaveLength(40);
  expect(members[0]).toEqual({ interface: 'PJSIP/201', name: 'Anna Alvarez' });
  const known = new Set(['NONE', ...members.flatMap(({ interface: itself, name }) => [itself, name])]);
  for await (const line of demo(new Date(TO.getTime() - 86_400_000)))
    expect(known).toContain(line.split('|')[3]);
});

it('refuses a span that ends before it begins, an unknown site and an unknown zone', () => {
  expect(() => demo(TO)).toThrow('history must begin before it ends');
  expect(() => siteMembers('nowhere')).toThrow(
    'no simulated site nowhere; there are demo, branch, load and busy',
  );
  expect(() => generateHistory({ site: 'demo', seed: 1, from: FROM, to: TO, tz: 'Mars/Olympus' })).toThrow(
    RangeError,
  );
  expect(() => demo().resumeState()).toThrow('has not been read to its end');
});
