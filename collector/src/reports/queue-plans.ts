/**
 * Plans of a range for queues that are counted at certain hours only.
 *
 * In: a scope, the plan of a range. Out: one plan per group of queues with the same times; without hours that is the plan
 * itself for all queues. What must hold: the plans of a group cut its times without holes or overlaps: whole quarters from
 * rows, what is left from facts.
 */
import { bucketCeil, bucketOf } from '../time/bucket.js';
import type { Interval, TimeSet } from '../rollups/intervals.js';
import type { RangePlan } from './range.js';
import { ReportRequestError } from './request.js';
import type { Scope } from './scope.js';

export interface QueuesPlan {
  queueIds: readonly number[];
  plan: RangePlan;
}

/** Facts are read once per part: more would keep the reader waiting. */
const MAX_PARTS = 300;

/** @throws ReportRequestError when the hours do not fit quarters of an hour and the range is long */
export function plansOf({ queues, hours }: Pick<Scope, 'queues' | 'hours'>, plan: RangePlan): QueuesPlan[] {
  if (hours === null) return [{ queueIds: [...queues.keys()], plan }];
  return hours.groups.map(({ queueIds, during }) => ({
    queueIds,
    plan: planWithin(plan, during(spanOf(plan))),
  }));
}

/** The range a plan is for. */
export const spanOf = ({ slots }: Pick<RangePlan, 'slots'>): Interval => ({
  fromMs: slots[0]?.fromMs ?? 0,
  toMs: slots.at(-1)?.toMs ?? 0,
});

export function planWithin({ slots }: RangePlan, set: TimeSet): RangePlan {
  const whole = set
    .map(({ fromMs, toMs }) => ({ fromMs: bucketCeil(fromMs), toMs: bucketOf(toMs) }))
    .filter(isSome);
  const [first, last] = [whole[0], whole.at(-1)];
  const quarters =
    first === undefined || last === undefined
      ? []
      : [{ fromMs: first.fromMs, toMs: last.toMs, within: whole }];
  const parts = set.flatMap(partsOf);
  if (parts.length > MAX_PARTS) throw new ReportRequestError([TOO_MANY_PARTS]);
  return { slots, days: null, quarters, parts };
}

/** What is left of an interval beside whole quarters, each within one. */
function partsOf({ fromMs, toMs }: Interval): Interval[] {
  const [wholeFromMs, wholeToMs] = [bucketCeil(fromMs), bucketOf(toMs)];
  if (wholeFromMs > wholeToMs) return [{ fromMs, toMs }];
  return [
    { fromMs, toMs: wholeFromMs },
    { fromMs: wholeToMs, toMs },
  ].filter(isSome);
}

const isSome = ({ fromMs, toMs }: Interval): boolean => fromMs < toMs;

const TOO_MANY_PARTS = {
  field: 'hours',
  message:
    `opens or closes more than ${MAX_PARTS} times within a quarter of an hour, which is counted call by call; ` +
    'ask for a shorter range',
};
