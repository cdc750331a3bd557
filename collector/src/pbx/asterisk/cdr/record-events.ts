/**
 * What a call record states: its leg and, of a caller in a queue, the remark in its `userfield`.
 *
 * In: a leg. Out: events. What must hold: `userfield` is free text, often the name of a recording; whether it is a tag
 * the configuration says, so it is kept as what it is: a remark.
 */
import type { LegEvent, PbxEvent } from '../../event.js';

/** Name of the remark, as dialplans write the function. */
const NOTE = 'CDR(userfield)';

export function recordEvents(leg: LegEvent): PbxEvent[] {
  if (leg.userField === '' || leg.lastApp !== 'Queue') return [leg];
  const { id, source, atUs, connection, ordinal } = leg;
  const base = { id: `${id}:userfield`, source, atUs, connection, ordinal };
  return [leg, { ...base, kind: 'call-note', callId: leg.legId, name: NOTE, data: [leg.userField] }];
}
