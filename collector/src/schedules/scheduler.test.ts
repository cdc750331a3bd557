/** Schedules on a real database and a real mail server, at times the tests say. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Identity } from '../directory/tokens.js';
import type { SavedReportSpec, Schedule, ScheduleRun, ScheduleSpec } from './schedule.js';
import type { Schedules } from './schedules.js';
import { mailServer, type MailServer } from './testing/mail-server.js';
import { MONDAY, SAVED, scheduleSite, scheduleSpec, type Site } from './testing/site.js';

const MINUTE = 60_000;
const at = (iso: string): number => Date.parse(iso);

let site: Site;
let server: MailServer;
let schedules: Schedules;
let editor: Identity;
let admin: Identity;
beforeAll(async () => {
  site = await scheduleSite();
  editor = await site.identity('editor');
  admin = await site.identity('admin');
});
afterAll(() => site.close());
beforeEach(async () => {
  const { db } = site.database;
  for (const table of ['scheduleRun', 'schedule', 'savedReport', 'audit'] as const)
    await db.deleteFrom(table).execute();
  server = await mailServer();
  site.smtp.config = server.config;
  site.clock.nowMs = MONDAY;
  site.made.length = 0;
  site.whileMaking.wait = null;
  schedules = site.collector();
});
afterEach(() => server.close());

async function scheduled(
  more: Partial<ScheduleSpec> = {},
  saved: Partial<SavedReportSpec> = {},
  identity = editor,
): Promise<Schedule> {
  const savedId = await schedules.saved.create(identity, { ...SAVED, ...saved });
  const id = await schedules.create(identity, { spec: scheduleSpec(savedId, more), secret: undefined });
  const schedule = await schedules.find(identity, id);
  if (schedule === null) throw new Error('it is not there');
  return schedule;
}

/** The collectors at an instant, until what they started has ended. */
async function lookAt(nowMs: number, ...collectors: Schedules[]): Promise<void> {
  site.clock.nowMs = nowMs;
  const all = collectors.length === 0 ? [schedules] : collectors;
  await Promise.all(all.map(({ scheduler }) => scheduler.tick()));
  await Promise.all(all.map(({ scheduler }) => scheduler.idle()));
}

/** Runs become due, then have a minute for the last records. */
async function dueAt(nowMs: number, ...collectors: Schedules[]): Promise<void> {
  await lookAt(nowMs, ...collectors);
  await lookAt(nowMs + MINUTE, ...collectors);
}

