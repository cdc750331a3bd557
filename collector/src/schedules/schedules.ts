/**
 * Saved reports and schedules as the API uses them, and the scheduler that runs them.
 *
 * In: specifications and the identity that asks. Out: schedules with how they do, runs, previews. What must hold: what
 * is stored was checked as a whole; a schedule sends only what its owner may read.
 */
import { recordAudit } from '../directory/audit.js';
import { ConflictError } from '../directory/errors.js';
import type { Identity } from '../directory/tokens.js';
import { reportOf } from '../reports/reports.js';
import { ReportRequestError } from '../reports/request.js';
import type { Column } from '../reports/table.js';
import { checkSchedule } from './check-schedule.js';
import { mayRead } from './may-read.js';
import { ownerOf } from './owner.js';
import { tellsTotals } from './placeholders.js';
import { previewOf, type Preview } from './preview.js';
import { firstPage, prepareRun } from './prepare-run.js';
import { readSchedules, type ScheduleState } from './reading.js';
import { latestRuns, listRuns } from './run-history.js';
import { makeManualRun } from './make-runs.js';
import { SavedReports } from './saved-reports.js';
import { ScheduleStore } from './schedule-store.js';
import {
  RunRefusedError,
  type SavedReport,
  type Schedule,
  type ScheduleRun,
  type ScheduleSpec,
} from './schedule.js';
import { Scheduler, type SchedulerOptions } from './scheduler.js';

export interface ScheduleStatus extends Pick<ScheduleState, 'isFailed' | 'isLate'> {
  schedule: Schedule;
  lastRun: ScheduleRun | null;
}

/** @param secret of a webhook; undefined: the one there is stays */
export interface AskedSchedule {
  spec: ScheduleSpec;
  secret: string | undefined;
}

