/** Saved reports and schedules through the API; a scheduled mail made by real export jobs, opened and read. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { pino } from 'pino';
import { testApi, type TestApi } from '../../test/support/api.js';
import { describedBy, deviations } from '../../test/support/api-description.js';
import { threadOfTests } from '../../test/support/exports.js';
import { scratchFolder } from '../../test/support/scratch.js';
import { queueSettings } from '../config/queue-settings.js';
import { SecretBox } from '../connections/secret-box.js';
import { Masking } from '../directory/masking.js';
import { Exporter } from '../exports/exporter.js';
import { createReports } from '../reports/reports.js';
import { rebuildRollups } from '../rollups/rebuild.js';
import { makeFilesBy } from './make-files.js';
import { ScheduleSecrets } from './schedule-secrets.js';
import { Schedules } from './schedules.js';
import { mailServer, type MailServer } from './testing/mail-server.js';
import { MONDAY } from './testing/site.js';

const scratch = scratchFolder();
const clock = { nowMs: MONDAY };
let api: TestApi;
let server: MailServer;
let exporter: Exporter;
let schedules: Schedules;
let tokens: Record<'viewer' | 'editor' | 'colleague' | 'admin' | 'stranger', string>;

beforeAll(async () => {
  server = await mailServer();
  api = await testApi(({ db, address }) => {
    const logger = pino({ level: 'silent' });
    exporter = new Exporter({
      ...{ db, address, queueRules: [], dataDir: scratch.file('data'), logger, runWorker: threadOfTests() },
    });
    schedules = new Schedules({
      ...{ db, reports: createReports({ db, settings: queueSettings([]) }), masking: new Masking(), logger },
      ...{ makeFile: makeFilesBy(exporter), now: () => clock.nowMs },
      secrets: new ScheduleSecrets(db, new SecretBox('a key of tests', 'schedules')),
      places: {
        smtp: server.config,
        schedules: { folder: scratch.file('out'), webhookHosts: ['*.example.org'], publicUrl: null },
      },
    });
    return { schedules, exports: exporter };
  });
  await exporter.start();
  tokens = {
    ...{ viewer: await api.token('viewer'), editor: await api.token('editor') },
    ...{ colleague: await api.token('editor'), admin: await api.token('admin') },
    stranger: await api.token('admin', 'acme'),
  };
  await addCall();
});
afterAll(async () => {
  await schedules.scheduler.stop();
  await exporter.stop();
  await api.close();
  await server.close();
  scratch.remove();
});

/** One answered call of the queue sales on the Sunday before. */
async function addCall(): Promise<void> {
  const { db } = api.database;
  const { id: queueId } = await db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .executeTakeFirstOrThrow();
  await db.updateTable('queue').set({ displayName: 'Продажи' }).where('id', '=', queueId).execute();
  await db
    .insertInto('contact')
    .values({ id: 1, pbxId: 1, callId: '1.1', callerNumber: '998901234567', evidence: Buffer.from('') })
    .execute();
  const atMs = Date.parse('2026-11-15T12:00:00+05:00');
  await db
    .insertInto('visit')
    .values({
      ...{ contactId: 1, seq: 0, pbxId: 1, tenantId: 1, queueId, agentId: null, firstInQueue: 1 },
      ...{ enteredAt: atMs, enteredAtSource: 'log', outcome: 'answered', outcomeCertainty: 'stated' },
      ...{ waitSeconds: 12, answeredAt: atMs + 12_000, talkSeconds: 60, endReason: 'completed' },
      ...{ endedAt: atMs + 72_000, logFinal: 1, holdCount: 0, transfersSeen: 0, attempts: 0 },
      ...{ agentDumps: 0, talkedAfterAll: 0 },
    })
    .execute();
  await rebuildRollups(db);
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const send = (who: keyof typeof tokens, method: Method, url: string, payload?: object) =>
  api.app.inject({
    ...{ method, url: `/api/v1/${url}`, headers: { authorization: `Bearer ${tokens[who]}` } },
    ...(payload && { payload }),
  });

const SAVED = {
  name: 'Sales',
  report: 'queues',
  params: { queues: ['sales'] },
  range: 'yesterday',
  tz: 'Asia/Tashkent',
};

async function saved(who: keyof typeof tokens = 'editor', more: object = {}): Promise<number> {
  const response = await send(who, 'POST', 'saved-reports', { ...SAVED, ...more });
  expect([response.statusCode, response.body]).toEqual([201, expect.any(String)]);
  return response.json<{ id: number }>().id;
}

const MAIL = { kind: 'mail', to: ['ann@example.org'] };
const body = (savedReportId: number, more: object = {}) => ({
  ...{
    name: 'Daily',
    savedReportId,
    cron: '0 8 * * *',
    tz: 'Asia/Tashkent',
    formats: ['xlsx'],
    delivery: MAIL,
  },
  ...more,
});

async function scheduled(more: object = {}, who: keyof typeof tokens = 'editor'): Promise<number> {
  const response = await send(who, 'POST', 'schedules', body(await saved(who), more));
  expect([response.statusCode, response.body]).toEqual([201, expect.any(String)]);
  return response.json<{ id: number }>().id;
}

/** Fields an answer complains about. */
const wrongFields = (response: { json: () => unknown }): string[] =>
  (response.json() as { errors: { field: string }[] }).errors.map(({ field }) => field);

describe('a scheduled mail', () => {
  it('carries a workbook, a PDF and a CSV of the report, in the language asked for', async () => {
    const description = await describedBy(api.app);
    const id = await scheduled({
      ...{ name: 'Понедельник', formats: ['xlsx', 'pdf', 'csv'], lang: 'ru' },
      subject: '{schedule}: {total.serviceLevel}',
    });
    const started = await send('editor', 'POST', `schedules/${id}/run`);
    expect(started.statusCode).toBe(202);
    expect(
      deviations(description, 'post', '/api/v1/schedules/{id}/run', 202, 'application/json', started.json()),
    ).toEqual([]);
    await schedules.scheduler.idle();

    const mail = server.mails[0]?.mail;
    expect(mail?.subject).toMatch(/^Понедельник: 100,0\s%$/);
    expect(mail?.text).toContain('Период: 2026-11-15');
    const files = (mail?.attachments ?? []).map(({ filename, content }) => ({
      name: filename,
      content: Buffer.from(content as ArrayBuffer),
    }));
    expect(files.map(({ name }) => name)).toEqual(
      ['xlsx', 'pdf', 'csv'].map((format) => `Понедельник-2026-11-15.${format}`),
    );
    const book = new ExcelJS.Workbook();
    await book.xlsx.read(Readable.from([files[0]?.content ?? Buffer.from('')]));
    expect(JSON.stringify(book.worksheets[0]?.getRow(2).values)).toContain('Продажи');
    expect(book.worksheets[0]?.rowCount).toBe(3);
    expect(files[1]?.content.subarray(0, 5).toString()).toBe('%PDF-');
    const [header = '', row = ''] = files[2]?.content.toString().split('\r\n') ?? [];
    const cells = new Map(header.split(',').map((key, i) => [key, row.split(',')[i]]));
    expect([cells.get('queue'), cells.get('entered'), cells.get('answered')]).toEqual(['sales', '1', '1']);

    const history = await send('editor', 'GET', `schedules/${id}/runs`);
    expect(
      deviations(description, 'get', '/api/v1/schedules/{id}/runs', 200, 'application/json', history.json()),
    ).toEqual([]);
    const { rows } = history.json<{ rows: { bytes: number; files: { exportId: number }[] }[] }>();
    expect(rows).toMatchObject([
      {
        ...{ origin: 'manual', state: 'delivered', attempts: 1, rows: 1, deliveredTo: ['ann@example.org'] },
        error: null,
      },
    ]);
    expect(rows[0]?.bytes).toBe(files.reduce((sum, { content }) => sum + content.length, 0));
    // What was sent can be fetched again by its owner.
    const file = await send('editor', 'GET', `exports/${rows[0]?.files[2]?.exportId}/file`);
    expect(file.rawPayload.equals(files[2]?.content ?? Buffer.from(''))).toBe(true);
    const audit = await api.database.db.selectFrom('audit').select('action').orderBy('id').execute();
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['schedule.run', 'export.created', 'schedule.delivered']),
    );
  });

  it('fails visibly when its report cannot be made', async () => {
    const id = await scheduled({ name: 'Gone' });
    await api.database.db.updateTable('queue').set({ name: 'renamed' }).where('name', '=', 'sales').execute();
    await send('editor', 'POST', `schedules/${id}/run`);
    await schedules.scheduler.idle();
    await api.database.db.updateTable('queue').set({ name: 'sales' }).where('name', '=', 'renamed').execute();
    const one = (await send('editor', 'GET', `schedules/${id}`)).json<object>();
    expect(one).toMatchObject({
      ...{
        failed: true,
        lastRun: { state: 'failed', attempts: 1, error: expect.stringContaining('"sales" is not known') },
      },
    });
  });
});

