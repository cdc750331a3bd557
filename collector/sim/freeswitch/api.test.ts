/** What the simulated switch lists, against recorded listings and against the site itself. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { rowsOf } from '../../src/pbx/freeswitch/projection/reply.js';
import { SiteModel } from '../model/site-model.js';
import { scenario } from '../scenarios.js';
import { apiAnswer } from './api.js';
import { EslEvents } from './esl-events.js';
import { freshSwitch, type SwitchState } from './switch-state.js';

const START_US = Date.parse('2026-11-16T07:00:00Z') * 1000;

/** A listing of the real switch while 31 calls were made: who waits, talks, gave up. */
const recorded = (
  JSON.parse(
    gunzipSync(
      readFileSync(new URL('../../test/traces/fs-medium/snapshots.json.gz', import.meta.url)),
    ).toString(),
  ) as { snapshots: Record<string, string>[] }
).snapshots[2];

let model: SiteModel;
let state: SwitchState;
const ask = (command: string) => apiAnswer(model.world, state, command);
const json = (what: string, more: object = {}) =>
  `json ${JSON.stringify({ command: 'callcenter_config', data: { arguments: what, ...more } })}`;

beforeAll(() => {
  const site = scenario('branch');
  // Long lines: somebody waits, somebody gave up a moment ago.
  const queues = site.queues.map((queue) => ({ ...queue, callsPerDay: queue.callsPerDay * 3 }));
  model = new SiteModel({ ...site, queues }, { seed: 8, startUs: START_US });
  state = freshSwitch(model.snapshot());
  const teller = new EslEvents(model.world, state);
  const isFull = () => {
    const calls = [...model.world.calls.values()];
    const has = (phase: string) => calls.some((call) => call.phase === phase);
    return (
      has('waiting') &&
      has('talking') &&
      calls.some(({ offers }) => offers.length > 0) &&
      state.abandoned.length > 0
    );
  };
  for (let atUs = START_US + 7_200_000_000; !isFull(); atUs += 10_000_000)
    model.run(atUs, (happening) => teller.tell(happening));
});

describe('listings', () => {
  it.each([
    'callcenter_config queue list',
    'callcenter_config agent list',
    'callcenter_config tier list',
    'callcenter_config queue list members',
  ])('%s has the columns of a real one', (command) => {
    const [head, ...lines] = ask(command).split('\n');
    expect(head).toBe(recorded?.[command]?.split('\n')[0]);
    expect(lines.slice(-2)).toEqual(['+OK', '']);
    expect(lines.length).toBeGreaterThan(4);
  });

  it.each(['show channels as json', 'show calls as json'])('%s has the keys of a real one', (command) => {
    type Listed = { row_count: number; rows: Record<string, string>[] };
    const [ours, theirs] = [ask(command), recorded?.[command] ?? ''].map(
      (text) => JSON.parse(text) as Listed,
    );
    expect(Object.keys(ours?.rows[0] ?? {})).toEqual(Object.keys(theirs?.rows[0] ?? {}));
    expect(ours?.row_count).toBe(ours?.rows.length);
  });

  it('status has the lines of a real one', () => {
    const shape = (text = '') =>
      text
        .replace(/[\d.]+/g, '0')
        .replace(/\(Version.*\)/, '(Version)')
        .replace(/\b(second|minute|hour|day|year|millisecond|microsecond)s?\b/g, '$1');
    expect(shape(ask('status'))).toBe(shape(recorded?.['status']).trimEnd() + '\n');
  });

  it('JSON and table say the same', () => {
    for (const [what, table] of [
      ['agent list', 'callcenter_config agent list'],
      ['tier list', 'callcenter_config tier list'],
      ['member list', 'callcenter_config queue list members'],
    ] as const) {
      const [rows, same] = [json(what), table].map((command) => rowsOf(command, ask(command)) ?? []);
      // A missing key is an empty cell.
      expect(rows?.map((row) => ({ uuid: '', ...row }))).toEqual(same?.map((row) => ({ uuid: '', ...row })));
      expect(rows?.length).toBeGreaterThan(0);
    }
    const queues = rowsOf('queue list', ask(json('queue list')));
    expect(queues?.map((row) => row['name'])).toEqual(model.world.site.queues.map(({ name }) => name));
    expect(queues?.[0]).not.toHaveProperty('calls_answered');
    expect(queues?.[0]?.['max_wait_time']).toBe('300');
  });

  it('one queue alone', () => {
    const queue = 'support@branch.example';
    const all = rowsOf('tier list', ask('callcenter_config tier list')) ?? [];
    const own = rowsOf('tier list', ask(`callcenter_config queue list tiers ${queue}`)) ?? [];
    expect(own).toEqual(all.filter((row) => row['queue'] === queue));
    const names = rowsOf('agent list', ask(json('queue list agents', { queue_name: queue })))?.map(
      (row) => row['name'],
    );
    expect(names?.sort()).toEqual(own.map((row) => row['agent']).sort());
  });
});

