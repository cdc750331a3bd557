/**
 * What happens on a simulated site, in the words of a call center. The model tells these in order of time; a
 * translator (`../asterisk/`, `../freeswitch/`) says them in a PBX's protocol.
 *
 * A happening refers to the live state (`call`, `agent`), which is as of that moment only while it is being told: who
 * listens reads it at once and keeps nothing.
 */
import type { Call, Offer } from './state.js';

export type Happening = { atUs: number } & HappeningBody;

export type HappeningBody =
  | { kind: 'pbx-started' }
  | { kind: 'call-started'; call: Call }
  /** The caller's channel is gone, where `left` (abandoned) and `completed` have not said so already. */
  | { kind: 'call-ended'; call: Call }
  | { kind: 'entered'; call: Call; waiting: number }
  | { kind: 'offered'; call: Call; offer: Offer }
  /** `putAway`: one too many; the PBX puts the agent on a break (told next, as `paused`). */
  | { kind: 'not-answered'; call: Call; offer: Offer; ringMs: number; putAway: boolean }
  /** The phone was busy: it never rang. */
  | { kind: 'refused'; call: Call; offer: Offer; ringMs: number }
  /** `lost`: other agents who rang for the same call. */
  | {
      kind: 'connected';
      call: Call;
      offer: Offer;
      lost: Offer[];
      position: number;
      waiting: number;
      holdSeconds: number;
      ringSeconds: number;
    }
  /** Left without an agent; `canceled` rang at that moment. */
  | {
      kind: 'left';
      how: LeftHow;
      call: Call;
      canceled: Offer[];
      position: number;
      waiting: number;
      waitSeconds: number;
    }
  | { kind: 'held' | 'resumed'; call: Call; offer: Offer }
  /** The agent asks a colleague before an attended transfer (`call.consult`). */
  | { kind: 'consulted'; call: Call; offer: Offer }
  | {
      kind: 'completed';
      by: 'agent' | 'caller';
      call: Call;
      offer: Offer;
      holdSeconds: number;
      talkSeconds: number;
    }
  | {
      kind: 'transferred';
      call: Call;
      offer: Offer;
      extension: string;
      context: string;
      attended: boolean;
      holdSeconds: number;
      talkSeconds: number;
    }
  | { kind: 'member-added' | 'member-removed'; agent: number; queue: number }
  /** `every`: asked for all queues of the agent at once; `queues` are the agent's, paused before or not. */
  | { kind: 'paused' | 'unpaused'; agent: number; queues: number[]; every: boolean; reason: string };

export type LeftHow =
  { kind: 'abandoned' | 'timedOut' | 'exitedEmpty' } | { kind: 'exitedByKey'; key: string };

export type Listener = (happening: Happening) => void;
