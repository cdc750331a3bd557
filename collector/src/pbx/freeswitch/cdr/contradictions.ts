/**
 * Where a call record contradicts itself: variables `cc_*` that mod_callcenter does not clear, or sets too late
 * (FREESWITCH-EVENTS.md §5.13).
 *
 * In: a message of source `json_cdr`. Out: what a reader who believes the variables would get wrong. What must hold: the
 * facts do not believe them; this only says so to people who compare.
 */
import type { RawMessage } from '../../dialect.js';
import type { Contradiction, PbxErrorWords } from '../../driver.js';
import { readRecord } from './decode.js';
import type { CallRecord } from './record.js';
import { readKept } from './unreadable.js';
import { recordedVisit, type RecordedVisit } from './visits.js';

/** @throws MessageError when the message is no call record */
export function contradictions({ bytes }: RawMessage): Contradiction[] {
  const record = readKept(bytes, readRecord);
  const visit = recordedVisit(record);
  if (!visit) return [];
  const { queue, joinedAt } = visit;
  return saidAgainst(record, visit).map((words) => ({
    callId: record.uuid,
    queue,
    enteredAt: joinedAt * 1000,
    ...words,
  }));
}

function saidAgainst(record: CallRecord, { talk, cause, cancelReason }: RecordedVisit): PbxErrorWords[] {
  const told: PbxErrorWords[] = [];
  if (cause === 'answered' && cancelReason !== '') {
    told.push({
      what: `cc_cancel_reason ${cancelReason} is left over of an earlier visit: this one was answered`,
      code: 'cancelReasonLeft',
      params: { cancelReason },
    });
  }
  if (cause === 'answered' && !talk) {
    told.push({
      what: 'cc_cause is answered, but the record knows of no agent who was joined in this visit',
      code: 'noAgentJoined',
      params: {},
    });
  }
  if (cause === 'cancel' && talk) {
    told.push({
      what: `cc_cause is cancel (${cancelReason}), but ${talk.agent} was joined with the caller`,
      code: 'joinedThoughCanceled',
      params: { cancelReason, agent: talk.agent },
    });
  }
  const terminatedAt = record.second('cc_queue_terminated');
  if (talk && terminatedAt !== undefined && terminatedAt < talk.answeredAt) {
    const seconds = terminatedAt - talk.answeredAt;
    told.push({
      what: `cc_queue_terminated_epoch is of an earlier visit: by it the talk lasted ${seconds} s`,
      code: 'endOfEarlierVisit',
      params: { seconds: String(seconds) },
    });
  }
  return told;
}
