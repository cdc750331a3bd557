/**
 * Writes the events of a simulated FreeSWITCH one after the other: numbers and dates them, and keeps the tables of
 * mod_callcenter in step with what it says. The stories are in `esl-events.ts` and `transfers.ts`.
 */
import type { Call, Offer } from '../model/state.js';
import type { World } from '../model/world.js';
import { CallLegs } from './call-legs.js';
import type { EslEvent, Header } from './event.js';
import { channelHeaders, essentialHeaders, type Leg } from './leg.js';
import { agentName, callerName, queueName, seconds, ticked } from './naming.js';
import {
  type AgentPhase,
  type AgentRow,
  type AgentStatus,
  type SwitchState,
  setStatus,
} from './switch-state.js';

/** Of mod_callcenter's own headers: the event says which queue or agent it is about before it says what happened. */
export interface Info {
  about: Header;
  headers?: readonly Header[];
  channel?: Leg;
}

/** `essence`: only the events and headers a collector reads, with the same identities and values. */
export type Detail = 'everything' | 'essence';

const ESSENTIAL_EVENTS = new Set(['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_HOLD', 'CHANNEL_UNHOLD']);
/** Who waits and who talks other events say, too. */
const UNESSENTIAL_ACTIONS = new Set(['members-count', 'agent-state-change']);

/** Of channels the phones of this PBX matter all along, those of callers at their end. */
const isEssential = (name: string, { presenceId }: Leg): boolean =>
  name === 'CHANNEL_HANGUP_COMPLETE' || (presenceId !== undefined && ESSENTIAL_EVENTS.has(name));

/** Above every number of the site's events. */
const ASIDE = 1_000_000_000_000;

export class EslWriter {
  readonly world: World;
  readonly state: SwitchState;
  readonly legs: CallLegs;
  readonly #detail: Detail;
  #atUs = 0;
  #asides = 0;
  #events: EslEvent[] = [];

  constructor(world: World, state: SwitchState, detail: Detail) {
    this.world = world;
    this.state = state;
    this.#detail = detail;
    this.legs = new CallLegs(world);
  }

  /** Events from here on happen at this time, in the steps of FreeSWITCH's clock. */
  begin(atUs: number): void {
    this.#atUs = ticked(atUs);
  }

  get atUs(): number {
    return this.#atUs;
  }

  /** What follows happens a little later. */
  later(byUs: number): void {
    this.#atUs += byUs;
  }

  /** What was written since the last `take`. */
  take(): EslEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /**
   * What the switch says of itself, not of the site. It has numbers of its own, so that the site's events have the same
   * ones whether or not anybody listened.
   */
  sayAside(name: string, headers: readonly Header[]): void {
    const number = ASIDE + ++this.#asides + Math.floor(this.#atUs / 1000);
    this.#fire(name, undefined, headers, number);
  }

