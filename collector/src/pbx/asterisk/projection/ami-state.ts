/**
 * What must be remembered between AMI messages to know what the next one means: which channel belongs to which queue
 * call, and on whose side. Plain JSON (it is stored with the journal position), forgotten as channels end.
 */

/** A channel that is up. */
export interface Channel {
  /** The extension it first asked for: the number dialled. */
  did?: string;
  /** When it began; unknown where only its end was seen coming. */
  startedAtUs?: number;
  /** The other half of a Local channel. */
  peer?: string;
  /** When somebody asked for its end (HangupRequest, SoftHangupRequest), µs. */
  hangupAskedUs?: number;
}

/** A channel on an agent's side of a queue call. */
export interface AgentLeg {
  callId: string;
  queue: string;
  agent: string;
  interface: string;
  /** The channel whose end is the end of the agent's part: the one the queue called, or the one that took its place. */
  primary: boolean;
  /** DialEnd ANSWER came. */
  answered?: true;
  /** What became of the ringing was said already. */
  ended?: true;
}

/** A caller in a queue, or talking to the agent the queue found. */
export interface OpenVisit {
  queue: string;
  state: 'waiting' | 'connected' | 'left';
  enteredAtUs: number;
  /** QueueCallerAbandon came: the caller is leaving without an agent. */
  leaving?: { waitSeconds?: number; position?: number; originalPosition?: number };
  /** An agent hung up before being joined, this long into the visit (µs since the epoch). */
  dumpedAtUs?: number;
  /** Set when connected. */
  connectedAtUs?: number;
  agent?: string;
  interface?: string;
  offerId?: string;
  waitSeconds?: number;
}

/** A QueueStatus or CoreShowChannels answer while it comes in. */
export interface Listing {
  queues: string[];
  members: {
    queue: string;
    name: string;
    interface: string;
    paused: boolean;
    reason: string;
    penalty?: number;
    loginAt?: number;
    pausedAt?: number;
    status: number;
  }[];
  entries: {
    callId: string;
    queue: string;
    position: number;
    waitSeconds: number;
    number: string;
    name: string;
  }[];
  channels: { callId: string; name: string; application: string; data: string; bridge: string }[];
}

export interface AmiState {
  channels: Record<string, Channel>;
  legs: Record<string, AgentLeg>;
  /** By caller channel; the last visit last. */
  visits: Record<string, OpenVisit[]>;
  /** Interfaces whose phone is not free. */
  devices: Record<string, 'inUse' | 'unavailable'>;
  /** By connection and action. */
  listings: Record<string, Listing>;
  /** Interface → member name, from the last full listing: CoreShowChannels names agents by channel only. */
  listedAgents: Record<string, string>;
  /** True once the stream has shown a QUEUESTATUS: then its absence says something too. */
  tellsQueueStatus: boolean;
}

export const emptyAmiState = (): AmiState => ({
  channels: {},
  legs: {},
  visits: {},
  devices: {},
  listings: {},
  listedAgents: {},
  tellsQueueStatus: false,
});

export const emptyListing = (): Listing => ({ queues: [], members: [], entries: [], channels: [] });
