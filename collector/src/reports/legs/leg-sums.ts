/**
 * Sums over legs, their columns and how they are read: what outbound, DID and trunk reports are made of.
 *
 * What must hold: an attempt to the outside is one call record; a call from the outside is one channel, however many
 * records the PBX wrote of it (one per phone it rang), counted when its first record begins.
 */
import { sql, type RawBuilder } from 'kysely';
import * as kpi from '../../kpi/leg-kpi.js';
import { addSums } from '../../rollups/sums.js';
import { fieldsOf, type Field } from '../visits/columns.js';

export interface LegSums {
  attempts: number;
  answered: number;
  noAnswer: number;
  busy: number;
  failed: number;
  billSeconds: number;
}

export const NO_LEGS: Readonly<LegSums> = {
  attempts: 0,
  answered: 0,
  noAnswer: 0,
  busy: 0,
  failed: 0,
  billSeconds: 0,
};

const KEYS = ['attempts', 'answered', 'noAnswer', 'busy', 'failed', 'billSeconds'] as const;

export const addLegs = (total: LegSums, legs: Readonly<LegSums>): void => addSums(total, legs, KEYS);

const SAME_CALL = sql`r.pbx_id = l.pbx_id and r.leg_id = l.leg_id and r.direction = 'inbound'`;

/** Leg `l` begins an attempt: any record of a call to the outside, the first of a call from the outside. */
export const IS_ATTEMPT = sql<boolean>`(l.direction = 'outbound' or (l.direction = 'inbound'
  and not exists (select 1 from leg as r where ${SAME_CALL} and r.sequence < l.sequence)))`;

const ANSWERED = sql`case l.direction when 'inbound'
  then exists (select 1 from leg as r where ${SAME_CALL} and r.disposition = 'answered')
  else l.disposition = 'answered' end`;

const BILL_SECONDS = sql`case l.direction when 'inbound'
  then (select coalesce(sum(r.bill_seconds), 0) from leg as r where ${SAME_CALL} and r.disposition = 'answered')
  else if(l.disposition = 'answered', l.bill_seconds, 0) end`;

/** `LegSums` over attempts. */
export const SUM_LEGS: RawBuilder<unknown> = sql`count(*) as attempts, sum(${ANSWERED}) as answered,
  sum(not ${ANSWERED} and l.disposition in ('noAnswer', 'answered')) as noAnswer,
  sum(not ${ANSWERED} and l.disposition = 'busy') as busy,
  sum(not ${ANSWERED} and l.disposition not in ('noAnswer', 'answered', 'busy')) as failed,
  sum(${BILL_SECONDS}) as billSeconds`;

interface Line {
  /** Null: no call records of the range are known. */
  legs: LegSums | null;
  /** Length of the row's time, ms. */
  spanMs: number;
}

const fields = fieldsOf<Line>();

/** @param what `attempts` or `calls`, for people */
export function legFields<T extends Line>(what: { one: string; many: string }): Field<T>[] {
  const count = (key: keyof LegSums, label: string, description: string): Field<Line> => ({
    ...fields.count(key, label, description, ({ legs }) => legs && legs[key]),
    unit: 'calls',
  });
  return [
    count('attempts', what.many, `${what.one}; the sum of answered, not answered, busy and failed`),
    count(
      'answered',
      'Answered calls',
      'Answered by whatever took the call: a person, an announcement, a queue',
    ),
    count('noAnswer', 'No answer', 'It rang until somebody gave up'),
    count('busy', 'Busy', 'The called side was busy'),
    count('failed', 'Failed', 'Refused, congested or not to be reached'),
    fields.ratio(
      'asr',
      'ASR',
      'Answer-seizure ratio: answered / attempts',
      ({ legs }) => legs && kpi.answerSeizureRatio(legs),
    ),
    fields.seconds(
      'billSeconds',
      'Billable time',
      'Sum of the seconds from answer to end',
      ({ legs }) => legs && legs.billSeconds,
    ),
    fields.seconds(
      'acdSeconds',
      'ACD',
      'Average call duration: billable time / answered',
      ({ legs }) => legs && kpi.averageCallDurationSeconds(legs),
    ),
    fields.seconds(
      'averageBillSeconds',
      'Average billable time',
      'Billable time / attempts, those without answer included',
      ({ legs }) => legs && kpi.averageBillableSeconds(legs),
    ),
    {
      ...fields.number(
        'attemptsPerHour',
        'Per hour',
        'Attempts / hours of the row',
        ({ legs, spanMs }) => legs && kpi.attemptsPerHour(legs, spanMs),
      ),
      unit: '1/h',
    },
  ];
}
