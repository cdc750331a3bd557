/**
 * Whether a call came from outside, went outside, or stayed inside: Asterisk's CDR does not say.
 *
 * In: the rules of one PBX and a leg's channels and context. Out: its direction. What must hold: the first rule whose
 * patterns all match wins; no rule, no guess (`unknown`).
 */
import { matchesPattern } from './pattern.js';
import type { CallDirection } from './schema.js';

export interface DirectionRule {
  channel: string;
  destinationChannel: string;
  context: string;
  direction: CallDirection;
}

/** What of a leg (pbx/event.ts `LegEvent`) decides. */
export interface DirectedLeg {
  channel: string;
  destinationChannel: string;
  context: string;
}

export function callDirection(rules: readonly DirectionRule[], leg: DirectedLeg): CallDirection | 'unknown' {
  const rule = rules.find(
    (r) =>
      matchesPattern(r.channel, leg.channel) &&
      matchesPattern(r.destinationChannel, leg.destinationChannel) &&
      matchesPattern(r.context, leg.context),
  );
  return rule?.direction ?? 'unknown';
}
