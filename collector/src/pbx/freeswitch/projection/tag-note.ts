/**
 * The tag (wrap-up code) of a visit: what the dialplan or an agent's tool set on the caller's or the agent's channel.
 *
 * In: the variables of a channel that ended, from its event or its call record. Out: a remark on the visit they name; the
 * last one of the caller, since mod_callcenter overwrites the variables of the one before.
 */
import type { CallEventBody } from '../../event.js';

/** `set:queuescope_tag=complaint`, `uuid_setvar UUID queuescope_tag complaint`; several are separated by commas. */
export const TAG_VARIABLE = 'queuescope_tag';

export interface TagNote {
  callId: string;
  visitKey: string;
  body: Extract<CallEventBody, { kind: 'call-note' }>;
}

/** @param uuid of the channel; undefined when it carries no tag, or is no channel of a visit */
export function tagNote(variable: (name: string) => string | undefined, uuid: string): TagNote | undefined {
  const isAgent = variable('cc_side') === 'agent';
  const callId = isAgent ? variable('cc_member_session_uuid') : uuid;
  const [tag, visitKey, queue] = [variable(TAG_VARIABLE), variable('cc_member_uuid'), variable('cc_queue')];
  if (!tag || !callId || !visitKey || !queue) return undefined;
  return { callId, visitKey, body: { kind: 'call-note', name: TAG_VARIABLE, data: [tag], queue } };
}
