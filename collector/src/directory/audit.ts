/**
 * Who took what out of the system. In: an action. Out: the actions of a tenant, newest first. What must hold: rows are
 * only ever added.
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
  /** As `export.created`, `export.downloaded`. */
  action: string;
  detail: Record<string, unknown>;
}

export async function recordAudit(
  db: Kysely<Database>,
  { tenantId, tokenId }: Actor,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  atMs: number,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at: atMs, tenantId, tokenId, action, detail: JSON.stringify(detail) })
    .execute();
}

/** @param beforeId only ids below: the last one of the page before */
export async function listAudit(
  db: Kysely<Database>,
  tenantId: number,
  { beforeId, limit }: { beforeId: number | null; limit: number },
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('token', 'token.id', 'audit.tokenId')
    .select(['audit.id', 'audit.at', 'token.name as by', 'audit.action', 'audit.detail'])
    .where('audit.tenantId', '=', tenantId)
    .$if(beforeId !== null, (query) => query.where('audit.id', '<', beforeId ?? 0))
    .orderBy('audit.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ detail, ...row }) => ({
    ...row,
    detail: JSON.parse(detail) as Record<string, unknown>,
  }));
}
