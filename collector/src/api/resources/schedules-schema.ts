/** Schedules as the API takes and shows them. In: nothing. Out: schemas, and both ways between them and schedules/. */
import { Type, type Static, type TSchema } from 'typebox';
import { FORMATS, LANGUAGES, ORIENTATIONS, PAPERS } from '../../exports/spec.js';
import { OPERATORS } from '../../schedules/condition.js';
import { DEFAULT_SUBJECT, DEFAULT_TEXT, PLACEHOLDERS } from '../../schedules/placeholders.js';

import { DELIVERY_KINDS, type Delivery as Way, type ScheduleRun } from '../../schedules/schedule.js';
import type { AskedSchedule, ScheduleStatus } from '../../schedules/schedules.js';
import { Owner } from './saved-reports.js';

const orNull = <T extends TSchema>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const addresses = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 320 }), { maxItems: 100, description }));

const placeholders = Object.entries(PLACEHOLDERS)
  .map(([name, meaning]) => `{${name}} (${meaning})`)
  .join(', ');

const Condition = Type.Object(
  {
    column: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Key of a number of the totals',
      examples: ['serviceLevel'],
    }),
    operator: Type.Enum([...OPERATORS]),
    value: Type.Number({ description: 'In the unit of the column; ratios 0–1', examples: [0.8] }),
  },
  { additionalProperties: false, description: 'Delivered only if the totals meet this' },
);

const NewDelivery = Type.Object(
  {
    kind: Type.Enum([...DELIVERY_KINDS]),
    to: addresses('mail: recipients'),
    cc: addresses('mail: copies'),
    bcc: addresses('mail: blind copies'),
    url: Type.Optional(
      Type.String({
        maxLength: 2_000,
        description: 'webhook: where to post, at a host of schedules.webhookHosts',
      }),
    ),
    secret: Type.Optional(
      Type.String({
        minLength: 8,
        maxLength: 200,
        description: 'webhook: signs what is posted; never shown. Left out in a change: stays',
      }),
    ),
    attach: Type.Optional(
      Type.Enum(['files', 'links'], {
        description: 'webhook: files in the JSON (default), or links to them',
      }),
    ),
    path: Type.Optional(
      Type.String({ maxLength: 500, description: 'folder: below the folder of your tenant' }),
    ),
  },
  { additionalProperties: false },
);

const Delivery = Type.Object({
  kind: Type.Enum([...DELIVERY_KINDS]),
  to: Type.Optional(Type.Array(Type.String())),
  cc: Type.Optional(Type.Array(Type.String())),
  bcc: Type.Optional(Type.Array(Type.String())),
  url: Type.Optional(Type.String()),
  hasSecret: Type.Optional(Type.Boolean({ description: 'webhook: a secret is stored' })),
  attach: Type.Optional(Type.Enum(['files', 'links'])),
  path: Type.Optional(Type.String()),
});

export const NewSchedule = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 190,
      pattern: '^[^\\p{Cc}]*$',
      description: 'Its own within the tenant',
    }),
    savedReportId: Type.Integer({ minimum: 1, description: 'What it sends' }),
    cron: Type.String({
      minLength: 1,
      maxLength: 190,
      description: 'Minute, hour, day, month, weekday; at most every 5 minutes',
      examples: ['0 8 * * 1'],
    }),
    tz: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'IANA zone of cron',
      examples: ['Asia/Tashkent'],
    }),
    formats: Type.Array(Type.Enum([...FORMATS]), { maxItems: FORMATS.length, description: 'A file each' }),
    lang: Type.Optional(Type.Enum([...LANGUAGES], { description: 'Of files and placeholders; default: en' })),
    paper: Type.Optional(Type.Enum([...PAPERS], { description: 'PDF; default: A4' })),
    orientation: Type.Optional(Type.Enum([...ORIENTATIONS], { description: 'PDF; default: landscape' })),
    subject: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 300,
        description: `Default: ${DEFAULT_SUBJECT}. Placeholders: ${placeholders}, and {total.KEY} for the number of a column`,
      }),
    ),
    text: Type.Optional(
      Type.String({ maxLength: 3_000, description: 'As subject; default: title and all about it' }),
    ),
    condition: Type.Optional(Type.Union([Condition, Type.Null()])),
    delivery: NewDelivery,
  },
  { additionalProperties: false },
);

const atMs = orNull(Type.Integer(), 'UTC ms');
const count = (description: string) => orNull(Type.Integer(), description);

export const Run = Type.Object(
  {
    id: Type.Integer(),
    origin: Type.Enum(['cron', 'manual'], { description: 'manual: somebody started it' }),
    dueAt: Type.Integer({ description: 'UTC ms; its range is seen from then' }),
    state: Type.Enum(['waiting', 'running', 'delivered', 'skipped', 'failed'], {
      description: 'waiting with attempts: it failed and is tried again at nextAttemptAt',
    }),
    attempts: Type.Integer(),
    nextAttemptAt: atMs,
    from: atMs,
    to: orNull(Type.Integer(), 'UTC ms, exclusive'),
    startedAt: orNull(Type.Integer(), 'UTC ms, of the last attempt'),
    finishedAt: atMs,
    durationMs: count('Of the last attempt'),
    rows: count('Rows of the report'),
    bytes: count('Of all files'),
    files: Type.Array(
      Type.Object({
        name: Type.String(),
        format: Type.Enum([...FORMATS]),
        bytes: Type.Integer(),
        exportId: Type.Integer({ description: 'GET /api/v1/exports/{id}/file has it for a week' }),
      }),
    ),
    deliveredTo: Type.Array(Type.String(), { description: 'Addresses, address of the webhook, or paths' }),
    error: orNull(Type.String(), 'Why it failed or was not sent'),
  },
  { description: 'A run of a schedule' },
);

