/**
 * The user behind a request that comes through Grafana (DECISIONS.md 21).
 *
 * In: the headers Grafana's proxy adds, and the identity of a token that may act for users. Out: the same identity with
 * the user and the lower of both roles. What must hold: nobody gets more than the token has; what cannot be understood
 * is refused, never taken for the token itself.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { atLeast, type Identity, type Role } from '../directory/tokens.js';
import { LOGIN_LENGTH, type User } from '../directory/user.js';
import { Problem } from './problem.js';

export const CONTEXT_HEADER = 'X-Grafana-Context';
export const ID_HEADER = 'X-Grafana-Id';

/** Who the user is according to Grafana's signature. */
export interface SignedUser extends User {
  /** Role in the organization, as Grafana writes it. */
  role: string;
  orgId: number;
}

/** Checks an identity token of Grafana. @throws Problem 401 saying what is wrong with it, 503 when it cannot be checked */
export type VerifyUser = (idToken: string) => Promise<SignedUser>;

/** What we read of Grafana's JSON (its `SignedInUser`). */
const Context = Type.Object({
  Login: Type.String({ maxLength: LOGIN_LENGTH }),
  Name: Type.Optional(Type.String({ maxLength: 1000 })),
  OrgID: Type.Optional(Type.Integer()),
  OrgRole: Type.Optional(Type.String()),
  IsGrafanaAdmin: Type.Optional(Type.Boolean()),
  IsAnonymous: Type.Optional(Type.Boolean()),
});
type Context = Static<typeof Context>;

const ROLES: Readonly<Record<string, Role>> = { Viewer: 'viewer', Editor: 'editor', Admin: 'admin' };

/**
 * @param verify null: Grafana's word is trusted because only it has the token
 * @returns `identity` itself without Grafana's headers
 * @throws Problem 400 or 401 naming the header, 403 for a user without a role
 */
export async function actingFor(
  identity: Identity,
  headers: IncomingHttpHeaders,
  verify: VerifyUser | null,
): Promise<Identity> {
  if (!identity.actsForUsers) return identity;
  const context = contextOf(headers);
  const idToken = textOf(headers, ID_HEADER);
  if (verify !== null && (context !== null || idToken !== null)) {
    return withUser(identity, await signedUser(context, idToken, verify));
  }
  return context === null ? identity : withUser(identity, userOf(context));
}

interface Claimed extends User {
  role: Role | undefined;
}

function withUser(identity: Identity, { login, name, role }: Claimed): Identity {
  if (role === undefined) {
    throw new Problem(403, `the user "${login}" has no role in this organization of Grafana`);
  }
  const user = { login, name: name === '' ? login : name };
  return { ...identity, user, role: atLeast(identity.role, role) ? role : identity.role };
}

function userOf(context: Context): Claimed {
  const isAnonymous = context.IsAnonymous === true || context.Login === '';
  const login = isAnonymous ? 'anonymous' : context.Login;
  const role = context.IsGrafanaAdmin === true ? 'admin' : ROLES[context.OrgRole ?? ''];
  return { login, name: context.Name ?? '', role };
}

async function signedUser(
  context: Context | null,
  idToken: string | null,
  verify: VerifyUser,
): Promise<Claimed> {
  if (idToken === null) {
    throw refused(401, ID_HEADER, 'is missing; Grafana 12 and later send it, or set grafana.verify to false');
  }
  const { role, orgId, ...user } = await verify(idToken);
  // Grafana does not remove the header of a client when it has none itself: it must at least fit what Grafana says.
  if (context?.OrgID !== undefined && context.OrgID !== orgId) {
    throw refused(401, ID_HEADER, `is for the organization ${orgId}, the request for ${context.OrgID}`);
  }
  if (context !== null && context.Login !== user.login) {
    throw refused(401, ID_HEADER, `is of another user than ${CONTEXT_HEADER}`);
  }
  return { ...user, role: ROLES[role] };
}

function contextOf(headers: IncomingHttpHeaders): Context | null {
  const text = textOf(headers, CONTEXT_HEADER);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused(400, CONTEXT_HEADER, 'is no JSON');
  }
  const [error] = Value.Errors(Context, value);
  if (error === undefined) return Value.Parse(Context, value);
  const at = error.instancePath.slice(1);
  throw refused(400, CONTEXT_HEADER, at === '' ? error.message : `${at}: ${error.message}`);
}

/** A header as text: Node reads bytes as Latin-1, Grafana writes UTF-8. Null without the header. */
function textOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return null;
  if (typeof value !== 'string') throw refused(400, name, 'is given more than once');
  return Buffer.from(value, 'latin1').toString('utf8');
}

export const refused = (status: 400 | 401, field: string, message: string): Problem =>
  new Problem(status, `${field} ${message}`, { errors: [{ field, message }] });
