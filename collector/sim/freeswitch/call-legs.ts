/**
 * The channels of a simulated call: the caller's, the agent's, and those of a colleague to whom the caller is passed on.
 * In: the model's call. Out: a `Leg` as it is at a stage; what differs at the moment the story adds.
 */
import type { Call, Offer } from '../model/state.js';
import type { World } from '../model/world.js';
import type { Header } from './event.js';
import type { Leg } from './leg.js';
import { agentName, callerName, domainOf, phoneOf, queueName, seconds, ticked } from './naming.js';
import { namespaceOf, uuidOf, type UuidKind } from './uuid.js';

/** From the answer of the agent's phone to the joining of the two. */
export const JOINING_US = 40_000;

const MOST_KNOWN = 20_000;

export class CallLegs {
  readonly #world: World;
  readonly #namespace: number;
  /** Every event of a call names it several times. */
  readonly #known = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
    this.#namespace = namespaceOf(world.state);
  }

  callerUuid = (call: Call): string => this.#uuid('caller', call.serial);

  memberUuid = (call: Call): string => this.#uuid('member', call.serial, call.visit);

  agentUuid = (offer: Offer): string => this.#uuid('agent', offer.serial);

  /** The caller's channel, answered by the dialplan as soon as it came. */
  caller(call: Call): Leg {
    const uuid = this.callerUuid(call);
    const startedUs = ticked(call.startedAtUs);
    return {
      ...blank(uuid, startedUs, call),
      direction: 'inbound',
      name: `sofia/external/${call.number}@203.0.113.5`,
      stage: 'inDialplan',
      hasDialplan: true,
      destination: call.did,
      context: 'public',
      answeredUs: startedUs,
      variables: call.visit > 0 ? this.#memberVariables(call, 'member') : [],
    };
  }

  /** The agent's channel, called for this caller. */
  agent(call: Call, offer: Offer): Leg {
    const { extension, name } = this.#world.agentConfig(offer.agent);
    const phone = phoneOf(this.#world, offer.agent);
    return {
      ...blank(this.agentUuid(offer), ticked(offer.startedAtUs), call),
      direction: 'outbound',
      name: `sofia/internal/${phone}`,
      presenceId: phone,
      callee: extension,
      destination: extension,
      progressUs: ticked(offer.startedAtUs),
      variables: [
        ['variable_dialed_user', extension],
        ['variable_dialed_domain', domainOf(name)],
        ['variable_presence_id', phone],
        ...this.#memberVariables(call, 'agent'),
        ['variable_cc_agent', name],
        ['variable_cc_agent_type', 'Callback'],
      ],
    };
  }

  /** Both as they talk: each with the other as its other leg. */
  talking(call: Call, offer: Offer): { caller: Leg; agent: Leg } {
    const bridgedUs = ticked(call.connectedAtUs) + JOINING_US;
    const callerAlone = this.caller(call);
    const caller: Leg = {
      ...callerAlone,
      stage: 'bridged',
      callee: this.#world.agentConfig(offer.agent).extension,
      bridgedUs,
      transferSource: this.#bridgedBy(call, this.agentUuid(offer)),
      variables: [
        ...callerAlone.variables,
        ['variable_cc_agent', agentName(this.#world, offer.agent)],
        ['variable_cc_agent_uuid', this.agentUuid(offer)],
        ['variable_cc_cause', 'answered'],
        ['variable_cc_queue_answered_epoch', seconds(call.connectedAtUs)],
      ],
    };
    const agent: Leg = {
      ...this.agent(call, offer),
      stage: 'talks',
      callUuid: caller.uuid,
      answeredUs: ticked(call.connectedAtUs),
      bridgedUs,
      transferSource: this.#bridgedBy(call, caller.uuid),
    };
    return { caller: { ...caller, other: agent }, agent: { ...agent, other: { ...caller, callee: '' } } };
  }

  /** The agent's own call to a colleague, before an attended transfer. */
  consultation(call: Call, offer: Offer): { phone: Leg; colleague: Leg } {
    const { extension = '', serial = 0, startedAtUs = 0 } = call.consult ?? {};
    const { extension: own } = this.#world.agentConfig(offer.agent);
    const presenceId = phoneOf(this.#world, offer.agent);
    const answeredUs = ticked(startedAtUs) + JOINING_US;
    const phone: Leg = {
      ...blank(this.#uuid('phone', serial), ticked(startedAtUs), call),
      direction: 'inbound',
      name: `sofia/internal/${presenceId}`,
      presenceId,
      stage: 'inDialplan',
      hasDialplan: true,
      callerName: own,
      callerNumber: own,
      callee: extension,
      destination: extension,
      context: 'internal',
      answeredUs,
    };
    const colleague = this.#colleague(call, extension, startedAtUs);
    return { phone, colleague: { ...colleague, callerName: own, callerNumber: own } };
  }

  /** The caller of an agent who sends him to another extension. */
  sent(call: Call, offer: Offer, extension: string): Leg {
    const id = this.#uuid('transfer', call.serial, call.visit);
    return {
      ...this.talking(call, offer).caller,
      destination: extension,
      dialledFirst: call.did,
      bridgedUs: 0,
      transferSource: `${seconds(call.passedOnAtUs)}:${id}:bl_xfer:${extension}/internal/XML`,
      other: undefined,
    };
  }

  /** A caller who talks with a colleague to whom the agent passed him on, and who answered at once. */
  passedOn(call: Call): { caller: Leg; colleague: Leg } | undefined {
    const { taken, consult, ending, passedOnAtUs } = call;
    if (!taken || call.phase === 'talking') return undefined;
    if (!consult && (ending.kind !== 'blind' || ending.toQueue !== undefined)) return undefined;
    const bridgedUs = ticked(passedOnAtUs) + JOINING_US;
    const alone = consult
      ? { caller: this.talking(call, taken).caller, colleague: this.consultation(call, taken).colleague }
      : {
          caller: this.sent(call, taken, ending.kind === 'blind' ? ending.extension : ''),
          colleague: this.#colleague(call, ending.kind === 'blind' ? ending.extension : '', passedOnAtUs),
        };
    const caller: Leg = { ...alone.caller, bridgedUs, callee: alone.colleague.callee };
    const colleague: Leg = {
      ...alone.colleague,
      callUuid: caller.uuid,
      bridgedUs,
      ...(consult ? { transferSource: this.#bridgedBy(call, caller.uuid) } : { dialledFirst: call.did }),
    };
    return { caller: { ...caller, other: colleague }, colleague: { ...colleague, other: caller } };
  }

  /** Called by a phone of this PBX, or by a transfer. */
  #colleague(call: Call, extension: string, sinceUs: number): Leg {
    const phone = `${extension}@${domainOf(queueName(this.#world, call.queue))}`;
    return {
      ...blank(this.#uuid('colleague', call.serial, call.visit), ticked(sinceUs), call),
      direction: 'outbound',
      name: `sofia/internal/${phone}`,
      presenceId: phone,
      stage: 'talks',
      hasDialplan: true,
      callee: extension,
      destination: extension,
      context: 'internal',
      progressUs: ticked(sinceUs),
      answeredUs: ticked(sinceUs) + JOINING_US,
    };
  }

  #bridgedBy(call: Call, other: string): string {
    return `${seconds(call.connectedAtUs)}:${this.#uuid('transfer', call.serial, call.visit)}:uuid_br:${other}`;
  }

  #memberVariables(call: Call, side: 'member' | 'agent'): Header[] {
    return [
      ['variable_cc_side', side],
      ['variable_cc_queue', queueName(this.#world, call.queue)],
      ['variable_cc_queue_joined_epoch', seconds(call.enteredAtUs)],
      ['variable_cc_member_uuid', this.memberUuid(call)],
      ...(side === 'agent'
        ? [['variable_cc_member_session_uuid', this.callerUuid(call)] satisfies Header]
        : []),
    ];
  }

  #uuid(kind: UuidKind, serial: number, visit = 0): string {
    const key = `${kind} ${serial} ${visit}`;
    let uuid = this.#known.get(key);
    if (uuid === undefined) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      uuid = uuidOf(this.#namespace, kind, serial, visit);
      this.#known.set(key, uuid);
    }
    return uuid;
  }
}

function blank(uuid: string, createdUs: number, call: Call): Omit<Leg, 'direction' | 'name' | 'destination'> {
  return {
    uuid,
    callUuid: uuid,
    presenceId: undefined,
    stage: 'created',
    hasDialplan: false,
    cause: '',
    callerName: callerName(call),
    callerNumber: call.number,
    callee: '',
    context: 'default',
    dialledFirst: undefined,
    transferSource: undefined,
    createdUs,
    answeredUs: 0,
    progressUs: 0,
    bridgedUs: 0,
    hungUpUs: 0,
    variables: [],
    other: undefined,
  };
}

/** The channel is gone: why, when, and who said so first. */
export const hungUp = (leg: Leg, atUs: number, cause: string, disposition: string): Leg => ({
  ...leg,
  stage: 'hungUp',
  cause,
  hungUpUs: ticked(atUs),
  variables: [...leg.variables, ['variable_sip_hangup_disposition', disposition]],
});
