/**
 * Reports by business hours over what a real Asterisk did (trace small60), whose callers came within a minute around
 * 19:00 UTC, midnight in Tashkent: figures are those of SQL over the facts, written by hand here.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { collect, projectAndRoll } from '../../test/support/pipeline.js';
import { queueSettings } from '../config/queue-settings.js';
import type { BusinessHours } from '../directory/hours.js';
import { DICTIONARIES } from '../exports/labels/labels.js';
import { translatedNote } from '../exports/labels/notes.js';
import { asteriskDriver } from '../pbx/asterisk/driver.js';
import { CATALOG } from './catalog.js';
import { checkParams, paramNames } from './params.js';
import { createReports, reportOf } from './reports.js';
import { ReportRequestError } from './request.js';
import type { ReportTable, Row } from './table.js';

const folder = fileURLToPath(new URL('../../test/traces/small60/', import.meta.url));
const file = (name: string): string => path.join(folder, name);
const at = (clock: string): number => Date.parse(`2026-11-20T${clock}Z`);

const daily = (from: string, to: string): BusinessHours => ({
  zone: 'UTC',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [[from, to]]]),
  ),
});

/** Nobody says when claims is open. */
const HOURS: Readonly<Record<string, { fromAt: number; hours: BusinessHours }>> = {
  // To the minute: facts answer, no row of a quarter of an hour could.
  support: { fromAt: 0, hours: daily('18:59', '19:00') },
  // To the quarter: rollups answer.
  billing: { fromAt: 0, hours: daily('18:45', '19:00') },
  // Until midnight of a Friday in Tashkent, which is 19:00 UTC; closed on Saturdays.
  sales: { fromAt: 0, hours: { zone: 'Asia/Tashkent', week: { fri: [['09:00', '24:00']] } } },
  // A holiday of its own replaces these.
  vip: { fromAt: 0, hours: daily('18:59', '19:00') },
  // Nothing is known before.
  intl: { fromAt: at('18:59:20'), hours: daily('00:00', '24:00') },
};

const between = (queue: string, from: string, to: string): string =>
  `(q.name = '${queue}' and v.entered_at >= ${at(from)} and v.entered_at < ${at(to)})`;
const OPEN = [
  between('support', '18:59:00', '19:00:00'),
  between('billing', '18:45:00', '19:00:00'),
  between('sales', '04:00:00', '19:00:00'),
  between('vip', '19:00:00', '19:30:00'),
  between('intl', '18:59:20', '23:59:59'),
].join(' or ');
const CLOSED = [
  between('support', '00:00:00', '18:59:00'),
  between('support', '19:00:00', '23:59:59'),
  between('billing', '00:00:00', '18:45:00'),
  between('billing', '19:00:00', '23:59:59'),
  between('sales', '19:00:00', '23:59:59'),
  between('vip', '00:00:00', '19:00:00'),
  between('vip', '19:30:00', '23:59:59'),
].join(' or ');

let test: TestDatabase;
let ids: Map<string, number>;

async function rows<T>(text: string): Promise<T[]> {
  return (await sql.raw<T>(text).execute(test.db.withoutPlugins())).rows;
}

const visitsWhere = async (condition: string): Promise<Record<string, number>> => {
  const [sums = {}] = await rows<Record<string, number | string>>(`
    select count(*) as entered, sum(v.outcome = 'answered') as answered, sum(v.outcome = 'abandoned') as abandoned,
      sum(v.outcome = 'answered' and v.wait_seconds <= 5) as within, coalesce(sum(v.talk_seconds), 0) as talk,
      coalesce(sum(if(v.outcome = 'answered', v.wait_seconds, 0)), 0) as waitAnswered
    from visit v join queue q on q.id = v.queue_id where ${condition}`);
  return Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, Number(value)]));
};

const RANGE = { from: String(at('18:58:00')), to: String(at('19:05:00')), tz: 'Asia/Tashkent' };
const report = (name: string, params: Record<string, string> = {}): Promise<ReportTable> =>
  createReports({
    db: test.db,
    settings: queueSettings([
      { pbxPattern: '*', queuePattern: '*', fromMs: -Infinity, serviceLevelSeconds: 5 },
    ]),
  }).make(name, { params: { ...RANGE, ...params }, tenantId: 1 });

