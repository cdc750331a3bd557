/** Reports of callers over a few made calls: who called again, who was called back, who is still to be reached. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { syncNumberPlans } from '../../directory/number-plans.js';
import { queueSettings } from '../../config/queue-settings.js';
import type { Outcome } from '../../storage/schema.js';
import { HOUR_MS, MINUTE_MS } from '../../time/zone.js';
import type { ReportContext } from '../context.js';
import type { ReportTable, Row } from '../table.js';
import { VISIT_REPORTS } from './index.js';

const START_MS = Date.UTC(2026, 10, 2);
const at = (hours: number): number => START_MS + hours * HOUR_MS;
const PLAN = { countryCode: '998', nationalDigits: '9' };
const WEEK = { from: String(at(0)), to: String(at(168)), tz: 'UTC' };

let test: TestDatabase;
let context: ReportContext;
let contactId = 0;

/** One contact: its visits one after the other, each of ten minutes. */
async function contact(
  number: string | null,
  hours: number,
  ...visits: [queueId: number, outcome: Outcome][]
) {
  const id = ++contactId;
  const evidence = Buffer.alloc(0);
  await test.db
    .insertInto('contact')
    .values({ id, pbxId: 1, callId: `c${id}`, callerNumber: number, evidence })
    .execute();
  for (const [seq, [queueId, outcome]] of visits.entries()) {
    const enteredAt = at(hours) + seq * 10 * MINUTE_MS;
    await test.db
      .insertInto('visit')
      .values({
        contactId: id,
        seq,
        pbxId: 1,
        tenantId: 1,
        queueId,
        enteredAt,
        enteredAtSource: 'log',
        firstInQueue: 1,
        outcome,
        outcomeCertainty: 'stated',
        waitSeconds: 60,
        answeredAt: outcome === 'answered' ? enteredAt + MINUTE_MS : null,
        talkSeconds: outcome === 'answered' ? 120 : null,
        endedAt: enteredAt + (outcome === 'answered' ? 3 : 1) * MINUTE_MS,
        holdCount: 0,
        transfersSeen: 0,
        attempts: 0,
        agentDumps: 0,
        talkedAfterAll: 0,
        logFinal: 1,
      })
      .execute();
  }
}

async function outbound(destination: string, hours: number, answered: boolean): Promise<void> {
  const startedAt = at(hours);
  const text = {
    channel: '',
    destinationChannel: '',
    callerNumber: '',
    callerName: '',
    context: '',
    lastApp: '',
  };
  const more = { lastData: '', disposition: '', accountCode: '', userField: '', sequence: 0 };
  await test.db
    .insertInto('leg')
    .values({
      ...text,
      ...more,
      pbxId: 1,
      tenantId: 1,
      legId: `l${hours}`,
      linkedId: `l${hours}`,
      direction: 'outbound',
      destination,
      startedAt,
      answeredAt: answered ? startedAt + 5000 : null,
      endedAt: startedAt + MINUTE_MS,
      durationSeconds: 60,
      billSeconds: answered ? 55 : 0,
    })
    .execute();
}

beforeAll(async () => {
  test = await testDatabase();
  const pbx = { id: 1, name: 'hq', dialect: 'asterisk', logUntil: at(400), streamUntil: null };
  await test.db.insertInto('pbx').values(pbx).execute();
  await test.db
    .insertInto('queue')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'sales' },
      { id: 2, pbxId: 1, tenantId: 1, name: 'support' },
    ])
    .execute();
  // Lost twice, then called back: in vain first.
  await contact('+998901111111', 1, [1, 'abandoned']);
  await contact('901111111', 2, [1, 'timedOut']);
  await outbound('0901111111', 3, false);
  await outbound('998901111111', 5, true);
  // Called again and got through in another queue, spelled otherwise.
  await contact('902222222', 10, [1, 'abandoned']);
  await contact('+998 90 222 22 22', 12, [2, 'answered']);
  // Timed out in one queue, answered in the next: never lost.
  await contact('903333333', 20, [1, 'timedOut'], [2, 'answered']);
  // Nobody reached them, though they had been answered before.
  await contact('904444444', 21, [2, 'answered']);
  await contact('904444444', 30, [2, 'exitedEmpty']);
  // Reached after the end of the week.
  await contact('905555555', 160, [1, 'abandoned']);
  await contact('905555555', 170, [1, 'answered']);
  // Without a number: two strangers.
  await contact('anonymous', 40, [1, 'abandoned']);
  await contact(null, 41, [1, 'answered']);
  context = { db: test.db, settings: queueSettings([]) };
});
afterAll(() => test.drop());

const report = async (name: string, params: Record<string, string> = {}): Promise<ReportTable> => {
  const definition = VISIT_REPORTS.find((one) => one.name === name);
  if (definition === undefined) throw new Error(`there is no report ${name}`);
  return definition.make(context, { params: { ...WEEK, ...PLAN, ...params }, tenantId: 1 });
};

const byNumber = ({ rows }: ReportTable, number: string): Row | undefined =>
  rows.find(({ callerNumber }) => String(callerNumber as string).endsWith(number));

