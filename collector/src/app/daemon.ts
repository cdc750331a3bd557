/**
 * `queuescope serve`: all parts wired together, started in the order of the data and stopped in the reverse.
 *
 * sources → journal → projector → rollups; beside them the live state, the API and the metrics.
 */
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { AnswerThreads } from '../answers/answer-threads.js';
import { Annotations } from '../annotations/annotations.js';
import { buildApi } from '../api/app.js';
import { GatedAnswers } from '../api/gated-answers.js';
import { grafanaIdVerifier } from '../api/grafana-id.js';
import { listAudit } from '../directory/audit.js';
import { Connections } from '../connections/connections.js';
import { PbxSet } from '../connections/pbx-set.js';
import { Directory } from '../directory/directory.js';
import { DisplayNames } from '../directory/display-names.js';
import { keepDirectoryCurrent } from '../directory/keep-current.js';
import { PreferenceStore } from '../directory/preferences.js';
import { TenantStore } from '../directory/tenants.js';
import { TokenStore } from '../directory/tokens.js';
import { OnlineDoctor } from '../doctor/online.js';
import { Exporter } from '../exports/exporter.js';
import { UnknownFailureError, skipFailure } from '../facts/failures.js';
import { COLLECTOR } from '../facts/gaps.js';
import { type Commit, Projector } from '../facts/projector.js';
import { openFileJournal } from '../journal/file-journal.js';
import type { Journal } from '../journal/journal.js';
import { loadJourney } from '../journey/load-journey.js';
import { LiveView } from '../live/live-view.js';
import { MetricsText } from '../metrics/metrics-text.js';
import type { SeenVisit } from '../metrics/visit-counter.js';
import { nowUs } from '../pbx/clock.js';
import type { RawMessage } from '../pbx/dialect.js';
import { encodeLink } from '../pbx/link.js';
import { Positions } from '../pbx/positions.js';
import { Payouts } from '../payouts/payouts.js';
import { loadScope } from '../reports/scope.js';
import { Recordings } from '../recordings/recordings.js';
import { createReports } from '../reports/reports.js';
import { RollupWorker } from '../rollups/worker.js';
import { makeFilesBy } from '../schedules/make-files.js';
import { Schedules } from '../schedules/schedules.js';
import { failedMessage, listFailedMessages } from './failed-messages.js';
import { followConnections } from './follow-connections.js';
import { HealthMonitor } from './health.js';
import { Horizons } from './horizons.js';
import { type Instance, connectionStore, directionOf, scheduleSecrets } from './instance.js';
import { runLiveFeed } from './live-feed.js';
import { SourceStates } from './source-states.js';
import { Sources, streams } from './sources.js';
import { TenantMap } from './tenant-map.js';

export interface Daemon {
  /** Where the API answers: `http://127.0.0.1:8080`. */
  url: string;
  /** The first admin token, the one time it is made. */
  firstToken: string | null;
  stop(): Promise<void>;
}

export const JOURNAL = 'main';
const RETAIN_EVERY_MS = 10 * 60_000;
const LIVE_TICK_MS = 1000;
/** How long a stop waits for what was received to become facts; the rest waits in the journal. */
const DRAIN_MS = 5000;

