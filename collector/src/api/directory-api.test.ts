/** Directory and payouts as their users meet them: over HTTP, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testApi, type TestApi } from '../../test/support/api.js';
import { describedBy, deviations } from '../../test/support/api-description.js';

let api: TestApi;
let admin: string;
let viewer: string;
let acme: string;
let sales = 0;
let aziz = 0;

beforeAll(async () => {
  api = await testApi();
  admin = await api.token('admin');
  viewer = await api.token('viewer');
  acme = await api.token('admin', 'acme');
  const { db } = api.database;
  const queue = await db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .executeTakeFirstOrThrow();
  sales = queue.id;
  await db
    .insertInto('agent')
    .values([
      { id: 1, pbxId: 1, tenantId: 1, name: 'PJSIP/101' },
      { id: 2, pbxId: 1, tenantId: 1, name: 'SIP/101' },
      { id: 3, pbxId: 1, tenantId: 2, name: 'PJSIP/900' },
    ])
    .execute();
  aziz = 1;
});
afterAll(() => api.close());

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

async function ask(method: Method, url: string, body?: object | string, token = admin) {
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  const response = await api.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json: unknown = response.headers['content-type']?.toString().includes('json')
    ? response.json()
    : null;
  return { status: response.statusCode, json, text: response.body };
}

test('a queue has a name, a team, a goal and hours, from when on; viewers read, admins write', async () => {
  const path = `/directory/queues/${sales}`;
  const hours = { zone: 'Asia/Tashkent', week: { mon: [['09:00', '18:00']] } };
  const said = { displayName: 'Продажи', team: 'Front', target: 0.8, hours };
  expect((await ask('PUT', path, said, viewer)).status).toBe(403);
  expect((await ask('PUT', path, said, acme)).status).toBe(404);
  expect((await ask('PUT', path, said)).status).toBe(204);
  expect(
    (await ask('PUT', path, { displayName: 'Savdo', from: '2030-01-01', tz: 'Asia/Tashkent' })).status,
  ).toBe(204);
  expect((await ask('GET', '/directory/queues?search=прод', undefined, viewer)).json).toEqual({
    count: 1,
    rows: [
      {
        id: sales,
        pbx: 'hq',
        name: 'sales',
        displayName: 'Продажи',
        displayNameOrigin: 'manual',
        team: 'Front',
        target: 0.8,
      },
    ],
  });
  const later = Date.UTC(2030, 0, 1);
  expect((await ask('GET', `/directory/queues?search=savdo&at=${later}`)).json).toMatchObject({ count: 1 });
  expect((await ask('GET', path, undefined, acme)).status).toBe(404);

  // Monday 2026-11-23: 09:00 to 18:00 is 04:00 to 13:00 UTC.
  const open = await ask('GET', `${path}/open-times?from=2026-11-22&to=2026-11-24&tz=Asia/Tashkent`);
  expect(open.json).toEqual({
    known: true,
    rows: [{ fromMs: Date.UTC(2026, 10, 23, 4), toMs: Date.UTC(2026, 10, 23, 13) }],
  });
  const holiday = await ask('POST', '/directory/holidays', {
    date: '2026-11-23',
    name: 'Day off',
    pbx: 'hq',
    queue: 'sales',
  });
  expect(holiday.status).toBe(201);
  expect(
    (await ask('POST', '/directory/holidays', { date: '2026-11-23', name: 'x', pbx: 'hq', queue: 'sales' }))
      .status,
  ).toBe(409);
  expect(
    (await ask('GET', `${path}/open-times?from=2026-11-22&to=2026-11-24&tz=Asia/Tashkent`)).json,
  ).toEqual({
    known: true,
    rows: [],
  });

  expect((await ask('DELETE', `${path}/displayName?from=2030-01-01&tz=Asia/Tashkent`)).status).toBe(204);
  expect((await ask('DELETE', `${path}/displayName?from=2030-01-01&tz=Asia/Tashkent`)).status).toBe(404);
});

test('reports show the name that held at their end', async () => {
  await ask('PUT', `/directory/agents/${aziz}`, { displayName: 'Aziz', from: '2026-10-01' });
  await ask('PUT', `/directory/agents/${aziz}`, { displayName: 'Botir', from: '2026-11-01' });
  const nameIn = async (from: string, to: string) => {
    const { json } = await ask('GET', `/reports/agents?from=${from}&to=${to}&tz=UTC&agents=PJSIP/101`);
    return (json as { rows: { agentName: string }[] }).rows[0]?.agentName;
  };
  expect(await nameIn('2026-09-01', '2026-09-30')).toBe('PJSIP/101');
  expect(await nameIn('2026-10-01', '2026-11-01')).toBe('Aziz');
  expect(await nameIn('2026-10-01', '2026-11-02')).toBe('Botir');
});

test('CSV: a dry run says what would change, wrong lines are named, the export changes nothing', async () => {
  const csv = [
    'kind,pbx,name,displayName,team,target,from',
    'agent,hq,PJSIP/101,"Aziz, To‘rayev",Night,,2026-12-01',
    'queue,hq,support,Поддержка,,0.9,',
    '',
  ].join('\r\n');
  const wrong = `${csv}queue,hq,slaes,x,,,\r\nagent,hq,SIP/101,,,0.5,soon\r\nrobot,hq,x,,,,\r\n`;
  const dry = await ask('POST', '/directory/csv?dryRun=true&tz=Asia/Tashkent', wrong);
  expect(dry.json).toMatchObject({
    dryRun: true,
    rows: 5,
    changes: [
      { line: 2, subject: 'hq PJSIP/101', field: 'displayName', oldValue: null, newValue: 'Aziz, To‘rayev' },
      { line: 2, field: 'team', fromAt: Date.parse('2026-12-01T00:00:00+05:00') },
      { line: 3, field: 'displayName', newValue: 'Поддержка' },
      { line: 3, field: 'target', newValue: '0.9' },
    ],
    errors: [
      { field: 'line 4, name', message: expect.stringMatching(/did you mean "sales"/) as unknown },
      { field: 'line 5, from', message: expect.stringMatching(/"soon" is neither/) as unknown },
      { field: 'line 5, target', message: 'an agent has no target; leave the cell empty' },
      { field: 'line 6, kind', message: expect.stringMatching(/none of queue, agent/) as unknown },
    ],
  });
  expect((await ask('POST', '/directory/csv', wrong)).json).toMatchObject({ status: 400 });
  expect((await ask('GET', '/directory/queues?search=Поддержка')).json).toMatchObject({ count: 0 });

  expect((await ask('POST', '/directory/csv?tz=Asia/Tashkent', csv)).status).toBe(200);
  expect((await ask('GET', '/directory/queues?search=Поддержка')).json).toMatchObject({ count: 1 });
  const exported = await ask('GET', '/directory/csv');
  expect(exported.text).toContain('agent,hq,PJSIP/101,"Aziz, To‘rayev",Night,,2026-11-30T19:00:00.000Z\r\n');
  expect(exported.text).not.toContain('PJSIP/900');
  expect((await ask('POST', '/directory/csv', exported.text)).json).toMatchObject({
    changes: [],
    errors: [],
  });
  expect((await ask('POST', '/directory/csv', { csv })).status).toBe(415);
});

test('the rule of numbers is shown, applied by who may, and corrected', async () => {
  expect((await ask('GET', '/directory/aliases/proposals?pbx=hq')).json).toEqual({
    proposals: [{ interface: 'SIP/101', agent: 'PJSIP/101', number: '101' }],
    ambiguities: [],
  });
  expect((await ask('POST', '/directory/aliases/unify', { pbx: 'hq' }, acme)).status).toBe(200);
  expect(
    (await ask('PUT', '/directory/aliases', { pbx: 'hq', interface: 'SIP/1', agent: 'x' }, acme)).status,
  ).toBe(409);
  expect((await ask('POST', '/directory/aliases/unify', { pbx: 'hq' })).status).toBe(200);
  expect((await ask('GET', '/directory/aliases?search=SIP/101')).json).toEqual({
    rows: [{ pbx: 'hq', interface: 'SIP/101', agent: 'PJSIP/101', fromAt: 0, origin: 'learned' }],
  });
  expect((await ask('GET', '/directory/aliases', undefined, acme)).json).toEqual({ rows: [] });
  const correction = { pbx: 'hq', interface: 'SIP/101', agent: 'Guest', from: '2026-11-01' };
  expect((await ask('PUT', '/directory/aliases', correction)).status).toBe(204);
  expect((await ask('DELETE', '/directory/aliases?pbx=hq&interface=SIP/101&from=2026-11-01')).status).toBe(
    204,
  );
  expect((await ask('DELETE', '/directory/aliases?pbx=hq&interface=SIP/101&from=2026-11-01')).status).toBe(
    404,
  );
  const { json } = await ask('GET', '/directory/changes?kind=alias&limit=3');
  expect(json).toMatchObject({
    rows: [
      { action: 'removed', subject: 'hq SIP/101', by: 'admin', newValue: null },
      { action: 'set', newValue: 'Guest from 2026-11-01T00:00:00.000Z' },
      { action: 'unified', newValue: 'PJSIP/101 from 1970-01-01T00:00:00.000Z' },
    ],
  });
});

test('payouts: from a rate to a locked period and its late data', async () => {
  expect((await ask('PUT', '/payouts/rates', { rate: '120', currency: 'UZS' })).status).toBe(204);
  expect(
    (
      await ask('PUT', '/payouts/rates', {
        pbx: 'hq',
        agent: 'PJSIP/101',
        rate: '150.50',
        currency: 'UZS',
        from: '2026-10-01',
        tz: 'Asia/Tashkent',
      })
    ).status,
  ).toBe(204);
  const { json: listed } = await ask('GET', '/payouts/rates');
  expect(listed).toMatchObject({
    rows: [
      { pbx: null, agent: null, rate: '120' },
      { agent: 'PJSIP/101', rate: '150.5', fromAt: Date.parse('2026-10-01T00:00:00+05:00') },
    ],
  });
  const october = {
    name: 'October',
    from: '2026-10-01',
    to: '2026-11-01',
    tz: 'Asia/Tashkent',
    currency: 'UZS',
  };
  const { json: made } = await ask('POST', '/payouts/periods', october);
  expect(made).toMatchObject({ status: 'open', basis: 'reported', rounding: 'call', minimumTalkSeconds: 0 });
  const path = `/payouts/periods/${(made as { id: number }).id}`;
  const bonus = { pbx: 'hq', agent: 'PJSIP/101', amount: '-12.50', reason: 'Advance' };
  expect((await ask('POST', `${path}/adjustments`, bonus)).status).toBe(201);
  expect((await ask('POST', `${path}/lock`)).json).toMatchObject({ status: 'locked' });
  expect((await ask('POST', `${path}/adjustments`, bonus)).json).toMatchObject({
    status: 409,
    detail: expect.stringMatching(/locked/) as unknown,
  });
  expect((await ask('GET', `${path}/adjustments`)).json).toMatchObject({
    rows: [{ amount: '-12.50', reason: 'Advance' }],
  });
  expect((await ask('GET', `${path}/late`)).json).toEqual({ rows: [] });
  for (const one of [path, `${path}/late`, `${path}/adjustments`])
    expect((await ask('GET', one, undefined, acme)).status).toBe(404);
  expect((await ask('GET', path, undefined, viewer)).status).toBe(403);
});

describe('what is wrong is named', () => {
  test.each<[string, Method, string, object, string, RegExp]>([
    ['negative rate', 'PUT', '/payouts/rates', { rate: '-1', currency: 'UZS' }, 'rate', /no rate/],
    ['rate without currency', 'PUT', '/payouts/rates', { rate: '1' }, 'currency', /is needed/],
    [
      'agent nobody has',
      'PUT',
      '/payouts/rates',
      { pbx: 'hq', agent: 'PJSIP/102', rate: '1', currency: 'UZS' },
      'agent',
      /did you mean "PJSIP\/101"/,
    ],
    [
      "another tenant's agent",
      'PUT',
      '/payouts/rates',
      { pbx: 'hq', agent: 'PJSIP/900', rate: '1', currency: 'UZS' },
      'agent',
      /there is no agent/,
    ],
    [
      'date that is none',
      'PUT',
      '/payouts/rates',
      { rate: '1', currency: 'UZS', from: '2026-02-30' },
      'from',
      /no date of the calendar/,
    ],
    [
      'period the wrong way',
      'POST',
      '/payouts/periods',
      { name: 'x', from: '2026-02-01', to: '2026-01-01', tz: 'UTC', currency: 'UZS' },
      'from',
      /before to/,
    ],
    ['goal above 1', 'PUT', '/directory/defaults', { target: 80 }, 'target', /<= 1/],
    [
      'hours that overlap',
      'PUT',
      '/directory/defaults',
      {
        hours: {
          zone: 'UTC',
          week: {
            mon: [
              ['09:00', '12:00'],
              ['11:00', '13:00'],
            ],
          },
        },
      },
      'hours',
      /mon: 11:00–13:00 overlaps/,
    ],
    [
      'zone of hours',
      'PUT',
      '/directory/defaults',
      { hours: { zone: 'Mars', week: {} } },
      'hours',
      /is not a time zone/,
    ],
    ['empty name', 'PUT', '/directory/queues/1', { displayName: '  ' }, 'displayName', /1 to 190/],
    [
      'holiday that is no date',
      'POST',
      '/directory/holidays',
      { date: '2026-13-01', name: 'x' },
      'date',
      /no date/,
    ],
  ])('%s', async (_name, method, url, body, field, message) => {
    const { status, json } = await ask(method, url, body);
    expect(status).toBe(400);
    const { errors } = json as { errors: { field: string; message: string }[] };
    expect(errors.find((error) => error.field === field)?.message).toMatch(message);
  });
});

test('answers are as described', async () => {
  const description = await describedBy(api.app);
  for (const [path, url] of [
    ['/api/v1/directory/queues', '/directory/queues'],
    ['/api/v1/directory/queues/{id}', `/directory/queues/${sales}`],
    ['/api/v1/directory/agents', '/directory/agents'],
    ['/api/v1/directory/defaults', '/directory/defaults'],
    ['/api/v1/directory/holidays', '/directory/holidays'],
    ['/api/v1/directory/aliases', '/directory/aliases'],
    ['/api/v1/directory/changes', '/directory/changes'],
    ['/api/v1/payouts/rates', '/payouts/rates'],
    ['/api/v1/payouts/periods', '/payouts/periods'],
  ] as const) {
    const { status, json } = await ask('GET', url);
    expect([path, status]).toEqual([path, 200]);
    expect(deviations(description, 'get', path, 200, 'application/json', json)).toEqual([]);
  }
});
