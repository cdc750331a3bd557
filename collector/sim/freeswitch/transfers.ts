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
import { ticked } from './naming.js';
import { tellVisitEnd } from './talks.js';

type Transferred = Extract<Happening, { kind: 'transferred' }>;

/** The agent puts the caller on hold and calls a colleague, who answers. */
export function tellConsult(writer: EslWriter, call: Call, offer: Offer): void {
  const { agent } = writer.legs.talking(call, offer);
  const { phone, colleague } = consultation(writer, call, offer);
  writer.channel('CHANNEL_CREATE', { ...phone, stage: 'created', answeredUs: 0 });
  const called: Leg = { ...colleague, stage: 'created', answeredUs: 0, progressUs: 0, other: phone };
  writer.channel('CHANNEL_CREATE', called);
  writer.channel('CHANNEL_ORIGINATE', called);
  writer.channel('CHANNEL_PROGRESS', { ...colleague, stage: 'ringing', answeredUs: 0, other: phone });
  writer.channel('CHANNEL_HOLD', { ...agent, stage: 'held' });
  writer.later(JOINING_US);
  writer.channel('CHANNEL_ANSWER', { ...colleague, stage: 'pickedUp', other: phone });
  writer.channel('CHANNEL_ANSWER', { ...phone, stage: 'answers' });
  writer.bridge('CHANNEL_BRIDGE', { ...phone, stage: 'inDialplan', other: colleague }, colleague.uuid);
}

export function tellTransfer(writer: EslWriter, happening: Transferred): void {
  if (happening.attended) tellAttended(writer, happening);
  else tellBlind(writer, happening);
}

/** The call is over that was not ended by an agent's or a waiting caller's hanging up. */
export function tellEnd(writer: EslWriter, call: Call): void {
  const colleague = colleagueOf(writer, call);
  const caller = writer.legs.caller(call);
  const callerGone = hungUp(caller, writer.atUs, 'NORMAL_CLEARING', 'recv_bye');
  if (colleague) {
    const talking: Leg = { ...colleague, stage: 'talks', callUuid: caller.uuid };
    writer.hangup(hungUp({ ...talking, other: caller }, writer.atUs, 'NORMAL_CLEARING', 'send_bye'));
    writer.bridge('CHANNEL_UNBRIDGE', { ...callerGone, other: talking }, colleague.uuid);
  }
  writer.hangup(callerGone);
}

function tellAttended(writer: EslWriter, { call, offer }: Transferred): void {
  const { caller, agent } = writer.legs.talking(call, offer);
  const { phone, colleague } = consultation(writer, call, offer);
  const asked: Leg = { ...phone, stage: 'inDialplan', other: colleague };
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
  writer.bridge('CHANNEL_BRIDGE', { ...passedOn, bridgedUs: writer.atUs }, colleague.uuid);
}

/** A colleague answers at once: how long a phone rings that is none of the queue's is nobody's matter here. */
function tellBlind(writer: EslWriter, { call, offer, extension }: Transferred): void {
  const { caller, agent } = writer.legs.talking(call, offer);
  const referred: readonly Header[] = [
    ['variable_transfer_to', `blind:${caller.uuid}`],
    ['variable_transfer_destination', `blind:${extension}`],
  ];
  const told: Leg = { ...agent, variables: [...agent.variables, ...referred] };
  const agentGone = hungUp(told, writer.atUs, 'NORMAL_CLEARING', 'send_bye');
  const sent: Leg = {
    ...caller,
    destination: extension,
    bridgedUs: 0,
    transferSource: writer.legs.sentTo(call, writer.atUs, extension),
    other: undefined,
  };
  writer.hangup(agentGone);
  writer.bridge('CHANNEL_UNBRIDGE', sent, agent.uuid);
  const colleague = colleagueOf(writer, call);
  if (colleague) {
    const called: Leg = { ...colleague, stage: 'created', answeredUs: 0, progressUs: 0, other: sent };
    writer.channel('CHANNEL_CREATE', called);
    writer.channel('CHANNEL_ORIGINATE', called);
  }
  tellVisitEnd(writer, call, offer, agentGone, { ...sent, stage: 'inDialplan' });
  if (!colleague) return;
  writer.channel('CHANNEL_ANSWER', { ...colleague, stage: 'pickedUp', other: sent });
  writer.bridge(
    'CHANNEL_BRIDGE',
    { ...sent, stage: 'inDialplan', bridgedUs: writer.atUs, other: colleague },
    colleague.uuid,
  );
}

function consultation(writer: EslWriter, call: Call, offer: Offer): { phone: Leg; colleague: Leg } {
  const { extension = '', startedAtUs = 0 } = call.consult ?? {};
  const answeredUs = ticked(startedAtUs) + JOINING_US;
  return {
    phone: { ...writer.legs.phone(call, offer), answeredUs },
    colleague: { ...writer.legs.colleague(call, extension, startedAtUs), answeredUs },
  };
}

/** To whom the caller was passed on, if it was to a person. */
function colleagueOf(writer: EslWriter, call: Call): Leg | undefined {
  if (!call.taken) return undefined;
  if (call.consult) return consultation(writer, call, call.taken).colleague;
  const { ending } = call;
  if (ending.kind !== 'blind' || ending.toQueue !== undefined) return undefined;
  const sinceUs = call.connectedAtUs;
  return {
    ...writer.legs.colleague(call, ending.extension, sinceUs),
    answeredUs: ticked(sinceUs) + JOINING_US,
  };
}
