/**
 * Saved reports: presets of the app, and what schedules send.
 *
 * In: specifications, the identity that asks. Out: saved reports. What must hold: everybody sees his own and the shared
 * ones of his tenant, admins all; whoever may not read a report, or filter by callers, does not see one saved with it;
 * one that a schedule sends stays; every change is in the log.
 */
import type { Kysely, Selectable, Transaction } from 'kysely';
import { recordChange } from '../directory/change-log.js';
import { ConflictError } from '../directory/errors.js';
import type { Masking } from '../directory/masking.js';
import { atLeast, type Identity } from '../directory/tokens.js';
import { CATALOG } from '../reports/catalog.js';
import type { Params } from '../reports/params.js';
import type { Database, SavedReportTable } from '../storage/schema.js';
import { inTransaction } from '../storage/transaction.js';
import { checkSavedReport } from './check-saved-report.js';
import { isOwn, isSameOwner, ownerOf } from './owner.js';
import { mayRead } from './may-read.js';
import type { RangeName } from './ranges.js';
import type { SavedReport, SavedReportSpec } from './schedule.js';

/** Per tenant: no list of them is ever too long to show. */
const MAX_SAVED_REPORTS = 2_000;

export interface SavedReportFilter {
  /** Null: of all reports. */
  report: string | null;
  /** Admins only: those of others that are not shared, too. */
  all: boolean;
}

