/**
 * The parts of facts that rollups are made of: what `load-facts.ts` reads and `compute-*.ts` understands.
 */
import type { Selectable } from 'kysely';
import type { AgentIntervalTable, OfferTable, VisitTable } from '../storage/schema.js';

export const VISIT_COLUMNS = [
  'id',
  'queueId',
  'agentId',
  'seq',
  'enteredAt',
  'firstInQueue',
  'outcome',
  'waitSeconds',
  'waitMs',
  'ringSeconds',
  'ringMs',
  'answeredAt',
  'talkSeconds',
  'talkMs',
  'agentTalkMs',
  'holdMs',
  'holdCount',
  'wrapUpMs',
  'endedAt',
  'endedBy',
  'transferKind',
  'transfersSeen',
  'position',
  'attempts',
  'agentDumps',
  'talkedAfterAll',
] as const satisfies readonly (keyof VisitTable)[];

export const OFFER_COLUMNS = [
  'queueId',
  'agentId',
  'enteredAt',
  'offeredAt',
  'endedAt',
  'result',
  'ringMs',
  'seen',
] as const satisfies readonly (keyof OfferTable)[];

export const INTERVAL_COLUMNS = [
  'agentId',
  'queueId',
  'kind',
  'reason',
  'fromAt',
  'toAt',
] as const satisfies readonly (keyof AgentIntervalTable)[];

export type VisitFacts = Pick<Selectable<VisitTable>, (typeof VISIT_COLUMNS)[number]>;
export type OfferFacts = Pick<Selectable<OfferTable>, (typeof OFFER_COLUMNS)[number]>;
export type IntervalFacts = Pick<Selectable<AgentIntervalTable>, (typeof INTERVAL_COLUMNS)[number]>;

/** What says which buckets a visit or an offer is part of. */
export const VISIT_TIME_COLUMNS = [
  'queueId',
  'agentId',
  'enteredAt',
  'answeredAt',
  'endedAt',
  'ringSeconds',
  'ringMs',
  'talkSeconds',
  'talkMs',
  'agentTalkMs',
  'wrapUpMs',
] as const satisfies readonly (typeof VISIT_COLUMNS)[number][];

export const OFFER_TIME_COLUMNS = [
  'queueId',
  'agentId',
  'enteredAt',
  'offeredAt',
  'endedAt',
  'ringMs',
] as const satisfies readonly (typeof OFFER_COLUMNS)[number][];

export type VisitTimes = Pick<VisitFacts, (typeof VISIT_TIME_COLUMNS)[number]>;
export type OfferTimes = Pick<OfferFacts, (typeof OFFER_TIME_COLUMNS)[number]>;

/** All that is known about one agent in some span of time. */
export interface AgentFacts {
  visits: readonly VisitFacts[];
  offers: readonly OfferFacts[];
  intervals: readonly IntervalFacts[];
}
