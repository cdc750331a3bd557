/**
 * Who changed what of directory and payouts, when, from what to what.
 *
 * In: a change, within the transaction that makes it. Out: the changes of a tenant, newest first. What must hold: no
 * change without its row; rows are only ever added.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import type { User } from './user.js';

/** Who acts, for whom. `Identity` of a request is one. */
export interface Actor {
  tenantId: number;
  /** Null: the collector itself. */
  tokenId: number | null;
  /** The user the token acts for. */
  user?: Pick<User, 'login'> | null;
}

export interface Change {
  /** What it is about, as `queue`, `alias`, `payout-rate`. */
  kind: string;
  /** Which one, in words: `hq sales`. */
  subject: string;
  /** What was done, as `name`, `removed`, `locked`. */
  action: string;
  /** Before and after; null: nothing. */
  oldValue: string | null;
  newValue: string | null;
}

export interface RecordedChange extends Change {
  id: number;
  /** UTC ms. */
  at: number;
  tokenId: number | null;
  /** Name of the token; null: the collector itself. */
  by: string | null;
  /** Login of the user it acted for. */
  login: string | null;
}

export interface ChangeFilter {
  kind: string | null;
  /** Part of the subject. */
  search: string | null;
  /** Only ids below: the last one of the page before. */
  beforeId: number | null;
  limit: number;
}

const SUBJECT_LENGTH = 190;

/** @param trx the transaction of the change itself */
export async function recordChange(
  trx: Kysely<Database>,
  { tenantId, tokenId, user }: Actor,
  change: Change,
  atMs: number,
): Promise<void> {
  const subject = change.subject.slice(0, SUBJECT_LENGTH);
  await trx
    .insertInto('changeLog')
    .values({ ...change, subject, tenantId, tokenId, login: user?.login ?? null, at: atMs })
    .execute();
}

/** Newest first. */
export async function listChanges(
  db: Kysely<Database>,
  tenantId: number,
  { kind, search, beforeId, limit }: ChangeFilter,
): Promise<RecordedChange[]> {
  return db
    .selectFrom('changeLog')
    .leftJoin('token', 'token.id', 'changeLog.tokenId')
    .select([
      'changeLog.id',
      'changeLog.at',
      'changeLog.tokenId',
      'token.name as by',
      'changeLog.login',
      'changeLog.kind',
      'changeLog.subject',
      'changeLog.action',
      'changeLog.oldValue',
      'changeLog.newValue',
    ])
    .where('changeLog.tenantId', '=', tenantId)
    .$if(kind !== null, (query) => query.where('changeLog.kind', '=', kind ?? ''))
    .$if(search !== null, (query) =>
      query.where((eb) => eb(eb.fn('locate', [eb.val(search ?? ''), 'changeLog.subject']), '>', 0)),
    )
    .$if(beforeId !== null, (query) => query.where('changeLog.id', '<', beforeId ?? 0))
    .orderBy('changeLog.id', 'desc')
    .limit(limit)
    .execute();
}