export class SavedReports {
  readonly #db: Kysely<Database>;
  readonly #masking: Pick<Masking, 'modeOf'>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, masking: Pick<Masking, 'modeOf'>, now: () => number) {
    this.#db = db;
    this.#masking = masking;
    this.#now = now;
  }

  /** By name. */
  async list(identity: Identity, { report, all }: SavedReportFilter): Promise<SavedReport[]> {
    const isAll = all && atLeast(identity.role, 'admin');
    const rows = await selectSaved(this.#db)
      .where('savedReport.tenantId', '=', identity.tenantId)
      .$if(report !== null, (query) => query.where('savedReport.report', '=', report ?? ''))
      .$if(!isAll, (query) =>
        query.where((eb) => eb.or([eb('savedReport.shared', '=', 1), isOwn('savedReport', identity)])),
      )
      .orderBy('savedReport.name')
      .orderBy('savedReport.id')
      .execute();
    return rows.map(savedReportOf).filter((saved) => this.#isReadable(saved, identity));
  }

  /** Null: there is none of this id, or the identity does not see it. */
  async find(identity: Identity, id: number): Promise<SavedReport | null> {
    const saved = await findSaved(this.#db, identity.tenantId, id);
    if (saved === null || !this.#isReadable(saved, identity)) return null;
    const isSeen =
      saved.shared || atLeast(identity.role, 'admin') || isSameOwner(ownerOf(identity), saved.owner);
    return isSeen ? saved : null;
  }

  /** @returns its id. @throws ReportRequestError; ConflictError when there are too many */
  async create(identity: Identity, spec: SavedReportSpec): Promise<number> {
    const { tenantId } = identity;
    const nowMs = this.#now();
    await checkSavedReport(this.#db, spec, tenantId, nowMs);
    const { login, tokenId } = ownerOf(identity);
    return inTransaction(this.#db, async (trx) => {
      const { count } = await trx
        .selectFrom('savedReport')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('tenantId', '=', tenantId)
        .executeTakeFirstOrThrow();
      if (Number(count) >= MAX_SAVED_REPORTS)
        throw new ConflictError(`There are ${MAX_SAVED_REPORTS} saved reports already; remove some first.`);
      const { insertId } = await trx
        .insertInto('savedReport')
        .values({
          ...columnsOf(spec),
          ...{ tenantId, ownerLogin: login, ownerTokenId: tokenId, createdAt: nowMs, updatedAt: nowMs },
        })
        .executeTakeFirstOrThrow();
      await this.#record(trx, identity, 'created', null, spec);
      return Number(insertId);
    });
  }

  /**
   * The owner stays.
   * @throws ReportRequestError; ConflictError when it would be shared no more while others' schedules send it
   */
  async change(identity: Identity, saved: SavedReport, spec: SavedReportSpec): Promise<void> {
    await checkSavedReport(this.#db, spec, saved.tenantId, this.#now());
    await inTransaction(this.#db, async (trx) => {
      const others = (await schedulesOf(trx, saved.id)).filter(
        ({ owner }) => !isSameOwner(owner, saved.owner),
      );
      if (saved.shared && !spec.shared && others.length > 0)
        throw new ConflictError(`Schedules of others send it: ${namesOf(others)}. Remove these first.`);
      await trx
        .updateTable('savedReport')
        .set({ ...columnsOf(spec), updatedAt: this.#now() })
        .where('id', '=', saved.id)
        .execute();
      await this.#record(trx, identity, 'changed', saved, spec);
    });
  }

  /** @throws ConflictError when schedules send it */
  async remove(identity: Identity, saved: SavedReport): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const schedules = await schedulesOf(trx, saved.id);
      if (schedules.length > 0)
        throw new ConflictError(`Schedules send it: ${namesOf(schedules)}. Remove these first.`);
      await trx.deleteFrom('savedReport').where('id', '=', saved.id).execute();
      await this.#record(trx, identity, 'removed', saved, null);
    });
  }

  #isReadable({ report: name, params }: SavedReport, identity: Identity): boolean {
    const report = CATALOG.find((one) => one.name === name);
    return report !== undefined && mayRead(report, params, identity, this.#masking);
  }

  async #record(
    trx: Transaction<Database>,
    identity: Identity,
    action: string,
    before: SavedReportSpec | null,
    after: SavedReportSpec | null,
  ): Promise<void> {
    const subject = (after ?? before)?.name ?? '';
    const change = { kind: 'saved-report', subject, action };
    await recordChange(
      trx,
      identity,
      { ...change, oldValue: before && textOf(before), newValue: after && textOf(after) },
      this.#now(),
    );
  }
}

/** Of the tenant, whoever asks. */
export async function findSaved(
  db: Kysely<Database>,
  tenantId: number,
  id: number,
): Promise<SavedReport | null> {
  const row = await selectSaved(db)
    .where('savedReport.tenantId', '=', tenantId)
    .where('savedReport.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : savedReportOf(row);
}

const selectSaved = (db: Kysely<Database>) =>
  db
    .selectFrom('savedReport')
    .leftJoin('token', 'token.id', 'savedReport.ownerTokenId')
    .selectAll('savedReport')
    .select('token.name as ownerToken');

const savedReportOf = ({
  ownerLogin,
  ownerTokenId,
  params,
  relativeRange,
  zone,
  shared,
  ...row
}: Selectable<SavedReportTable> & { ownerToken: string | null }): SavedReport => ({
  ...row,
  owner: { login: ownerLogin, tokenId: ownerTokenId },
  params: JSON.parse(params) as Params,
  range: relativeRange as RangeName,
  tz: zone,
  shared: shared === 1,
});

const columnsOf = ({ name, report, params, range, tz, shared }: SavedReportSpec) => ({
  ...{ name: name.trim(), report, params: JSON.stringify(params) },
  ...{ relativeRange: range, zone: tz, shared: Number(shared) },
});

const schedulesOf = async (trx: Transaction<Database>, savedReportId: number) =>
  (
    await trx
      .selectFrom('schedule')
      .select(['name', 'ownerLogin', 'ownerTokenId'])
      .where('savedReportId', '=', savedReportId)
      .execute()
  ).map(({ name, ownerLogin, ownerTokenId }) => ({
    name,
    owner: { login: ownerLogin, tokenId: ownerTokenId },
  }));

const namesOf = (schedules: readonly { name: string }[]): string =>
  schedules.map(({ name }) => `"${name}"`).join(', ');

const textOf = ({ name, report, params, range, tz, shared }: SavedReportSpec): string =>
  JSON.stringify({ name, report, params, range, tz, shared });
