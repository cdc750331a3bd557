/**
 * What the projection of a FreeSWITCH remembers between messages: plain JSON, stored with the journal position.
 *
 * What must hold: it grows with the calls and agents there are now, never with those there were; a new Core-UUID (the
 * switch was started anew) empties it but for what the module keeps: nothing.
 */

/** The part of an event that an event made of it later carries. */
export interface Moment {
  atUs: number;
  id: string;
  connection: string;
  ordinal: number;
}

export interface Presence {
  loggedIn: boolean;
  /** Reason of the pause; null: ready for calls. */
  pause: string | null;
}

export interface AgentMemory {
  /** `Available`, `Available (On Demand)`, `On Break`, `Logged Out`; undefined: not heard of yet. */
  status?: string;
  /** `Idle` is not offered calls, whatever the status (FREESWITCH-EVENTS.md, surprise 5). */
  state?: string;
  /** When the presence that follows from both began. */
  loginAt?: Moment;
  pausedAt?: Moment;
  /** While tiers were never listed: every change of presence, for queues that are heard of later. */
  history?: { moment: Moment; presence: Presence }[];
  /** Queues of his tiers, listed or seen by an offer. */
  queues: string[];
  /** Levels of those tiers, as far as listed. */
  levels?: Record<string, number>;
  wrapUpSeconds?: number;
  /** Of his contact, as in `FreeSwitchState.phones`. */
  phones?: string[];
  /** A standing line is in use all day: it says nothing of the agent. */
  isStandby?: true;
}

export interface MemberMemory {
  session: string;
  queue: string;
  joinedUs: number;
  waiting: boolean;
  /** Who talks with him, where only a listing told. */
  agent?: string;
}

/** A channel of an agent that talks with a caller of a queue. */
export interface LegMemory {
  session: string;
  queue: string;
  visitKey: string;
  agent: string;
  /** The queue released the agent (`callcenter_break`), and the two talk on: the leg's own end ends the talk. */
  released?: true;
}

/** Who takes calls of a fifo: a channel of an agent. */
export interface ConsumerMemory {
  /** The module's id of a member it calls, else the agent's name. */
  agent: string;
  /** He hung up at the end of a talk. */
  hungUp?: true;
}

/** Of a SIP user an agent's contact dials. */
export interface Registration {
  callId: string;
  /** As the phone gave it; '' where only a listing told. */
  contact: string;
  /** When it has surely ended, if its end was not heard. */
  untilUs: number;
}

export interface FreeSwitchState {
  core: string;
  /** The start of this core was told. */
  startTold: boolean;
  agents: Record<string, AgentMemory>;
  /** By member UUID: those whose channel still lives. */
  members: Record<string, MemberMemory>;
  /** Callers' channels → the members they were. */
  sessions: Record<string, string[]>;
  legs: Record<string, LegMemory>;
  /** mod_fifo: consumers' channels, and whom it rings for a caller's channel. */
  consumers: Record<string, ConsumerMemory>;
  rings: Record<string, string[]>;
  /** Presence ids and channel names of agents' phones → the agent. */
  phones: Record<string, string>;
  /** SIP users among these who were seen registered → their registrations; none: they were once. */
  registrations: Record<string, Registration[]>;
  /** Channels in use by agents → the agent. */
  busy: Record<string, string>;
  /** Queues listed. */
  queues: string[];
  /** Agents and tiers together say who is a member of what. */
  agentsListed: boolean;
  tiersListed: boolean;
  /** What the last listings say of memberships was told to all of them that are connected. */
  membershipTold: boolean;
}

export const emptyState = (core = ''): FreeSwitchState => ({
  core,
  startTold: false,
  agents: {},
  members: {},
  sessions: {},
  legs: {},
  consumers: {},
  rings: {},
  phones: {},
  registrations: {},
  busy: {},
  queues: [],
  agentsListed: false,
  tiersListed: false,
  membershipTold: false,
});