describe('saved reports', () => {
  it('are one’s own, or shared; by report; never with filters one may not use', async () => {
    const own = await saved('viewer', { name: 'Mine' });
    const shared = await saved('editor', { name: 'Shared', shared: true });
    const secret = await saved('editor', { name: 'Secret' });
    const byCaller = { report: 'calls', params: { caller: '998901234567' }, shared: true };
    const caller = await saved('editor', { ...byCaller, name: 'One caller' });
    const ids = async (who: keyof typeof tokens, query = ''): Promise<number[]> =>
      (await send(who, 'GET', `saved-reports${query}`))
        .json<{ rows: { id: number }[] }>()
        .rows.map(({ id }) => id);
    expect(await ids('viewer')).toEqual([own, shared]);
    expect(await ids('colleague', '?report=calls')).toEqual([caller]);
    expect(await ids('admin', '?all=true')).toEqual(expect.arrayContaining([own, shared, secret, caller]));
    expect(await ids('stranger', '?all=true')).toEqual([]);
    expect((await send('viewer', 'GET', `saved-reports/${caller}`)).statusCode).toBe(404);
    expect((await send('colleague', 'GET', `saved-reports/${secret}`)).statusCode).toBe(404);
    expect((await send('stranger', 'GET', `saved-reports/${shared}`)).statusCode).toBe(404);
    expect((await send('viewer', 'GET', `saved-reports/${shared}`)).json()).toMatchObject({
      ...{ name: 'Shared', own: false, shared: true, owner: { login: null, token: 'editor' } },
    });
  });

  it('are changed by their owner and admins only', async () => {
    const id = await saved('editor', { name: 'Before', shared: true });
    const change = { ...SAVED, name: 'After', shared: true };
    expect((await send('colleague', 'PUT', `saved-reports/${id}`, change)).statusCode).toBe(403);
    expect((await send('admin', 'PUT', `saved-reports/${id}`, change)).json()).toMatchObject({
      name: 'After',
      own: false,
    });
    expect((await send('colleague', 'DELETE', `saved-reports/${id}`)).statusCode).toBe(403);
    expect((await send('editor', 'DELETE', `saved-reports/${id}`)).statusCode).toBe(204);
    const changes = await api.database.db
      .selectFrom('changeLog')
      .select(['action', 'oldValue', 'newValue'])
      .where('kind', '=', 'saved-report')
      .where('subject', 'in', ['Before', 'After'])
      .orderBy('id')
      .execute();
    expect(changes.map(({ action }) => action)).toEqual(['created', 'changed', 'removed']);
    expect(changes[1]?.oldValue).toContain('"Before"');
    expect(changes[1]?.newValue).toContain('"After"');
  });

  it('that schedules send stay', async () => {
    const id = await scheduled({ name: 'Sender' });
    const { savedReportId } = (await send('editor', 'GET', `schedules/${id}`)).json<{
      savedReportId: number;
    }>();
    const refused = await send('editor', 'DELETE', `saved-reports/${savedReportId}`);
    expect(refused.statusCode).toBe(409);
    expect(refused.json<{ detail: string }>().detail).toContain('"Sender"');
  });

  it.each<[string, object, string]>([
    ['an unknown report', { report: 'qeues' }, 'report'],
    ['an unknown queue', { params: { queues: ['slaes'] } }, 'queues'],
    ['an unknown parameter', { params: { quese: 'x' } }, 'quese'],
    ['a range of its own', { params: { from: '2026-11-01' } }, 'from'],
    ['an unknown range', { range: 'last-fortnight' }, 'range'],
    ['a zone that does not exist', { tz: 'Asia/Tashkant' }, 'tz'],
    ['no name', { name: ' ' }, 'name'],
    ['a name of two lines', { name: 'a\r\nBcc: eve@example.org' }, 'name'],
  ])('with %s are refused', async (_what, wrong, field) => {
    const response = await send('editor', 'POST', 'saved-reports', { ...SAVED, ...wrong });
    expect(response.statusCode).toBe(400);
    expect(wrongFields(response)).toContain(field);
  });

  it('are shared by editors, and saved by who may read the report', async () => {
    expect((await send('viewer', 'POST', 'saved-reports', { ...SAVED, shared: true })).statusCode).toBe(403);
    const payouts = { ...SAVED, report: 'payout-agents', params: {} };
    expect((await send('editor', 'POST', 'saved-reports', payouts)).statusCode).toBe(403);
    const caller = { ...SAVED, report: 'calls', params: { caller: '998' } };
    expect((await send('viewer', 'POST', 'saved-reports', caller)).statusCode).toBe(403);
  });
});

