import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FACT_SETTINGS } from '../../test/support/pipeline.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Dimensions } from '../facts/store/dimensions.js';
import { logged, ms, T0 } from '../facts/testing/telling.js';
import { writeEvents, type PbxFacts } from '../facts/write-events.js';
import { inTransaction } from '../storage/transaction.js';
import { numberOf } from './address.js';
import { AgentAliases } from './aliases.js';
import { Calendars } from './calendars.js';
import { valueAt, type DatedValue } from './dated.js';
import { Holidays } from './holidays.js';
import { isOpen, openIntervals, spansError, type BusinessHours } from './hours.js';
import { learnNames, phoneOf } from './learn-names.js';
import { namesAt, refreshCurrentNames } from './names.js';
import { proposeAliases } from './propose-aliases.js';
import { loadTargets } from './targets.js';
import { DirectoryValues } from './values.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { db } = database;
  for (const table of ['directoryValue', 'leg', 'agent', 'agentAlias', 'queue', 'visit', 'contact'] as const)
    await db.deleteFrom(table).execute();
  await db.deleteFrom('pbx').execute();
  await db.insertInto('pbx').values({ id: 1, name: 'hq', dialect: 'asterisk' }).execute();
});

const ADMIN = { tenantId: 1, tokenId: null, isOperator: true };

describe('of values with dates', () => {
  const said = (origin: 'manual' | 'learned', fromAt: number, value: string | null): DatedValue => ({
    ...{ origin, fromAt, value },
  });
  test.each<[string, DatedValue[], number, string | null]>([
    ['nothing said is nothing', [], 5, null],
    ['the latest holds', [said('manual', 1, 'a'), said('manual', 4, 'b')], 5, 'b'],
    ['from its date on, exactly', [said('manual', 1, 'a'), said('manual', 5, 'b')], 4, 'a'],
    ['what a user said does not hold before its date', [said('manual', 5, 'a')], 4, null],
    ['what was learned does', [said('learned', 5, 'a')], 4, 'a'],
    ['a user wins over what was learned later', [said('manual', 1, 'a'), said('learned', 3, 'b')], 5, 'a'],
    [
      'until he takes it back',
      [said('manual', 1, 'a'), said('learned', 3, 'b'), said('manual', 4, null)],
      5,
      'b',
    ],
    ['or before he spoke', [said('manual', 4, 'a'), said('learned', 1, 'b')], 3, 'b'],
  ])('%s', (_name, history, atMs, value) => expect(valueAt(history, atMs)?.value ?? null).toBe(value));
});

describe('the rule of numbers', () => {
  test.each([
    ['PJSIP/101', '101'],
    ['sip/101', '101'],
    ['Local/101@from-queue/n', '101'],
    ['101', '101'],
    ['user/1001@a.example', '1001@a.example'],
    ['1001@a.example', '1001@a.example'],
    ['PJSIP/trunk-out', null],
    ['Local/sales@ctx/n', null],
    ['DAHDI/1-1', null],
    ['Anna', null],
  ])('%s has the number %s', (address, number) => expect(numberOf(address)).toBe(number));

  test('makes addresses of one number one agent: the person who uses one, else the number', () => {
    const owners = new Map([['PJSIP/102', 'Boris']]);
    const agents = ['PJSIP/101', 'SIP/101', '101', 'SIP/102', 'Boris', 'PJSIP/103', 'Local/103@q/n'];
    expect(proposeAliases(agents, owners).proposals).toEqual([
      { interface: 'PJSIP/101', agent: '101', number: '101' },
      { interface: 'SIP/101', agent: '101', number: '101' },
      { interface: 'SIP/102', agent: 'Boris', number: '102' },
      { interface: 'PJSIP/103', agent: 'Local/103@q/n', number: '103' },
    ]);
  });

  test('never merges people, and proposes nothing twice', () => {
    const owners = new Map([
      ['PJSIP/101', 'Anna'],
      ['SIP/101', 'Boris'],
    ]);
    expect(proposeAliases(['Anna', 'Boris', '101'], owners)).toEqual({
      proposals: [],
      ambiguities: [{ number: '101', agents: ['Anna', 'Boris'] }],
    });
    expect(proposeAliases(['101', 'SIP/101'], new Map([['SIP/101', '101']])).proposals).toEqual([]);
  });
});

