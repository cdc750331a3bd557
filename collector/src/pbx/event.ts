/**
 * The one language between a PBX and the rest of Queuescope.
 *
 * In: nothing (types only). Out: `PbxEvent`, what every dialect (`pbx/asterisk`, `pbx/freeswitch`) makes of
 * its protocol's messages and what `facts/` and `live/` understand. What must hold: no dialect's own word appears
 * here; an event states what happened, never what follows from it; durations a PBX states stay in its unit.
 *
 * Events are also the *evidence* kept for each call and agent (DECISIONS.md 1): plain JSON, so that a fact can be
 * derived again from the set of its events at any time.
 */

/** Where an event was read; what each kind is worth, `SOURCE_RANK` says. */
export type SourceKind = 'ami' | 'queue_log' | 'cdr' | 'esl' | 'json_cdr' | 'link';

/**
 * `log`: written by the PBX as its record of every visit; it wins. `stream`: what it says while it happens. `record`: a
 * call record, written once at the end of a leg: of the visits it knows the last at most, and in whole seconds, so it
 * only fills what the others did not tell; how far it was read says nothing about how far the PBX is known.
 */
export const SOURCE_RANK: Readonly<Record<SourceKind, 'log' | 'stream' | 'record'>> = {
  queue_log: 'log',
  cdr: 'record',
  json_cdr: 'record',
  ami: 'stream',
  esl: 'stream',
  link: 'stream',
};

/** What every event carries. */
export interface EventBase {
  /** Deterministic identity within the PBX: the same message read twice has the same id. */
  id: string;
  source: SourceKind;
  /** When it happened, microseconds since the epoch (UTC): the source's own time if it gives one. */
  atUs: number;
  /** True when `atUs` is only the time of reception, because the source gave none. */
  received?: true;
  /** The connection (stream) or file/table (log) it came through. */
  connection: string;
  /** Position within `connection`: rises with the order in which the source said things. */
  ordinal: number;
}

/** How a caller can leave a queue without an agent (DECISIONS.md 5). */
export type UnansweredOutcome =
  'abandoned' | 'timedOut' | 'exitedByKey' | 'exitedEmpty' | 'withdrawn' | 'pulledOut' | 'canceledAtConnect';

/** What became of one ringing of one agent. */
export type OfferResult =
  | 'answered'
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'unavailable'
  /** The caller left, or the PBX gave up, while the agent rang. */
  | 'canceled'
  /** Another agent of a ring-all queue took the call. */
  | 'lostRace'
  /** The agent answered and hung up before the caller was joined (announcement, member delay). */
  | 'dumped';

export type TransferKind = 'blind' | 'attended';

/** A PBX queue event that belongs to one call: the caller's channel in a queue. */
export type CallEvent = EventBase & {
  /** The caller's channel, in the PBX's own id (Asterisk Uniqueid, FreeSWITCH channel UUID). */
  callId: string;
  /**
   * The PBX's own id of the visit, where it gives one (FreeSWITCH member UUID). What is said with it belongs to that
   * visit for certain, whatever was said in between; without it, a queue's events belong to its latest visit.
   */
  visitKey?: string;
} & CallEventBody;

