/**
 * Happenings as events of a FreeSWITCH 1.10 with mod_callcenter, with the headers and in the orders recorded from a real
 * one (FREESWITCH-EVENTS.md §1, §2). Agents are of type Callback, on SIP phones; the dialplan answers callers at once.
 *
 * In: a happening. Out: its events, in order. What FreeSWITCH does otherwise than the model says is here: one status for
 * all queues of an agent, callers counted as waiting after they were answered, a wrap-up nobody tells.
 */
import type { Happening, LeftHow } from '../model/happening.js';
import type { World } from '../model/world.js';
import { hungUp } from './call-legs.js';
import { type Detail, EslWriter } from './esl-writer.js';
import type { EslEvent } from './event.js';
import { tellHeartbeat } from './heartbeat.js';
import { seconds } from './naming.js';
import { type AgentStatus, discardAbandoned, type SwitchState } from './switch-state.js';
import { tellConnect, tellHold, tellTalkEnd } from './talks.js';
import { tellConsult, tellEnd, tellTransfer } from './transfers.js';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

export class EslEvents {
  readonly #writer: EslWriter;

  constructor(world: World, state: SwitchState, detail: Detail = 'everything') {
    this.#writer = new EslWriter(world, state, detail);
  }

  /** @returns the events, maybe none. */
  tell(happening: Happening): EslEvent[] {
    this.#writer.begin(happening.atUs);
    tell(this.#writer, happening);
    return this.#writer.take();
  }

  /** @param atUs when; the switch says every 20 s that it lives */
  heartbeat(atUs: number): EslEvent {
    this.#writer.begin(atUs);
    tellHeartbeat(this.#writer);
    const [event] = this.#writer.take();
    if (!event) throw new Error('the simulated switch said no heartbeat');
    return event;
  }

  /** What a command run in the background answers. */
  backgroundJob(atUs: number, job: string, command: string, answer: string): EslEvent {
    this.#writer.begin(atUs);
    const [name = '', ...words] = command.split(' ');
    this.#writer.sayAside('BACKGROUND_JOB', [
      ['Job-UUID', job],
      ['Job-Command', name],
      ...(words.length > 0 ? [['Job-Command-Arg', words.join(' ')] as const] : []),
    ]);
    const [event] = this.#writer.take();
    if (!event) throw new Error('the simulated switch told no end of a job');
    return { ...event, body: answer };
  }
}

function tell(writer: EslWriter, happening: Happening): void {
  switch (happening.kind) {
    case 'call-started':
      return tellStart(writer, happening);
    case 'call-ended':
      return tellEnd(writer, happening.call);
    case 'entered':
      return tellEntry(writer, happening);
    case 'offered':
      return tellOffer(writer, happening);
    case 'not-answered':
    case 'refused':
      return tellFailedOffer(writer, happening);
    case 'connected':
      return tellConnect(writer, happening);
    case 'left':
      return tellLeave(writer, happening);
    case 'held':
    case 'resumed':
      return tellHold(writer, happening);
    case 'consulted':
      return tellConsult(writer, happening.call, happening.offer);
    case 'completed':
      return tellTalkEnd(writer, happening);
    case 'transferred':
      return tellTransfer(writer, happening);
    case 'member-added':
    case 'member-removed':
    case 'paused':
    case 'unpaused':
      return tellStatus(writer, happening.agent);
    case 'pbx-started':
      // A client cannot be connected yet.
      return;
  }
}

function tellStart(writer: EslWriter, { call }: Of<'call-started'>): void {
  const caller = writer.legs.caller(call);
  writer.channel('CHANNEL_CREATE', { ...caller, stage: 'created', answeredUs: 0 });
  writer.channel('CHANNEL_ANSWER', { ...caller, stage: 'answers' });
}

function tellEntry(writer: EslWriter, { call, waiting }: Of<'entered'>): void {
  discardAbandoned(writer.state, writer.atUs);
  writer.info('member-queue-start', {
    about: writer.aboutQueue(call),
    headers: writer.memberHeaders(call),
    channel: writer.legs.caller(call),
  });
  writer.membersCount(call.queue, waiting);
}

