/**
 * The export jobs in the database. In: specifications, progress, ends. Out: jobs. What must hold: a job belongs to the
 * collector that has its file (`owner`), and changes state only from the states it may come from, so that a cancelled
 * one is never done after all.
 */
import type { Kysely, Selectable } from 'kysely';
import type { Actor } from '../directory/change-log.js';
import type { Database, ExportJobTable } from '../storage/schema.js';
import type { Contents } from './contents.js';
import type { ExportSpec } from './spec.js';

export interface ExportJob extends Omit<Selectable<ExportJobTable>, 'spec' | 'contents'> {
  spec: ExportSpec;
  /** What is in the file; null until it is done. */
  contents: Contents | null;
}

/** Whose jobs: all of the tenant, or of one token and the user it acts for. */
export interface JobScope {
  tenantId: number;
  tokenId: number | null;
  /** Of the user; null or absent: the token's own. Means nothing without a token. */
  login?: string | null;
}

export class JobStore {
  readonly #db: Kysely<Database>;
  readonly #owner: string;

  constructor(db: Kysely<Database>, owner: string) {
    this.#db = db;
    this.#owner = owner;
  }

  async create(spec: ExportSpec, { tenantId, tokenId, user }: Actor, nowMs: number): Promise<number> {
    const { insertId } = await this.#db
      .insertInto('exportJob')
      .values({
        owner: this.#owner,
        tenantId,
        tokenId,
        login: user?.login ?? null,
        spec: JSON.stringify(spec),
        report: spec.report,
        format: spec.format,
        state: 'queued',
        attempts: 0,
        rowsDone: 0,
        createdAt: nowMs,
        rowsTotal: null,
        bytes: null,
        contents: null,
        error: null,
        startedAt: null,
        finishedAt: null,
        expiresAt: null,
      })
      .executeTakeFirstOrThrow();
    return Number(insertId);
  }

  /** Null: there is none of this id in the scope. */
  async find(id: number, scope: JobScope): Promise<ExportJob | null> {
    const row = await this.#scoped(scope).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : jobOf(row);
  }

  /** Newest first. */
  async list(scope: JobScope, limit: number): Promise<ExportJob[]> {
    const rows = await this.#scoped(scope).orderBy('id', 'desc').limit(limit).execute();
    return rows.map(jobOf);
  }

  /** The oldest that waits. */
  async next(): Promise<ExportJob | null> {
    const row = await this.#own('queued').orderBy('id').limit(1).executeTakeFirst();
    return row === undefined ? null : jobOf(row);
  }

  /** Of a tenant, waiting or running. */
  async countUnfinished(tenantId: number): Promise<number> {
    const row = await this.#db
      .selectFrom('exportJob')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('tenantId', '=', tenantId)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  /** @returns false when it does not wait any more */
  async start(id: number, nowMs: number): Promise<boolean> {
    return this.#change(id, ['queued'], (set) =>
      set.set((eb) => ({
        state: 'running',
        startedAt: nowMs,
        attempts: eb('attempts', '+', 1),
        rowsDone: 0,
      })),
    );
  }

  async progress(id: number, rowsDone: number, rowsTotal: number | null): Promise<void> {
    await this.#change(id, ['running'], (set) => set.set({ rowsDone, rowsTotal }));
  }

  async done(
    id: number,
    contents: Contents,
    bytes: number,
    nowMs: number,
    expiresAt: number,
  ): Promise<boolean> {
    const rowsDone = contents.rows['main'] ?? 0;
    return this.#change(id, ['running'], (set) =>
      set.set({
        state: 'done',
        contents: JSON.stringify(contents),
        bytes,
        rowsDone,
        finishedAt: nowMs,
        expiresAt,
      }),
    );
  }

  async fail(id: number, error: string, nowMs: number): Promise<boolean> {
    return this.#change(id, ['queued', 'running'], (set) =>
      set.set({ state: 'failed', error, finishedAt: nowMs }),
    );
  }

  /** @returns false when it was over already */
  async cancel(id: number, nowMs: number): Promise<boolean> {
    return this.#change(id, ['queued', 'running'], (set) =>
      set.set({ state: 'canceled', finishedAt: nowMs }),
    );
  }

  async expire(id: number): Promise<boolean> {
    return this.#change(id, ['done'], (set) => set.set({ state: 'expired' }));
  }

  /** What a collector that ended left running waits again. */
  async requeue(): Promise<void> {
    await this.#db
      .updateTable('exportJob')
      .set({ state: 'queued' })
      .where('owner', '=', this.#owner)
      .where('state', '=', 'running')
      .execute();
  }

  async expired(nowMs: number): Promise<ExportJob[]> {
    return (await this.#own('done').where('expiresAt', '<=', nowMs).limit(1000).execute()).map(jobOf);
  }

  /** Forgets jobs that were over before. */
  async forget(beforeMs: number): Promise<void> {
    await this.#db
      .deleteFrom('exportJob')
      .where('owner', '=', this.#owner)
      .where('state', 'in', ['failed', 'canceled', 'expired'])
      .where('finishedAt', '<', beforeMs)
      .execute();
  }

  async waiting(): Promise<number> {
    const row = await this.#db
      .selectFrom('exportJob')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('owner', '=', this.#owner)
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  #own(state: ExportJobTable['state']) {
    return this.#db
      .selectFrom('exportJob')
      .selectAll()
      .where('owner', '=', this.#owner)
      .where('state', '=', state);
  }

  #scoped({ tenantId, tokenId, login = null }: JobScope) {
    return this.#db
      .selectFrom('exportJob')
      .selectAll()
      .where('tenantId', '=', tenantId)
      .$if(tokenId !== null, (query) =>
        query.where('tokenId', '=', tokenId).where('login', login === null ? 'is' : '=', login),
      );
  }

  async #change(
    id: number,
    from: readonly ExportJobTable['state'][],
    set: (query: ReturnType<typeof updateOf>) => ReturnType<typeof updateOf>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await set(updateOf(this.#db))
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

const updateOf = (db: Kysely<Database>) => db.updateTable('exportJob');

const jobOf = ({ spec, contents, ...row }: Selectable<ExportJobTable>): ExportJob => ({
  ...row,
  spec: JSON.parse(spec) as ExportSpec,
  contents: contents === null ? null : (JSON.parse(contents) as Contents),
});
