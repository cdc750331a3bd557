/**
 * One client of the simulated event socket: its password and its commands. Knows no socket: text in, text out through
 * `Peer`.
 *
 * What must hold: before the password nothing is answered but it; a wrong one ends the connection; answers come in the
 * order of the commands.
 */
import type { Peer, Session } from '../clients.js';
import type { World } from '../model/world.js';
import type { EslEvent } from './event.js';
import { apiResponse, AUTH_REQUEST, commandReply, disconnectNotice } from './frame.js';
import { Subscription } from './subscription.js';

/** What the switch does for its clients. */
export interface Switch {
  answer(world: World, command: string): string;
  /** Runs the command and tells its answer as an event. @returns the job's UUID */
  runInBackground(world: World, command: string, job: string | undefined): string;
}

interface Command {
  line: string;
  jobUuid: string | undefined;
}

const FAREWELL = 'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';
/** What one command may be long. */
const MAX_COMMAND_CHARACTERS = 65_536;

export class EslSession implements Session {
  readonly subscription = new Subscription();
  readonly #peer: Peer;
  readonly #switch: Switch;
  readonly #password: string;
  #pending = '';
  #authenticated = false;
  #ended = false;

  constructor(peer: Peer, core: Switch, password: string) {
    this.#peer = peer;
    this.#switch = core;
    this.#password = password;
    peer.send(AUTH_REQUEST);
  }

  get listening(): boolean {
    return this.#authenticated && !this.#ended && !this.subscription.isEmpty;
  }

  wants(event: EslEvent): boolean {
    return this.subscription.wants(event);
  }

  feed(text: string): void {
    this.#pending += text;
    for (
      let end = /\r?\n\r?\n/.exec(this.#pending);
      end && !this.#ended;
      end = /\r?\n\r?\n/.exec(this.#pending)
    ) {
      const command = parse(this.#pending.slice(0, end.index));
      this.#pending = this.#pending.slice(end.index + end[0].length);
      if (command.line !== '') this.#act(command);
    }
    if (this.#pending.length > MAX_COMMAND_CHARACTERS) this.#end();
  }

  #act({ line, jobUuid }: Command): void {
    const [name = '', ...words] = line.split(/ +/);
    const rest = line.slice(name.length).trim();
    if (name === 'exit' || name === '...') {
      this.#reply('+OK bye');
      return this.#end();
    }
    if (!this.#authenticated) return this.#login(name, rest);
    switch (name) {
      case 'event':
      case 'events':
        return this.#reply(this.subscription.add(words));
      case 'nixevent':
        return this.#reply(this.subscription.remove(words));
      case 'noevents':
        return this.#reply(this.subscription.clear());
      case 'filter':
        return this.#reply(this.subscription.filter(words));
      case 'api':
        return this.#peer.send(apiResponse(this.#switch.answer(this.#peer.world(), rest)));
      case 'bgapi': {
        const job = this.#switch.runInBackground(this.#peer.world(), rest, jobUuid);
        return this.#reply(`+OK Job-UUID: ${job}`, `Job-UUID: ${job}`);
      }
      case 'log':
        return this.#reply('+OK log level  [7]');
      case 'nolog':
        return this.#reply('+OK no longer logging');
      case 'linger':
      case 'nolinger':
        return this.#reply('-ERR not controlling a session');
      default:
        return this.#reply('-ERR command not found');
    }
  }

  #login(name: string, password: string): void {
    if (name !== 'auth') return this.#reply('-ERR command not found');
    if (password === this.#password) {
      this.#authenticated = true;
      return this.#reply('+OK accepted');
    }
    this.#reply('-ERR invalid');
    this.#end();
  }

  #reply(text: string, ...more: string[]): void {
    this.#peer.send(commandReply(text, ...more));
  }

  #end(): void {
    this.#ended = true;
    this.#peer.send(disconnectNotice(FAREWELL));
    this.#peer.end();
  }
}

/** The first line is the command, the others its headers. */
function parse(text: string): Command {
  const [line = '', ...headers] = text.trim().split(/\r?\n/);
  const job = headers.find((header) => /^job-uuid:/i.test(header));
  return { line: line.trim(), jobUuid: job?.slice(job.indexOf(':') + 1).trim() };
}
