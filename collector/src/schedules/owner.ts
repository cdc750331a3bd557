/**
 * Whose a saved report or schedule is: of the user a token acts for, else of the token.
 *
 * What must hold: a user stays the owner through whichever token he comes; editors change their own ones, admins all
 * of their tenant.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { atLeast, type Identity } from '../directory/tokens.js';

export interface Owner {
  /** Login of the user; null: the token itself. */
  login: string | null;
  /** The token it was made with. */
  tokenId: number | null;
}

export const ownerOf = ({ tokenId, user }: Identity): Owner => ({ login: user?.login ?? null, tokenId });

/** @returns true for the same person, or the same token acting for itself */
export const isSameOwner = (a: Owner, b: Owner): boolean =>
  a.login === null ? b.login === null && a.tokenId === b.tokenId : a.login === b.login;

export const mayChange = (identity: Identity, owner: Owner): boolean =>
  atLeast(identity.role, 'admin') || isSameOwner(ownerOf(identity), owner);

/** The same in SQL, for the rows of one's own. */
export function isOwn(table: 'savedReport' | 'schedule', identity: Identity): RawBuilder<SqlBool> {
  const { login, tokenId } = ownerOf(identity);
  const ownerLogin = sql.ref(`${table}.ownerLogin`);
  return login === null
    ? sql`(${ownerLogin} is null and ${sql.ref(`${table}.ownerTokenId`)} = ${tokenId})`
    : sql`${ownerLogin} = ${login}`;
}