describe('an alias', () => {
  const call = (second: number, id: string, agent: string): string => `
    ${second} ${id}|sales|NONE|ENTERQUEUE||0401|1
    ${second + 5} ${id}|sales|${agent}|CONNECT|5|${id}9|3
    ${second + 65} ${id}|sales|${agent}|COMPLETECALLER|5|60|1`;
  const whoTalked = async (): Promise<(string | undefined)[]> => {
    const rows = await database.db
      .selectFrom('visit')
      .innerJoin('agent', 'agent.id', 'visit.agentId')
      .select('agent.name')
      .orderBy('visit.enteredAt')
      .execute();
    return rows.map(({ name }) => name);
  };

  test('holds from its date on; calls before it stay; a running projector knows it at once', async () => {
    const { db } = database;
    const dimensions = new Dimensions(db);
    const pbx: PbxFacts = { id: 1, name: 'hq', aliases: undefined };
    const write = (rows: string): Promise<unknown> =>
      inTransaction(db, (trx) => writeEvents(trx, pbx, logged(rows), dimensions, FACT_SETTINGS));
    await write(call(0, '1.1', 'SIP/101') + call(1000, '1.2', 'SIP/101'));
    expect(await whoTalked()).toEqual(['SIP/101', 'SIP/101']);

    const aliases = new AgentAliases(db, FACT_SETTINGS);
    await aliases.set(ADMIN, 'hq', { interface: 'SIP/101', agent: 'Anna', fromMs: ms(500) });
    expect(await whoTalked()).toEqual(['SIP/101', 'Anna']);
    await write(call(2000, '1.3', 'SIP/101'));
    expect(await whoTalked()).toEqual(['SIP/101', 'Anna', 'Anna']);

    await aliases.set(ADMIN, 'hq', { interface: 'SIP/101', agent: 'Boris', fromMs: ms(1500) });
    expect(await whoTalked()).toEqual(['SIP/101', 'Anna', 'Boris']);
    await aliases.remove(ADMIN, 'hq', { interface: 'SIP/101', fromMs: ms(500) });
    expect(await whoTalked()).toEqual(['SIP/101', 'SIP/101', 'Boris']);
  });
});