  /** @param own headers of the event itself, before those of the channel; @param after behind them */
  channel(name: string, leg: Leg, own: readonly Header[] = [], after: readonly Header[] = []): void {
    if (!this.#takesNumber(isEssential(name, leg))) return;
    this.#fire(name, undefined, [...own, ...this.#describe(leg), ...after]);
  }

  hangup(leg: Leg): void {
    this.channel('CHANNEL_HANGUP_COMPLETE', leg, [['Hangup-Cause', leg.cause]]);
  }

  bridge(name: 'CHANNEL_BRIDGE' | 'CHANNEL_UNBRIDGE', leg: Leg, partner: string): void {
    this.channel(name, leg, [
      ['Bridge-A-Unique-ID', leg.uuid],
      ['Bridge-B-Unique-ID', partner],
    ]);
  }

  /** An event of mod_callcenter. */
  info(action: string, { about, headers = [], channel }: Info): void {
    if (!this.#takesNumber(!UNESSENTIAL_ACTIONS.has(action))) return;
    const own: Header[] = [about, ['CC-Action', action], ...headers];
    this.#fire('CUSTOM', 'callcenter::info', channel ? [...this.#describe(channel), ...own] : own);
  }

  /** @param count those who wait, as the module counts them */
  membersCount(queue: number, count: number): void {
    const headers: Header[] = [
      ['CC-Count', count],
      ['CC-Selection', 'Single-Queue'],
    ];
    this.info('members-count', { about: ['CC-Queue', queueName(this.world, queue)], headers });
  }

  agentPhase(agent: number, phase: AgentPhase): void {
    this.row(agent).state = phase;
    const about: Header = ['CC-Agent', agentName(this.world, agent)];
    this.info('agent-state-change', { about, headers: [['CC-Agent-State', phase]] });
  }

  agentStatus(agent: number, status: AgentStatus): void {
    setStatus(this.row(agent), status, this.#atUs);
    const about: Header = ['CC-Agent', agentName(this.world, agent)];
    this.info('agent-status-change', { about, headers: [['CC-Agent-Status', status]] });
  }

  /** The offer came to nothing. */
  offerFailed(call: Call, offer: Offer, cause: string): void {
    this.info('bridge-agent-fail', {
      about: this.aboutQueue(call),
      headers: [
        ['CC-Hangup-Cause', cause],
        ...this.agentHeaders(offer),
        ['CC-Agent-Called-Time', seconds(offer.startedAtUs)],
        ['CC-Agent-Aborted-Time', seconds(this.#atUs)],
        ...this.memberHeaders(call),
        ['CC-Member-Joined-Time', seconds(call.enteredAtUs)],
      ],
    });
    this.agentPhase(offer.agent, 'Waiting');
  }

  aboutQueue = (call: Call): Header => ['CC-Queue', queueName(this.world, call.queue)];

  agentHeaders(offer: Offer): Header[] {
    return [
      ['CC-Agent', agentName(this.world, offer.agent)],
      ['CC-Agent-System', 'single_box'],
    ];
  }

  memberHeaders(call: Call): Header[] {
    return [
      ['CC-Member-UUID', this.legs.memberUuid(call)],
      ['CC-Member-Session-UUID', this.legs.callerUuid(call)],
      ['CC-Member-CID-Name', callerName(call)],
      ['CC-Member-CID-Number', call.number],
    ];
  }

  row(agent: number): AgentRow {
    const row = this.state.agents[agent];
    if (!row) throw new Error(`the simulated switch has no agent ${agent}`);
    return row;
  }

  #describe = (leg: Leg): Header[] =>
    this.#detail === 'everything' ? channelHeaders(leg) : essentialHeaders(leg);

  /** Every event takes a number. @returns whether it is written */
  #takesNumber(isEssential: boolean): boolean {
    this.state.sequence += 1;
    return isEssential || this.#detail === 'everything';
  }

  #fire(
    name: string,
    subclass: string | undefined,
    own: readonly Header[],
    sequence = this.state.sequence,
  ): void {
    const named: Header[] = [['Event-Name', name]];
    if (subclass !== undefined) named.unshift(['Event-Subclass', subclass]);
    const base = this.#detail === 'everything' ? this.#base(subclass) : this.#essentialBase();
    this.#events.push({ name, subclass, headers: [...named, ...base, ['Event-Sequence', sequence], ...own] });
  }

  #essentialBase(): Header[] {
    return [
      ['Core-UUID', this.state.coreUuid],
      ['Event-Date-Timestamp', this.#atUs],
    ];
  }

  #base(subclass: string | undefined): Header[] {
    const { local, gmt } = this.#dates();
    return [
      ['Core-UUID', this.state.coreUuid],
      ['FreeSWITCH-Hostname', 'simulated'],
      ['FreeSWITCH-Switchname', 'simulated'],
      ['FreeSWITCH-IPv4', '10.20.0.5'],
      ['FreeSWITCH-IPv6', '::1'],
      ['Event-Date-Local', local],
      ['Event-Date-GMT', gmt],
      ['Event-Date-Timestamp', this.#atUs],
      ['Event-Calling-File', subclass === undefined ? 'switch_channel.c' : 'mod_callcenter.c'],
      ['Event-Calling-Function', 'simulated'],
      ['Event-Calling-Line-Number', 1],
    ];
  }

  #dates = dateTexts(
    (atMs) => this.world.local.offsetMs(atMs),
    () => this.#atUs,
  );
}

/** Event-Date-Local and Event-Date-GMT; made once a second, used by every event. */
function dateTexts(offsetMs: (atMs: number) => number, nowUs: () => number) {
  let second = -1;
  let texts = { local: '', gmt: '' };
  return () => {
    const atMs = seconds(nowUs()) * 1000;
    if (atMs !== second) {
      second = atMs;
      const local = new Date(atMs + offsetMs(atMs)).toISOString();
      texts = { local: `${local.slice(0, 10)} ${local.slice(11, 19)}`, gmt: new Date(atMs).toUTCString() };
    }
    return texts;
  };
}
