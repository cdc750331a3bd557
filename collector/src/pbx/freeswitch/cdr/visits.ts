/**
 * A call record → what it says of visits to queues of mod_callcenter, from the variables `cc_*` of the channel.
 *
 * A caller's record tells his last visit only: the variables of a visit overwrite those of the one before, and some are
 * never cleared (FREESWITCH-EVENTS.md §5.13). An agent's record tells the talk it was dialled for: which caller's, in
 * which queue, and, better than the caller's, when it ended and who ended it.
 *
 * What must hold: `cc_cause` says which variables count; a time before the visit began is another visit's and is not
 * used; a record that says nothing certain of a visit's end leaves it open.
 */
import type { CallEvent, CallEventBody, EventBase } from '../../event.js';
import type { EslEvent } from '../esl/codec.js';
import { CANCEL_OUTCOMES } from '../projection/causes.js';
import { tagNote } from '../projection/tag-note.js';
import { endByAgentLeg } from '../projection/talk-end.js';
import { endOf } from './leg.js';
import type { CallRecord } from './record.js';

const SECOND_US = 1_000_000;

export function visitEvents(record: CallRecord, base: EventBase): CallEvent[] {
  switch (record.variable('cc_side')) {
    case 'member':
      return [...memberEvents(record, base), ...noteEvents(record, base)];
    case 'agent':
      return [...agentEvents(record, base), ...noteEvents(record, base)];
    default:
      return [];
  }
}

function noteEvents(record: CallRecord, base: EventBase): CallEvent[] {
  const note = tagNote((name) => record.variable(name), record.uuid);
  if (!note) return [];
  const told = new Telling(base, note);
  told.add(endOf(record), note.body);
  return told.events;
}

/** A visit as the caller's own variables have it; times are seconds since the epoch. */
export interface RecordedVisit {
  visitKey: string;
  queue: string;
  joinedAt: number;
  /** An agent was joined with the caller in this visit. */
  talk: { agent: string; answeredAt: number } | undefined;
  /** cc_cause. */
  cause: string;
  cancelReason: string;
}

/** The last visit of a caller; undefined when the record is none of a caller's. */
export function recordedVisit(record: CallRecord): RecordedVisit | undefined {
  const [visitKey, queue] = [record.variable('cc_member_uuid'), record.variable('cc_queue')];
  const joinedAt = record.second('cc_queue_joined');
  const isMember = record.variable('cc_side') === 'member' && visitKey !== '' && queue !== '';
  if (!isMember || joinedAt === undefined) return undefined;
  const agent = record.variable('cc_agent');
  const answeredAt = record.second('cc_queue_answered');
  const isJoined = record.variable('cc_agent_bridged') === 'true' && agent !== '';
  return {
    visitKey,
    queue,
    joinedAt,
    // Before this visit began: left over of another one.
    talk: isJoined && answeredAt !== undefined && answeredAt >= joinedAt ? { agent, answeredAt } : undefined,
    cause: record.variable('cc_cause'),
    cancelReason: record.variable('cc_cancel_reason'),
  };
}

function memberEvents(record: CallRecord, base: EventBase): CallEvent[] {
  const visit = recordedVisit(record);
  if (!visit) return [];
  const { visitKey, queue, joinedAt, talk, cause } = visit;
  const told = new Telling(base, { callId: record.uuid, visitKey });
  told.add(joinedAt * SECOND_US, entered(record, queue));
  if (cause === 'answered' && talk) {
    const { agent, answeredAt } = talk;
    told.add(answeredAt * SECOND_US, {
      kind: 'agent-connected',
      queue,
      agent,
      waitSeconds: answeredAt - joinedAt,
    });
    const { endUs, ...end } = talkOfCaller(record, answeredAt);
    const recording = record.variable('cc_record_filename');
    told.add(endUs, {
      kind: 'agent-completed',
      queue,
      agent,
      ...end,
      ...(recording !== '' && { recording }),
    });
  } else if (cause === 'cancel') {
    const leftAt = record.second('cc_queue_canceled') ?? Math.floor(endOf(record) / SECOND_US);
    told.add(leftAt * SECOND_US, left(record, visit, leftAt));
  }
  const hangupCause = record.variable('hangup_cause');
  told.add(endOf(record), {
    kind: 'caller-hung-up',
    ...(hangupCause !== '' && { cause: hangupCause }),
  });
  return told.events;
}

/** The talk an agent was dialled for. Channels between (loopback) carry the same variables, but were never joined. */
function agentEvents(record: CallRecord, base: EventBase): CallEvent[] {
  const [callId, visitKey] = [record.variable('cc_member_session_uuid'), record.variable('cc_member_uuid')];
  const [queue, agent] = [record.variable('cc_queue'), record.variable('cc_agent')];
  if (record.variable('cc_agent_bridged') !== 'true') return [];
  if (callId === '' || visitKey === '' || queue === '' || agent === '') return [];
  const talk = joinedWith(record, callId) ?? joinedAtAll(record);
  if (!talk) return [];
  const joinedAt = record.second('cc_queue_joined');
  const told = new Telling(base, { callId, visitKey });
  told.add(talk.endUs, {
    kind: 'agent-completed',
    queue,
    agent,
    ...talkLength(talk),
    ...endByAgentLeg(asEvent(record)),
    ...(joinedAt !== undefined && {
      waitSeconds: Math.max(0, Math.floor(talk.startUs / SECOND_US) - joinedAt),
    }),
  });
  return told.events;
}

