/**
 * From the first call of a caller that nobody answered to the call in which somebody spoke to him: one episode.
 *
 * In: what happened with one caller, in order of time. Out: episodes. Pure. What must hold: each lost contact is in
 * exactly one episode; an episode ends with the first talk after it, whoever called; what happens before anything was
 * lost does not count.
 */

export type CallerEvent =
  | { kind: 'lost'; atMs: number; queueId: number; outcome: string; waitSeconds: number | null }
  /** The caller called and got through. */
  | { kind: 'returned'; atMs: number }
  /** We called; `answered` when somebody took it. */
  | { kind: 'called'; atMs: number; answered: boolean };

export interface Episode {
  firstLostMs: number;
  lastLostMs: number;
  lostContacts: number;
  /** Of the last lost contact. */
  queueId: number;
  outcome: string;
  longestWaitSeconds: number | null;
  /** Calls we made to the caller, up to and with the one that was answered. */
  callBacks: number;
  reachedMs: number | null;
  state: EpisodeState;
}

export const EPISODE_STATES = ['unreached', 'returned', 'calledBack'] as const;
export type EpisodeState = (typeof EPISODE_STATES)[number];

/** @param events in order of time */
export function episodesOf(events: readonly CallerEvent[]): Episode[] {
  const episodes: Episode[] = [];
  let open: Episode | null = null;
  for (const event of events) {
    if (event.kind === 'lost') {
      if (open === null) episodes.push((open = begin(event)));
      addLost(open, event);
      continue;
    }
    if (open === null) continue;
    if (event.kind === 'called') open.callBacks++;
    if (event.kind === 'called' && !event.answered) continue;
    open.reachedMs = event.atMs;
    open.state = event.kind === 'called' ? 'calledBack' : 'returned';
    open = null;
  }
  return episodes;
}

type Lost = Extract<CallerEvent, { kind: 'lost' }>;

const begin = ({ atMs, queueId, outcome }: Lost): Episode => ({
  firstLostMs: atMs,
  lastLostMs: atMs,
  lostContacts: 0,
  queueId,
  outcome,
  longestWaitSeconds: null,
  callBacks: 0,
  reachedMs: null,
  state: 'unreached',
});

function addLost(episode: Episode, { atMs, queueId, outcome, waitSeconds }: Lost): void {
  episode.lostContacts++;
  episode.lastLostMs = atMs;
  episode.queueId = queueId;
  episode.outcome = outcome;
  if (waitSeconds !== null) {
    episode.longestWaitSeconds = Math.max(episode.longestWaitSeconds ?? 0, waitSeconds);
  }
}
