/**
 * Happenings as AMI events, with fields and in orders recorded from Asterisk 22 (callers on a PJSIP trunk, agents on
 * PJSIP phones; the rights of a collector, `timestampevents = yes`, of class dialplan only VarSet QUEUESTATUS).
 *
 * In: a happening. Out: the text of its frames.
 */
import type { Happening } from '../model/happening.js';
import type { World } from '../model/world.js';
import { AmiWriter } from './ami-writer.js';
import { endConsult, tellConsult, tellTransfer } from './ami-transfer.js';
import { agentChannel, callerChannel, channelHeaders } from './channel.js';
import { memberHeaders, memberInterface } from './member.js';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

export class AmiEvents {
  readonly #writer: AmiWriter;

  constructor(world: World) {
    this.#writer = new AmiWriter(world);
  }

  /** @returns the frames, maybe none. */
  render(happening: Happening): string {
    this.#writer.begin(happening.atUs);
    tell(this.#writer, happening);
    return this.#writer.take();
  }
}

function tell(writer: AmiWriter, happening: Happening): void {
  switch (happening.kind) {
    case 'call-started':
      return tellStart(writer, happening);
    case 'call-ended':
      return tellEnd(writer, happening);
    case 'entered':
      return tellEntry(writer, happening);
    case 'offered':
      return tellOffer(writer, happening);
    case 'not-answered':
    case 'refused':
      return tellNoAnswer(writer, happening);
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
      return tellComplete(writer, happening);
    case 'transferred':
      return tellTransfer(writer, happening);
    case 'member-added':
    case 'member-removed':
      return tellMembership(writer, happening);
    case 'paused':
    case 'unpaused':
      return tellPause(writer, happening);
    case 'pbx-started':
      // A client cannot be connected yet.
      return;
  }
}

function tellStart(writer: AmiWriter, { call }: Of<'call-started'>): void {
  const caller = callerChannel(call);
  writer.call('Newchannel', { ...caller, state: 'Ring', context: 'from-trunk' });
  writer.call('Newstate', { ...caller, context: 'ivr', exten: 's' });
}

function tellEnd(writer: AmiWriter, { call }: Of<'call-ended'>): void {
  const caller = callerChannel(call);
  writer.call('HangupRequest', caller, ['Cause', 16]);
  if (call.consult) endConsult(writer, call);
  writer.call('SoftHangupRequest', caller, ['Cause', 16]);
  writer.hangup(caller);
}

function tellEntry(writer: AmiWriter, { call, waiting }: Of<'entered'>): void {
  const caller = callerChannel(call);
  if (waiting === 1) writer.device(`Queue:${writer.queueName(call)}`, 'RINGING');
  writer.queueCaller(
    'QueueCallerJoin',
    call,
    caller,
    ['Position', call.originalPosition],
    ['Count', waiting],
  );
  writer.call('MusicOnHoldStart', caller, ['Class', 'default']);
}

function tellOffer(writer: AmiWriter, { call, offer }: Of<'offered'>): void {
  const caller = callerChannel(call);
  const phone = agentChannel(writer.world, call, offer, 'Down');
  writer.call('Newchannel', { ...phone, connectedNum: '', connectedName: '' });
  writer.call('NewConnectedLine', phone);
  writer.agent('AgentCalled', call, caller, phone, offer);
  writer.dial('DialBegin', caller, phone, ['DialString', memberInterface(writer.world, offer.agent)]);
  writer.call('Newstate', { ...phone, state: 'Ringing' });
  writer.phone(offer.agent, 'ringing');
  writer.dial('DialState', caller, { ...phone, state: 'Ringing' }, ['DialStatus', 'RINGING']);
}

function tellNoAnswer(
  writer: AmiWriter,
  { kind, call, offer, ringMs }: Of<'not-answered' | 'refused'>,
): void {
  const caller = callerChannel(call);
  const phone = agentChannel(writer.world, call, offer, 'Ringing');
  writer.agent('AgentRingNoAnswer', call, caller, phone, offer, ['RingTime', ringMs]);
  if (kind === 'refused') writer.dial('DialEnd', caller, phone, ['DialStatus', 'BUSY']);
  else
    for (const status of ['NOANSWER', 'CANCEL'])
      writer.dial('DialEnd', caller, phone, ['DialStatus', status]);
  writer.hangup(phone);
  writer.phone(offer.agent, 'free');
}

function tellConnect(writer: AmiWriter, happening: Of<'connected'>): void {
  const { call, offer, lost, position, waiting, holdSeconds, ringSeconds } = happening;
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  writer.call('Newstate', phone);
  writer.dial('DialEnd', caller, phone, ['DialStatus', 'ANSWER']);
  writer.phone(offer.agent, 'talking');
  writer.cancel(call, lost);
  for (const other of lost) writer.phone(other.agent, 'free');
  writer.call('MusicOnHoldStop', caller);
  if (waiting === 0) writer.device(`Queue:${writer.queueName(call)}`, 'NOT_INUSE');
  writer.queueCaller('QueueCallerLeave', call, caller, ['Position', position], ['Count', waiting]);
  writer.agent(
    'AgentConnect',
    call,
    caller,
    phone,
    offer,
    ['HoldTime', holdSeconds],
    ['RingTime', ringSeconds],
  );
  writer.bridge('BridgeCreate', call.bridge, 0);
  writer.bridge('BridgeEnter', call.bridge, 1, phone);
  writer.bridge('BridgeEnter', call.bridge, 2, caller);
}

/** QueueCallerAbandon comes for every way out but the key; only VarSet QUEUESTATUS tells a timeout from a hang-up. */
function tellLeave(
  writer: AmiWriter,
  { call, how, canceled, position, waiting, waitSeconds }: Of<'left'>,
): void {
  const caller = callerChannel(call);
  const abandon = () =>
    writer.queueCaller(
      'QueueCallerAbandon',
      call,
      caller,
      ['Position', position],
      ['OriginalPosition', call.originalPosition],
      ['HoldTime', waitSeconds],
    );
  const leave = () => {
    if (waiting === 0) writer.device(`Queue:${writer.queueName(call)}`, 'NOT_INUSE');
    writer.queueCaller('QueueCallerLeave', call, caller, ['Position', position], ['Count', waiting]);
  };
  switch (how.kind) {
    case 'abandoned':
      writer.call('HangupRequest', caller, ['Cause', 16]);
      writer.call('MusicOnHoldStop', caller);
      writer.cancel(call, canceled);
      abandon();
      leave();
      writer.call('SoftHangupRequest', caller, ['Cause', 16]);
      writer.hangup(caller);
      break;
    case 'exitedByKey':
      writer.say('DTMFBegin', 'dtmf', [
        ...channelHeaders(caller),
        ['Digit', how.key],
        ['Direction', 'Received'],
      ]);
      writer.say('DTMFEnd', 'dtmf', [
        ...channelHeaders(caller),
        ['Digit', how.key],
        ['DurationMs', 100],
        ['Direction', 'Received'],
      ]);
      writer.cancel(call, canceled);
      writer.call('MusicOnHoldStop', caller);
      leave();
      break;
    case 'timedOut':
    case 'exitedEmpty':
      abandon();
      writer.call('MusicOnHoldStop', caller);
      leave();
      writer.say('VarSet', 'dialplan', [
        ...channelHeaders(caller),
        ['Variable', 'QUEUESTATUS'],
        ['Value', how.kind === 'timedOut' ? 'TIMEOUT' : 'LEAVEEMPTY'],
      ]);
  }
  for (const offer of canceled) writer.phone(offer.agent, 'free');
}

function tellHold(writer: AmiWriter, { kind, call, offer }: Of<'held' | 'resumed'>): void {
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  if (kind === 'held') {
    writer.call('Hold', phone);
    writer.call('MusicOnHoldStart', caller, ['Class', 'default']);
  } else {
    writer.call('Unhold', phone);
    writer.call('MusicOnHoldStop', caller);
  }
}

function tellComplete(
  writer: AmiWriter,
  { call, offer, by, holdSeconds, talkSeconds }: Of<'completed'>,
): void {
  const caller = callerChannel(call, writer.world.agentConfig(offer.agent));
  const phone = agentChannel(writer.world, call, offer, 'Up');
  const [first, second] = by === 'agent' ? [phone, caller] : [caller, phone];
  writer.call('HangupRequest', first, ['Cause', 16]);
  writer.bridge('BridgeLeave', call.bridge, 1, first);
  writer.agent(
    'AgentComplete',
    call,
    caller,
    phone,
    offer,
    ['HoldTime', holdSeconds],
    ['TalkTime', talkSeconds],
    ['Reason', by],
  );
  writer.bridge('BridgeLeave', call.bridge, 0, second);
  writer.call('SoftHangupRequest', second, ['Cause', 16]);
  writer.hangup(first);
  writer.hangup(second);
  writer.bridge('BridgeDestroy', call.bridge, 0);
  writer.phone(offer.agent, 'free');
}

function tellMembership(
  writer: AmiWriter,
  { kind, agent, queue }: Of<'member-added' | 'member-removed'>,
): void {
  const { world } = writer;
  const member = world.member(agent, queue);
  if (!member) return;
  const added = kind === 'member-added';
  const name = world.queueConfig(queue).name;
  if (added) writer.device(`Queue:${name}_pause_${memberInterface(world, agent)}`, 'NOT_INUSE');
  const headers = memberHeaders(world, agent, member, world.agent(agent).phone);
  writer.say(added ? 'QueueMemberAdded' : 'QueueMemberRemoved', 'agent', headers);
  if (added) writer.device(`Queue:${name}_avail`, 'NOT_INUSE');
}

function tellPause(writer: AmiWriter, { agent, queues }: Of<'paused' | 'unpaused'>): void {
  const { world } = writer;
  for (const queue of queues) {
    const member = world.member(agent, queue);
    if (!member) continue;
    const device = `Queue:${world.queueConfig(queue).name}_pause_${memberInterface(world, agent)}`;
    writer.device(device, member.paused ? 'INUSE' : 'NOT_INUSE');
    writer.say('QueueMemberPause', 'agent', memberHeaders(world, agent, member, world.agent(agent).phone));
  }
}
