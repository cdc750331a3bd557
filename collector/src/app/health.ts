/**
 * How the collector does, for the API, the probes and the metrics.
 *
 * What must hold: asking never fails; what the database would say and cannot is said as its trouble.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { HealthSource } from '../api/deps.js';
import type { Health, Readiness } from '../api/resources/health-schema.js';
import type { JournalStatus } from '../api/resources/journal-schema.js';
import type { Config } from '../config/config.js';
import type { PbxSet } from '../connections/pbx-set.js';
import type { Projector } from '../facts/projector.js';
import type { Journal } from '../journal/journal.js';
import type { LiveView } from '../live/live-view.js';
import type { HealthReading } from '../metrics/health.js';
import { SOURCE_RANK } from '../pbx/event.js';
import { codedReason } from '../pbx/link-reason.js';
import type { RollupWorker } from '../rollups/worker.js';
import type { Database } from '../storage/schema.js';
import { countFailedMessages } from './failed-messages.js';
import type { SourceStates } from './source-states.js';

export interface HealthParts {
  config: Config;
  /** As they are now. */
  pbxs: Pick<PbxSet, 'all'>;
  version: string;
  db: Kysely<Database>;
  journal: Journal;
  projector: Projector;
  rollups: RollupWorker;
  live: LiveView;
  sources: SourceStates;
  liveSubscribers: () => number;
}

/** A lag beyond this is not as it should be. */
const LAG_SECONDS = 60;
const GAPS_SHOWN_MS = 24 * 3_600_000;
const READ_EVERY_MS = 10_000;

interface FromDatabase {
  up: boolean;
  message: string;
  failed: Map<string, number>;
  gaps: { pbx: string; source: string; from: number; to: number | null; reason: string }[];
  pbxs: Map<string, { logUntil: number | null; streamUntil: number | null; tenants: Set<number> }>;
}