export const Schedule = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    savedReportId: Type.Integer(),
    cron: Type.String(),
    tz: Type.String(),
    formats: Type.Array(Type.Enum([...FORMATS])),
    lang: Type.Enum([...LANGUAGES]),
    paper: Type.Enum([...PAPERS]),
    orientation: Type.Enum([...ORIENTATIONS]),
    subject: Type.String(),
    text: Type.String(),
    condition: Type.Union([Condition, Type.Null()]),
    delivery: Delivery,
    owner: Owner,
    paused: Type.Boolean(),
    nextRunAt: orNull(Type.Integer(), 'UTC ms; null: paused, or never again'),
    failed: Type.Boolean({ description: 'Its last run that is over failed' }),
    late: Type.Boolean({ description: 'Something has been due for 5 minutes and is not delivered' }),
    lastRun: Type.Union([Run, Type.Null()]),
    createdAt: Type.Integer({ description: 'UTC ms' }),
    updatedAt: Type.Integer({ description: 'UTC ms' }),
  },
  { description: 'A saved report that is sent by itself' },
);

export const Preview = Type.Object(
  {
    from: Type.String({ description: 'ISO 8601' }),
    to: Type.String({ description: 'ISO 8601, exclusive' }),
    subject: Type.String(),
    text: Type.String(),
    rows: count('Null: known only when it is made'),
    files: Type.Array(Type.String(), { description: 'Names' }),
    condition: Type.Union(
      [
        Type.Object({
          found: orNull(Type.Number(), 'What the totals say; null: unknown, which meets nothing'),
          holds: Type.Boolean({ description: 'It would be sent' }),
        }),
        Type.Null(),
      ],
      { description: 'Null without a condition' },
    ),
    nextRuns: Type.Array(Type.Integer(), { description: 'UTC ms' }),
  },
  { description: 'What would be sent now' },
);

export function askedOf(body: Static<typeof NewSchedule>): AskedSchedule {
  const { lang = 'en', paper = 'A4', orientation = 'landscape', condition = null, ...rest } = body;
  const { name, savedReportId, cron, tz, formats, subject = DEFAULT_SUBJECT, text = DEFAULT_TEXT } = rest;
  const { secret, ...way } = body.delivery;
  const spec = { name, savedReportId, cron, tz, formats, lang, paper, orientation, subject, text, condition };
  return { spec: { ...spec, delivery: wayOf(way) }, secret: way.kind === 'webhook' ? secret : undefined };
}

function wayOf({
  kind,
  to = [],
  cc = [],
  bcc = [],
  url = '',
  attach = 'files',
  path = '',
}: Static<typeof NewDelivery>): Way {
  switch (kind) {
    case 'mail':
      return { kind, to, cc, bcc };
    case 'webhook':
      return { kind, url, attach };
    case 'folder':
      return { kind, path };
  }
}

export function shownSchedule({
  schedule,
  isFailed,
  isLate,
  lastRun,
}: ScheduleStatus): Static<typeof Schedule> {
  const { id, name, savedReportId, cron, tz, formats, lang, paper, orientation } = schedule;
  const { subject, text, condition, owner, ownerToken, paused, nextRunAt, createdAt, updatedAt } = schedule;
  return {
    ...{ id, name, savedReportId, cron, tz, formats: [...formats], lang, paper, orientation },
    ...{ subject, text, condition, delivery: shownWay(schedule.delivery, schedule.hasSecret) },
    ...{ owner: { login: owner.login, token: ownerToken }, paused, nextRunAt, createdAt, updatedAt },
    ...{ failed: isFailed, late: isLate, lastRun: lastRun && shownRun(lastRun) },
  };
}

function shownWay(way: Way, hasSecret: boolean): Static<typeof Delivery> {
  if (way.kind === 'mail') return { kind: way.kind, to: [...way.to], cc: [...way.cc], bcc: [...way.bcc] };
  return way.kind === 'webhook' ? { ...way, hasSecret } : way;
}

export const shownRun = (run: ScheduleRun): Static<typeof Run> => ({
  ...{ id: run.id, origin: run.origin, dueAt: run.dueAt, state: run.state, attempts: run.attempts },
  nextAttemptAt: run.state === 'waiting' ? run.nextAttemptAt : null,
  ...{ from: run.fromAt, to: run.toAt, startedAt: run.startedAt, finishedAt: run.finishedAt },
  ...{ durationMs: run.durationMs, rows: run.rowTotal, bytes: run.bytes, error: run.error },
  ...{ files: [...run.files], deliveredTo: [...run.deliveredTo] },
});