export class Schedules {
  readonly saved: SavedReports;
  readonly scheduler: Scheduler;
  readonly #options: SchedulerOptions;
  readonly #store: ScheduleStore;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.saved = new SavedReports(options.db, options.masking, options.now);
    this.scheduler = new Scheduler(options);
    this.#store = new ScheduleStore(options.db, options.secrets, options.now);
  }

  async list(identity: Identity): Promise<ScheduleStatus[]> {
    return this.#withStatus(await this.#store.list(identity));
  }

  /** Null: there is none of this id, or it is not the identity's to see. */
  async find(identity: Identity, id: number): Promise<Schedule | null> {
    return this.#store.find(identity, id);
  }

  async status(schedule: Schedule): Promise<ScheduleStatus> {
    const [status] = await this.#withStatus([schedule]);
    if (status === undefined) throw new Error(`schedule ${schedule.id} is gone`);
    return status;
  }

  /** @returns its id. @throws ReportRequestError naming every wrong field; ConflictError for a name that is taken */
  async create(identity: Identity, { spec, secret }: AskedSchedule): Promise<number> {
    await this.#check(identity, draftOf(identity, spec), secret !== undefined);
    return this.#store.create(identity, spec, secret ?? null);
  }

  /** @throws as `create` */
  async change(identity: Identity, before: Schedule, { spec, secret }: AskedSchedule): Promise<void> {
    const isWebhook = spec.delivery.kind === 'webhook';
    await this.#check(
      identity,
      { ...before, ...spec },
      secret !== undefined || (isWebhook && before.hasSecret),
    );
    // Kept while there is a webhook to sign for.
    await this.#store.change(identity, before, spec, secret ?? (isWebhook ? undefined : null));
  }

  async remove(identity: Identity, schedule: Schedule): Promise<void> {
    await this.#store.remove(identity, schedule);
  }

  async setPaused(identity: Identity, schedule: Schedule, paused: boolean): Promise<void> {
    await this.#store.setPaused(identity, schedule, paused);
  }

  /** Begins a run, also of a paused schedule. @throws ConflictError when one is under way that was begun so */
  async runNow(identity: Identity, schedule: Schedule): Promise<ScheduleRun> {
    const { db, now } = this.#options;
    const id = await makeManualRun(db, schedule, now());
    if (id === null)
      throw new ConflictError('A run that was started by hand is under way; wait until it has ended.');
    await recordAudit(db, identity, 'schedule.run', { schedule: schedule.id, run: id }, now());
    const [run] = await listRuns(db, schedule.id, id + 1, 1);
    if (run === undefined) throw new Error(`run ${id} is gone`);
    this.scheduler.wake();
    return run;
  }

  /** Newest first. */
  async runs(schedule: Schedule, beforeId: number | null, limit: number): Promise<ScheduleRun[]> {
    return listRuns(this.#options.db, schedule.id, beforeId, limit);
  }

  /** @throws ConflictError when it cannot run as it is; ReportRequestError */
  async preview(schedule: Schedule, signal: AbortSignal): Promise<Preview> {
    try {
      return await previewOf(schedule, this.#options, signal);
    } catch (error) {
      if (error instanceof RunRefusedError) throw new ConflictError(error.message, { cause: error });
      throw error;
    }
  }

  /** The same of one that is not stored. @throws ReportRequestError naming every wrong field */
  async previewDraft(
    identity: Identity,
    { spec, secret }: AskedSchedule,
    signal: AbortSignal,
  ): Promise<Preview> {
    const draft = draftOf(identity, spec);
    await this.#check(identity, draft, secret !== undefined);
    return this.preview(draft, signal);
  }

  async #withStatus(schedules: readonly Schedule[]): Promise<ScheduleStatus[]> {
    const { db, now } = this.#options;
    const ids = schedules.map(({ id }) => id);
    const states = new Map((await readSchedules(db, now(), ids)).map((state) => [state.id, state]));
    const runs = await latestRuns(db, ids);
    return schedules.map((schedule) => {
      const { isFailed = false, isLate = false } = states.get(schedule.id) ?? {};
      return { schedule, isFailed, isLate, lastRun: runs.get(schedule.id) ?? null };
    });
  }

  async #check(identity: Identity, schedule: Schedule, hasSecret: boolean): Promise<void> {
    const { places, now } = this.#options;
    const saved = await this.saved.find(identity, schedule.savedReportId);
    if (saved === null)
      throw wrongReport(`there is no saved report ${schedule.savedReportId}, or you may not read it`);
    const { masking } = this.#options;
    const owner = { tenant: schedule.tenant, role: schedule.ownerRole };
    if (!mayRead(reportOf(saved.report), saved.params, owner, masking))
      throw wrongReport(`the owner of the schedule (${schedule.ownerRole}) may not read this report`);
    const totals = await this.#totalsOf(schedule, saved);
    checkSchedule(schedule, { places, totals, hasSecret, nowMs: now() });
  }

  /** Columns of the report's totals; null without totals. */
  async #totalsOf(schedule: Schedule, saved: SavedReport): Promise<readonly Column[] | null> {
    const { condition, subject, text } = schedule;
    if (condition === null && !tellsTotals(subject) && !tellsTotals(text)) return null;
    const { db, masking, reports, now } = this.#options;
    const prepared = await prepareRun(db, masking, { ...schedule, isOwnerGone: false }, now());
    // A quarter of an hour tells which totals there are as well as a year, and at once.
    const params = {
      ...prepared.params,
      from: new Date(now() - 15 * 60_000).toISOString(),
      to: new Date(now()).toISOString(),
    };
    const probe = { ...prepared, saved, params };
    const { columns, totals } = await firstPage(probe, reports, masking, AbortSignal.timeout(30_000));
    return totals === null ? null : columns;
  }
}

const wrongReport = (message: string): ReportRequestError =>
  new ReportRequestError([{ field: 'savedReportId', message }]);

/** A schedule as it would be if the identity stored it. */
const draftOf = (identity: Identity, spec: ScheduleSpec): Schedule => ({
  ...spec,
  ...{ id: 0, tenantId: identity.tenantId, tenant: identity.tenant },
  ...{ owner: ownerOf(identity), ownerToken: null, isOwnerGone: false, ownerRole: identity.role },
  ...{ paused: false, nextRunAt: null, hasSecret: false, createdAt: 0, updatedAt: 0 },
});