/** A promise that is kept when the test says so. */
function held(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const runsOf = (schedule: Schedule): Promise<ScheduleRun[]> => schedules.runs(schedule, null, 100);
const lastRun = async (schedule: Schedule): Promise<ScheduleRun | undefined> => (await runsOf(schedule))[0];

describe('a schedule that is due', () => {
  it('mails its report for the range seen from then, once', async () => {
    const schedule = await scheduled();
    expect(schedule.nextRunAt).toBe(at('2026-11-17T08:00:00+05:00'));
    await dueAt(at('2026-11-16T10:00:00+05:00'));
    expect(server.mails).toHaveLength(0);

    await dueAt(at('2026-11-17T08:00:02+05:00'));
    await dueAt(at('2026-11-17T08:30:00+05:00'));
    expect(server.mails).toHaveLength(1);
    const mail = server.mails[0]?.mail;
    expect(mail?.subject).toBe('Daily: 2026-11-16');
    expect(mail?.text).toContain('Queues');
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['Daily-2026-11-16.csv']);
    expect(site.made.map(({ params }) => params)).toEqual([
      {
        queues: ['sales'],
        from: '2026-11-16T00:00:00.000+05:00',
        to: '2026-11-17T00:00:00.000+05:00',
        tz: 'Asia/Tashkent',
      },
    ]);
    expect(await lastRun(schedule)).toMatchObject({
      ...{
        origin: 'cron',
        dueAt: at('2026-11-17T08:00:00+05:00'),
        state: 'delivered',
        attempts: 1,
        error: null,
      },
      ...{ rowTotal: 1, deliveredTo: ['ann@example.org'], durationMs: 0 },
      files: [{ name: 'Daily-2026-11-16.csv', format: 'csv', exportId: 1 }],
    });
    expect((await schedules.find(editor, schedule.id))?.nextRunAt).toBe(at('2026-11-18T08:00:00+05:00'));
    const audit = await site.database.db
      .selectFrom('audit')
      .select(['action', 'tokenId', 'detail'])
      .execute();
    expect(audit).toEqual([
      {
        action: 'schedule.delivered',
        tokenId: editor.tokenId,
        detail: expect.stringContaining('ann@example.org'),
      },
    ]);
  });

  it('is run once by two collectors that look at the same moment', async () => {
    const others = [site.collector(), site.collector(), site.collector()];
    const schedule = await scheduled();
    for (let day = 17; day < 21; day++)
      await dueAt(at(`2026-11-${day}T08:00:00+05:00`), schedules, ...others);
    expect(server.mails).toHaveLength(4);
    expect((await runsOf(schedule)).map(({ state, attempts }) => [state, attempts])).toEqual(
      Array.from({ length: 4 }, () => ['delivered', 1]),
    );
  });

  it('makes up for what was missed once, the latest only', async () => {
    const schedule = await scheduled();
    await dueAt(at('2026-11-20T15:00:00+05:00'), site.collector());
    expect(server.mails.map(({ mail }) => mail.subject)).toEqual(['Daily: 2026-11-19']);
    expect((await runsOf(schedule)).map((run) => run.dueAt)).toEqual([at('2026-11-20T08:00:00+05:00')]);
    await dueAt(at('2026-11-20T15:10:00+05:00'));
    expect(server.mails).toHaveLength(1);
  });

  it('leaves out a run that nobody began before the next one was due', async () => {
    const schedule = await scheduled({ cron: '0 * * * *' }, { range: 'last-hour' });
    await lookAt(at('2026-11-16T10:00:00+05:00'));
    await dueAt(at('2026-11-16T11:00:00+05:00'), site.collector());
    const states = (await runsOf(schedule)).map(({ state }) => state);
    expect(states).toEqual(['delivered', 'skipped']);
    expect(site.made.map(({ params }) => params['from'])).toEqual(['2026-11-16T10:00:00.000+05:00']);
  });

  it.each([
    // The clocks jump over 02:30: at the end of the jump, over the short day before noon.
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    // 01:30 comes twice: the first one.
    ['America/New_York', '30 1 * * *', '2026-10-31T12:00:00Z', '2026-11-01T05:30:00Z'],
    ['Asia/Kathmandu', '0 8 * * *', '2026-11-16T12:00:00Z', '2026-11-17T02:15:00Z'],
  ])('runs once on its day in %s', async (tz, cron, madeAt, expected) => {
    site.clock.nowMs = at(madeAt);
    schedules = site.collector();
    const schedule = await scheduled({ cron, tz }, { tz });
    for (const minutes of [-60, -2, 0, 30, 60, 90]) await dueAt(at(expected) + minutes * MINUTE);
    expect((await runsOf(schedule)).map((run) => new Date(run.dueAt).toISOString())).toEqual([
      expected.replace('Z', '.000Z'),
    ]);
    expect(server.mails).toHaveLength(1);
  });

  it('waits after a start until what was missed is caught up with, ten minutes at most', async () => {
    await scheduled();
    let isReady = false;
    site.clock.nowMs = at('2026-11-17T08:05:00+05:00');
    const started = site.collector(() => isReady);
    await dueAt(at('2026-11-17T08:05:00+05:00'), started);
    await dueAt(at('2026-11-17T08:10:00+05:00'), started);
    expect(server.mails).toHaveLength(0);
    isReady = true;
    await lookAt(at('2026-11-17T08:11:00+05:00'), started);
    expect(server.mails).toHaveLength(1);

    site.clock.nowMs = at('2026-11-18T08:05:00+05:00');
    const never = site.collector(() => false);
    await dueAt(at('2026-11-18T08:05:00+05:00'), never);
    await dueAt(at('2026-11-18T08:15:00+05:00'), never);
    expect(server.mails).toHaveLength(2);
  });
});

