/**
 * What Asterisk's manager events mean, one after the other.
 *
 * In: decoded AMI messages of one PBX in the order of its connections, and the state the previous ones left. Out: the
 * events they state. What must hold: the same messages give the same events, whenever they are read; nothing is
 * concluded that Asterisk did not say, except where DECISIONS.md 7 allows it, and then it is marked `assumed`.
 *
 * Orders and pitfalls are those observed on real Asterisks (16 and 22): QueueCallerAbandon is sent for every way out
 * but the exit key; QueueCallerLeave for every way out and for answered calls too, before AgentConnect; AgentComplete
 * can come without any channel; a Local channel can be optimised away under a talking agent.
 */
import type { CallEventBody, EventBase, MemberEventBody, PbxEvent, UnansweredOutcome } from '../../event.js';
import { MessageError } from '../../dialect.js';
import {
  type AmiFields,
  callerId,
  channelVariable,
  defined,
  deviceState,
  integer,
  required,
} from './ami-fields.js';
import { applyListing } from './ami-listings.js';
import type { AgentLeg, AmiState, OpenVisit } from './ami-state.js';

/** QUEUESTATUS values of a caller who had entered (app_queue.c, set_queue_result()). */
const LEFT_BY_STATUS: Readonly<Record<string, UnansweredOutcome>> = {
  TIMEOUT: 'timedOut',
  LEAVEEMPTY: 'exitedEmpty',
  LEAVEUNAVAIL: 'exitedEmpty',
  WITHDRAW: 'withdrawn',
};

export class AmiProjection {
  readonly #state: AmiState;
  #out: PbxEvent[] = [];
  #base: EventBase | undefined;

  constructor(state: AmiState) {
    this.#state = state;
  }