const number = (row: Row | null | undefined, key: string): number => {
  const cell = row?.[key];
  if (typeof cell !== 'number') throw new Error(`${key} is no number`);
  return cell;
};
const sum = (some: readonly Row[], key: string): number =>
  some.reduce((all, row) => all + number(row, key), 0);
const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0);
const table = (made: ReportTable, key: string): readonly Row[] =>
  made.tables?.find((one) => one.key === key)?.rows ?? [];

async function giveHours(values: readonly { entityId: number; fromAt: number; hours: BusinessHours }[]) {
  await test.db.deleteFrom('directoryValue').where('field', '=', 'hours').execute();
  for (const { entityId, fromAt, hours } of values) {
    await test.db
      .insertInto('directoryValue')
      .values({
        entity: entityId === 0 ? 'tenant' : 'queue',
        entityId: entityId === 0 ? 1 : entityId,
        field: 'hours',
        origin: 'manual',
        fromAt,
        value: JSON.stringify(hours),
      })
      .execute();
  }
}

const eachItsOwn = (): Promise<void> =>
  giveHours(Object.entries(HOURS).map(([queue, given]) => ({ entityId: ids.get(queue) ?? -1, ...given })));

beforeAll(async () => {
  test = await testDatabase();
  const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
  const stream = { stream: file('passive.ami.gz'), chunks: file('passive.chunks.gz') };
  const ami = await collect(asteriskDriver.replay({ pbx: 'lab', ...stream, ...quiet }));
  const log = await collect(asteriskDriver.importLog({ pbx: 'lab', files: [file('queue_log')], ...quiet }));
  await projectAndRoll(test.db, [...ami, ...log]);
  const queues = await rows<{ id: number; name: string }>('select id, name from queue');
  ids = new Map(queues.map(({ id, name }) => [name, id]));
  await test.db
    .insertInto('holiday')
    .values({
      tenantId: 1,
      queueId: ids.get('vip') ?? 0,
      date: '2026-11-20',
      name: 'Founding day',
      hours: JSON.stringify([['19:00', '19:30']]),
    })
    .execute();
  await eachItsOwn();
}, 60_000);
afterAll(() => test.drop());

describe.each([
  ['open', OPEN],
  ['closed', CLOSED],
] as const)('hours=%s', (hours, condition) => {
  it('counts each queue by its own hours, in its own zone', async () => {
    const made = await report('queues', { hours });
    const names = Object.keys(HOURS);
    for (const queue of names) {
      const expected = await visitsWhere(`q.name = '${queue}' and (${condition})`);
      const row = made.rows.find((one) => one['queue'] === queue);
      expect([queue, row?.['entered'] ?? 0, row?.['answered'] ?? 0]).toEqual([
        queue,
        expected['entered'],
        expected['answered'],
      ]);
    }
    expect(made.rows.every((row) => names.some((name) => name === row['queue']))).toBe(true);
  });

  it('gives the totals of every report from the same visits', async () => {
    const expected = await visitsWhere(condition);
    expect(expected['entered']).toBeGreaterThan(0);
    const queues = await report('queues', { hours });
    expect(number(queues.totals, 'entered')).toBe(expected['entered']);
    expect(number(queues.totals, 'talkSeconds')).toBe(expected['talk']);
    const summary = await report('summary', { hours });
    for (const key of ['entered', 'answered', 'abandoned'])
      expect([key, summary.totals?.[key]]).toEqual([key, expected[key]]);
    expect(summary.totals?.['asaSeconds']).toBe(
      expected['answered'] === 0 ? null : (expected['waitAnswered'] ?? 0) / (expected['answered'] ?? 0),
    );
    const calls = await report('calls', { hours, limit: '1000' });
    expect([calls.rows.length, calls.totals?.['visitId']]).toEqual([
      expected['entered'],
      expected['entered'],
    ]);
    const answered = await report('answered', { hours });
    expect(answered.totals?.['visitId']).toBe(expected['answered']);
    expect(sum(table(answered, 'waits'), 'visits')).toBe(expected['answered']);
    const unanswered = await report('unanswered', { hours });
    expect(unanswered.totals?.['visitId']).toBe((expected['entered'] ?? 0) - (expected['answered'] ?? 0));
    const curve = await report('sl-curve', { hours, maxSeconds: '5' });
    expect(curve.totals?.['answeredWithin']).toBe(expected['within']);
    const tags = await report('tags', { hours });
    expect(tags.totals?.['visits']).toBe(expected['entered']);
    const frequency = table(await report('frequent-callers', { hours, minContacts: '1' }), 'frequency');
    expect(sum(frequency, 'contacts')).toBeLessThanOrEqual(expected['entered'] ?? 0);
    const comparison = await report('comparison', { hours });
    expect(comparison.rows.find((row) => row['metric'] === 'entered')?.['first']).toBe(expected['entered']);
  });

  it('adds up over slots, hours and cells', async () => {
    const expected = await visitsWhere(condition);
    for (const granularity of ['15m', 'hour', 'day']) {
      const slots = await report('queues', { hours, granularity });
      expect(sum(slots.rows, 'entered')).toBe(expected['entered']);
    }
    const traffic = await report('traffic', { hours, granularity: 'hour' });
    for (const key of ['slots', 'queues', 'hours', 'weekdays'])
      expect([key, sum(table(traffic, key), 'entered')]).toEqual([key, expected['entered']]);
    const map = await report('heatmap', { hours, by: 'date' });
    expect(sum(map.rows, 'value')).toBe(expected['entered']);
    expect(number(map.totals, 'value')).toBe(expected['entered']);
  });

  it('counts calls of agents by the entry of the caller', async () => {
    const expected = await visitsWhere(condition);
    for (const name of ['agents', 'agent-queues', 'agent-outcomes']) {
      const made = await report(name, { hours });
      expect([name, made.totals?.['answered']]).toEqual([name, expected['answered']]);
      expect(sum(made.rows, 'answered')).toBe(expected['answered']);
    }
    const ranking = await report('ranking', { hours, of: 'agents', metric: 'answered' });
    expect(ranking.totals?.['value']).toBe(expected['answered']);
  });

  it('is named in the meta, with what it leaves out', async () => {
    const { meta } = await report('queues', { hours });
    expect(meta.hours).toBe(hours);
    expect(meta.notes).toEqual([
      `Only what entered while its queue was ${hours}, by business hours and holidays.`,
      'A part of the range has no business hours and is neither open nor closed, for intl.',
      'No business hours are given for claims: left out.',
    ]);
  });
});