describe('unreached callers', () => {
  it('know who was called back, who returned and who is still to be reached', async () => {
    const table = await report('unreached');
    expect(table.rows).toHaveLength(4);
    expect(byNumber(table, '1111111')).toMatchObject({
      lostContacts: 2,
      lastOutcome: 'timedOut',
      state: 'calledBack',
      callBacks: 2,
      recoverySeconds: 4 * 3600 - 60 + 5,
    });
    expect(byNumber(table, '2222222')).toMatchObject({ state: 'returned', recoverySeconds: 2 * 3600 });
    expect(byNumber(table, '4444444')).toMatchObject({
      state: 'unreached',
      reachedAt: null,
      queue: 'support',
    });
    expect(byNumber(table, '5555555')).toMatchObject({ state: 'returned' });
    expect(table.tables?.[0]?.rows).toEqual([
      expect.objectContaining({ state: 'unreached', callers: 1 }),
      expect.objectContaining({ state: 'returned', callers: 2, lostContacts: 2 }),
      expect.objectContaining({ state: 'calledBack', callers: 1, medianRecoverySeconds: 14_345 }),
    ]);
    expect(table.meta.notes.join(' ')).toContain('1 lost contacts show no number');
  });

  it('are looked for as long after the range as asked, in the queues asked for', async () => {
    expect(byNumber(await report('unreached', { withinHours: '0' }), '5555555')).toMatchObject({
      state: 'unreached',
    });
    expect((await report('unreached', { queues: 'support' })).rows).toHaveLength(1);
    expect((await report('unreached', { state: 'unreached,returned' })).rows).toHaveLength(3);
    expect((await report('unreached', { minWait: '61' })).rows).toHaveLength(0);
  });

  it('are other callers when nobody says how numbers are written', async () => {
    const table = await report('unreached', { countryCode: '', nationalDigits: '' });
    expect(table.rows.filter(({ state }) => state === 'unreached').length).toBeGreaterThan(1);
    await expect(report('unreached', { nationalDigits: '' })).rejects.toThrow(/^nationalDigits: is needed/);
    await expect(report('unreached', { state: 'lost' })).rejects.toThrow(/^state: "lost" is none of/);
  });
});

describe('how numbers are written', () => {
  const unsaid = { countryCode: '', nationalDigits: '' };
  const callers = async (params: Record<string, string>): Promise<unknown> =>
    (await report('frequent-callers', params)).totals?.['contacts'];

  it('holds as configured for the tenant, else for the site, unless the request says otherwise', async () => {
    const [asked, none] = [await callers({}), await callers(unsaid)];
    expect(asked).not.toBe(none);
    await test.db.insertInto('tenant').ignore().values({ id: 1, name: 'default' }).execute();
    const site = { tenant: '', countryCode: '998', nationalDigits: 9 };
    await syncNumberPlans(test.db, [site]);
    expect(await callers(unsaid)).toBe(asked);
    await syncNumberPlans(test.db, [site, { ...site, tenant: 'default', countryCode: '49' }]);
    expect(await callers(unsaid)).toBe(none);
    expect(await callers({})).toBe(asked);
    await syncNumberPlans(test.db, []);
    expect(await callers(unsaid)).toBe(none);
  });
});

describe('frequent callers', () => {
  it('are counted by contact, whatever the spelling', async () => {
    const table = await report('frequent-callers');
    expect(table.rows).toHaveLength(3);
    expect(byNumber(table, '1111111')).toMatchObject({ contacts: 2, visits: 2, answered: 0, abandoned: 1 });
    expect(table.tables?.[0]?.rows[0]).toMatchObject({ contactsEach: '1', callers: 2, contacts: 2 });
    expect(table.tables?.[0]?.totals).toMatchObject({ callers: 5, contacts: 8 });
    const all = await report('frequent-callers', { minContacts: '1' });
    expect(byNumber(all, '3333333')).toMatchObject({
      contacts: 1,
      visits: 2,
      answeredRate: 0.5,
      waitSeconds: 120,
    });
    const top = await report('frequent-callers', { minContacts: '1', top: '2' });
    expect(top.rows).toHaveLength(2);
    expect(top.meta.notes.join(' ')).toContain('5 callers have at least 1 contacts');
  });

  it('are the unique and repeat callers of the summary', async () => {
    const { totals } = await report('summary');
    expect(totals).toMatchObject({ uniqueCallers: 5, repeatCallers: 3 });
  });
});

describe('first-call resolution', () => {
  it('is the share of matters settled by one answered call', async () => {
    const { totals, rows } = await report('first-call-resolution');
    expect(totals).toMatchObject({
      clusters: 5,
      resolved: 1,
      firstCallResolution: 0.2,
      repeated: 4,
      contacts: 9,
    });
    // 1111111, 2222222 and 5555555 were lost first; 1111111 and 4444444 last.
    expect(totals).toMatchObject({ firstLost: 3, lastLost: 2, undecided: 0, retryRate: 4 / 9 });
    expect(rows.map(({ queue, clusters }) => [queue, clusters])).toEqual([
      ['sales', 4],
      ['support', 1],
    ]);
  });

  it('depends on how long a matter lasts, and on what was before and comes after the range', async () => {
    const short = await report('first-call-resolution', { marginHours: '1' });
    expect(short.totals).toMatchObject({ clusters: 7, resolved: 3 });
    // The second call of 1111111 belongs to a matter that began before this range.
    const later = await report('first-call-resolution', { from: String(at(1.5)), to: String(at(8)) });
    expect(later.totals).toMatchObject({ clusters: 0, firstCallResolution: null });
    // Who called in the last hour may still call again.
    const open = await report('first-call-resolution', { marginHours: '300' });
    expect(open.totals).toMatchObject({ undecided: 1 });
  });
});