describe('rows', () => {
  const rows = (what: string) => rowsOf(what, ask(json(what))) ?? [];

  it('members are those who wait, talk, or gave up a moment ago', () => {
    const { world } = model;
    const calls = [...world.calls.values()];
    const count = (states: string[]) =>
      rows('member list').filter((row) => states.includes(row['state'] ?? '')).length;
    expect(count(['Waiting', 'Trying'])).toBe(calls.filter(({ phase }) => phase === 'waiting').length);
    expect(count(['Answered'])).toBe(calls.filter(({ phase }) => phase === 'talking').length);
    const gone = rows('member list').filter((row) => row['state'] === 'Abandoned');
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.filter((row) => row['session_uuid'] !== '')).toEqual([]);
  });

  it('agents who talk have a channel, one that is listed', () => {
    const channels = (JSON.parse(ask('show channels as json')) as { rows: { uuid: string }[] }).rows;
    const talking = rows('agent list').filter((row) => row['state'] === 'In a queue call');
    expect(talking.length).toBeGreaterThan(0);
    for (const row of talking) expect(channels.map(({ uuid }) => uuid)).toContain(row['uuid']);
    for (const row of rows('agent list')) {
      if (row['state'] === 'Waiting') expect(row).not.toHaveProperty('uuid');
      expect(row['contact']).toMatch(/^\[leg_timeout=\d+\]user\/10\d\d@branch\.example$/);
    }
    const wrapUps = model.world.site.agents.map((agent) => String(agent.wrapUpSeconds));
    expect(rows('agent list').map((row) => row['wrap_up_time'])).toEqual(wrapUps);
  });

  it('tiers say where an agent is busy', () => {
    const states = new Set(rows('tier list').map((row) => row['state']));
    expect([...states].sort()).toEqual(['Active Inbound', 'Offering', 'Ready', 'Standby']);
  });
});

describe('refusals', () => {
  it.each([
    ['originate user/1001 9999', '-ERR originate Command not found!\n'],
    ['callcenter_config', '-ERR Invalid!\n'],
    ['callcenter_config agent set status anna Available', ''],
    ['show registrations', '-USAGE: channels as json|calls as json|registrations as json\n'],
    ['json', '-ERR No JSON supplied.\n'],
    ['json {"command"', '-ERR Parse error.\n'],
    [
      'json {"command":"x"}',
      '{"command":"x","status":"error","message":"Invalid request or non-existant command","response":null}\n',
    ],
  ])('%s', (command, answer) => {
    expect(ask(command)).toBe(answer);
  });

  it('a list of one queue needs its name', () => {
    expect(ask(json('queue list members'))).toContain(
      '"status":"error","message":"The command returned an error"',
    );
  });

  it('empty lists are lists', () => {
    const empty = new SiteModel(scenario('branch'), { seed: 1, startUs: START_US });
    const answer = (command: string) => apiAnswer(empty.world, freshSwitch(empty.snapshot()), command);
    expect(answer('callcenter_config queue list members')).toBe('+OK\n');
    expect(answer('show calls as json')).toBe('{"row_count": 0}\n');
    expect(answer(json('member list'))).toMatch(/"status":"success","response":\[\]\}\n$/);
    expect(answer('global_getvar core_uuid')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