function entered(record: CallRecord, queue: string): CallEventBody {
  const [first] = record.profiles;
  const texts = {
    callerNumber: first.callerNumber,
    callerName: first.callerName,
    did: record.variable('sip_to_user') || first.destination,
    channel: record.variable('channel_name'),
    linkedId: record.variable('call_uuid'),
  };
  const startedAtUs = record.us('start');
  return {
    kind: 'caller-entered',
    queue,
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...(startedAtUs !== undefined && { startedAtUs }),
  };
}

function left(
  record: CallRecord,
  { queue, cancelReason, joinedAt }: RecordedVisit,
  leftAt: number,
): CallEventBody {
  const outcome =
    CANCEL_OUTCOMES[cancelReason] ?? (livedOn(record, joinedAt, leftAt) ? 'pulledOut' : 'abandoned');
  const key = outcome === 'exitedByKey' ? record.variable('cc_exit_key') : '';
  return {
    kind: 'caller-left',
    queue,
    outcome,
    certainty: cancelReason === 'BREAK_OUT' || cancelReason in CANCEL_OUTCOMES ? 'stated' : 'assumed',
    waitSeconds: Math.max(0, leftAt - joinedAt),
    ...(key !== '' && { key }),
  };
}

/** Whether the channel went on behind the queue: a transfer begins a new profile, a hang-up ends the channel. */
function livedOn(record: CallRecord, joinedAt: number, leftAt: number): boolean {
  const lastBegunUs = record.profiles.at(-1)?.begunUs ?? 0;
  return lastBegunUs >= (joinedAt + 1) * SECOND_US || endOf(record) >= (leftAt + 2) * SECOND_US;
}

/** The caller's side of the talk. Without a profile that tells of it only its end may be known, or not even that. */
function talkOfCaller(
  record: CallRecord,
  answeredAt: number,
): { endUs: number; talkSeconds?: number; talkMs?: number; endedBy: 'caller' | 'unknown' } {
  const channelEndUs = endOf(record);
  const joined = joinedWith(record, record.variable('cc_agent_uuid'));
  const terminatedAt = record.second('cc_queue_terminated') ?? 0;
  const endUs = joined?.endUs ?? (terminatedAt > answeredAt ? terminatedAt * SECOND_US : channelEndUs);
  const isLastWord = endUs === channelEndUs && record.variable('sip_hangup_disposition') === 'recv_bye';
  return {
    endUs,
    ...(joined ? talkLength(joined) : endUs !== channelEndUs && { talkSeconds: terminatedAt - answeredAt }),
    endedBy: isLastWord ? 'caller' : 'unknown',
  };
}

interface Talk {
  startUs: number;
  endUs: number;
}

/** The last time the channel was joined with `partner`. */
function joinedWith(record: CallRecord, partner: string): Talk | undefined {
  const profile = record.profiles.findLast(
    ({ joinedUs, partners }) => joinedUs !== undefined && partners.includes(partner),
  );
  if (profile?.joinedUs === undefined) return undefined;
  return { startUs: profile.joinedUs, endUs: profile.endedUs ?? endOf(record) };
}

/** Where the profiles do not say with whom. */
function joinedAtAll(record: CallRecord): Talk | undefined {
  const startUs = record.us('bridge');
  return startUs === undefined ? undefined : { startUs, endUs: endOf(record) };
}

function talkLength({ startUs, endUs }: Talk): { talkSeconds: number; talkMs: number } {
  const talkMs = Math.max(0, Math.round((endUs - startUs) / 1000));
  return { talkSeconds: Math.round(talkMs / 1000), talkMs };
}

/** The variables of a record are those of the channel's events. */
const asEvent = (record: CallRecord): EslEvent => ({
  type: 'event',
  name: 'CHANNEL_DESTROY',
  subclass: undefined,
  body: undefined,
  get: (header) => record.variable(header.replace(/^variable_/, '')) || undefined,
});

/** The events of one record, in the order of their times; the ordinal keeps that order among those of one moment. */
class Telling {
  readonly events: CallEvent[] = [];
  readonly #base: EventBase;
  readonly #visit: { callId: string; visitKey: string };

  constructor(base: EventBase, visit: { callId: string; visitKey: string }) {
    this.#base = base;
    this.#visit = visit;
  }

  add(atUs: number, body: CallEventBody): void {
    const id = `${this.#base.id}:${body.kind}`;
    const ordinal = atUs + this.events.length;
    this.events.push({ ...this.#base, id, atUs, ordinal, ...this.#visit, ...body });
  }
}
