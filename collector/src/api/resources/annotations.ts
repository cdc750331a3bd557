/** When nobody listened to a PBX, and what else a chart should be marked with. */
import { Type, type Static } from 'typebox';
import { ANNOTATION_KINDS, MAX_ROWS } from '../../annotations/annotations.js';
import { FieldParser, parseCommon, type ReportRequest } from '../../reports/request.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { routeOptions } from '../route-schema.js';
import { codeFields, reasonFields } from './reason-schema.js';
import type { Api } from '../typed-app.js';

const DAY_MS = 86_400_000;
const MAX_GAP_DAYS = 400;
const MAX_MARK_DAYS = 92;
/** They read rollups as reports do, for charts that are drawn again and again. */
const GATE = { running: 2, waiting: 50 };

const names = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 4_000 }), {
      maxItems: 500,
      description: `${description}: repeat the parameter, or separate by commas; default: all`,
    }),
  );
const instant = (description: string) => Type.String({ minLength: 1, maxLength: 60, description });

const range = {
  from: instant('Begin: ISO 8601 with offset, a date in tz, or epoch ms'),
  to: instant('End, exclusive'),
  tz: Type.Optional(instant('IANA time zone of dates')),
  pbx: names('PBXs by name'),
};
const millis = Type.Integer({ description: 'UTC ms' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const truncated = Type.Boolean({ description: `There are more than the ${MAX_ROWS} given` });

const Gap = Type.Object(
  {
    pbx: Type.String(),
    source: Type.String({ description: 'Kind of source', examples: ['ami', 'queue_log', 'esl'] }),
    from: millis,
    to: orNull(Type.Integer(), 'UTC ms; null: still not heard'),
    ...reasonFields('Why, in English, as far as it is known'),
  },
  { description: 'A time in which a source was not heard' },
);

const Mark = Type.Object(
  {
    time: millis,
    timeEnd: orNull(Type.Integer(), 'UTC ms; null: a moment, or not over yet'),
    kind: Type.Enum([...ANNOTATION_KINDS]),
    pbx: Type.String(),
    queue: orNull(Type.String(), 'null: the whole PBX'),
    title: Type.String({ description: 'In English; the other properties say the same' }),
    text: Type.String({ description: 'In English, likewise' }),
    tags: Type.Array(Type.String()),
    value: orNull(Type.Number(), 'Of a queue: what it reached, 0–1'),
    goal: orNull(Type.Number(), 'Of a queue: what it should have reached, or stayed below, 0–1'),
    queueName: orNull(Type.String(), 'Of a queue: its display name'),
    entered: orNull(Type.Integer(), 'Of a queue: callers who entered'),
    thresholdSeconds: orNull(Type.Number(), 'Of a missed service level: seconds of its threshold'),
    source: orNull(Type.String(), 'Of a gap: the source that was not heard'),
    ...codeFields,
  },
  { description: 'A mark on a chart' },
);

const MarkQuery = Type.Object(
  {
    ...range,
    queues: names('Queues by name'),
    kinds: names(`Kinds of marks (${ANNOTATION_KINDS.join(', ')})`),
    abandonsOver: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'A quarter of an hour is marked when its abandonment rate is above this',
    }),
    atLeast: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 5,
      description: 'Quarters of an hour in which fewer callers entered are never marked',
    }),
  },
  { additionalProperties: false },
);

export function addAnnotationRoutes(app: Api, { annotations }: Pick<ApiDeps, 'annotations'>): void {
  const gate = new Gate(GATE);
  const gaps = routeOptions({
    tag: 'health',
    summary: 'Times in which a source was not heard',
    description: `Those that touch the range, oldest first; at most ${MAX_GAP_DAYS} days and ${MAX_ROWS} rows.`,
    access: 'viewer',
    querystring: Type.Object(range, { additionalProperties: false }),
    answers: { 200: Type.Object({ rows: Type.Array(Gap), truncated }) },
  });
  app.get('/api/v1/gaps', gaps, (request) => {
    const asked = rangeOf(new FieldParser(), request.query, accessOf(request).tenantId, MAX_GAP_DAYS);
    return gate.run(request.signal, () => annotations.gaps(asked));
  });

  const marks = routeOptions({
    tag: 'reports',
    summary: 'What a chart should be marked with',
    description:
      'Gaps, starts of a PBX, quarters of an hour in which a queue missed its goal or lost too many callers; ' +
      `at most ${MAX_MARK_DAYS} days and ${MAX_ROWS} rows.`,
    access: 'viewer',
    querystring: MarkQuery,
    answers: { 200: Type.Object({ rows: Type.Array(Mark), truncated }) },
  });
  app.get('/api/v1/annotations', marks, (request) => {
    const { abandonsOver, atLeast, kinds, ...query } = request.query;
    const fields = new FieldParser();
    const wanted = kindsOf(fields, kinds);
    const report = rangeOf(fields, query, accessOf(request).tenantId, MAX_MARK_DAYS);
    const asked = { report, kinds: wanted, abandonsOver, atLeast };
    return gate.run(request.signal, () => annotations.list(asked, request.signal));
  });
}

/** @throws ReportRequestError naming every wrong field, also those `fields` collected before */
function rangeOf(
  fields: FieldParser,
  query: Omit<Static<typeof MarkQuery>, 'kinds' | 'abandonsOver' | 'atLeast'>,
  tenantId: number,
  maxDays: number,
): ReportRequest {
  const request = parseCommon(fields, query, tenantId);
  if (!fields.failed && request.toMs - request.fromMs > maxDays * DAY_MS)
    fields.fail('to', `is more than ${maxDays} days after from; ask for a shorter range`);
  fields.check();
  return request;
}

function kindsOf(fields: FieldParser, given: readonly string[] | undefined) {
  if (given === undefined) return ANNOTATION_KINDS;
  const kinds = given.flatMap((text) => text.split(',')).map((text) => text.trim());
  return kinds.flatMap((kind) => fields.oneOf('kinds', kind, ANNOTATION_KINDS) ?? []);
}