describe('schedules', () => {
  it('are seen and changed by their owner and admins', async () => {
    const id = await scheduled({ name: 'Owned' });
    const url = `schedules/${id}`;
    expect((await send('viewer', 'GET', 'schedules')).statusCode).toBe(403);
    expect((await send('colleague', 'GET', url)).statusCode).toBe(404);
    expect((await send('stranger', 'GET', url)).statusCode).toBe(404);
    for (const action of ['run', 'pause', 'resume', 'preview'])
      expect((await send('colleague', 'POST', `${url}/${action}`)).statusCode).toBe(404);
    const one = (await send('editor', 'GET', url)).json<{ savedReportId: number }>();
    const change = body(one.savedReportId, { name: 'Owned', cron: '30 9 * * 1', formats: ['csv'] });
    // The report is not shared, yet the admin sees it.
    expect((await send('admin', 'PUT', url, change)).json()).toMatchObject({
      ...{
        cron: '30 9 * * 1',
        owner: { token: 'editor' },
        nextRunAt: Date.parse('2026-11-16T09:30:00+05:00'),
      },
    });
    expect((await send('admin', 'POST', `${url}/pause`)).json()).toMatchObject({
      paused: true,
      nextRunAt: null,
    });
    expect((await send('editor', 'POST', `${url}/resume`)).json()).toMatchObject({ paused: false });
    expect((await send('editor', 'DELETE', url)).statusCode).toBe(204);
    const actions = await api.database.db
      .selectFrom('changeLog')
      .select('action')
      .where('kind', '=', 'schedule')
      .where('subject', '=', 'Owned')
      .orderBy('id')
      .execute();
    expect(actions.map(({ action }) => action)).toEqual([
      'created',
      'changed',
      'paused',
      'resumed',
      'removed',
    ]);
  });

  it('keep secrets to themselves', async () => {
    const delivery = { kind: 'webhook', url: 'https://hooks.example.org/q', secret: 'hush-hush-hush' };
    const id = await scheduled({ name: 'Hook', delivery });
    const one = await send('editor', 'GET', `schedules/${id}`);
    expect(one.json()).toMatchObject({ delivery: { kind: 'webhook', hasSecret: true, attach: 'files' } });
    const { savedReportId } = one.json<{ savedReportId: number }>();
    const kept = { kind: 'webhook', url: 'https://hooks.example.org/other' };
    const changed = await send(
      'editor',
      'PUT',
      `schedules/${id}`,
      body(savedReportId, { name: 'Hook', delivery: kept }),
    );
    expect(changed.json()).toMatchObject({ delivery: { url: kept.url, hasSecret: true } });
    const { rows } = (await send('admin', 'GET', 'schedules')).json<{ rows: object[] }>();
    const log = await api.database.db.selectFrom('changeLog').selectAll().execute();
    for (const text of [one.body, changed.body, JSON.stringify(rows), JSON.stringify(log)])
      expect(text).not.toContain('hush');
    const secrets = await api.database.db
      .selectFrom('schedule')
      .select(['webhookSecret', 'sealedSecret'])
      .where('id', '=', id)
      .execute();
    expect(secrets).toEqual([{ webhookSecret: null, sealedSecret: expect.stringMatching(/^v1\./) }]);
    expect(JSON.stringify(secrets)).not.toContain('hush');
  });

  it('have names of their own', async () => {
    await scheduled({ name: 'Twice' });
    const again = await send('editor', 'POST', 'schedules', body(await saved(), { name: 'Twice ' }));
    expect([again.statusCode, again.json<{ detail: string }>().detail]).toEqual([
      409,
      expect.stringContaining('"Twice"'),
    ]);
  });

  it.each<[string, object, string]>([
    ['cron', { cron: 'every monday' }, 'cron'],
    ['cron', { cron: '0 0 30 2 *' }, 'cron'],
    ['cron', { cron: '* * * * *' }, 'cron'],
    ['zone', { tz: 'Asia/Tashkant' }, 'tz'],
    ['formats', { formats: [] }, 'formats'],
    ['formats', { formats: ['doc'] }, 'formats.0'],
    ['saved report', { savedReportId: 999_999 }, 'savedReportId'],
    ['placeholder', { subject: 'Report {form}' }, 'subject'],
    ['placeholder', { text: 'Level {total.servicelevel}' }, 'text'],
    ['header', { subject: 'a\r\nBcc: eve@example.org' }, 'subject'],
    ['condition', { condition: { column: 'sevriceLevel', operator: '<', value: 0.8 } }, 'condition.column'],
    ['condition', { condition: { column: 'queueName', operator: '<', value: 1 } }, 'condition.column'],
    ['condition', { condition: { column: 'serviceLevel', operator: '<', value: 80 } }, 'condition.value'],
    [
      'condition',
      { condition: { column: 'serviceLevel', operator: 'below', value: 0.8 } },
      'condition.operator',
    ],
    ['recipient', { delivery: { kind: 'mail', to: ['ann@example'] } }, 'delivery.to'],
    ['recipient', { delivery: { kind: 'mail', to: ['Ann <ann@example.org>'] } }, 'delivery.to'],
    ['recipient', { delivery: { kind: 'mail', to: [] } }, 'delivery.to'],
    [
      'recipient',
      { delivery: { kind: 'mail', to: ['a@example.org'], bcc: ['a@b.org, c@d.org'] } },
      'delivery.bcc',
    ],
    ['host', { delivery: { kind: 'webhook', url: 'http://10.0.0.1/', secret: '12345678' } }, 'delivery.url'],
    ['secret', { delivery: { kind: 'webhook', url: 'https://hooks.example.org/' } }, 'delivery.secret'],
    ['path', { delivery: { kind: 'folder', path: '../other' } }, 'delivery.path'],
    ['kind', { delivery: { kind: 'fax' } }, 'delivery.kind'],
  ])('with a wrong %s are refused: %j', async (_what, wrong, field) => {
    const response = await send(
      'editor',
      'POST',
      'schedules',
      body(await saved(), { name: 'Wrong', ...wrong }),
    );
    expect([response.statusCode, response.body]).toEqual([400, expect.any(String)]);
    const fields = wrongFields(response);
    expect(fields).toContain(field);
  });

  it('say everything that is wrong at once', async () => {
    const wrong = { cron: 'x', tz: 'w', subject: '{y}', delivery: { kind: 'mail', to: ['z'] } };
    const response = await send('editor', 'POST', 'schedules', body(await saved(), wrong));
    expect(wrongFields(response).sort()).toEqual(['cron', 'delivery.to', 'subject', 'tz']);
  });

  it('send only what the owner may read, whoever changes them', async () => {
    const id = await scheduled({ name: 'Modest' });
    const payouts = await saved('admin', { name: 'Pay', report: 'payout-agents', params: {} });
    const response = await send('admin', 'PUT', `schedules/${id}`, body(payouts, { name: 'Modest' }));
    expect([response.statusCode, wrongFields(response)]).toEqual([400, ['savedReportId']]);
  });
});

