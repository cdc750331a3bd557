/**
 * The one clock of the sources: when a message was received.
 *
 * Out: microseconds since the epoch. `Date.now()` knows milliseconds only, so the steady clock (hrtime) counts on from
 * an anchor; when the two drift apart (NTP, a suspended machine, a clock set by hand) the wall clock wins.
 */

const TOLERANCE_US = 10_000;

let wallAnchorUs = Date.now() * 1000;
let steadyAnchorNs = process.hrtime.bigint();

/** Microseconds since the epoch (UTC). */
export function nowUs(): number {
  const steadyNs = process.hrtime.bigint();
  const estimateUs = wallAnchorUs + Number((steadyNs - steadyAnchorNs) / 1000n);
  const wallUs = Date.now() * 1000;
  if (Math.abs(estimateUs - wallUs) <= TOLERANCE_US) return estimateUs;
  wallAnchorUs = wallUs;
  steadyAnchorNs = steadyNs;
  return wallUs;
}
