/**
 * Callers passed on by their agent, blind (REFER) or after asking, and how their calls end. The module knows nothing of
 * it; the agent's channel says it (`variable_transfer_to`).
 */
import type { Happening } from '../model/happening.js';
import type { Call, Offer } from '../model/state.js';
import { hungUp, JOINING_US } from './call-legs.js';
import type { EslWriter } from './esl-writer.js';
import type { Header } from './event.js';
import type { Leg } from './leg.js';
import { tellVisitEnd } from './talks.js';

type Transferred = Extract<Happening, { kind: 'transferred' }>;

/** The agent puts the caller on hold and calls a colleague, who answers. */
export function tellConsult(writer: EslWriter, call: Call, offer: Offer): void {
  const { agent } = writer.legs.talking(call, offer);
  const { phone, colleague } = writer.legs.consultation(call, offer);
  const asking: Leg = { ...phone, stage: 'created', callee: '', answeredUs: 0 };
  const called: Leg = { ...colleague, stage: 'created', answeredUs: 0, progressUs: 0, other: asking };
  writer.channel('CHANNEL_CREATE', asking);
  writer.channel('CHANNEL_CREATE', called);
  writer.channel('CHANNEL_ORIGINATE', called);
  writer.channel('CHANNEL_PROGRESS', { ...colleague, stage: 'ringing', answeredUs: 0, other: asking });
  writer.channel('CHANNEL_HOLD', { ...agent, stage: 'held' });
  writer.channel('CHANNEL_PROGRESS', { ...phone, stage: 'ringsBack', answeredUs: 0 });
  writer.later(JOINING_US);
  writer.channel('CHANNEL_ANSWER', { ...colleague, stage: 'pickedUp', other: asking });
  writer.channel('CHANNEL_ANSWER', { ...phone, stage: 'answers' });
  writer.bridge('CHANNEL_BRIDGE', { ...phone, other: colleague }, colleague.uuid);
}

export function tellTransfer(writer: EslWriter, happening: Transferred): void {
  if (happening.attended) tellAttended(writer, happening);
  else tellBlind(writer, happening);
}

/** The call is over that was not ended by an agent's or a waiting caller's hanging up. */
export function tellEnd(writer: EslWriter, call: Call): void {
  const talk = writer.legs.passedOn(call);
  const gone = hungUp(talk?.caller ?? writer.legs.caller(call), writer.atUs, 'NORMAL_CLEARING', 'recv_bye');
  if (talk) {
    writer.hangup(hungUp(talk.colleague, writer.atUs, 'NORMAL_CLEARING', 'send_bye'));
    writer.bridge('CHANNEL_UNBRIDGE', gone, talk.colleague.uuid);
  }
  writer.hangup(gone);
}

function tellAttended(writer: EslWriter, { call, offer }: Transferred): void {
  const { caller, agent } = writer.legs.talking(call, offer);
  const { phone, colleague } = writer.legs.consultation(call, offer);
  const asked: Leg = { ...phone, other: colleague };
  const told: Leg = {
    ...agent,
    variables: [...agent.variables, ['variable_transfer_to', `att:${colleague.uuid}`]],
  };
  writer.bridge('CHANNEL_UNBRIDGE', asked, colleague.uuid);
  writer.hangup(hungUp(asked, writer.atUs, 'NORMAL_CLEARING', 'send_bye'));
  writer.channel('CHANNEL_UNHOLD', { ...told, stage: 'unheld' });
  const agentGone = hungUp(told, writer.atUs, 'NORMAL_CLEARING', 'recv_bye');
  writer.hangup(agentGone);
  const passedOn: Leg = { ...caller, bridgedUs: 0, other: colleague };
  writer.bridge('CHANNEL_UNBRIDGE', passedOn, agent.uuid);
  tellVisitEnd(writer, call, offer, agentGone, passedOn);
  const talk = writer.legs.passedOn(call);
  if (!talk) return;
  writer.later(talk.caller.bridgedUs - writer.atUs);
  writer.bridge('CHANNEL_BRIDGE', talk.caller, talk.colleague.uuid);
}

/** A colleague answers at once: how long a phone rings that is none of the queue's is nobody's matter here. */
function tellBlind(writer: EslWriter, { call, offer, extension }: Transferred): void {
  const { agent } = writer.legs.talking(call, offer);
  const sent = writer.legs.sent(call, offer, extension);
  const referred: readonly Header[] = [
    ['variable_transfer_to', `blind:${sent.uuid}`],
    ['variable_transfer_destination', `blind:${extension}`],
  ];
  const told: Leg = { ...agent, variables: [...agent.variables, ...referred], other: sent };
  const agentGone = hungUp(told, writer.atUs, 'NORMAL_CLEARING', 'send_bye');
  writer.hangup(agentGone);
  writer.bridge('CHANNEL_UNBRIDGE', sent, agent.uuid);
  const talk = writer.legs.passedOn(call);
  const ringing: Leg | undefined = talk && { ...talk.colleague, answeredUs: 0, bridgedUs: 0, other: sent };
  if (ringing) {
    writer.channel('CHANNEL_CREATE', { ...ringing, stage: 'created', progressUs: 0 });
    writer.channel('CHANNEL_ORIGINATE', { ...ringing, stage: 'created', progressUs: 0 });
    writer.channel('CHANNEL_PROGRESS', { ...ringing, stage: 'ringing' });
  }
  tellVisitEnd(writer, call, offer, agentGone, { ...sent, stage: 'inDialplan' });
  if (!talk) return;
  writer.later(talk.caller.bridgedUs - writer.atUs);
  writer.channel('CHANNEL_ANSWER', { ...talk.colleague, stage: 'pickedUp', bridgedUs: 0, other: sent });
  writer.bridge('CHANNEL_BRIDGE', talk.caller, talk.colleague.uuid);
}
