/** Shapes of the health resources. In: nothing. Out: TypeBox schemas and their types. */
import { Type, type Static } from 'typebox';
import { reasonFields } from './reason-schema.js';

const orNull = (schema: ReturnType<typeof Type.Integer>, description: string) =>
  Type.Union([schema, Type.Null()], { description });

export const HealthSourceRow = Type.Object(
  {
    source: Type.String({
      description: 'Kind of source',
      examples: ['ami', 'queue_log', 'cdr', 'esl', 'json_cdr'],
    }),
    link: Type.Enum(['up', 'down'], { description: 'Whether the source can be read now' }),
    since: orNull(Type.Integer(), 'Since when so (UTC ms)'),
    ...reasonFields('Why it is down, in English; empty when up'),
    knownUntil: orNull(Type.Integer(), 'Until when its records are in the facts (UTC ms, time of the PBX)'),
    lagSeconds: Type.Union([Type.Number(), Type.Null()], {
      description: 'How far its newest event was behind when it arrived (seconds)',
    }),
  },
  { description: 'One source of a PBX' },
);

export const Health = Type.Object(
  {
    status: Type.Enum(['ok', 'degraded', 'down'], {
      description:
        'degraded: something below is not as it should be, nothing is lost; down: the database is away',
    }),
    version: Type.String({ description: 'Version of the collector' }),
    startedAt: Type.Integer({ description: 'Start of the collector (UTC ms)' }),
    database: Type.Object(
      {
        up: Type.Boolean(),
        message: Type.String({ description: 'What is wrong; empty when up' }),
      },
      { description: 'Database of facts and rollups' },
    ),
    journal: Type.Object(
      {
        backlogRecords: Type.Integer({ description: 'Messages accepted and not yet projected' }),
        backlogSeconds: Type.Number({ description: 'Age of the oldest of them (seconds)' }),
        bytes: Type.Integer({ description: 'On disk' }),
        failedMessages: Type.Integer({
          description: 'Messages that could not be understood and wait for a decision',
        }),
        message: Type.String({ description: 'Why it takes nothing more; empty when it does' }),
      },
      { description: 'Durable log of what the PBXs said' },
    ),
    rollups: Type.Object(
      {
        lagSeconds: Type.Number({ description: 'Age of the oldest change not yet in the rollups (seconds)' }),
        dirtyBuckets: Type.Integer({ description: '15-minute buckets to be computed again' }),
      },
      { description: 'Sums the reports are made of' },
    ),
    pbxs: Type.Array(
      Type.Object({
        pbx: Type.String(),
        dialect: Type.String({ examples: ['asterisk', 'freeswitch'] }),
        sources: Type.Array(HealthSourceRow),
      }),
      { description: 'PBXs on which the tenant has queues, and their sources' },
    ),
    gaps: Type.Array(
      Type.Object({
        pbx: Type.String(),
        source: Type.String(),
        from: Type.Integer({ description: 'UTC ms' }),
        to: orNull(Type.Integer(), 'UTC ms; null: still deaf'),
        ...reasonFields('Why, in English, as far as it is known'),
      }),
      { description: 'Times of the last 24 hours in which a source was not heard' },
    ),
  },
  { description: 'How the collector does' },
);

export const Readiness = Type.Object(
  {
    ready: Type.Boolean({ description: 'All checks are ok' }),
    checks: Type.Array(
      Type.Object({
        name: Type.String({ examples: ['database'] }),
        ok: Type.Boolean(),
        message: Type.String({ description: 'What is wrong; empty when ok' }),
      }),
    ),
  },
  { description: 'Whether the collector can take events and answer reports' },
);

export type Health = Static<typeof Health>;
export type Readiness = Static<typeof Readiness>;