describe('names', () => {
  const agent = (name: string) => ({ id: 1, pbxId: 1, tenantId: 1, name });
  const record = (id: number, at: number, channel: string, callerName: string) => ({
    ...{ id, pbxId: 1, tenantId: 1, legId: `l${id}`, sequence: 0, linkedId: `l${id}`, channel, callerName },
    ...{ direction: 'outbound' as const, destinationChannel: '', callerNumber: '101', destination: '1' },
    ...{ context: '', lastApp: '', lastData: '', startedAt: ms(at), answeredAt: null, endedAt: ms(at) },
    ...{ durationSeconds: 0, billSeconds: 0, disposition: '', accountCode: '', userField: '' },
  });
  const current = async (): Promise<string | null | undefined> =>
    (await database.db.selectFrom('agent').select('displayName').executeTakeFirst())?.displayName;

  test('are learned from a phone’s own calls, with the date, and give way to a user’s word', async () => {
    const { db } = database;
    await db.insertInto('agent').values(agent('PJSIP/101')).execute();
    await db
      .insertInto('leg')
      .values([
        record(1, 0, 'PJSIP/101-0000002a', 'Anna'),
        record(2, 100, 'PJSIP/101-0000002b', '+998 90 123'),
        record(3, 200, 'PJSIP/101-0000002c', 'Boris'),
        record(4, 300, 'PJSIP/trunk-0000002d', 'Caller'),
      ])
      .execute();
    expect(await learnNames(db, 0, ms(1000))).toBe(4);
    expect(await learnNames(db, 0, ms(1000))).toBe(4);
    expect(
      await db.selectFrom('directoryValue').select(['value', 'fromAt']).orderBy('fromAt').execute(),
    ).toEqual([
      { value: 'Anna', fromAt: ms(0) },
      { value: 'Boris', fromAt: ms(200) },
    ]);
    expect(await current()).toBe('Boris');
    expect((await namesAt(db, 'agent', 1, ms(200))).get(1)).toBe('Anna');

    const values = new DirectoryValues(db, () => ms(1000));
    const name = { entity: 'agent', entityId: 1, field: 'name' } as const;
    await values.set(ADMIN, [{ ...name, fromAt: ms(500), value: 'Борис Б.' }]);
    expect(await current()).toBe('Борис Б.');
    await values.remove(ADMIN, { ...name, fromAt: ms(500) });
    expect(await current()).toBe('Boris');
    // Said of tomorrow: shown when it is tomorrow.
    await values.set(ADMIN, [{ ...name, fromAt: ms(2000), value: 'Dilnoza' }]);
    expect(await current()).toBe('Boris');
    await refreshCurrentNames(db, ms(2000));
    expect(await current()).toBe('Dilnoza');
  });

  test('of an agent whom the queue calls by name are not learned', async () => {
    await database.db.insertInto('agent').values(agent('Anna')).execute();
    await database.db
      .insertInto('agentAlias')
      .values({ pbxId: 1, interface: 'PJSIP/101', agentName: 'Anna', fromAt: 0, manual: 0 })
      .execute();
    await database.db
      .insertInto('leg')
      .values(record(1, 0, 'PJSIP/101-0000002a', 'Reception'))
      .execute();
    await learnNames(database.db, 0, ms(1000));
    expect(await current()).toBeNull();
  });

  test('channels are of phones', () => {
    expect(
      ['PJSIP/101-0000002a', 'sofia/internal/1001@10.0.0.5', 'Local/101@q-0000002a;1'].map(phoneOf),
    ).toEqual(['PJSIP/101', '1001', 'Local/101@q']);
  });
});