  /**
   * @param name the event's name, or `''` for the answer to an action
   * @param base identity and time of this message
   * @throws MessageError when the message lacks what it must have; the state is then unchanged, since every header is
   * read before anything is remembered
   */
  apply(name: string, fields: AmiFields, base: EventBase): PbxEvent[] {
    this.#out = [];
    this.#base = base;
    this.#dispatch(name, fields);
    // One message can state several things: each needs an identity of its own, or all but one would be lost as repeats.
    for (const [index, event] of this.#out.entries()) if (index > 0) event.id += `/${index}`;
    return this.#out;
  }

  #dispatch(name: string, f: AmiFields): void {
    switch (name) {
      case 'Newchannel':
        return this.#newChannel(f);
      case 'LocalBridge':
        return this.#localBridge(f);
      case 'DialBegin':
        return this.#inheritLeg(f.get('Uniqueid'), f.get('DestUniqueid'));
      case 'DialEnd':
        return this.#dialEnd(f);
      case 'BridgeEnter':
        return this.#bridgeEnter(f);
      case 'HangupRequest':
      case 'SoftHangupRequest':
        return this.#hangupAsked(f);
      case 'Hangup':
        return this.#hangup(f);
      case 'QueueCallerJoin':
        return this.#join(f);
      case 'QueueCallerAbandon':
        return this.#abandon(f);
      case 'QueueCallerLeave':
        return this.#leave(f);
      case 'VarSet':
        return f.get('Variable') === 'QUEUESTATUS'
          ? this.#queueStatus(required(f, name, 'Uniqueid'), f.get('Value') ?? '')
          : undefined;
      case 'AgentCalled':
        return this.#called(f);
      case 'AgentRingNoAnswer':
        return this.#ringNoAnswer(f);
      case 'AgentConnect':
        return this.#connect(f);
      case 'AgentDump':
        return this.#dump(f);
      case 'AgentComplete':
        return this.#complete(f);
      case 'Hold':
      case 'Unhold':
        return this.#hold(name, f);
      case 'BlindTransfer':
        return this.#blindTransfer(f);
      case 'AttendedTransfer':
        return this.#attendedTransfer(f);
      case 'QueueMemberAdded':
        return this.#member(name, f, {
          kind: 'member-added',
          queue: required(f, name, 'Queue'),
          ...(f.get('Paused') === '1' && { paused: true, reason: f.get('PausedReason') ?? '' }),
          ...defined({ penalty: integer(f, name, 'Penalty') }),
        });
      case 'QueueMemberRemoved':
        return this.#member(name, f, { kind: 'member-removed', queue: required(f, name, 'Queue') });
      case 'QueueMemberPause':
        return this.#member(
          name,
          f,
          f.get('Paused') === '1'
            ? {
                kind: 'member-paused',
                queue: required(f, name, 'Queue'),
                reason: f.get('PausedReason') ?? f.get('Reason') ?? '',
              }
            : { kind: 'member-unpaused', queue: required(f, name, 'Queue') },
        );
      case 'QueueMemberPenalty':
        return this.#member(name, f, {
          kind: 'member-penalty',
          queue: required(f, name, 'Queue'),
          penalty: integer(f, name, 'Penalty') ?? 0,
        });
      case 'QueueMemberStatus':
        return this.#device(f);
      case 'FullyBooted':
        return this.#booted(f);
      case 'UserEvent':
        return this.#userEvent(f);
      default:
        this.#out.push(...applyListing(this.#state, name, f, this.#now()));
    }
  }

  #now(): EventBase {
    if (!this.#base) throw new Error('no message is being applied');
    return this.#base;
  }

  #call(callId: string, body: CallEventBody): void {
    this.#out.push({ ...this.#now(), callId, ...body });
  }

  #member(event: string, f: AmiFields, body: MemberEventBody): void {
    const iface = required(f, event, 'Interface');
    this.#out.push({
      ...this.#now(),
      member: iface,
      interface: iface,
      agentName: f.get('MemberName') || iface,
      ...body,
    });
  }

  /** `UserEvent(NAME,Tag: …)` of a dialplan, or the same by the action of an agent's tool, which names the channel itself. */
  #userEvent(f: AmiFields): void {
    const [name, callId, tag] = [f.get('UserEvent'), f.get('Uniqueid'), f.get('Tag')];
    if (!name || !callId || !tag) return;
    const queue = f.get('Queue');
    this.#call(callId, { kind: 'call-note', name, data: [tag], ...(queue && { queue }) });
  }

  // --- channels -----------------------------------------------------------------------------------------------

  #newChannel(f: AmiFields): void {
    const did = f.get('Exten');
    this.#state.channels[required(f, 'Newchannel', 'Uniqueid')] = {
      startedAtUs: this.#now().atUs,
      ...(did && did !== 's' && { did }),
    };
  }

  #localBridge(f: AmiFields): void {
    const one = required(f, 'LocalBridge', 'LocalOneUniqueid');
    const two = required(f, 'LocalBridge', 'LocalTwoUniqueid');
    const channel = this.#state.channels[one];
    if (channel) channel.peer = two; // comes before AgentCalled, so the leg is inherited there
    this.#inheritLeg(one, two);
  }

  /** What an agent's channel calls or is bridged to belongs to the same agent. */
  #inheritLeg(from: string | undefined, to: string | undefined): void {
    const leg = from === undefined ? undefined : this.#state.legs[from];
    if (leg && to !== undefined && !this.#state.legs[to]) this.#state.legs[to] = { ...leg, primary: false };
  }

  /** A Local channel without /n is optimised away: the channel that takes its place carries the talk on. */
  #bridgeEnter(f: AmiFields): void {
    const swapped = f.get('SwapUniqueid');
    const leg = swapped ? this.#state.legs[swapped] : undefined;
    if (!leg?.primary) return;
    const id = required(f, 'BridgeEnter', 'Uniqueid');
    leg.primary = false;
    this.#state.legs[id] = { ...leg, primary: true };
  }

  #hangupAsked(f: AmiFields): void {
    const id = f.get('Uniqueid');
    // Also for a channel whose beginning was not seen (the collector came in the middle of the call).
    if (id) (this.#state.channels[id] ??= {}).hangupAskedUs ??= this.#now().atUs;
  }

  #hangup(f: AmiFields): void {
    const id = required(f, 'Hangup', 'Uniqueid');
    const status = channelVariable(f, 'QUEUESTATUS');
    if (status) this.#queueStatus(id, status);
    const leg = this.#state.legs[id];
    if (leg) {
      delete this.#state.legs[id];
      if (leg.primary && this.#openVisit(leg.callId, leg.queue)?.state === 'connected') {
        this.#call(leg.callId, { kind: 'agent-leg-ended', queue: leg.queue, agent: leg.agent });
      }
    }
    if (this.#state.visits[id]) {
      this.#settleUnstated(id);
      this.#call(id, { kind: 'caller-hung-up', ...defined({ cause: f.get('Cause-txt') }) });
      // AgentComplete may still come, also without a channel: a connected visit waits for it.
      this.#state.visits[id] = (this.#state.visits[id] ?? []).filter((visit) => visit.state === 'connected');
      if (this.#state.visits[id].length === 0) delete this.#state.visits[id];
    }
    delete this.#state.channels[id];
  }

  // --- the caller ----------------------------------------------------------------------------------------------

  #openVisit(callId: string, queue: string): OpenVisit | undefined {
    return this.#state.visits[callId]?.findLast((visit) => visit.queue === queue);
  }

  #join(f: AmiFields): void {
    const callId = required(f, 'QueueCallerJoin', 'Uniqueid');
    const queue = required(f, 'QueueCallerJoin', 'Queue');
    const position = integer(f, 'QueueCallerJoin', 'Position');
    this.#settleUnstated(callId);
    const channel = this.#state.channels[callId];
    const visits = (this.#state.visits[callId] ??= []);
    visits.push({ queue, state: 'waiting', enteredAtUs: this.#now().atUs });
    this.#call(callId, {
      kind: 'caller-entered',
      queue,
      ...defined({
        position,
        callerNumber: callerId(f.get('CallerIDNum')),
        callerName: callerId(f.get('CallerIDName')),
        channel: f.get('Channel'),
        linkedId: f.get('Linkedid'),
        did: channel?.did,
        startedAtUs: channel?.startedAtUs,
      }),
    });
  }

  #abandon(f: AmiFields): void {
    const callId = required(f, 'QueueCallerAbandon', 'Uniqueid');
    const queue = required(f, 'QueueCallerAbandon', 'Queue');
    const waitSeconds = integer(f, 'QueueCallerAbandon', 'HoldTime');
    const position = integer(f, 'QueueCallerAbandon', 'Position');
    const originalPosition = integer(f, 'QueueCallerAbandon', 'OriginalPosition');
    const visits = (this.#state.visits[callId] ??= []);
    let visit = this.#openVisit(callId, queue);
    if (!visit) {
      visit = { queue, state: 'waiting', enteredAtUs: this.#now().atUs - (waitSeconds ?? 0) * 1_000_000 };
      visits.push(visit);
    }
    visit.leaving = defined({ waitSeconds, position, originalPosition });
  }

  #leave(f: AmiFields): void {
    const callId = required(f, 'QueueCallerLeave', 'Uniqueid');
    const queue = required(f, 'QueueCallerLeave', 'Queue');
    const position = integer(f, 'QueueCallerLeave', 'Position');
    const visit = this.#openVisit(callId, queue);
    if (!visit || visit.state !== 'waiting') return;
    const answering = this.#legsOf(callId, queue).some((leg) => leg.answered);
    if (visit.leaving) {
      const { outcome, certainty } = this.#wayOut(callId, visit, answering);
      visit.state = 'left';
      this.#call(callId, { kind: 'caller-left', queue, outcome, certainty, ...visit.leaving });
    } else if (!answering) {
      // Neither Abandon nor an agent who answered: the only way out left is the exit key.
      visit.state = 'left';
      this.#call(callId, {
        kind: 'caller-left',
        queue,
        outcome: 'exitedByKey',
        certainty: 'stated',
        ...defined({ position }),
      });
    }
  }

  /** Which of the ways out that QueueCallerAbandon stands for: abandon, timeout, leave-empty, withdraw. */
  #wayOut(
    callId: string,
    visit: OpenVisit,
    answering: boolean,
  ): { outcome: UnansweredOutcome; certainty: 'stated' | 'assumed' } {
    // An agent had answered and the announcement still ran: only the caller's going ends that.
    if (answering) return { outcome: 'abandoned', certainty: 'stated' };
    const asked = this.#state.channels[callId]?.hangupAskedUs;
    if (asked !== undefined && asked >= visit.enteredAtUs) {
      // The agent's hanging up in the announcement may have let the queue's timeout fire first.
      return { outcome: 'abandoned', certainty: (visit.dumpedAtUs ?? 0) > asked ? 'assumed' : 'stated' };
    }
    return { outcome: 'timedOut', certainty: 'assumed' };
  }

  #queueStatus(callId: string, status: string): void {
    this.#state.tellsQueueStatus = true;
    const outcome = LEFT_BY_STATUS[status];
    const visit = this.#state.visits[callId]?.findLast((candidate) => candidate.leaving);
    if (!outcome || !visit) return;
    delete visit.leaving;
    this.#call(callId, { kind: 'left-reason', queue: visit.queue, outcome });
  }

  /** Where QUEUESTATUS is told, a caller who left without it was taken away: app_queue sets it for every other way out. */
  #settleUnstated(callId: string): void {
    const visit = this.#state.visits[callId]?.findLast(
      (candidate) => candidate.state === 'left' && candidate.leaving,
    );
    if (!visit) return;
    delete visit.leaving;
    if (this.#state.tellsQueueStatus)
      this.#call(callId, { kind: 'left-reason', queue: visit.queue, outcome: 'abandoned' });
  }

  // --- agents in a call -----------------------------------------------------------------------------------------

  #legsOf(callId: string, queue: string): AgentLeg[] {
    return Object.values(this.#state.legs).filter(
      (leg) => leg.primary && leg.callId === callId && leg.queue === queue,
    );
  }

  #agent(event: string, f: AmiFields): { queue: string; agent: string; interface: string } {
    const iface = required(f, event, 'Interface');
    return { queue: required(f, event, 'Queue'), agent: f.get('MemberName') || iface, interface: iface };
  }

  #called(f: AmiFields): void {
    const callId = required(f, 'AgentCalled', 'Uniqueid');
    const offerId = required(f, 'AgentCalled', 'DestUniqueid');
    const agent = this.#agent('AgentCalled', f);
    this.#state.legs[offerId] = { callId, ...agent, primary: true };
    this.#inheritLeg(offerId, this.#state.channels[offerId]?.peer);
    this.#call(callId, { kind: 'agent-offered', offerId, ...agent });
  }

  #ringNoAnswer(f: AmiFields): void {
    const callId = required(f, 'AgentRingNoAnswer', 'Uniqueid');
    const { queue, agent } = this.#agent('AgentRingNoAnswer', f);
    const offerId = f.get('DestUniqueid');
    const ringMs = integer(f, 'AgentRingNoAnswer', 'RingTime');
    const leg = offerId ? this.#state.legs[offerId] : undefined;
    if (leg) leg.ended = true;
    this.#call(callId, {
      kind: 'offer-ended',
      queue,
      agent,
      result: 'noAnswer',
      ...defined({ offerId, ringMs }),
    });
  }

  #dialEnd(f: AmiFields): void {
    const offerId = f.get('DestUniqueid') ?? '';
    const leg = this.#state.legs[offerId];
    if (!leg?.primary || leg.ended) return;
    if (f.get('DialStatus') === 'ANSWER') {
      leg.answered = true;
    } else if (f.get('DialStatus') === 'CANCEL' && !leg.answered) {
      // Comes twice for many. Any other status (NOANSWER, BUSY, CONGESTION …) has an AgentRingNoAnswer of its own.
      leg.ended = true;
      this.#call(leg.callId, {
        kind: 'offer-ended',
        queue: leg.queue,
        agent: leg.agent,
        offerId,
        result: 'canceled',
        certainty: 'assumed',
      });
    }
  }

  #connect(f: AmiFields): void {
    const callId = required(f, 'AgentConnect', 'Uniqueid');
    const agent = this.#agent('AgentConnect', f);
    const offerId = f.get('DestUniqueid');
    const waitSeconds = integer(f, 'AgentConnect', 'HoldTime');
    const ringSeconds = integer(f, 'AgentConnect', 'RingTime');
    const visits = (this.#state.visits[callId] ??= []);
    let visit = this.#openVisit(callId, agent.queue);
    if (!visit) {
      visit = {
        queue: agent.queue,
        state: 'waiting',
        enteredAtUs: this.#now().atUs - (waitSeconds ?? 0) * 1_000_000,
      };
      visits.push(visit);
    }
    Object.assign(visit, {
      state: 'connected',
      agent: agent.agent,
      interface: agent.interface,
      connectedAtUs: this.#now().atUs,
      ...defined({ offerId, waitSeconds }),
    } satisfies Partial<OpenVisit>);
    if (offerId) this.#state.legs[offerId] ??= { callId, ...agent, primary: true, answered: true };
    this.#call(callId, {
      kind: 'agent-connected',
      ...agent,
      ...defined({ offerId, waitSeconds, ringSeconds }),
    });
  }

  #dump(f: AmiFields): void {
    const callId = required(f, 'AgentDump', 'Uniqueid');
    const { queue, agent } = this.#agent('AgentDump', f);
    const leg = this.#state.legs[f.get('DestUniqueid') ?? ''];
    if (leg) {
      leg.ended = true;
      delete leg.answered;
    }
    const visit = this.#openVisit(callId, queue);
    if (visit) visit.dumpedAtUs = this.#now().atUs;
    this.#call(callId, { kind: 'agent-dumped', queue, agent });
  }

  #complete(f: AmiFields): void {
    const agent = this.#agent('AgentComplete', f);
    const seconds = {
      waitSeconds: integer(f, 'AgentComplete', 'HoldTime'),
      talkSeconds: integer(f, 'AgentComplete', 'TalkTime'),
    };
    const callId = f.get('Uniqueid') || this.#callOf(agent, f.get('DestUniqueid'), seconds);
    if (!callId) {
      throw new MessageError(
        `AMI AgentComplete without Uniqueid for ${agent.agent} in queue ${agent.queue}, and no call of theirs is known`,
      );
    }
    const reason = f.get('Reason');
    this.#call(callId, {
      kind: 'agent-completed',
      queue: agent.queue,
      agent: agent.agent,
      endedBy: reason === 'agent' || reason === 'caller' || reason === 'transfer' ? reason : 'unknown',
      ...defined(seconds),
    });
    const visits = this.#state.visits[callId];
    if (!visits) return;
    const at = visits.findLastIndex((visit) => visit.queue === agent.queue && visit.state === 'connected');
    if (at >= 0) visits.splice(at, 1);
    if (visits.length === 0 && !this.#state.channels[callId]) delete this.#state.visits[callId];
  }

  /**
   * The call of an AgentComplete without a caller's channel (it was gone already): that of the agent's channel, else the
   * one of this agent's talks whose durations fit best (two can end in one second when callers were redirected away).
   */
  #callOf(
    agent: { queue: string; interface: string },
    offerId: string | undefined,
    stated: { waitSeconds: number | undefined; talkSeconds: number | undefined },
  ): string | undefined {
    let best: { callId: string; misfit: number } | undefined;
    for (const [callId, visits] of Object.entries(this.#state.visits)) {
      for (const visit of visits) {
        if (visit.state !== 'connected' || visit.queue !== agent.queue || visit.interface !== agent.interface)
          continue;
        if (offerId && visit.offerId === offerId) return callId;
        const talkedUs = this.#now().atUs - (visit.connectedAtUs ?? visit.enteredAtUs);
        const misfit =
          (visit.waitSeconds === stated.waitSeconds ? 0 : 1e9) +
          Math.abs(talkedUs / 1_000_000 - (stated.talkSeconds ?? 0));
        if (!best || misfit < best.misfit) best = { callId, misfit };
      }
    }
    return best?.callId;
  }

  #hold(event: 'Hold' | 'Unhold', f: AmiFields): void {
    const leg = this.#state.legs[f.get('Uniqueid') ?? ''];
    if (leg && this.#openVisit(leg.callId, leg.queue)?.state === 'connected') {
      this.#call(leg.callId, {
        kind: event === 'Hold' ? 'hold-started' : 'hold-ended',
        queue: leg.queue,
        agent: leg.agent,
      });
    }
  }

  #blindTransfer(f: AmiFields): void {
    if (f.get('Result') !== 'Success') return;
    const leg =
      this.#state.legs[f.get('TransfererUniqueid') ?? ''] ??
      this.#state.legs[f.get('TransfereeUniqueid') ?? ''];
    if (!leg) return;
    const exten = f.get('Extension');
    this.#transferred(leg, 'blind', exten && f.get('Context') ? `${exten}@${f.get('Context')}` : exten);
  }

  #attendedTransfer(f: AmiFields): void {
    if (f.get('Result') !== 'Success' || f.get('DestType') === 'Fail') return;
    const leg =
      this.#state.legs[f.get('OrigTransfererUniqueid') ?? ''] ??
      this.#state.legs[f.get('SecondTransfererUniqueid') ?? ''];
    if (leg) this.#transferred(leg, 'attended', f.get('TransferTargetChannel') ?? f.get('DestApp'));
  }

  #transferred(leg: AgentLeg, transferKind: 'blind' | 'attended', transferTo: string | undefined): void {
    const { callId, queue, agent } = leg;
    this.#call(callId, { kind: 'transfer-seen', queue, agent, transferKind, ...defined({ transferTo }) });
  }

  // --- the PBX ---------------------------------------------------------------------------------------------------

  #device(f: AmiFields): void {
    const iface = required(f, 'QueueMemberStatus', 'Interface');
    const queue = required(f, 'QueueMemberStatus', 'Queue');
    const state = deviceState(integer(f, 'QueueMemberStatus', 'Status') ?? 0);
    // One change of a phone is one event per queue of its member: only the first says something new.
    if ((this.#state.devices[iface] ?? 'free') === state) return;
    if (state === 'free') delete this.#state.devices[iface];
    else this.#state.devices[iface] = state;
    this.#member('QueueMemberStatus', f, {
      kind: 'device-state',
      queue,
      state,
    });
  }

  /** Sent after each login; Uptime (whole seconds, cut) tells when Asterisk started. */
  #booted(f: AmiFields): void {
    const uptime = integer(f, 'FullyBooted', 'Uptime');
    if (uptime === undefined) return;
    const base = this.#now();
    this.#out.push({ ...base, kind: 'pbx-started', atUs: base.atUs - uptime * 1_000_000 });
  }
}
