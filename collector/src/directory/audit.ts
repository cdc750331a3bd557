/**
 * Who took what out of the system, and who did what cannot be undone. In: an action. Out: the actions of a tenant,
 * newest first. What must hold: rows are only ever added.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.js';
import type { Actor } from './change-log.js';

export interface AuditEntry {
  id: number;
  /** UTC ms. */
  at: number;
  /** Name of the token; null: the collector itself. */
  by: string | null;
  /** Login of the user it acted for. */
  login: string | null;
  /** As `export.created`, `export.downloaded`. */
  action: string;
  /** What it was done to, as `visit 17`; null where nobody asks by it. */
  subject: string | null;
  detail: Record<string, unknown>;
}

export interface AuditFilter {
  /** UTC ms, `toMs` exclusive; null: open. */
  fromMs: number | null;
  toMs: number | null;
  /** All whose name begins so: `export` has `export.created` and `export.downloaded`. */
  action: string | null;
  subject: string | null;
  /** Login of a user, or name of a token that acted for itself. */
  user: string | null;
  /** Only ids below: the last one of the page before. */
  beforeId: number | null;
  limit: number;
}

/**
 * @param detail small and without secrets
 * @param subject what it was done to, where somebody will ask by it
 */
export async function recordAudit(
  db: Kysely<Database>,
  { tenantId, tokenId, user }: Actor,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  atMs: number,
  subject: string | null = null,
): Promise<void> {
  const login = user?.login ?? null;
  await db
    .insertInto('audit')
    .values({ at: atMs, tenantId, tokenId, login, action, subject, detail: JSON.stringify(detail) })
    .execute();
}

/** Newest first. */
export async function listAudit(
  db: Kysely<Database>,
  tenantId: number,
  { fromMs, toMs, action, subject, user, beforeId, limit }: AuditFilter,
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('token', 'token.id', 'audit.tokenId')
    .select([
      'audit.id',
      'audit.at',
      'token.name as by',
      'audit.login',
      'audit.action',
      'audit.subject',
      'audit.detail',
    ])
    .where('audit.tenantId', '=', tenantId)
    .$if(fromMs !== null, (query) => query.where('audit.at', '>=', fromMs ?? 0))
    .$if(toMs !== null, (query) => query.where('audit.at', '<', toMs ?? 0))
    .$if(action !== null, (query) =>
      query.where((eb) => eb(eb.fn('locate', [eb.val(action ?? ''), 'audit.action']), '=', 1)),
    )
    .$if(subject !== null, (query) => query.where('audit.subject', '=', subject))
    .$if(user !== null, (query) =>
      query.where((eb) => eb(eb.fn.coalesce('audit.login', 'token.name'), '=', user)),
    )
    .$if(beforeId !== null, (query) => query.where('audit.id', '<', beforeId ?? 0))
    .orderBy('audit.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ detail, ...row }) => ({
    ...row,
    detail: JSON.parse(detail) as Record<string, unknown>,
  }));
}