describe('a delivery that fails', () => {
  it('is tried again later and later, is late meanwhile, and at last seen to have failed', async () => {
    const schedule = await scheduled();
    await server.close();
    let nowMs = at('2026-11-17T08:00:00+05:00');
    await dueAt(nowMs);
    nowMs += MINUTE;
    expect(await lastRun(schedule)).toMatchObject({
      ...{
        state: 'waiting',
        attempts: 1,
        nextAttemptAt: nowMs + MINUTE,
        error: expect.stringContaining('ECONNREFUSED'),
      },
    });
    for (const [i, wait] of [1, 5, 15, 60, 120].entries()) {
      await lookAt(nowMs + wait * MINUTE - 1);
      expect((await lastRun(schedule))?.attempts).toBe(i + 1);
      nowMs += wait * MINUTE;
      await lookAt(nowMs);
      expect((await lastRun(schedule))?.attempts).toBe(i + 2);
      if (i === 2) {
        expect(schedules.scheduler.reading().states).toMatchObject([
          { name: 'Daily', isFailed: false, isLate: true },
        ]);
        expect(await schedules.status(schedule)).toMatchObject({ isFailed: false, isLate: true });
      }
    }
    expect(await lastRun(schedule)).toMatchObject({ state: 'failed', attempts: 6 });
    expect(await schedules.status(schedule)).toMatchObject({ isFailed: true, isLate: false });
    await lookAt(nowMs + MINUTE);
    expect(schedules.scheduler.reading()).toMatchObject({
      states: [{ tenant: 'default', name: 'Daily', isFailed: true, isLate: false }],
      ended: { delivered: 0, skipped: 0, failed: 1 },
      failures: { mail: 6, webhook: 0, folder: 0 },
    });

    server = await mailServer();
    site.smtp.config = server.config;
    await dueAt(at('2026-11-18T08:00:00+05:00'));
    expect(await schedules.status(schedule)).toMatchObject({
      isFailed: false,
      lastRun: { state: 'delivered' },
    });
  });

  it('fails at once when the server knows none of the recipients', async () => {
    server.refuse.set('ann@example.org', { code: 550, words: 'no such user' });
    const schedule = await scheduled();
    await dueAt(at('2026-11-17T08:00:00+05:00'));
    expect(await lastRun(schedule)).toMatchObject({
      ...{ state: 'failed', attempts: 1, error: 'ann@example.org: 550 no such user' },
    });
  });

  it('goes on with those who lack it', async () => {
    const delivery = { kind: 'mail', to: ['ann@example.org', 'bob@example.org'], cc: [], bcc: [] } as const;
    server.refuse.set('bob@example.org', { code: 450, words: 'busy' });
    const schedule = await scheduled({ delivery });
    await dueAt(at('2026-11-17T08:00:00+05:00'));
    expect(await lastRun(schedule)).toMatchObject({ state: 'waiting', deliveredTo: ['ann@example.org'] });
    server.refuse.clear();
    await lookAt(at('2026-11-17T08:02:00+05:00'));
    expect(await lastRun(schedule)).toMatchObject({
      ...{
        state: 'delivered',
        attempts: 2,
        deliveredTo: ['ann@example.org', 'bob@example.org'],
        error: null,
      },
    });
    expect(server.mails.map(({ to }) => to)).toEqual([['ann@example.org'], ['bob@example.org']]);
  });

  it('never holds up another schedule', async () => {
    await scheduled({ name: 'Hanging' });
    await scheduled({ name: 'Other' });
    const { promise, resolve } = held();
    site.whileMaking.wait = (spec) => (site.made.length === 1 && spec ? promise : Promise.resolve());
    await lookAt(at('2026-11-17T08:00:00+05:00'));
    site.clock.nowMs += MINUTE;
    await schedules.scheduler.tick();
    while (server.mails.length === 0) await new Promise((done) => setImmediate(done));
    expect(server.mails.map(({ mail }) => mail.subject)).toEqual(['Other: 2026-11-16']);
    resolve();
    await schedules.scheduler.idle();
    expect(server.mails).toHaveLength(2);
  });
});

describe('a collector that goes away', () => {
  it('loses its run when its lease is over; what it does later changes nothing', async () => {
    const schedule = await scheduled();
    const { promise, resolve } = held();
    site.whileMaking.wait = () => (site.made.length === 1 ? promise : Promise.resolve());
    await lookAt(at('2026-11-17T08:00:00+05:00'));
    site.clock.nowMs += MINUTE;
    await schedules.scheduler.tick();
    while (site.made.length === 0) await new Promise((done) => setImmediate(done));

    const other = site.collector();
    await lookAt(site.clock.nowMs + 2 * MINUTE, other);
    expect(server.mails).toHaveLength(0);
    await lookAt(site.clock.nowMs + 1, other);
    expect(server.mails).toHaveLength(1);
    resolve();
    await schedules.scheduler.idle();
    expect(server.mails).toHaveLength(1);
    expect(await lastRun(schedule)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(schedules.scheduler.reading().ended.delivered).toBe(0);
  });

  it('hands its run back when it is stopped in order', async () => {
    const schedule = await scheduled();
    site.whileMaking.wait = (_spec, signal) =>
      site.made.length > 1
        ? Promise.resolve()
        : new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Error('stopped'))),
          );
    await lookAt(at('2026-11-17T08:00:00+05:00'));
    site.clock.nowMs += MINUTE;
    await schedules.scheduler.tick();
    while (site.made.length === 0) await new Promise((done) => setImmediate(done));
    await schedules.scheduler.stop();
    expect(await lastRun(schedule)).toMatchObject({ state: 'waiting', error: 'the collector was stopped' });
    await lookAt(site.clock.nowMs, site.collector());
    expect(await lastRun(schedule)).toMatchObject({ state: 'delivered', attempts: 2, error: null });
  });
});

