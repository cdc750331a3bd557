/**
 * Plays the people: takes a planned shift to a real Asterisk over AMI.
 *
 * In: an Asterisk and a plan. Out: real calls through its queues, real logins and pauses. What must hold: at the end no
 * channel is left and nobody is logged in, so that Asterisk's own log of the shift is complete.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiHeaders } from '../src/pbx/asterisk/ami/action.js';
import { type AmiMessage, decodeAmi } from '../src/pbx/asterisk/ami/codec.js';
import { AmiActionError } from '../src/pbx/asterisk/ami/errors.js';
import { AmiSession } from '../src/pbx/asterisk/ami/session.js';
import { LinkError } from '../src/pbx/link-errors.js';
import type { LabAsterisk } from './asterisk.js';
import {
  type Agent,
  type Intent,
  type Operation,
  type PlannedCall,
  interfaceOf,
  queueNumbers,
  type ShiftPlan,
} from './shift-plan.js';

const drainTimeoutMs = 60_000;

/** Runs the whole shift and waits until the last call is over. @throws Error when calls do not end */
export async function runShift(asterisk: LabAsterisk, plan: ShiftPlan): Promise<void> {
  const driver = await Driver.connect(asterisk);
  try {
    await driver.play(plan);
    await driver.drain();
    for (const agent of plan.agents) await driver.logout(agent);
  } finally {
    driver.close();
  }
}

export class Driver {
  readonly #asterisk: LabAsterisk;
  readonly #session: AmiSession;
  readonly #calls = new Map<string, PlannedCall>();
  /** What a call's progress set off, until it is done. */
  readonly #reactions = new Set<Promise<void>>();

  static async connect(asterisk: LabAsterisk): Promise<Driver> {
    const handlers: { driver?: Driver } = {};
    const session = await AmiSession.open(
      asterisk.driver,
      { onFrame: (frame) => handlers.driver?.observe(decodeAmi(frame)) },
      new AbortController().signal,
    );
    return (handlers.driver = new Driver(asterisk, session));
  }

  private constructor(asterisk: LabAsterisk, session: AmiSession) {
    this.#asterisk = asterisk;
    this.#session = session;
  }

