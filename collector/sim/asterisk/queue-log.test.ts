/** The rows of a simulated day obey the grammar of queue_log, and every caller who entered is accounted for. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SiteModel } from '../model/site-model.js';
import { scenario } from '../scenarios.js';
import { uniqueid } from './channel.js';
import { queueLogRows } from './queue-log.js';

const START_US = Date.parse('2026-11-16T00:00:00Z') * 1000;
const DAY_US = 86_400_000_000;

/** One letter per row of a call. */
const LETTER: Record<string, string> = {
  ENTERQUEUE: 'E',
  RINGNOANSWER: 'r',
  RINGCANCELED: 'r',
  CONNECT: 'C',
  COMPLETEAGENT: 'c',
  COMPLETECALLER: 'c',
  BLINDTRANSFER: 'c',
  ATTENDEDTRANSFER: 'c',
  ABANDON: 'x',
  EXITWITHTIMEOUT: 'x',
  EXITWITHKEY: 'x',
  EXITEMPTY: 'x',
};

const COLUMNS: Record<string, number> = {
  ENTERQUEUE: 3,
  CONNECT: 3,
  COMPLETEAGENT: 3,
  COMPLETECALLER: 3,
  ABANDON: 3,
  EXITWITHTIMEOUT: 3,
  EXITEMPTY: 3,
  EXITWITHKEY: 4,
  BLINDTRANSFER: 5,
  ATTENDEDTRANSFER: 5,
  RINGNOANSWER: 1,
  RINGCANCELED: 1,
  PAUSE: 1,
  UNPAUSE: 1,
  PAUSEALL: 1,
  UNPAUSEALL: 1,
  ADDMEMBER: 1,
  REMOVEMEMBER: 1,
  QUEUESTART: 1,
};

describe.each(['demo', 'busy'])('two days of the site %s', (name) => {
  const model = new SiteModel(scenario(name), { seed: 11, startUs: START_US });
  const rows: string[][] = [];
  const calls = new Map<string, string[][]>();
  let open: Set<string>;

  beforeAll(() => {
    model.run(START_US + 2 * DAY_US, (happening) => {
      for (const row of queueLogRows(model.world, happening)) rows.push(row.split('|'));
    });
    for (const row of rows)
      if (LETTER[row[4] ?? '']) calls.set(row[1] ?? '', [...(calls.get(row[1] ?? '') ?? []), row]);
    open = new Set([...model.world.calls.values()].map((call) => uniqueid(call.serial, call.startedAtUs)));
  });

  it('every row has the columns of its event, in order of time', () => {
    const misshapen = rows.filter((row) => row.length - 5 !== COLUMNS[row[4] ?? '']);
    expect(misshapen).toEqual([]);
    const seconds = rows.map((row) => Number(row[0]));
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    expect(rows[0]?.slice(1)).toEqual(['NONE', 'NONE', 'NONE', 'QUEUESTART', '']);
  });

  it('every visit begins with ENTERQUEUE and has exactly one end', () => {
    expect(calls.size).toBeGreaterThan(500);
    const wrong = [...calls].flatMap(([id, itsRows]) => {
      const story = itsRows.map((row) => LETTER[row[4] ?? '']).join('');
      const grammar = open.has(id) ? /^(Er*(Cc|x))*(Er*C?)?$/ : /^(Er*(Cc|x))+$/;
      return grammar.test(story) ? [] : [`${id} ${story}`];
    });
    expect(wrong).toEqual([]);
  });

  it('entered = the sum of the outcomes and of those who still wait', () => {
    const count = (letter: string) => rows.filter((row) => LETTER[row[4] ?? ''] === letter).length;
    const waiting = model.world.state.queues.reduce((sum, queue) => sum + queue.waiting.length, 0);
    expect(count('E')).toBe(count('C') + count('x') + waiting);
    const talking = [...model.world.calls.values()].filter((call) => call.phase === 'talking').length;
    expect(count('C')).toBe(count('c') + talking);
  });

  it('states waits and talks as differences of whole seconds', () => {
    const [stated, measured]: [string[], string[]] = [[], []];
    for (const itsRows of calls.values()) {
      let [entered, connected] = [0, 0];
      for (const [second, id, , , event = '', ...data] of itsRows) {
        const now = Number(second);
        const compare = (column: string | undefined, seconds: number) => {
          stated.push(`${id} ${event} ${column}`);
          measured.push(`${id} ${event} ${seconds}`);
        };
        if (event === 'ENTERQUEUE') entered = now;
        if (event === 'CONNECT') {
          connected = now;
          compare(data[0], now - entered);
        }
        if (event.startsWith('COMPLETE')) {
          compare(data[0], connected - entered);
          compare(data[1], now - connected);
        }
        if (event === 'ABANDON') compare(data[2], now - entered);
      }
    }
    expect(stated.length).toBeGreaterThan(1000);
    expect(stated).toEqual(measured);
  });

  it('pauses and logs in only members, by interface where Asterisk does so', () => {
    const by = (pattern: RegExp) => rows.filter((row) => pattern.test(row[4] ?? ''));
    const members = by(/MEMBER$/);
    expect(members.length).toBeGreaterThan(0);
    expect(members.filter((row) => row[1] !== 'MANAGER' || !/^PJSIP\/2\d\d$/.test(row[3] ?? ''))).toEqual([]);
    const names = new Set<string | undefined>(model.world.site.agents.map((agent) => agent.name));
    expect(by(/PAUSE/).filter((row) => !names.has(row[3]))).toEqual([]);
  });
});

it('a crowded site has every way out', () => {
  const events = new Set<string>();
  for (const name of ['demo', 'busy']) {
    const model = new SiteModel(scenario(name), { seed: 4, startUs: START_US });
    model.run(START_US + 7 * DAY_US, (happening) => {
      for (const row of queueLogRows(model.world, happening)) events.add(row.split('|')[4] ?? '');
    });
  }
  expect([...events].sort()).toEqual(Object.keys(COLUMNS).sort());
});
