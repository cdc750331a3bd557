/** What can go wrong with the connection to a PBX. Every message names the PBX and, where there is one, the fix. */

/** The link could not be made, or broke. */
export class LinkError extends Error {
  override name = 'LinkError';
}

/** The PBX does not let us in: nothing changes by trying again at once. */
export class LoginError extends Error {
  override name = 'LoginError';
}