  /** Everything of the plan at its time. */
  async play({ agents, calls, operations }: ShiftPlan): Promise<void> {
    for (const agent of agents) await this.#setDevice(agent, 'NOT_INUSE');
    const startedMs = Date.now();
    const at = async (atMs: number, work: () => Promise<void>): Promise<void> => {
      await sleep(Math.max(0, startedMs + atMs - Date.now()));
      await work();
    };
    await Promise.all([
      ...operations.map((operation) => at(operation.atMs, () => this.operate(operation))),
      ...calls.map((call) => at(call.atMs, () => this.call(call))),
    ]);
    await Promise.all(this.#reactions);
  }

  /** Begins a call; it then goes on by itself. */
  async call(call: PlannedCall): Promise<void> {
    this.#calls.set(call.callerNumber, call);
    const variables: Record<string, string | number | undefined> = {
      PATIENCE: call.patienceSeconds,
      QTIMEOUT: call.queueTimeoutSeconds,
      KEY: call.key?.digit,
      KEYAFTER: call.key?.afterSeconds,
      OVERFLOW: call.overflowQueue,
      // Handed down to the agents' phones.
      __RING: call.ringSeconds,
      __TALK: call.talkSeconds,
    };
    await this.#session.action('Originate', {
      Channel: 'Local/call@callers/n',
      Context: 'inbound',
      Exten: queueNumbers[call.queue],
      Priority: 1,
      CallerID: `"${call.callerName}" <${call.callerNumber}>`,
      Async: 'true',
      Variable: assignments(variables),
    });
  }

  async operate(operation: Operation): Promise<void> {
    const { agent } = operation;
    switch (operation.kind) {
      case 'login':
        for (const queue of operation.queues) {
          await this.#member(operation.via, 'add', agent, { queue });
        }
        break;
      case 'logout':
        for (const queue of operation.queues) {
          await this.#member(operation.via, 'remove', agent, { queue });
        }
        break;
      case 'pause':
      case 'unpause':
        await this.#member(operation.via, operation.kind, agent, operation);
        break;
      case 'phone':
        await this.#session.action('Setvar', {
          Variable: `MISSES_${agent.extension}`,
          Value: operation.misses,
        });
        break;
      case 'privateCall':
        await this.#setDevice(agent, operation.talking ? 'INUSE' : 'NOT_INUSE');
        break;
    }
  }

  /** Out of all queues; nothing happens in those the agent is not in. */
  async logout(agent: Agent): Promise<void> {
    for (const Queue of agent.queues) {
      await this.#session
        .action('QueueRemove', { Queue, Interface: interfaceOf(agent) })
        .catch(ignoreRefusal);
    }
  }

  /** Waits until no channel is left. @throws Error when that takes longer than the longest call could */
  async drain(): Promise<void> {
    const deadlineMs = Date.now() + drainTimeoutMs;
    for (;;) {
      const channels = await this.#session.list('CoreShowChannels');
      if (channels.length === 0) return;
      if (Date.now() > deadlineMs) {
        throw new Error(`calls do not end: ${channels.map((channel) => channel.get('Channel')).join(', ')}`);
      }
      await sleep(250);
    }
  }

  close(): void {
    this.#session.close('the shift is over');
  }

  /** What a call's intent asks for once it waits, or talks. */
  observe(event: AmiMessage): void {
    const call = this.#calls.get(event.get('CallerIDNum') ?? '');
    const caller = event.get('Channel');
    if (!call || caller === undefined) return;
    if (event.name === 'QueueCallerJoin' && call.intent === 'isWithdrawn') {
      this.#later(1500, 'QueueWithdrawCaller', { Queue: call.queue, Caller: caller });
    }
    if (event.name !== 'AgentConnect') return;
    this.#calls.delete(call.callerNumber); // what follows a transfer is left alone
    const agent = event.get('DestChannel') ?? '';
    for (const { afterMs, action, headers } of onceConnected[call.intent] ?? []) {
      this.#later(afterMs, action, { Channel: agent, ...headers });
    }
  }

  #later(ms: number, action: string, headers: AmiHeaders): void {
    const reaction = sleep(ms)
      .then(() => this.#session.action(action, headers))
      .then(() => undefined, ignoreRefusal)
      .finally(() => this.#reactions.delete(reaction));
    this.#reactions.add(reaction);
  }

  async #member(
    via: 'ami' | 'dialplan',
    what: 'add' | 'remove' | 'pause' | 'unpause',
    agent: Agent,
    { queue = '', reason = '' }: { queue?: string; reason?: string },
  ): Promise<void> {
    const member = { Interface: interfaceOf(agent), ...(queue && { Queue: queue }) };
    if (via === 'dialplan') {
      const variables = {
        OQUEUE: queue,
        OINTERFACE: member.Interface,
        ONAME: agent.name,
        OSTATE: device(agent),
        OREASON: reason,
      };
      await this.#session.action('Originate', {
        Channel: `Local/${what}@operations/n`,
        Application: 'Wait',
        Data: '0.1',
        CallerID: `<${agent.extension}>`,
        Async: 'true',
        Variable: assignments(variables),
      });
    } else if (what === 'add') {
      const names = { MemberName: agent.name, StateInterface: device(agent) };
      await this.#session.action('QueueAdd', { ...member, ...names });
    } else if (what === 'remove') {
      await this.#session.action('QueueRemove', member);
    } else {
      const pause = { Paused: what === 'pause' ? 'true' : 'false', ...(reason && { Reason: reason }) };
      await this.#session.action('QueuePause', { ...member, ...pause });
    }
  }

  async #setDevice(agent: Agent, state: 'INUSE' | 'NOT_INUSE'): Promise<void> {
    await this.#asterisk.cli(`devstate change ${device(agent)} ${state}`);
  }
}

/** What the agent does with the call, by AMI on the agent's channel. */
const onceConnected: Partial<Record<Intent, { afterMs: number; action: string; headers: AmiHeaders }[]>> = {
  isTransferredBlind: [
    { afterMs: 2000, action: 'BlindTransfer', headers: { Context: 'transfers', Exten: 700 } },
  ],
  isTransferredToQueue: [
    { afterMs: 2000, action: 'BlindTransfer', headers: { Context: 'transfers', Exten: queueNumbers.sales } },
  ],
  isTransferredAttended: [
    { afterMs: 1500, action: 'Atxfer', headers: { Context: 'transfers', Exten: 700 } },
    { afterMs: 5000, action: 'Hangup', headers: { Cause: 16 } }, // hands the caller over
  ],
};

const device = (agent: Agent): string => `Custom:a${agent.extension}`;

const assignments = (variables: Readonly<Record<string, string | number | undefined>>): string[] =>
  Object.entries(variables)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${value}`);

/** The call, or Asterisk itself, was gone before its turn came: so it is with people, and with tests that kill. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AmiActionError || error instanceof LinkError)) throw error;
}