export type CallEventBody =
  | {
      kind: 'caller-entered';
      queue: string;
      /** 1-based place at entry. */
      position?: number;
      callerNumber?: string;
      callerName?: string;
      /** The number the caller dialled. */
      did?: string;
      channel?: string;
      linkedId?: string;
      /** When the caller's channel began (IVR time = entry − this). */
      startedAtUs?: number;
    }
  | {
      kind: 'caller-left';
      queue: string;
      outcome: UnansweredOutcome;
      /** `assumed`: the PBX did not say which of several ways out it was. */
      certainty: 'stated' | 'assumed';
      /** Whole seconds waited, as the PBX states them. */
      waitSeconds?: number;
      position?: number;
      originalPosition?: number;
      /** The key pressed (`exitedByKey`). */
      key?: string;
      /** Agent that had answered already but was not joined (Asterisk ABANDON rows that carry a name). */
      agent?: string;
    }
  /** A later word on how the caller left `queue`; replaces an `assumed` outcome. */
  | { kind: 'left-reason'; queue: string; outcome: UnansweredOutcome }
  | { kind: 'agent-offered'; queue: string; agent: string; interface?: string; offerId?: string }
  | {
      kind: 'offer-ended';
      queue: string;
      agent: string;
      offerId?: string;
      result: OfferResult;
      /** The PBX only said that the ringing stopped: why is read from what else happened. */
      certainty?: 'assumed';
      /** Milliseconds it rang, as the PBX states them. */
      ringMs?: number;
    }
  | {
      kind: 'agent-connected';
      queue: string;
      agent: string;
      interface?: string;
      /** The agent's channel. */
      offerId?: string;
      /** Whole seconds, as the PBX states them. */
      waitSeconds?: number;
      ringSeconds?: number;
      /** The agent's wrap-up time after a call, where the PBX states it. */
      wrapUpSeconds?: number;
    }
  | {
      kind: 'agent-completed';
      queue: string;
      agent: string;
      waitSeconds?: number;
      talkSeconds?: number;
      /** Milliseconds from joining to the end of the agent's leg, where the PBX states both moments. */
      talkMs?: number;
      endedBy: 'agent' | 'caller' | 'transfer' | 'unknown';
      transferKind?: TransferKind;
      transferTo?: string;
      originalPosition?: number;
      /** Where the PBX recorded the talk. */
      recording?: string;
    }
  | { kind: 'agent-dumped'; queue: string; agent: string }
  /** The agent had answered (`agent-connected`), but one side was gone before the two were joined. */
  | { kind: 'join-failed'; queue: string; agent: string }
  /** The agent put the caller on hold / took him back. */
  | { kind: 'hold-started' | 'hold-ended'; queue: string; agent: string }
  /** A transfer that really happened, whether or not the queue noticed. */
  | { kind: 'transfer-seen'; queue: string; agent?: string; transferKind: TransferKind; transferTo?: string }
  /** The agent's last leg of this call is gone: the end of what the agent really talked. */
  | { kind: 'agent-leg-ended'; queue: string; agent: string }
  /** The caller's channel is gone. */
  | { kind: 'caller-hung-up'; cause?: string }
  /**
   * A remark the dialplan or an agent's tool left on the call (a custom row of the log, a user event, a channel variable),
   * shown in the journey; `DID` names the number dialled, and which names are tags the configuration says.
   */
  | { kind: 'call-note'; name: string; data: string[]; queue?: string }
  /** A state listing (after a reconnect) shows, or no longer shows, the call. */
  | {
      kind: 'call-listed';
      queue: string;
      state: 'waiting' | 'talking' | 'gone';
      /** Whole seconds waited so far (`waiting`). */
      waitSeconds?: number;
      position?: number;
      agent?: string;
      callerNumber?: string;
      callerName?: string;
    };

/** An event of one queue member. `member` is the value the source wrote: a name or an interface. */
export type MemberEvent = EventBase & {
  member: string;
  /** Both known: teaches that `interface` belongs to the agent `agentName`. */
  interface?: string;
  agentName?: string;
} & MemberEventBody;

export type MemberEventBody =
  | { kind: 'member-added'; queue: string; paused?: boolean; reason?: string; penalty?: number }
  | { kind: 'member-removed'; queue: string }
  | { kind: 'member-paused'; queue: string; reason: string }
  | { kind: 'member-unpaused'; queue: string }
  /** Members of a lower penalty get calls first. A FreeSWITCH calls it the level of a tier. */
  | { kind: 'member-penalty'; queue: string; penalty: number }
  /** The member's phone, in the classes agent time needs; `queue`: where it was said (tells the tenant). */
  | { kind: 'device-state'; queue: string; state: DeviceState };

export type DeviceState = 'free' | 'inUse' | 'unavailable';

/** One member in a state listing. */
export interface ListedMember {
  queue: string;
  agentName: string;
  interface: string;
  paused: boolean;
  reason: string;
  penalty?: number;
  /** Seconds since the epoch, when the PBX says them. */
  loginAt?: number;
  pausedAt?: number;
  device: DeviceState;
}

/** An event of the PBX as a whole. */
export type PbxWideEvent = EventBase &
  (
    | {
        kind: 'pbx-started';
      }
    /** Every member of `queues` at this moment: who is not in it is no member of them. */
    | { kind: 'members-listed'; queues: string[]; members: ListedMember[] }
    /** The source's link is up (an event stream begins) / down (what happens now is not seen). */
    | { kind: 'link-up' }
    | { kind: 'link-down'; reason: string }
  );

/** One call record (CDR): a leg of a call. Times are UTC milliseconds. */
export type LegEvent = EventBase & {
  kind: 'leg-recorded';
  /** The PBX's id of the leg, unique with `sequence`. */
  legId: string;
  sequence: number;
  linkedId: string;
  channel: string;
  destinationChannel: string;
  callerNumber: string;
  callerName: string;
  destination: string;
  context: string;
  lastApp: string;
  lastData: string;
  startedAtMs: number;
  answeredAtMs: number | null;
  endedAtMs: number;
  durationSeconds: number;
  billSeconds: number;
  disposition: string;
  accountCode: string;
  userField: string;
};

export type PbxEvent = CallEvent | MemberEvent | PbxWideEvent | LegEvent;

export const isCallEvent = (event: PbxEvent): event is CallEvent => 'callId' in event;
export const isMemberEvent = (event: PbxEvent): event is MemberEvent => 'member' in event;