describe('business hours', () => {
  const day = [['00:00', '24:00']] as const;
  const allWeek = (zone: string): BusinessHours => ({
    zone,
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  });
  const hoursOpen = (hours: BusinessHours, date: string): number => {
    const from = Date.parse(`${date}T00:00:00Z`) - 86_400_000;
    return (
      openIntervals(hours, [], from, from + 3 * 86_400_000).reduce(
        (sum, { fromMs, toMs }) => sum + toMs - fromMs,
        0,
      ) / 3_600_000
    );
  };

  test('fill all of time in every zone, on days of 23 and 25 hours too', () => {
    for (const zone of ['Europe/Berlin', 'Asia/Tashkent', 'Asia/Kathmandu', 'America/Havana', 'Pacific/Apia'])
      for (const date of ['2026-03-29', '2026-10-25', '2026-11-01', '2026-03-08'])
        expect([zone, date, hoursOpen(allWeek(zone), date)]).toEqual([zone, date, 72]);
  });

  test('are local times: 9 o’clock before and after the change of clocks', () => {
    const hours: BusinessHours = {
      zone: 'Europe/Berlin',
      week: { sat: [['09:00', '10:00']], sun: [['09:00', '10:00']] },
    };
    const range = [Date.UTC(2026, 9, 24), Date.UTC(2026, 9, 26)] as const;
    expect(openIntervals(hours, [], ...range).map(({ fromMs }) => new Date(fromMs).toISOString())).toEqual([
      '2026-10-24T07:00:00.000Z',
      '2026-10-25T08:00:00.000Z',
    ]);
  });

  test('begin with the jump of the clocks, where they jump over the beginning', () => {
    const hours: BusinessHours = { zone: 'Europe/Berlin', week: { sun: [['02:30', '04:00']] } };
    const open = (date: number) => openIntervals(hours, [], date, date + 86_400_000);
    const at = (hour: number, minute = 0): number => Date.UTC(2026, 2, 29, hour, minute);
    expect(open(Date.UTC(2026, 2, 29))).toEqual([{ fromMs: at(1), toMs: at(2) }]);
    // In autumn half past two comes twice: the first counts.
    const autumn = Date.UTC(2026, 9, 25);
    expect(open(autumn)).toEqual([{ fromMs: autumn + 30 * 60_000, toMs: autumn + 3 * 3_600_000 }]);
  });

  test('a holiday replaces the hours of its day, a queue’s own that of all', async () => {
    const { db } = database;
    await db
      .insertInto('queue')
      .values([
        { id: 1, pbxId: 1, tenantId: 1, name: 'a' },
        { id: 2, pbxId: 1, tenantId: 1, name: 'b' },
      ])
      .execute();
    const holidays = new Holidays(db);
    const values = new DirectoryValues(db);
    await values.set(ADMIN, [
      { entity: 'tenant', entityId: 1, field: 'hours', fromAt: 0, value: JSON.stringify(allWeek('UTC')) },
      { entity: 'tenant', entityId: 1, field: 'target', fromAt: 0, value: '0.8' },
      { entity: 'queue', entityId: 2, field: 'target', fromAt: 1000, value: '0.9' },
    ]);
    await holidays.add(ADMIN, 0, { date: '2026-12-25', name: 'Christmas', spans: null });
    await holidays.add(ADMIN, 2, { date: '2026-12-25', name: 'Christmas', spans: [['10:00', '12:00']] });
    const calendars = await Calendars.load(db, 1);
    const openAt = (queueId: number, atMs: number): boolean => {
      const { hours, holidays: known } = calendars.at(queueId, atMs);
      return hours !== null && isOpen(hours, known, atMs);
    };
    const eleven = Date.UTC(2026, 11, 25, 11);
    expect([openAt(1, eleven), openAt(2, eleven), openAt(1, eleven + 86_400_000)]).toEqual([
      false,
      true,
      true,
    ]);

    const targets = await loadTargets(db, 1);
    expect([targets.at(1, T0), targets.at(2, 999), targets.at(2, 1000)]).toEqual([0.8, 0.8, 0.9]);
    expect((await loadTargets(db, 2)).at(1, T0)).toBeNull();
  });

  test('a queue is open by the hours that hold at the time, over days of 23 and 25 hours', async () => {
    const { db } = database;
    await db.insertInto('queue').values({ id: 1, pbxId: 1, tenantId: 1, name: 'a' }).execute();
    const berlin: BusinessHours = { ...allWeek('Europe/Berlin'), zone: 'Europe/Berlin' };
    const night = {
      ...berlin,
      week: { sun: [['00:00', '04:00']], mon: [['08:00', '09:00']] },
    } as BusinessHours;
    const spring = Date.UTC(2026, 2, 28, 23);
    await new DirectoryValues(db).set(ADMIN, [
      { entity: 'queue', entityId: 1, field: 'hours', fromAt: spring, value: JSON.stringify(night) },
    ]);
    const calendars = await Calendars.load(db, 1);
    const hoursOf = (spans: readonly { fromMs: number; toMs: number }[]) =>
      spans.map(({ fromMs, toMs }) => (toMs - fromMs) / 3_600_000);
    // Clocks go from 02:00 to 03:00 on 29 March: four hours on the clock are three. Before, nothing was said.
    const first = calendars.times(1, { fromMs: spring - 86_400_000, toMs: spring + 2 * 86_400_000 });
    expect([hoursOf(first.open), hoursOf(first.known)]).toEqual([[3, 1], [48]]);
    // And back on 25 October: five.
    const autumn = Date.UTC(2026, 9, 24, 22);
    expect(hoursOf(calendars.times(1, { fromMs: autumn, toMs: autumn + 86_400_000 }).open)).toEqual([5]);
    expect([calendars.keyOf(1) === null, calendars.keyOf(2) === null]).toEqual([false, true]);
  });

  test.each([
    [[['09:00', '18:00']], null],
    [[['9:00', '18:00']], /write times as 09:00/],
    [[['18:00', '09:00']], /not before/],
    [
      [
        ['09:00', '12:00'],
        ['11:00', '13:00'],
      ],
      /overlaps/,
    ],
    [[['22:00', '24:00']], null],
  ] as const)('%j is checked', (spans, wrong) => {
    if (wrong === null) expect(spansError(spans)).toBeNull();
    else expect(spansError(spans)).toMatch(wrong);
  });
});