describe('time of agents by business hours', () => {
  const MINUTE = { fromMs: at('18:59:00'), toMs: at('19:00:00') };

  /** Login of each agent within the minute, ms, over the queues of the condition. */
  async function loginMs(condition: string): Promise<Map<string, number>> {
    const spans = await rows<{ agent: string; fromMs: number; toMs: number }>(`
      select a.name as agent, greatest(i.from_at, ${MINUTE.fromMs}) as fromMs, least(i.to_at, ${MINUTE.toMs}) as toMs
      from agent_interval i join agent a on a.id = i.agent_id join queue q on q.id = i.queue_id
      where i.kind = 'login' and i.from_at < ${MINUTE.toMs} and i.to_at > ${MINUTE.fromMs} and ${condition}
      order by i.from_at`);
    const sums = new Map<string, { untilMs: number; ms: number }>();
    for (const { agent, fromMs, toMs } of spans) {
      const known = sums.get(agent) ?? { untilMs: 0, ms: 0 };
      known.ms += Math.max(0, Number(toMs) - Math.max(Number(fromMs), known.untilMs));
      known.untilMs = Math.max(known.untilMs, Number(toMs));
      sums.set(agent, known);
    }
    return new Map([...sums].map(([agent, { ms }]) => [agent, Math.round(ms / 1000)]));
  }

  it('of one queue is cut at its hours', async () => {
    const made = await report('agents', { hours: 'open', queues: 'support' });
    const expected = await loginMs(`q.name = 'support'`);
    expect(expected.size).toBeGreaterThan(0);
    const seen = new Map(made.rows.map((row) => [row['agent'], row['loginSeconds']]));
    for (const [agent, seconds] of expected) expect([agent, seen.get(agent)]).toEqual([agent, seconds]);
    expect(Math.abs(number(made.totals, 'loginSeconds') - sumOf(expected.values()))).toBeLessThanOrEqual(
      expected.size,
    );
  });

  it('is left open when queues are open at different times', async () => {
    const made = await report('agents', { hours: 'open' });
    expect(made.totals?.['loginSeconds']).toBeNull();
    expect(made.totals?.['occupancy']).toBeNull();
    expect(made.meta.notes[0]).toMatch(/open at different times/);
  });

  it('is the union over queues when all are open at the same times', async () => {
    await giveHours([{ entityId: 0, fromAt: 0, hours: daily('18:59', '19:00') }]);
    await test.db.deleteFrom('holiday').execute();
    try {
      const made = await report('agents', { hours: 'open' });
      const expected = await loginMs('true');
      const row = new Map(made.rows.map((one) => [one['agent'], one['loginSeconds']]));
      for (const [agent, seconds] of expected) expect([agent, row.get(agent) ?? 0]).toEqual([agent, seconds]);
      const both = ['open', 'closed', 'all'].map((hours) => report('agents', { hours }));
      const [open, closed, all] = (await Promise.all(both)).map(({ totals }) => totals);
      for (const key of ['answered', 'offered', 'talkSeconds'])
        expect(number(open, key) + number(closed, key)).toBe(number(all, key));
      for (const key of ['loginSeconds', 'pauseSeconds', 'readySeconds', 'talkMeasuredSeconds'])
        expect(Math.abs(number(open, key) + number(closed, key) - number(all, key))).toBeLessThanOrEqual(1);
    } finally {
      await eachItsOwn();
    }
  });
});