function tellOffer(writer: EslWriter, { call, offer }: Of<'offered'>): void {
  const phone = writer.legs.agent(call, offer);
  const [agent, system] = writer.agentHeaders(offer);
  writer.row(offer.agent).lastOfferedCall = seconds(writer.atUs);
  writer.agentPhase(offer.agent, 'Receiving');
  writer.info('agent-offering', {
    about: writer.aboutQueue(call),
    headers: [
      ...(agent ? [agent] : []),
      ['CC-Agent-Type', 'Callback'],
      ...(system ? [system] : []),
      ...writer.memberHeaders(call),
    ],
  });
  writer.channel('CHANNEL_CREATE', { ...phone, progressUs: 0 });
  writer.channel('CHANNEL_ORIGINATE', { ...phone, progressUs: 0 });
  writer.channel('CHANNEL_PROGRESS', { ...phone, stage: 'ringing' });
}

/** Too many unanswered: the break is told before the failure that led to it. */
function tellFailedOffer(writer: EslWriter, happening: Of<'not-answered' | 'refused'>): void {
  const { call, offer, kind } = happening;
  const [cause, disposition, delaySeconds] =
    kind === 'refused' ? ['USER_BUSY', 'recv_refuse', 3] : ['NO_ANSWER', 'send_cancel', 2];
  writer.hangup(hungUp(writer.legs.agent(call, offer), writer.atUs, String(cause), String(disposition)));
  if (happening.kind === 'not-answered' && happening.putAway) {
    const { name, maxNoAnswer } = writer.world.agentConfig(offer.agent);
    const [member = ['', ''], session = ['', '']] = writer.memberHeaders(call);
    writer.info('agent-max-no-answer', {
      about: ['CC-Agent', name],
      headers: [
        ['CC-Agent-No-Answer-Count', maxNoAnswer],
        ['CC-Agent-No-Answer-Status', 'On Break'],
        member,
        session,
      ],
    });
    writer.agentStatus(offer.agent, 'On Break');
  }
  writer.offerFailed(call, offer, String(cause));
  writer.row(offer.agent).readyTime = seconds(writer.atUs) + Number(delaySeconds);
}

const CANCEL_REASON = {
  abandoned: 'BREAK_OUT',
  timedOut: 'TIMEOUT',
  exitedEmpty: 'NO_AGENT_TIMEOUT',
  exitedByKey: 'EXIT_WITH_KEY',
} as const satisfies Record<LeftHow['kind'], string>;

function tellLeave(writer: EslWriter, { call, how, canceled, waiting }: Of<'left'>): void {
  const { state, legs } = writer;
  const hasHungUp = how.kind === 'abandoned';
  const inQueue = legs.caller(call);
  const caller = hasHungUp ? hungUp(inQueue, writer.atUs, 'NORMAL_CLEARING', 'recv_bye') : inQueue;
  if (how.kind === 'exitedByKey') {
    writer.channel(
      'DTMF',
      caller,
      [],
      [
        ['DTMF-Digit', how.key],
        ['DTMF-Duration', 1600],
        ['DTMF-Source', 'RTP'],
      ],
    );
    caller.variables = [...caller.variables, ['variable_cc_exit_key', how.key]];
  }
  writer.info('member-queue-end', {
    about: writer.aboutQueue(call),
    headers: [
      ['CC-Member-Leaving-Time', seconds(writer.atUs)],
      ['CC-Member-Joined-Time', seconds(call.enteredAtUs)],
      ['CC-Cause', 'Cancel'],
      ['CC-Cancel-Reason', CANCEL_REASON[how.kind]],
      ...writer.memberHeaders(call),
    ],
    channel: caller,
  });
  writer.membersCount(call.queue, waiting);
  if (hasHungUp) writer.hangup(caller);
  for (const offer of canceled) {
    writer.hangup(hungUp(legs.agent(call, offer), writer.atUs, 'ORIGINATOR_CANCEL', 'send_cancel'));
    writer.offerFailed(call, offer, 'ORIGINATOR_CANCEL');
  }
  const counters = state.queues[call.queue];
  if (counters) counters.abandoned += 1;
  const { number, name } = call;
  state.abandoned.push({
    uuid: legs.memberUuid(call),
    queue: call.queue,
    number,
    name,
    joinedUs: call.enteredAtUs,
    abandonedUs: writer.atUs,
  });
}

/** An agent has one status for all queues; a queue joined or left beside others changes nothing. */
function tellStatus(writer: EslWriter, agent: number): void {
  const joined = writer.world.agent(agent).members.filter((member) => member.in);
  const status: AgentStatus =
    joined.length === 0 ? 'Logged Out' : joined.every((member) => member.paused) ? 'On Break' : 'Available';
  if (status !== writer.row(agent).status) writer.agentStatus(agent, status);
}
