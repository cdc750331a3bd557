/**
 * What `GET /metrics` answers.
 *
 * In: the live view, the visits to count, a reading of the collector's health, display names. Out: the text, also
 * compressed. What must hold: everything of Queuescope's own is rendered in one synchronous pass, so that a scrape
 * shows one moment; several scrapers within a second share one text.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { LiveView } from '../live/live-view.js';
import { AgentSeries } from './agent-series.js';
import type { ExporterReading } from '../exports/exporter.js';
import type { SchedulesReading } from '../schedules/reading.js';
import { answersText, type AnswersSeen } from './answers.js';
import { exportsText } from './exports.js';
import { healthText, type HealthReading } from './health.js';
import { processMetrics } from './process-metrics.js';
import { schedulesText } from './schedules.js';
import { QueueSeries } from './queue-series.js';
import { type SeenVisit, VisitCounter } from './visit-counter.js';

const KEPT_MS = 1000;

const compress = promisify<string, { level: number }, Buffer>(gzip);

export interface MetricsOptions {
  live: LiveView;
  health: () => HealthReading;
  /** Off: no series per agent, only counts per queue. */
  perAgent: boolean;
  /** UTC ms. */
  clock: () => number;
  /** Left out: nothing is said of reports. */
  answers?: () => AnswersSeen;
  /** Left out: nothing is said of exports. */
  exports?: () => ExporterReading;
  /** Left out: nothing is said of schedules. */
  schedules?: () => SchedulesReading;
  queueName?: (pbx: string, queue: string) => string;
  agentName?: (pbx: string, agent: string) => string;
}

const ownId = (_pbx: string, id: string): string => id;

export class MetricsText {
  /** Takes the visits to count; its `tick` is called by each scrape too. */
  readonly visits: VisitCounter;
  readonly #options: MetricsOptions;
  readonly #queues = new QueueSeries();
  readonly #agents = new AgentSeries();
  readonly #lateVisits = new Map<string, number>();
  readonly #process = processMetrics();
  #text: { madeAt: number; text: Promise<string>; gzipped?: Promise<Buffer> } | null = null;

  constructor(options: MetricsOptions) {
    this.#options = options;
    this.visits = new VisitCounter(
      {
        count: (visit, nowMs) => this.#queues.count(visit, nowMs),
        leaveOut: ({ pbx }: SeenVisit) => this.#lateVisits.set(pbx, (this.#lateVisits.get(pbx) ?? 0) + 1),
      },
      options.clock,
    );
  }

  /** Text format 0.0.4 (`CONTENT_TYPE` in exposition.ts), at most a second old. */
  text(): Promise<string> {
    return this.#current().text;
  }

  /** The same for `Accept-Encoding: gzip`: megabytes of labels become a twentieth. */
  gzipped(): Promise<Buffer> {
    const current = this.#current();
    current.gzipped ??= current.text.then((text) => compress(text, { level: 1 }));
    return current.gzipped;
  }

  /** Queuescope's own families as of now: synchronous and not cached. */
  render(): string {
    const {
      live,
      health,
      perAgent,
      clock,
      answers,
      exports,
      schedules,
      queueName = ownId,
      agentName = ownId,
    } = this.#options;
    const nowMs = clock();
    this.visits.tick();
    live.tick(nowMs);
    return (
      this.#queues.render(live, nowMs, queueName) +
      (perAgent ? this.#agents.render(live, nowMs, agentName) : '') +
      healthText(health(), live, this.#lateVisits, nowMs) +
      (answers ? answersText(answers()) : '') +
      (exports ? exportsText(exports()) : '') +
      (schedules ? schedulesText(schedules()) : '')
    );
  }

  #current() {
    const nowMs = this.#options.clock();
    if (!this.#text || Math.abs(nowMs - this.#text.madeAt) >= KEPT_MS) {
      const own = this.render();
      this.#text = { madeAt: nowMs, text: this.#process().then((ofProcess) => own + ofProcess) };
    }
    return this.#text;
  }
}
