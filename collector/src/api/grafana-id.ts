/**
 * Grafana's signed word of who asks: the identity token of `X-Grafana-Id`.
 *
 * In: the token (a JWT, ES256), the address of the Grafana whose keys sign it. Out: the user in it. What must hold:
 * without a valid signature of that Grafana nobody is anybody; keys are fetched at most once in 30 s and kept an hour.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from './problem.js';
import { ID_HEADER, refused, type SignedUser, type VerifyUser } from './users.js';

const KEYS_PATH = 'api/signing-keys/keys';
const KEEP_KEYS_MS = 3_600_000;
const FETCH_AGAIN_MS = 30_000;
const FETCH_TIMEOUT_MS = 5_000;
/** Clocks of two machines. */
const TOLERANCE_SECONDS = 30;

/** @param url of Grafana as the collector reaches it; a path of its own (`/grafana`) is kept */
export function grafanaIdVerifier(url: string): VerifyUser {
  const address = new URL(KEYS_PATH, url.endsWith('/') ? url : `${url}/`);
  const keys = createRemoteJWKSet(address, {
    cacheMaxAge: KEEP_KEYS_MS,
    cooldownDuration: FETCH_AGAIN_MS,
    timeoutDuration: FETCH_TIMEOUT_MS,
  });
  return async (idToken) => {
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        algorithms: ['ES256'],
        requiredClaims: ['exp', 'sub', 'aud'],
        clockTolerance: TOLERANCE_SECONDS,
      });
      return userOf(payload);
    } catch (error) {
      throw problemOf(error, address);
    }
  };
}

/** @throws Problem 401 naming what the token lacks */
function userOf(payload: JWTPayload): SignedUser {
  const { aud, username, displayName, role } = payload;
  const audience = typeof aud === 'string' ? aud : (aud?.[0] ?? '');
  const orgId = /^org:(\d+)$/.exec(audience)?.[1];
  if (orgId === undefined) throw refused(401, ID_HEADER, 'names no organization');
  if (typeof username !== 'string' || username === '') throw refused(401, ID_HEADER, 'names no user');
  if (typeof role !== 'string') throw refused(401, ID_HEADER, 'says no role; use grafana.verify: false');
  const name = typeof displayName === 'string' ? displayName : '';
  return { login: username, name, role, orgId: Number(orgId) };
}

function problemOf(error: unknown, address: URL): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return refused(401, ID_HEADER, 'has expired; reload the page');
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) {
    return refused(401, ID_HEADER, `is not signed by the Grafana at ${address.origin} (grafana.url)`);
  }
  const isAboutToken = error instanceof errors.JOSEError && !isAboutKeys(error);
  if (isAboutToken) return refused(401, ID_HEADER, `cannot be trusted: ${error.message}`);
  const why = error instanceof Error ? error.message : String(error);
  return new Problem(503, `The keys of Grafana cannot be read from ${address.href} (grafana.url): ${why}`, {
    headers: { 'retry-after': '30' },
  });
}

/** The keys could not be had: the library says so with its general error. */
const isAboutKeys = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === errors.JOSEError.code;
