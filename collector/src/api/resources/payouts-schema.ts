/** Shapes of the payouts' resources. Money is text: a decimal number, exact. */
import { Type } from 'typebox';
import { BASES, MAX_MINIMUM_SECONDS, ROUNDINGS } from '../../payouts/terms.js';
import { orNull, since, text } from './directory-schema.js';

const closed = { additionalProperties: false };
const money = (description: string) =>
  Type.String({ minLength: 1, maxLength: 40, description, examples: ['-12.50'] });
const currency = Type.String({ minLength: 3, maxLength: 3, description: 'ISO 4217', examples: ['UZS'] });
const at = (description: string) => Type.Integer({ description: `${description}, UTC ms` });

export const Rate = Type.Object(
  {
    id: Type.Integer(),
    pbx: orNull(Type.String(), 'null: the default'),
    agent: orNull(Type.String(), 'null: the default of all without a rate of their own'),
    fromAt: at('From when on; 0: always'),
    rate: orNull(Type.String(), 'Per minute of talk; null: none of his own from then on'),
    currency: orNull(Type.String(), 'ISO 4217'),
  },
  { description: 'What an agent gets per minute of talk, until the next rate' },
);

export const NewRate = Type.Object(
  {
    pbx: Type.Optional(text('PBX of the agent')),
    agent: Type.Optional(text('Agent, as the PBX names him; without: the default')),
    rate: orNull(
      Type.String({ minLength: 1, maxLength: 30, description: 'Decimal', examples: ['150.50'] }),
      'Per minute of talk; null: none from then on',
    ),
    currency: Type.Optional(currency),
    ...since,
  },
  closed,
);

const terms = {
  basis: Type.Enum([...BASES], {
    default: 'reported',
    description: 'Talk that is paid: as the PBX reports it, or as measured',
  }),
  rounding: Type.Enum([...ROUNDINGS], {
    default: 'call',
    description: 'Each call’s amount, or each agent’s total, is rounded half up to the minor unit',
  }),
  minimumTalkSeconds: Type.Integer({
    minimum: 0,
    maximum: MAX_MINIMUM_SECONDS,
    default: 0,
    description: 'Calls with less talk are not paid',
  }),
};

export const NewPeriod = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 190, pattern: '\\S', description: 'As November 2026' }),
    from: text('Begin: a date in tz, or ISO 8601 with offset', 60),
    to: text('End, exclusive', 60),
    tz: text('IANA time zone of its days', 60),
    currency,
    ...terms,
  },
  closed,
);

export const Period = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    fromAt: at('Begin'),
    toAt: at('End, exclusive'),
    zone: Type.String({ description: 'IANA time zone' }),
    currency: Type.String({ description: 'ISO 4217' }),
    ...terms,
    status: Type.Enum(['open', 'locked']),
    createdAt: at('Made'),
    lockedAt: orNull(Type.Integer(), 'UTC ms; null: open'),
  },
  { description: 'What is paid together' },
);

export const Adjustment = Type.Object({
  id: Type.Integer(),
  pbx: Type.String(),
  agent: Type.String(),
  amount: money('In the period’s currency'),
  reason: Type.String(),
  aboutPeriodId: orNull(Type.Integer(), 'The locked period whose late data it pays'),
  createdAt: at('Made'),
});

export const NewAdjustment = Type.Object(
  {
    pbx: text('PBX of the agent'),
    agent: text('Agent, as the PBX names him'),
    amount: money('In the period’s currency; negative: taken off'),
    reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Why' }),
  },
  closed,
);

export const Late = Type.Object({
  pbx: Type.String(),
  agent: Type.String(),
  lockedCalls: Type.Integer({ description: 'Calls stored with the lock' }),
  callsNow: Type.Integer({ description: 'Calls known now' }),
  amount: money('Still to be booked, in the period’s currency'),
});
