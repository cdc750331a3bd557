/**
 * UUIDs of a simulated FreeSWITCH. What must hold: they follow from the site's seed, its start and the model's own numbers,
 * so that a simulator that goes on from a stored state names the same call as before.
 */

/** What is named: each kind has its own numbers. */
const KINDS = {
  core: 1,
  caller: 2,
  member: 3,
  agent: 4,
  phone: 5,
  colleague: 6,
  transfer: 7,
  job: 8,
} as const;

export type UuidKind = keyof typeof KINDS;

/** Sets apart what sites of one seed name that began at different times. */
export const namespaceOf = ({ seed, startedAtUs }: { seed: number; startedAtUs: number }): number =>
  (seed ^ scatter(Math.floor(startedAtUs / 1000) >>> 0)) >>> 0;

/** A UUID of the shape of version 4. */
export function uuidOf(namespace: number, kind: UuidKind, serial: number, visit = 0): string {
  let state = (namespace ^ Math.imul(KINDS[kind], 0x9e3779b1)) >>> 0;
  let text = '';
  for (const part of [serial, Math.floor(serial / 0x1_0000_0000), visit, 0]) {
    state = scatter((state + Math.imul(part + 1, 0x85ebca6b)) >>> 0);
    text += state.toString(16).padStart(8, '0');
  }
  // The four words depend on what came before them; a second round lets the first depend on the visit.
  const first = scatter((state ^ Number.parseInt(text.slice(0, 8), 16)) >>> 0)
    .toString(16)
    .padStart(8, '0');
  const variant = '89ab'.charAt(state & 3);
  return `${first}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}

/** The finisher of MurmurHash3 (public domain): every bit of the input moves half of the output's. */
function scatter(value: number): number {
  let word = value;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
