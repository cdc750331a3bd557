/**
 * Asks a FreeSWITCH for its events and then for its state, after each connect and again from time to time.
 *
 * In: a session that is logged in, and the frames that pass by. Out: commands; the answers flow through the session's `onFrame`
 * and are kept like everything else. What must hold: events are asked for first, so that nothing falls between listing and
 * events; queues, agents, tiers, members in this order, for they build on each other. A change of tiers has no event, a
 * removed agent neither, so the lists are asked for again at intervals; sooner when an agent was added or a queue nobody listed
 * gets a caller (queues can be loaded by their first call, and their tiers with them).
 *
 * JSON is asked for: in mod_callcenter's own tables a `|` in a caller's name shifts the columns. Versions without it get the
 * tables. Without mod_callcenter there is nothing to list, which is said once and is no fault of the link.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageError } from '../../dialect.js';
import { LinkError } from '../../link-errors.js';
import { rowsOf, type Row } from '../projection/reply.js';
import { decodeEsl, type EslEvent, peekEsl } from './codec.js';
import { EslCommandError } from './errors.js';
import type { EslSession } from './session.js';
import { type EslFormat, subscribeCommand } from './subscription.js';

export interface EslResyncOptions {
  format: EslFormat;
  /** Also the events of mod_fifo. */
  fifo: boolean;
  /** The callcenter's state is listed again after this time. */
  refreshMs?: number;
  /** Several reasons to list sooner within this time make one listing. */
  settleMs?: number;
  onTrouble?: ((error: Error) => void) | undefined;
}

type Form = 'json' | 'table';

/** What mod_callcenter lists; the order counts. */
const LISTS: readonly Readonly<Record<Form, string>>[] = [
  list('queue list'),
  list('agent list'),
  list('tier list'),
  list('member list', 'queue list members'),
];
/** Which start of the switch this is: what is listed belongs to it. */
const CORE = 'global_getvar core_uuid';
/** After the agents, whose phones they are of. */
const PHONES: readonly string[] = [
  'show registrations as json',
  'show channels as json',
  'show calls as json',
];

const AGENT_ADDED = 'agent-add';
const CALLER_JOINED = 'member-queue-start';
const TELLING_ACTIONS = [AGENT_ADDED, CALLER_JOINED];

function list(json: string, table = json): Record<Form, string> {
  const command = { command: 'callcenter_config', data: { arguments: json } };
  return { json: `json ${JSON.stringify(command)}`, table: `callcenter_config ${table}` };
}

export class EslResync {
  readonly #options: EslResyncOptions;
  #form: Form = 'json';
  /** Listed, or heard of once. */
  readonly #queues = new Set<string>();
  /** Something happened that only a listing tells. */
  #wanted = false;
  #wake: () => void = () => undefined;
  /** Refused commands, so that each refusal is said once. */
  readonly #refused = new Map<string, string>();

  constructor(options: EslResyncOptions) {
    this.#options = options;
  }

  /** Subscribes, lists the state now and again, until the session ends. Never throws. One session at a time. */
  async run(session: EslSession): Promise<void> {
    const ended = new AbortController();
    void session.closed.then(() => ended.abort());
    this.#form = 'json';
    this.#queues.clear();
    if (!(await this.#subscribe(session))) return;
    await session.api(CORE).catch(() => undefined); // a switch that does not say it tells with its first event
    await this.#listCallcenter(session);
    for (const command of PHONES) await this.#ask(session, command);
    while (!ended.signal.aborted) {
      await this.#due(ended.signal);
      if (!ended.signal.aborted) await this.#listCallcenter(session);
    }
  }

  /** To be called with every frame of the session. */
  observe(frame: Buffer): void {
    const event = tellingEvent(frame);
    const action = event?.get('CC-Action');
    if (action === AGENT_ADDED) this.#want();
    if (action !== CALLER_JOINED) return;
    const queue = event?.get('CC-Queue') ?? '';
    if (this.#queues.has(queue)) return;
    this.#queues.add(queue);
    this.#want();
  }

  async #subscribe(session: EslSession): Promise<boolean> {
    const { format, fifo, onTrouble } = this.#options;
    try {
      await session.command(subscribeCommand(format, { fifo }));
      return true;
    } catch (error) {
      if (!(error instanceof EslCommandError)) return false; // the session has ended
      onTrouble?.(error);
      session.close('it gives no events');
      return false;
    }
  }

  async #listCallcenter(session: EslSession): Promise<void> {
    this.#wanted = false;
    for (const [index, forms] of LISTS.entries()) {
      const rows = await this.#list(session, forms);
      if (!rows) return; // the others would fare alike
      if (index === 0) for (const row of rows) this.#queues.add(row['name'] ?? '');
    }
  }

  /** @returns undefined when the list cannot be had */
  async #list(session: EslSession, forms: Readonly<Record<Form, string>>): Promise<Row[] | undefined> {
    if (this.#form === 'json') {
      const rows = await this.#ask(session, forms.json, false);
      if (rows) return rows;
      this.#form = 'table';
    }
    const rows = await this.#ask(session, forms.table);
    if (!rows) this.#form = 'json'; // the module may be loaded by the next time
    return rows;
  }

  /** @returns undefined when refused, which is said once where it matters, or not answered */
  async #ask(session: EslSession, command: string, matters = true): Promise<Row[] | undefined> {
    try {
      const rows = rowsOf(command, await session.api(command));
      if (rows) this.#refused.delete(command);
      return rows;
    } catch (error) {
      if (error instanceof LinkError) return undefined; // the session has ended, and run() with it
      if (matters) this.#tell(command, error);
      return undefined;
    }
  }

  #tell(command: string, error: unknown): void {
    const trouble = explained(error);
    if (this.#refused.get(command) === trouble.message) return;
    this.#refused.set(command, trouble.message);
    this.#options.onTrouble?.(trouble);
  }

  #want(): void {
    this.#wanted = true;
    this.#wake();
  }

  /** Resolves after `refreshMs`, or soon after a listing was wanted. */
  async #due(ended: AbortSignal): Promise<void> {
    const { refreshMs = 60_000, settleMs = 200 } = this.#options;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    if (!this.#wanted) await pause(refreshMs, AbortSignal.any([ended, woken.signal]));
    if (this.#wanted) await pause(settleMs, ended);
  }
}

/** Of the callcenter's events those that tell of something only a listing knows. */
function tellingEvent(frame: Buffer): EslEvent | undefined {
  if (!TELLING_ACTIONS.some((action) => frame.includes(action))) return undefined;
  if (peekEsl(frame).subclass !== 'callcenter::info') return undefined;
  try {
    const message = decodeEsl(frame);
    return message.type === 'event' ? message : undefined;
  } catch (error) {
    if (error instanceof MessageError) return undefined; // kept, and listed as an error when it is projected
    throw error;
  }
}

function explained(error: unknown): Error {
  if (error instanceof EslCommandError && error.answer?.startsWith('callcenter_config Command not found')) {
    return new EslCommandError(
      'mod_callcenter is not loaded: there are no queues to report on. Load it in modules.conf.xml, now with "load mod_callcenter".',
      error.answer,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // an abort only ends the pause
}
