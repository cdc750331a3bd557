/**
 * The rule by which addresses of one phone are known as one: `PJSIP/101`, `SIP/101`, `Local/101@from-queue/n` and `101`
 * all have the number 101.
 *
 * What must hold: only numbers are compared, since words are names of trunks as often as of phones; a FreeSWITCH
 * `1001@domain` keeps its domain, which may be another tenant's.
 */

const ADDRESS = /^(?:(?:PJSIP|SIP|IAX2|SCCP|Agent)\/(\d+)|Local\/(\d+)@.*|(?:user\/)?(\d+(?:@[\w.-]+)?))$/i;

/** @returns the number of an address; null when it is a name, a trunk or a line of hardware */
export function numberOf(address: string): string | null {
  const match = ADDRESS.exec(address);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}
