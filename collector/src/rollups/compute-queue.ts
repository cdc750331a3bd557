/**
 * Queue rows from facts. In: the visits that entered one queue in some span, and their offers. Out: one rollup row.
 *
 * What must hold: every visit counts in the span in which its caller entered, with everything that happened to it
 * later; entered = Σ outcomes (DECISIONS.md 5); `…Seconds` are as stated by the PBX, `…Ms` measured (DECISIONS.md 10).
 */
import type { OfferFacts, VisitFacts } from './facts.js';
import type { AgentCallSums } from '../storage/schema.js';
import { WaitHistogram } from './histogram.js';
import { NO_QUEUE_SUMS, type QueueRow } from './sums.js';

export function computeQueueRow(visits: readonly VisitFacts[], offers: readonly OfferFacts[]): QueueRow {
  const row = { ...NO_QUEUE_SUMS };
  const waits = { answered: new WaitHistogram(), abandoned: new WaitHistogram(), other: new WaitHistogram() };
  for (const visit of visits) {
    row.entered++;
    row[visit.outcome]++;
    if (visit.seq === 0) row.contactsFirst++;
    row.contactsInQueue += visit.firstInQueue;
    const wait = visit.waitSeconds;
    switch (visit.outcome) {
      case 'waiting':
        break;
      case 'answered':
        row.waitAnsweredSeconds += wait ?? 0;
        row.waitAnsweredMaxSeconds = Math.max(row.waitAnsweredMaxSeconds, wait ?? 0);
        if (wait !== null) waits.answered.add(wait);
        break;
      default:
        row.waitUnansweredSeconds += wait ?? 0;
        row.waitUnansweredMaxSeconds = Math.max(row.waitUnansweredMaxSeconds, wait ?? 0);
        if (visit.outcome === 'abandoned') {
          row.waitAbandonedSeconds += wait ?? 0;
          row.waitAbandonedMaxSeconds = Math.max(row.waitAbandonedMaxSeconds, wait ?? 0);
        }
        if (wait !== null) waits[visit.outcome === 'abandoned' ? 'abandoned' : 'other'].add(wait);
    }
    row.ringSeconds += visit.ringSeconds ?? 0;
    row.talkSeconds += visit.talkSeconds ?? 0;
    row.talkMaxSeconds = Math.max(row.talkMaxSeconds, visit.talkSeconds ?? 0);
    row.waitMs += visit.waitMs ?? 0;
    row.talkMs += visit.talkMs ?? 0;
    row.agentTalkMs += visit.agentTalkMs ?? 0;
    row.holdMs += visit.holdMs ?? 0;
    row.holdCount += visit.holdCount;
    row.wrapUpMs += visit.wrapUpMs ?? 0;
    countEnd(row, visit);
    row.agentDumps += visit.agentDumps;
    row.talkedAfterAll += visit.talkedAfterAll;
    row.attempts += visit.attempts;
    if (visit.position !== null) {
      row.positionSum += visit.position;
      row.positionCount++;
      row.positionMax = Math.max(row.positionMax, visit.position);
    }
  }
  for (const offer of offers) countOffer(row, offer);
  return {
    ...row,
    waitsAnswered: waits.answered.encode(),
    waitsAbandoned: waits.abandoned.encode(),
    waitsOther: waits.other.encode(),
  };
}

type EndSums = Pick<
  AgentCallSums,
  'completedByAgent' | 'completedByCaller' | 'blindTransfers' | 'attendedTransfers' | 'transfersSeen'
>;

/** How a talk ended: completed by one side, or transferred, as the PBX states it (DECISIONS.md 10). */
export function countEnd(sums: EndSums, visit: VisitFacts): void {
  if (visit.transferKind === 'blind') sums.blindTransfers++;
  else if (visit.transferKind === 'attended') sums.attendedTransfers++;
  else if (visit.answeredAt !== null && visit.endedBy === 'agent') sums.completedByAgent++;
  else if (visit.answeredAt !== null && visit.endedBy === 'caller') sums.completedByCaller++;
  sums.transfersSeen += visit.transfersSeen;
}

type OfferSums = Pick<
  AgentCallSums,
  | 'offered'
  | 'ringNoAnswers'
  | 'ringNoAnswerMs'
  | 'ringCanceled'
  | 'lostRace'
  | 'busy'
  | 'rejected'
  | 'offerUnavailable'
>;

/** One ringing of one agent. `dumped` is counted by its callers, who know whose dump it is. */
export function countOffer(sums: OfferSums, offer: OfferFacts): void {
  sums.offered += offer.seen;
  switch (offer.result) {
    case 'noAnswer':
      sums.ringNoAnswers++;
      sums.ringNoAnswerMs += offer.ringMs ?? 0;
      break;
    case 'canceled':
      sums.ringCanceled++;
      break;
    case 'lostRace':
      sums.lostRace++;
      break;
    case 'busy':
      sums.busy++;
      break;
    case 'rejected':
      sums.rejected++;
      break;
    case 'unavailable':
      sums.offerUnavailable++;
      break;
    case 'answered':
    case 'dumped':
    case null:
      break;
  }
}
