/**
 * A journey as lanes of bars: one lane for the caller in queues, one for each agent, in the order they came in.
 *
 * In: a journey and the time up to which what is open lasts. Out: lanes, and the span they lie in (UTC ms). What must hold:
 * pure; what has no known begin or end is not drawn as if it had; a hold lies over its talk, never in place of it.
 */
import type { Journey, JourneyEvent, JourneyOffer, JourneyVisit } from './types';

export type BarKind = 'wait' | 'ring' | 'talk' | 'hold' | 'wrapUp';

export interface Bar {
  kind: BarKind;
  /** UTC ms. */
  from: number;
  to: number;
  /** Still lasts. */
  open: boolean;
  visit: JourneyVisit;
  /** Of a ring. */
  offer?: JourneyOffer;
}

export interface Lane {
  kind: 'queue' | 'agent';
  /** The PBX's name; with `kind` the key of the lane. */
  name: string;
  label: string;
  bars: Bar[];
}

export interface Timeline {
  from: number;
  to: number;
  lanes: Lane[];
}

/** A journey of an instant still has a width. */
const SHORTEST_MS = 1000;

export function journeyTimeline(journey: Journey, nowMs: number): Timeline {
  const lanes = new Map<string, Lane>();
  const add = (kind: Lane['kind'], name: string, label: string, bar: Bar) => {
    const key = `${kind} ${name}`;
    const lane = lanes.get(key) ?? { kind, name, label, bars: [] };
    lanes.set(key, { ...lane, bars: [...lane.bars, bar] });
  };
  for (const visit of journey.visits) {
    const open = visit.endedAt === null;
    const waitEnd = visit.answeredAt ?? visit.endedAt;
    add('queue', visit.queue, visit.queueName || visit.queue, {
      kind: 'wait',
      from: visit.enteredAt,
      to: waitEnd ?? nowMs,
      open: waitEnd === null,
      visit,
    });
    for (const offer of visit.offers) {
      const bar = ringBar(visit, offer, nowMs);
      if (bar) {
        add('agent', offer.agent, offer.agentName || offer.agent, bar);
      }
    }
    if (visit.agent !== null && visit.answeredAt !== null) {
      const label = visit.agentName || visit.agent;
      const talkEnd = talkEndOf(visit) ?? nowMs;
      const talk: Bar = { kind: 'talk', from: visit.answeredAt, to: talkEnd, open, visit };
      add('agent', visit.agent, label, talk);
      for (const hold of holdBars(journey.events, talk)) {
        add('agent', visit.agent, label, hold);
      }
      if (!open && visit.wrapUpMs) {
        add('agent', visit.agent, label, {
          kind: 'wrapUp',
          from: talkEnd,
          to: talkEnd + visit.wrapUpMs,
          open: false,
          visit,
        });
      }
    }
  }
  return { ...spanOf(journey, [...lanes.values()]), lanes: [...lanes.values()] };
}

/** The end the PBX reports, or the later real one of the agent's part (DECISIONS 10: a transfer the queue did not see). */
function talkEndOf({ answeredAt, agentTalkMs, talkMs, endedAt }: JourneyVisit): number | null {
  const measured = agentTalkMs ?? talkMs;
  return answeredAt !== null && measured !== null ? answeredAt + measured : endedAt;
}

function ringBar(visit: JourneyVisit, offer: JourneyOffer, nowMs: number): Bar | null {
  const from =
    offer.offeredAt ??
    (offer.endedAt !== null && offer.ringMs !== null ? offer.endedAt - offer.ringMs : null);
  if (from === null) {
    return null;
  }
  const open = offer.result === null && offer.endedAt === null;
  const to = offer.endedAt ?? (offer.ringMs !== null ? from + offer.ringMs : open ? nowMs : from);
  return { kind: 'ring', from, to, open, visit, offer };
}

function holdBars(events: JourneyEvent[], talk: Bar): Bar[] {
  const bars: Bar[] = [];
  let since: number | null = null;
  const close = (to: number, open: boolean) => {
    if (since !== null && to > since) {
      bars.push({ kind: 'hold', from: since, to, open, visit: talk.visit });
    }
    since = null;
  };
  for (const { kind, agent, queue, atUs } of events) {
    const at = atUs / 1000;
    const ours = agent === talk.visit.agent && queue === talk.visit.queue && at >= talk.from && at <= talk.to;
    if (ours && kind === 'hold-started') {
      since ??= at;
    } else if (ours && kind === 'hold-ended') {
      close(at, false);
    }
  }
  close(talk.to, talk.open);
  return bars;
}

function spanOf(journey: Journey, lanes: Lane[]): { from: number; to: number } {
  const bars = lanes.flatMap((lane) => lane.bars);
  const from = Math.min(journey.startedAt ?? Infinity, ...bars.map((bar) => bar.from));
  const to = Math.max(journey.endedAt ?? -Infinity, ...bars.map((bar) => bar.to));
  return { from, to: Math.max(to, from + SHORTEST_MS) };
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
const MOST_TICKS = 10;

/** @returns seconds from the begin at which to draw a line, at round distances, at most ten. */
export function ticksOf({ from, to }: Pick<Timeline, 'from' | 'to'>): number[] {
  const seconds = (to - from) / 1000;
  const step =
    STEPS_S.find((candidate) => seconds / candidate <= MOST_TICKS) ?? Math.ceil(seconds / MOST_TICKS);
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}