describe('a condition', () => {
  const [column, operator] = ['serviceLevel', '<'] as const;
  it('that is met lets it go out, with the number in the text', async () => {
    const condition = { column, operator, value: 0.8 };
    const subject = 'Service level {total.serviceLevel}: {total.answered} of {total.entered}';
    await schedules.runNow(editor, await scheduled({ condition, subject }));
    await lookAt(MONDAY);
    expect(server.mails.map(({ mail }) => mail.subject)).toEqual(['Service level 50.0%: 1 of 2']);
  });

  it('that is not met, or about an unknown number, keeps it back and says why', async () => {
    const condition = { column, operator, value: 0.4 };
    const schedule = await scheduled({ condition });
    await schedules.runNow(editor, schedule);
    await lookAt(MONDAY);
    expect(await lastRun(schedule)).toMatchObject({
      ...{ state: 'skipped', error: 'not sent: only if serviceLevel < 0.4, but it is 0.5' },
    });
    await dueAt(at('2026-11-17T08:00:00+05:00'));
    expect(await lastRun(schedule)).toMatchObject({
      ...{ state: 'skipped', error: 'not sent: only if serviceLevel < 0.4, but it is unknown' },
    });
    expect(site.made).toEqual([]);
    expect(await schedules.status(schedule)).toMatchObject({ isFailed: false, isLate: false });
  });
});

describe('the owner', () => {
  it('decides whether callers are shown', async () => {
    const viewer = await site.identity('viewer');
    const own = await scheduled({ name: 'Calls' }, { report: 'calls' });
    const { db } = site.database;
    await schedules.runNow(editor, own);
    await lookAt(MONDAY);
    await db.updateTable('schedule').set({ ownerRole: viewer.role }).where('id', '=', own.id).execute();
    await lookAt(MONDAY + MINUTE);
    await schedules.runNow(editor, own);
    await lookAt(MONDAY + MINUTE);
    expect(site.made.map(({ numbers, maskedBy }) => [numbers, maskedBy])).toEqual([
      [true, undefined],
      [false, 'stars'],
    ]);
  });

  it('whose token was revoked sends nothing any more; a user is more than his token', async () => {
    const token = await site.identity('editor');
    const user = await site.identity('editor', 'ann');
    const ofToken = await scheduled({ name: 'Token' }, {}, token);
    const ofUser = await scheduled({ name: 'User' }, {}, user);
    const { db } = site.database;
    const ids = [token.tokenId, user.tokenId];
    await db.updateTable('token').set({ revokedAt: MONDAY }).where('id', 'in', ids).execute();
    await dueAt(at('2026-11-17T08:00:00+05:00'));
    expect(await lastRun(ofToken)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('was revoked'),
    });
    expect(await lastRun(ofUser)).toMatchObject({ state: 'delivered' });
  });

  it('who lost the right to a report sends it no more', async () => {
    const schedule = await scheduled({}, { report: 'payout-agents', params: {} }, admin);
    await site.database.db.updateTable('schedule').set({ ownerRole: 'editor' }).execute();
    await dueAt(at('2026-11-17T08:00:00+05:00'));
    expect(await lastRun(schedule)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('may not read'),
    });
    expect(site.made).toEqual([]);
  });
});

describe('pause', () => {
  it('stops a schedule; what was due meanwhile is not made up for; by hand it still runs', async () => {
    const schedule = await scheduled();
    await schedules.setPaused(editor, schedule, true);
    await dueAt(at('2026-11-18T12:00:00+05:00'));
    expect(server.mails).toHaveLength(0);
    const paused = (await schedules.find(editor, schedule.id)) ?? schedule;
    expect(paused).toMatchObject({ paused: true, nextRunAt: null });
    await schedules.runNow(editor, paused);
    await expect(schedules.runNow(editor, paused)).rejects.toThrow('under way');
    await lookAt(site.clock.nowMs);
    expect(server.mails).toHaveLength(1);
    await schedules.setPaused(editor, paused, false);
    await dueAt(at('2026-11-18T13:00:00+05:00'));
    expect(server.mails).toHaveLength(1);
    await dueAt(at('2026-11-19T08:00:00+05:00'));
    expect(server.mails).toHaveLength(2);
  });
});