it.each(['ru', 'uz'] as const)('what it leaves out is told in %s', async (lang) => {
  const made = [await report('queues', { hours: 'closed' }), await report('agents', { hours: 'open' })];
  const notes = made.flatMap(({ meta }) => meta.notes);
  expect(notes.length).toBe(7);
  expect(notes.filter((note) => translatedNote(note, DICTIONARIES[lang].notes) === null)).toEqual([]);
});

describe('the filter', () => {
  it('is a parameter of the reports of visits and of agents in queues, and of no other', () => {
    const withHours = CATALOG.filter((one) => paramNames(one).includes('hours')).map(({ name }) => name);
    expect(withHours).toEqual([
      ...['queues', 'agents', 'calls', 'summary', 'answered', 'unanswered', 'unreached', 'traffic'],
      ...['comparison', 'sl-curve', 'staffing', 'talk-lengths', 'frequent-callers', 'first-call-resolution'],
      ...['tags', 'agent-queues', 'agent-outcomes', 'ranking', 'heatmap'],
    ]);
    const cdr = reportOf('cdr');
    expect(() => checkParams(cdr, { ...RANGE, hours: 'open' }, 1)).toThrow(
      /^hours: is not a parameter of the report cdr/,
    );
  });

  it.each(['talk-lengths', 'unreached', 'first-call-resolution', 'staffing'])(
    'of %s parts what all hours have',
    async (name) => {
      await giveHours([{ entityId: 0, fromAt: 0, hours: daily('18:59', '19:00') }]);
      await test.db.deleteFrom('holiday').execute();
      const key = {
        'talk-lengths': 'visits',
        unreached: 'lostContacts',
        'first-call-resolution': 'clusters',
        staffing: 'entered',
      }[name];
      const made = await Promise.all(['open', 'closed', 'all'].map((hours) => report(name, { hours })));
      const [open, closed, all] = made.map(({ totals }) => number(totals, key ?? ''));
      await eachItsOwn();
      expect([open, closed].every((one) => one !== undefined && one > 0)).toBe(true);
      expect((open ?? 0) + (closed ?? 0)).toBe(all);
    },
  );
});

describe('wrong questions', () => {
  const refused = async (params: Record<string, string>): Promise<string> => {
    const error: unknown = await report('queues', params).catch((one: unknown) => one);
    if (!(error instanceof ReportRequestError)) throw new Error('it was answered');
    return error.message;
  };

  it('name the parameter and what to do', async () => {
    expect(await refused({ hours: 'business' })).toBe('hours: "business" is none of all, open, closed');
    expect(await refused({ hours: 'open', queues: 'claims' })).toMatch(
      /^hours: none of these queues has business hours: give them in the directory/,
    );
    expect(await refused({ hours: 'open', from: '2024-01-01', to: '2026-01-01' })).toMatch(
      /^to: is more than 400 days after from/,
    );
  });

  it('hours to the minute over a long range ask for a shorter one', async () => {
    expect(await refused({ hours: 'open', from: '2026-01-01', to: '2026-12-01' })).toMatch(
      /^hours: .*ask for a shorter range/,
    );
  });
});