describe('a preview', () => {
  it('tells what would be sent, stored or not, and sends nothing', async () => {
    const description = await describedBy(api.app);
    const before = server.mails.length;
    const more = {
      ...{ name: 'Peek', text: '{rows} rows, {total.answered} answered\n{about}' },
      condition: { column: 'serviceLevel', operator: '<', value: 0.8 },
    };
    const draft = await send('editor', 'POST', 'schedules/preview', body(await saved(), more));
    expect(
      deviations(description, 'post', '/api/v1/schedules/preview', 200, 'application/json', draft.json()),
    ).toEqual([]);
    expect(draft.json()).toMatchObject({
      ...{ from: '2026-11-15T00:00:00.000+05:00', to: '2026-11-16T00:00:00.000+05:00', rows: 1 },
      ...{
        subject: 'Peek: 2026-11-15',
        files: ['Peek-2026-11-15.xlsx'],
        condition: { found: 1, holds: false },
      },
      text: expect.stringContaining('1 rows, 1 answered\nPeriod: 2026-11-15'),
      nextRuns: [17, 18, 19, 20, 21].map((day) => Date.parse(`2026-11-${day}T08:00:00+05:00`)),
    });
    const id = await scheduled(more);
    expect((await send('editor', 'POST', `schedules/${id}/preview`)).json()).toEqual(draft.json());
    expect(server.mails.length).toBe(before);
  });
});
