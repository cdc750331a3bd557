/** Shapes of the directory's resources. */
import { Type } from 'typebox';
import { WEEKDAYS } from '../../directory/hours.js';

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

export const text = (description: string, maxLength = 190) =>
  Type.String({ minLength: 1, maxLength, description });

export const search = (what: string) => Type.Optional(text(`Part of ${what}`));

export const limit = Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'Rows of a page' });
export const offset = Type.Integer({
  minimum: 0,
  maximum: 10_000_000,
  default: 0,
  description: 'Rows to skip: those of the pages before',
});

/** From when on something holds. */
export const since = {
  from: Type.Optional(
    text('From when on it holds: ISO 8601 with offset, or a date in tz; default: always', 60),
  ),
  tz: Type.Optional(text('IANA time zone of a date in from; default: UTC', 60)),
};

const span = Type.Array(Type.String({ pattern: '^\\d\\d:\\d\\d$' }), {
  minItems: 2,
  maxItems: 2,
  description: 'Local times: from, to (exclusive, at most 24:00)',
  examples: [['09:00', '18:00']],
});
export const Spans = Type.Array(span, { maxItems: 24, description: 'Open times of a day, in order' });

export const Hours = Type.Object(
  {
    zone: text('IANA time zone of the times', 60),
    week: Type.Object(Object.fromEntries(WEEKDAYS.map((day) => [day, Type.Optional(Spans)])), {
      additionalProperties: false,
      description: 'A day that is missing is closed',
    }),
  },
  { additionalProperties: false, description: 'Business hours of a week' },
);

export const Member = Type.Object(
  {
    id: Type.Integer(),
    pbx: Type.String(),
    name: Type.String({ description: 'On the PBX' }),
    displayName: orNull(Type.String(), 'null: none, the name on the PBX is shown'),
    displayNameOrigin: orNull(
      Type.Enum(['manual', 'learned']),
      'manual: said by a user, which wins; learned: from the PBX',
    ),
    team: orNull(Type.String(), 'Team'),
    target: orNull(Type.Number(), 'Goal of the service level of a queue, 0–1'),
  },
  { description: 'A queue or agent with what holds at the time' },
);

const Dated = Type.Object({
  origin: Type.Enum(['manual', 'learned']),
  fromAt: Type.Integer({ description: 'UTC ms; 0: always' }),
  value: orNull(Type.String(), 'null: nothing is said from then on; hours are JSON'),
});
const history = (of: string) => Type.Array(Dated, { description: `${of}, by date` });

export const Defaults = Type.Object(
  { target: history('Goals'), hours: history('Business hours') },
  { description: 'What holds for queues that say nothing of their own' },
);
export const History = Type.Object(
  {
    displayName: history('Display names'),
    team: history('Teams'),
    target: history('Goals'),
    hours: history('Business hours'),
  },
  { description: 'All that was said, with dates' },
);

export const FIELD_NAMES = ['displayName', 'team', 'target', 'hours'] as const;

const change = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Optional(orNull(schema, `${description}; null: nothing is said from then on`));

export const queueDefaults = {
  target: change(Type.Number({ minimum: 0, maximum: 1 }), 'Goal of the service level, 0–1'),
  hours: change(Hours, 'Business hours'),
};
const names = { displayName: change(text('Name'), 'Display name'), team: change(text('Name'), 'Team') };

const body = { additionalProperties: false, minProperties: 1 };
export const QueueChange = Type.Object({ ...names, ...queueDefaults, ...since }, body);
export const AgentChange = Type.Object({ ...names, ...since }, body);
export const DefaultsChange = Type.Object({ ...queueDefaults, ...since }, body);

export const Planned = Type.Object({
  line: Type.Integer({ description: 'Of the CSV; 1 is the header' }),
  subject: Type.String({ description: 'PBX and name' }),
  field: Type.String(),
  fromAt: Type.Integer({ description: 'UTC ms; 0: always' }),
  oldValue: orNull(Type.String(), 'What was said from exactly that date; null: nothing'),
  newValue: orNull(Type.String(), 'null: nothing is said from then on'),
});

export const Changed = Type.Object(
  {
    id: Type.Integer(),
    at: Type.Integer({ description: 'UTC ms' }),
    by: orNull(Type.String(), 'Name of the token; null: the collector itself'),
    tokenId: orNull(Type.Integer(), 'Its id'),
    login: orNull(Type.String(), 'The user of Grafana it acted for'),
    kind: Type.String({ description: 'What it is about: queue, agent, alias, payout-rate …' }),
    subject: Type.String({ description: 'Which one' }),
    action: Type.String({ description: 'What was done' }),
    oldValue: orNull(Type.String(), 'Before'),
    newValue: orNull(Type.String(), 'After'),
  },
  { description: 'A change, never changed itself' },
);
