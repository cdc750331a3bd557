/**
 * The series of queues: counters and histograms of visits, gauges of the live state.
 *
 * In: visits to count, the live view to read at each scrape, display names. Out: text. What must hold: a queue the
 * live view knows has all its counters, from zero, before its first visit ends; a queue that vanishes from the live
 * view vanishes with all its series; one it never knew (log read late) stays for a day after its last visit.
 */
import type { LiveView } from '../live/live-view.js';
import { queueRow } from '../live/rows.js';
import { AGENT_STATES, type LiveQueueRow } from '../live/shape.js';
import type { OfferResult } from '../pbx/event.js';
import type { Outcome } from '../storage/schema.js';
import { QUEUE_COUNTERS, QUEUE_GAUGES } from './families.js';
import { InfoSeries } from './info-series.js';
import { type HistogramColumns, SeriesTable } from './series-table.js';
import type { SeenVisit } from './visit-counter.js';

/** The keys of a record that names each member of a union: complete, or it does not compile. */
const all = <T extends string>(members: Readonly<Record<T, true>>): readonly T[] =>
  Object.keys(members) as T[];

const OUTCOMES = all<Exclude<Outcome, 'waiting'>>({
  answered: true,
  abandoned: true,
  timedOut: true,
  exitedByKey: true,
  exitedEmpty: true,
  withdrawn: true,
  pulledOut: true,
  canceledAtConnect: true,
  interrupted: true,
});

const OFFER_RESULTS = all<OfferResult>({
  answered: true,
  noAnswer: true,
  busy: true,
  rejected: true,
  unavailable: true,
  canceled: true,
  lostRace: true,
  dumped: true,
});

/** Those whose waits are worth a histogram each. */
const WAIT_OUTCOMES: readonly Outcome[] = ['answered', 'abandoned'];

const DAY_MS = 86_400_000;

interface Known {
  readonly row: number;
  /** The live view had it at the last scrape. */
  live: boolean;
  countedAt: number;
}

export class QueueSeries {
  readonly #table = new SeriesTable(['pbx', 'queue']);
  readonly #known = new Map<string, Known>();
  readonly #info = new InfoSeries(QUEUE_GAUGES.info);

  readonly #visits = this.#table.addFamily(QUEUE_COUNTERS.visits, OUTCOMES);
  readonly #offers = this.#table.addFamily(QUEUE_COUNTERS.offers, OFFER_RESULTS);
  readonly #waits = this.#table.addHistogram(QUEUE_COUNTERS.wait, WAIT_OUTCOMES);
  readonly #talk = this.#table.addHistogram(QUEUE_COUNTERS.talk)[0];
  readonly #ring = this.#table.addHistogram(QUEUE_COUNTERS.ring)[0];
  /** Everything before is counted, everything from here on is read from the live view. */
  readonly #countedColumns = this.#table.width;
  readonly #waiting = this.#table.addFamily(QUEUE_GAUGES.waiting);
  readonly #longestWait = this.#table.addFamily(QUEUE_GAUGES.longestWait);
  readonly #callsInProgress = this.#table.addFamily(QUEUE_GAUGES.callsInProgress);
  readonly #agents = this.#table.addFamily(QUEUE_GAUGES.agents, AGENT_STATES);
  readonly #agentsLoggedIn = this.#table.addFamily(QUEUE_GAUGES.agentsLoggedIn);
  readonly #agentsReady = this.#table.addFamily(QUEUE_GAUGES.agentsReady);
  readonly #longestPause = this.#table.addFamily(QUEUE_GAUGES.longestPause);
  readonly #maxMisses = this.#table.addFamily(QUEUE_GAUGES.maxConsecutiveMisses);

  /** A visit that is final. */
  count(visit: SeenVisit, nowMs: number): void {
    if (visit.outcome === 'waiting') return;
    const known = this.#row(visit.pbx, visit.queue);
    const { row } = known;
    known.countedAt = nowMs;
    this.#table.increase(row, this.#visits + OUTCOMES.indexOf(visit.outcome), 1);
    OFFER_RESULTS.forEach((result, i) =>
      this.#table.increase(row, this.#offers + i, visit.offers[result] ?? 0),
    );
    this.#observe(row, this.#waits[WAIT_OUTCOMES.indexOf(visit.outcome)], visit.waitSeconds);
    if (visit.outcome !== 'answered') return;
    this.#observe(row, this.#talk, visit.talkSeconds);
    this.#observe(row, this.#ring, visit.ringSeconds);
  }

  /** The text of all families, the gauges as of `nowMs`. */
  render(live: LiveView, nowMs: number, displayName: (pbx: string, queue: string) => string): string {
    const seen = new Set<Known>();
    for (const pbx of live.pbxs) {
      for (const queue of pbx.floor.queues.values()) {
        const known = this.#row(pbx.name, queue.name);
        known.live = true;
        seen.add(known);
        this.#setGauges(known.row, queueRow(pbx, queue, nowMs));
        this.#info.set(pbx.name, queue.name, displayName(pbx.name, queue.name));
      }
    }
    for (const [key, known] of this.#known) {
      if (seen.has(known) || (!known.live && nowMs - known.countedAt < DAY_MS)) continue;
      this.#known.delete(key);
      this.#table.remove(key);
    }
    return this.#table.render() + this.#info.render();
  }

  #setGauges(row: number, queue: LiveQueueRow): void {
    this.#table.set(row, this.#waiting, queue.waiting);
    this.#table.set(row, this.#longestWait, queue.longestWaitMs / 1000);
    this.#table.set(row, this.#callsInProgress, queue.talking);
    AGENT_STATES.forEach((state, i) => this.#table.set(row, this.#agents + i, queue.agents[state]));
    this.#table.set(row, this.#agentsLoggedIn, queue.agents.loggedIn);
    this.#table.set(row, this.#agentsReady, queue.agents.ready);
    this.#table.set(row, this.#longestPause, queue.longestPauseMs / 1000);
    this.#table.set(row, this.#maxMisses, queue.maxMissesInARow);
  }

  #observe(row: number, columns: HistogramColumns | undefined, seconds: number | null): void {
    if (columns && seconds !== null) this.#table.observe(row, columns, seconds);
  }

  #row(pbx: string, queue: string): Known {
    const key = `${pbx}\0${queue}`;
    let known = this.#known.get(key);
    if (!known) {
      known = { row: this.#table.add(key, [pbx, queue]), live: false, countedAt: 0 };
      this.#known.set(key, known);
      this.#table.zero(known.row, 0, this.#countedColumns);
    }
    return known;
  }
}
