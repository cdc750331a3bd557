/**
 * The talk of a caller with an agent as mod_callcenter tells it: joined, on hold, over. For the module every end is the
 * same (`bridge-agent-end`, `member-queue-end` Terminated); who ended it, and that it was a transfer, only the channels
 * in these events say.
 */
import type { Happening } from '../model/happening.js';
import type { Call, Offer } from '../model/state.js';
import { hungUp, JOINING_US } from './call-legs.js';
import type { EslWriter } from './esl-writer.js';
import type { Header } from './event.js';
import type { Leg } from './leg.js';
import { seconds } from './naming.js';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

/** The module looks every 100 ms whether the agent's channel is gone. */
const NOTICED_AFTER_US = 20_000;

export function tellConnect(writer: EslWriter, { call, offer, lost, waiting }: Of<'connected'>): void {
  const { caller, agent } = writer.legs.talking(call, offer);
  const alone: Leg = {
    ...agent,
    callUuid: agent.uuid,
    bridgedUs: 0,
    transferSource: undefined,
    other: undefined,
  };
  writer.channel('CHANNEL_ANSWER', { ...alone, stage: 'pickedUp' });
  writer.info('bridge-agent-start', {
    about: writer.aboutQueue(call),
    headers: [
      ...writer.agentHeaders(offer),
      ['CC-Agent-UUID', agent.uuid],
      ['CC-Agent-Called-Time', seconds(offer.startedAtUs)],
      ['CC-Agent-Answered-Time', seconds(call.connectedAtUs)],
      ['CC-Member-Joined-Time', seconds(call.enteredAtUs)],
      ...writer.memberHeaders(call),
    ],
    channel: { ...alone, stage: 'awaitsBridge' },
  });
  for (const other of lost)
    writer.hangup(hungUp(writer.legs.agent(call, other), writer.atUs, 'LOSE_RACE', 'send_cancel'));
  for (const other of lost) writer.offerFailed(call, other, 'LOSE_RACE');
  // Who is answered is still counted as waiting, and no other count follows.
  writer.membersCount(call.queue, waiting + 1);
  writer.later(JOINING_US);
  writer.bridge('CHANNEL_BRIDGE', caller, agent.uuid);
  writer.agentPhase(offer.agent, 'In a queue call');
  const row = writer.row(offer.agent);
  Object.assign(row, { uuid: agent.uuid, lastBridgeStart: seconds(call.connectedAtUs) });
  row.callsAnswered += 1;
  const counters = writer.state.queues[call.queue];
  if (counters) counters.answered += 1;
}

export function tellHold(writer: EslWriter, { kind, call, offer }: Of<'held' | 'resumed'>): void {
  const { agent } = writer.legs.talking(call, offer);
  if (kind === 'held') writer.channel('CHANNEL_HOLD', { ...agent, stage: 'held' });
  else writer.channel('CHANNEL_UNHOLD', { ...agent, stage: 'unheld' });
}

/** One of the two hung up. */
export function tellTalkEnd(writer: EslWriter, { by, call, offer }: Of<'completed'>): void {
  const { caller, agent } = writer.legs.talking(call, offer);
  const [callerSaid, agentSaid] = by === 'caller' ? ['recv_bye', 'send_bye'] : ['send_bye', 'recv_bye'];
  const agentGone = hungUp(agent, writer.atUs, 'NORMAL_CLEARING', agentSaid);
  const callerGone = hungUp(caller, writer.atUs, 'NORMAL_CLEARING', callerSaid);
  writer.hangup(agentGone);
  writer.bridge('CHANNEL_UNBRIDGE', by === 'caller' ? callerGone : caller, agent.uuid);
  writer.hangup(callerGone);
  tellVisitEnd(writer, call, offer, agentGone, callerGone);
}

/** What the module says when the agent's channel is gone, wherever the caller is. */
export function tellVisitEnd(writer: EslWriter, call: Call, offer: Offer, agent: Leg, caller: Leg): void {
  writer.later(NOTICED_AFTER_US);
  const row = writer.row(offer.agent);
  const now = seconds(writer.atUs);
  const called: Header = ['CC-Agent-Called-Time', seconds(offer.startedAtUs)];
  const answered: Header = ['CC-Agent-Answered-Time', seconds(call.connectedAtUs)];
  const joined: Header = ['CC-Member-Joined-Time', seconds(call.enteredAtUs)];
  writer.info('bridge-agent-end', {
    about: writer.aboutQueue(call),
    headers: [
      ['CC-Hangup-Cause', 'SUCCESS'],
      ...writer.agentHeaders(offer),
      ['CC-Agent-UUID', agent.uuid],
      ['CC-Agent-Bridged', 'true'],
      called,
      answered,
      joined,
      ['CC-Bridge-Terminated-Time', now],
      ...writer.memberHeaders(call),
    ],
    channel: agent,
  });
  writer.info('member-queue-end', {
    about: writer.aboutQueue(call),
    headers: [
      ['CC-Hangup-Cause', 'SUCCESS'],
      ['CC-Cause', 'Terminated'],
      ...writer.agentHeaders(offer),
      ['CC-Agent-UUID', agent.uuid],
      called,
      answered,
      ['CC-Member-Leaving-Time', now],
      joined,
      ...writer.memberHeaders(call),
    ],
    channel: caller,
  });
  Object.assign(row, { uuid: '', lastBridgeEnd: now });
  row.talkSeconds += now - row.lastBridgeStart;
  writer.agentPhase(offer.agent, 'Waiting');
}