export class HealthMonitor implements HealthSource {
  readonly #parts: HealthParts;
  readonly #startedAt = Date.now();
  #known: FromDatabase = {
    up: false,
    message: 'not asked yet',
    failed: new Map(),
    gaps: [],
    pbxs: new Map(),
  };

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  /** Keeps what the database knows at hand for the metrics. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#ask();
      await sleep(READ_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  backlog(): { records: number; seconds: number } {
    const { journal, projector } = this.#parts;
    const records = Math.max(0, journal.lastSeq - projector.status().position);
    const { newestUs } = journal.stats();
    const since = projector.status().behindSinceMs;
    return {
      records,
      seconds: records === 0 || newestUs === null || since === null ? 0 : (Date.now() - since) / 1000,
    };
  }

  journalStatus(): JournalStatus {
    const { journal, projector, config } = this.#parts;
    const stats = journal.stats();
    const backlog = this.backlog();
    return {
      firstSeq: journal.firstSeq,
      lastSeq: journal.lastSeq,
      projectedSeq: projector.status().position,
      backlogRecords: backlog.records,
      backlogSeconds: backlog.seconds,
      records: stats.records,
      bytes: stats.bytes,
      maxBytes: config.journal.maxBytes,
      segments: stats.segments,
      oldestAt: stats.oldestUs === null ? null : Math.floor(stats.oldestUs / 1000),
      newestAt: stats.newestUs === null ? null : Math.floor(stats.newestUs / 1000),
      lastError: stats.lastError ?? '',
      damages: stats.damages,
      failedMessages: sum(this.#known.failed.values()),
    };
  }

  async readiness(): Promise<Readiness> {
    await this.#ask();
    const { journal, projector } = this.#parts;
    const journalError = journal.stats().lastError ?? '';
    const projecting = projector.status().lastError === null;
    const checks = [
      // Anybody may ask: the server's own words (hosts, accounts) are told by /api/v1/health only.
      { name: 'database', ok: this.#known.up, message: this.#known.up ? '' : 'the database does not answer' },
      { name: 'journal', ok: journalError === '', message: journalError },
      {
        name: 'facts',
        ok: projecting,
        message: projecting ? '' : 'events wait in the journal for the database',
      },
    ];
    return { ready: checks.every((check) => check.ok), checks };
  }

  async health(tenantId: number): Promise<Health> {
    await this.#ask();
    const { version, journal, rollups, sources, live } = this.#parts;
    const backlog = this.backlog();
    const rollup = rollups.status();
    const failedMessages = sum(this.#known.failed.values());
    const journalMessage = journal.stats().lastError ?? '';
    const mine = new Set(
      [...this.#known.pbxs].filter(([, pbx]) => pbx.tenants.has(tenantId)).map(([name]) => name),
    );
    const shown = this.#parts.pbxs.all.filter((pbx) => mine.has(pbx.name) || !this.#known.pbxs.has(pbx.name));
    const lags = new Map([...live.pbxs].map((pbx) => [pbx.name, pbx.source.eventLagMs]));
    const pbxs = shown.map(({ name, dialect }) => ({
      pbx: name,
      dialect,
      sources: sources.all
        .filter((state) => state.pbx === name)
        .map(({ source, up, since, reason }) => {
          const known = this.#known.pbxs.get(name);
          const knownUntil = { log: known?.logUntil, stream: known?.streamUntil, record: null };
          const lagMs = SOURCE_RANK[source] === 'stream' ? (lags.get(name) ?? null) : null;
          return {
            source,
            link: up ? ('up' as const) : ('down' as const),
            since,
            reason,
            ...codedReason(reason),
            knownUntil: knownUntil[SOURCE_RANK[source]] ?? null,
            lagSeconds: lagMs === null ? null : lagMs / 1000,
          };
        }),
    }));
    const troubled =
      journalMessage !== '' ||
      failedMessages > 0 ||
      backlog.seconds > LAG_SECONDS ||
      rollup.lagSeconds > LAG_SECONDS ||
      pbxs.some((pbx) => pbx.sources.some((source) => source.link === 'down'));
    return {
      status: !this.#known.up ? 'down' : troubled ? 'degraded' : 'ok',
      version,
      startedAt: this.#startedAt,
      database: { up: this.#known.up, message: this.#known.message },
      journal: {
        backlogRecords: backlog.records,
        backlogSeconds: backlog.seconds,
        bytes: journal.stats().bytes,
        failedMessages,
        message: journalMessage,
      },
      rollups: { lagSeconds: rollup.lagSeconds, dirtyBuckets: rollup.dirtyBuckets },
      pbxs,
      gaps: this.#known.gaps
        .filter((gap) => mine.has(gap.pbx))
        .map((gap) => ({ ...gap, ...codedReason(gap.reason) })),
    };
  }

  /** For `/metrics`: never waits. */
  reading(): HealthReading {
    const { version, journal, sources, rollups, liveSubscribers } = this.#parts;
    const backlog = this.backlog();
    const gapSeconds = new Map<string, { pbx: string; source: string; seconds: number }>();
    for (const { pbx, source, from, to } of this.#known.gaps) {
      if ((to ?? Date.now()) < this.#startedAt) continue;
      const key = `${pbx}/${source}`;
      const known = gapSeconds.get(key) ?? { pbx, source, seconds: 0 };
      known.seconds += ((to ?? Date.now()) - Math.max(from, this.#startedAt)) / 1000;
      gapSeconds.set(key, known);
    }
    return {
      version,
      links: sources.all.map(({ pbx, source, up, connects }) => ({ pbx, source, up, connects })),
      messages: sources.all.map(({ pbx, source, accepted, rejected, failed }) => ({
        pbx,
        source,
        accepted,
        rejected,
        failed,
      })),
      heldMessages: [...this.#known.failed].map(([pbx, count]) => ({ pbx, count })),
      journals: [
        {
          journal: 'main',
          backlogRecords: backlog.records,
          backlogSeconds: backlog.seconds,
          sizeBytes: journal.stats().bytes,
        },
      ],
      rollup: rollups.status(),
      gaps: [...gapSeconds.values()],
      liveSubscribers: liveSubscribers(),
    };
  }

  async #ask(): Promise<void> {
    const { db } = this.#parts;
    try {
      const failed = await countFailedMessages(db);
      const gaps = await db
        .selectFrom('gap')
        .innerJoin('pbx', 'pbx.id', 'gap.pbxId')
        .select(['pbx.name as pbx', 'gap.source', 'fromAt as from', 'toAt as to', 'reason'])
        .where((eb) => eb.or([eb('toAt', 'is', null), eb('toAt', '>', Date.now() - GAPS_SHOWN_MS)]))
        .orderBy('fromAt')
        .execute();
      const rows = await db
        .selectFrom('pbx')
        .leftJoin('queue', 'queue.pbxId', 'pbx.id')
        .select(['pbx.name', 'logUntil', 'streamUntil', 'queue.tenantId'])
        .distinct()
        .execute();
      const pbxs: FromDatabase['pbxs'] = new Map();
      for (const { name, logUntil, streamUntil, tenantId } of rows) {
        const known = pbxs.get(name) ?? { logUntil, streamUntil, tenants: new Set<number>() };
        if (tenantId !== null) known.tenants.add(tenantId);
        pbxs.set(name, known);
      }
      this.#known = { up: true, message: '', failed, gaps, pbxs };
    } catch (error) {
      this.#known = {
        ...this.#known,
        up: false,
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
