/**
 * Writes AMI events one after the other: each a few microseconds after the one before, as the manager does. Knows the
 * events that recur in every story (a phone changes state, a channel ends); the stories are in `ami-events.ts`.
 */
import type { Call, Offer, Phone } from '../model/state.js';
import type { World } from '../model/world.js';
import { agentChannel, bridgeHeaders, callerChannel, channelHeaders, type Channel } from './channel.js';
import { eventFrame, type Header } from './frame.js';
import { DEVICE_STATE, memberHeaders, memberInterface } from './member.js';

const BETWEEN_EVENTS_US = 7;

export class AmiWriter {
  readonly world: World;
  #clockUs = 0;
  #text = '';

  constructor(world: World) {
    this.world = world;
  }

  /** Events from here on bear this time, or a later one if the last event was later. */
  begin(atUs: number): void {
    this.#clockUs = Math.max(this.#clockUs, atUs);
  }

  /** What was written since the last `take`. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  say(
    event: string,
    privilege: 'call' | 'agent' | 'dialplan' | 'dtmf' | 'system',
    headers: readonly Header[],
  ): void {
    this.#text += eventFrame(event, privilege, this.#clockUs, headers);
    this.#clockUs += BETWEEN_EVENTS_US;
  }

  call(event: string, channel: Channel, ...more: Header[]): void {
    this.say(event, 'call', [...channelHeaders(channel), ...more]);
  }

  queueCaller(event: string, call: Call, channel: Channel, ...more: Header[]): void {
    this.say(event, 'agent', [...channelHeaders(channel), ['Queue', this.queueName(call)], ...more]);
  }

  agent(event: string, call: Call, caller: Channel, phone: Channel, offer: Offer, ...more: Header[]): void {
    this.say(event, 'agent', [
      ...channelHeaders(caller),
      ...channelHeaders(phone, 'Dest'),
      ['Queue', this.queueName(call)],
      ['Interface', memberInterface(this.world, offer.agent)],
      ['MemberName', this.world.agentConfig(offer.agent).name],
      ...more,
    ]);
  }

  dial(event: string, caller: Channel, phone: Channel, last: Header): void {
    this.say(event, 'call', [...channelHeaders(caller), ...channelHeaders(phone, 'Dest'), last]);
  }

  bridge(event: string, id: string, channels: number, channel?: Channel): void {
    this.say(event, 'call', [...bridgeHeaders(id, channels), ...(channel ? channelHeaders(channel) : [])]);
  }

  device(name: string, state: string): void {
    this.say('DeviceStateChange', 'call', [
      ['Device', name],
      ['State', state],
    ]);
  }

  /** The agent's phone changes: one device event, one QueueMemberStatus for each queue of the member. */
  phone(agent: number, phone: Phone): void {
    this.device(memberInterface(this.world, agent), DEVICE_STATE[phone]);
    for (const member of this.world.agent(agent).members)
      if (member.in) this.say('QueueMemberStatus', 'agent', memberHeaders(this.world, agent, member, phone));
  }

  /** Clearing before the far side has answered has no cause (trace tiny: 0, Unknown). */
  hangup(channel: Channel): void {
    const [cause, text] = channel.state === 'Up' ? [16, 'Normal Clearing'] : [0, 'Unknown'];
    this.call('Hangup', channel, ['Cause', cause], ['Cause-txt', text]);
  }

  /** Those who ring are called off: DialEnd comes twice for each (trace tiny, 1795200528.12). */
  cancel(call: Call, offers: readonly Offer[]): void {
    const caller = callerChannel(call);
    const ringing = offers.map((offer) => agentChannel(this.world, call, offer, 'Ringing'));
    for (const phone of ringing) this.dial('DialEnd', caller, phone, ['DialStatus', 'CANCEL']);
    for (const phone of ringing) {
      this.dial('DialEnd', caller, phone, ['DialStatus', 'CANCEL']);
      this.hangup(phone);
    }
  }

  queueName(call: Call): string {
    return this.world.queueConfig(call.queue).name;
  }
}