/** @throws what keeps the daemon from starting: the journal's lock, a taken port */
export async function startDaemon(instance: Instance, version: string): Promise<Daemon> {
  const { config, db, logger } = instance;
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const journal = await openJournal(instance);
    stops.push(() => journal.close());
    const pbxs = new PbxSet(config.pbxs);
    const dialectOf = (pbx: string) => pbxs.dialectOf(pbx);
    await sayWhatWasMissed(journal, instance);

    const states = new SourceStates(logger);
    const tenants = new TenantStore(db);
    const tenantMap = new TenantMap(tenants);
    await tenantMap.load();
    const live = new LiveView({
      tenantOf: (pbx, queue) => tenantMap.tenantOf(pbx, queue),
      wrapUpSeconds: (pbx, queue, atMs) => instance.queueSettings.at(pbx, queue, atMs).wrapUpSeconds,
    });

    let countVisits = (_visits: Commit['visits']): void => undefined;
    const projector = new Projector({
      db,
      journal,
      journalName: JOURNAL,
      dialectOf,
      settings: { ...instance.factSettings, direction: directionOf((name) => pbxs.of(name)) },
      logger,
      onCommitted: ({ visits }) => countVisits(visits),
      onFailure: ({ pbx, source }) => states.failed(pbx, source),
    });
    const rollups = new RollupWorker(db, {
      onError: (error) => logger.error({ err: error }, 'rollups could not be computed; they are tried again'),
    });
    let subscribers = (): number => 0;
    const sources = new Sources({
      ...{ journal, states, logger },
      positions: new Positions(path.join(config.dataDir, 'positions')),
      onGone: (name) => live.remove(name),
    });
    const health = new HealthMonitor({
      config,
      pbxs,
      version,
      db,
      journal,
      projector,
      rollups,
      live,
      sources: states,
      liveSubscribers: () => subscribers(),
    });
    const names = new DisplayNames();
    const metrics = new MetricsText({
      live,
      health: () => health.reading(),
      perAgent: config.metrics.perAgent,
      clock: Date.now,
      answers: () => ({ ...answers.reading(), threads: answerThreads.count }),
      exports: () => exports.reading(),
      schedules: () => schedules.scheduler.reading(),
      queueName: names.queue,
      agentName: names.agent,
    });
    countVisits = (visits) => {
      for (const { pbx, visit } of visits) metrics.visits.seen(seenVisit(pbx, visit));
    };

    const tokens = new TokenStore(db);
    const reports = createReports({ db, settings: instance.queueSettings });
    const answerThreads = new AnswerThreads({
      settings: {
        database: instance.databaseAddress,
        queueRules: config.queueRules,
        maskSecret: instance.masking.secret,
      },
      logger,
    });
    const answers = new GatedAnswers(answerThreads);
    const exports = new Exporter({
      db,
      address: instance.databaseAddress,
      queueRules: config.queueRules,
      maskSecret: instance.masking.secret,
      dataDir: config.dataDir,
      logger,
    });
    const schedules = new Schedules({
      ...{ db, reports, logger, masking: instance.masking, now: Date.now },
      makeFile: makeFilesBy(exports),
      isReady: () => health.backlog().records === 0,
      places: { smtp: config.smtp, schedules: config.schedules },
      secrets: await scheduleSecrets(config, db),
    });
    const connections = new Connections({
      ...{ db, pbxs, control: sources, zone: config.zones[0] },
      store: await connectionStore(config, db),
    });
    const counted = countedSubscriptions(live);
    subscribers = counted.count;
    const api = await buildApi({
      settings: {
        version,
        rateLimitPerMinute: config.http.rateLimitPerMinute,
        trustProxy: config.http.trustProxy,
        metricsToken: config.metrics.token?.reveal() ?? null,
      },
      zones: config.zones,
      preferences: new PreferenceStore(db),
      annotations: new Annotations({ db, settings: instance.queueSettings }),
      recordings: new Recordings(db, (name) => pbxs.of(name)?.recordings ?? null),
      doctor: new OnlineDoctor(db, (name) => pbxs.of(name)),
      connections,
      audit: (tenantId, filter) => listAudit(db, tenantId, filter),
      scopeOf: (tenantId, pbx) => loadScope(db, { tenantId, queues: null, agents: null, pbxs: [pbx] }),
      logger,
      answers,
      exports,
      journey: (contactId, tenantId) => loadJourney(db, contactId, tenantId),
      live: counted.live,
      masking: instance.masking,
      health,
      journal: {
        status: () => Promise.resolve(health.journalStatus()),
        errors: (filter) => listFailedMessages(db, filter),
        retry: async (id) => {
          if ((await failedMessage(db, id)) === null) return null;
          await projector.retry(id).catch(() => undefined); // the outcome stands in the message
          return failedMessage(db, id);
        },
        skip: async (id) => {
          await skipFailure(db, id).catch((error: unknown) => {
            if (!(error instanceof UnknownFailureError)) throw error;
          });
          return failedMessage(db, id);
        },
      },
      metrics,
      inboxOf: (pbx) => sources.inboxOf(pbx),
      verifyUser:
        config.grafana.verify && config.grafana.url !== null ? grafanaIdVerifier(config.grafana.url) : null,
      tokens,
      tenants,
      directory: new Directory(db, instance.factSettings),
      payouts: new Payouts(db),
      schedules,
    });
    await exports.start();
    stops.push(() => exports.stop());
    schedules.scheduler.start();
    stops.push(() => schedules.scheduler.stop());
    const firstToken = await tokens.ensureFirst();

    const projecting = new AbortController();
    const projected = projector.run(projecting.signal);
    projected.catch((error: unknown) =>
      logger.fatal({ err: error }, 'facts are no longer made: this is a bug'),
    );
    stops.push(async () => {
      const until = Date.now() + DRAIN_MS;
      while (
        projector.status().position < journal.lastSeq &&
        projector.status().lastError === null &&
        Date.now() < until
      ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      projecting.abort();
      await projected.catch(() => undefined);
    });
    rollups.start();
    stops.push(() => rollups.stop());
    stops.push(keepDirectoryCurrent(db, names, logger));
    const beside = new AbortController();
    const horizons = new Horizons({
      ...{ db, pbxs, sources: states },
      isCaughtUp: () => health.backlog().records === 0,
    });
    const running = [
      runLiveFeed({ journal, live, dialectOf, logger }, beside.signal),
      health.run(beside.signal),
      horizons.run(beside.signal),
      tenantMap.run(beside.signal),
      followConnections(connections, logger, beside.signal),
    ];
    const tick = setInterval(() => live.tick(Date.now()), LIVE_TICK_MS);
    const retain = setInterval(() => void retainJournal(journal, projector, instance), RETAIN_EVERY_MS);
    stops.push(async () => {
      clearInterval(tick);
      clearInterval(retain);
      beside.abort();
      await Promise.allSettled(running);
    });

    await api.listen({ host: config.http.host, port: config.http.port });
    stops.push(() => api.close());
    answerThreads.start();
    // Before the API: it waits for answers that are under way, and a report may take minutes.
    stops.push(() => answerThreads.stop());
    for (const pbx of pbxs.all) sources.start(pbx);
    stops.push(() => sources.stopAll());
    return { url: urlOf(api.server.address(), config.http.host), firstToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openJournal({ config, db, logger }: Instance): Promise<Journal> {
  const projected = await db
    .selectFrom('projection')
    .select('position')
    .where('journal', '=', JOURNAL)
    .executeTakeFirst();
  return openFileJournal({
    directory: path.join(config.dataDir, 'journal', JOURNAL),
    limitBytes: config.journal.maxBytes,
    ...(projected && { afterSeq: projected.position }),
    onDamage: (damage) =>
      logger.warn(damage, `the journal was damaged at ${damage.segment}, byte ${damage.offset}`),
    onBackgroundError: (error) => logger.warn({ err: error }, 'a journal segment could not be compressed'),
  });
}

/** A collector that was killed could not say that its links went down: it says so now, for the last moment it heard. */
async function sayWhatWasMissed(journal: Journal, { config }: Instance): Promise<void> {
  const { newestUs } = journal.stats();
  if (newestUs === null) return;
  const atUs = nowUs();
  await journal.append(
    config.pbxs.filter(streams).map((pbx): RawMessage => ({
      pbx: pbx.name,
      source: 'link',
      connection: COLLECTOR,
      ordinal: atUs,
      receivedUs: atUs,
      bytes: encodeLink({ type: 'down', reason: 'the collector was not running', atUs: newestUs }),
    })),
  );
}

async function retainJournal(
  journal: Journal,
  projector: Projector,
  { config, logger }: Instance,
): Promise<void> {
  try {
    const policy = {
      maxAgeMs: config.journal.retentionDays * 86_400_000,
      maxBytes: config.journal.retentionBytes,
    };
    const gone = await journal.retain(policy, projector.status().savedPosition);
    if (gone.segments > 0) logger.info(gone, 'old journal segments were removed');
  } catch (error) {
    logger.warn({ err: error }, 'old journal segments could not be removed');
  }
}

function seenVisit(pbx: string, { callId, seq, visit }: Commit['visits'][number]['visit']): SeenVisit {
  const offers: SeenVisit['offers'] = {};
  for (const { result } of visit.offers) if (result !== null) offers[result] = (offers[result] ?? 0) + 1;
  const { queue, outcome, waitSeconds, ringSeconds, talkSeconds, endedAt, logFinal } = visit;
  return {
    visitKey: `${pbx}/${callId}/${seq}`,
    pbx,
    queue,
    outcome,
    waitSeconds,
    ringSeconds,
    talkSeconds,
    endedAt,
    logFinal,
    offers,
  };
}

/** The live view, and how many look at it. */
function countedSubscriptions(live: LiveView): {
  live: Pick<LiveView, 'snapshot' | 'subscribe' | 'flush'>;
  count: () => number;
} {
  let count = 0;
  return {
    live: {
      snapshot: (viewer, nowMs) => live.snapshot(viewer, nowMs),
      flush: (nowMs) => live.flush(nowMs),
      subscribe: (viewer, listener) => {
        count++;
        const end = live.subscribe(viewer, listener);
        return () => {
          count--;
          end();
        };
      },
    },
    count: () => count,
  };
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}
