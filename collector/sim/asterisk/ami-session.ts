/**
 * One client of the simulated manager: its login and its actions. Knows no socket: text in, text out through `Peer`.
 *
 * What must hold: before a login nothing but Login, Challenge and Logoff is answered; a wrong password ends the
 * connection; actions that change a member are told as events to every client.
 */
import { createHash, randomInt } from 'node:crypto';
import type { Peer, Session } from '../clients.js';
import { leaveIfEmpty } from '../model/calls.js';
import * as presence from '../model/presence.js';
import type { World } from '../model/world.js';
import {
  AMI_VERSION,
  coreSettings,
  coreShowChannels,
  coreStatus,
  queueStatus,
  queueSummary,
} from './ami-answers.js';
import { listItem, response, timestamp, type Header } from './frame.js';
import { memberInterface } from './member.js';

export interface Account {
  username: string;
  secret: string;
}

type Action = Record<string, string>;

/** What one action may be long; the manager's own limit is lower. */
const MAX_ACTION_BYTES = 65_536;

export class AmiSession implements Session {
  readonly #peer: Peer;
  readonly #account: Account;
  #pending = '';
  #challenge = '';
  #authenticated = false;
  #events = false;

  constructor(peer: Peer, account: Account) {
    this.#peer = peer;
    this.#account = account;
    peer.send(`Asterisk Call Manager/${AMI_VERSION}\r\n`);
  }

  /** Whether this client wants events. */
  get listening(): boolean {
    return this.#authenticated && this.#events;
  }

  feed(text: string): void {
    this.#pending += text;
    for (let end = /\r?\n\r?\n/.exec(this.#pending); end; end = /\r?\n\r?\n/.exec(this.#pending)) {
      const action = parse(this.#pending.slice(0, end.index));
      this.#pending = this.#pending.slice(end.index + end[0].length);
      this.#act(action, action.actionid ?? '');
    }
    if (this.#pending.length > MAX_ACTION_BYTES) this.#peer.end();
  }

  #act(action: Action, id: string): void {
    const name = (action.action ?? '').toLowerCase();
    if (name === 'login') return this.#login(action, id);
    if (name === 'challenge') return this.#giveChallenge(action, id);
    if (name === 'logoff') {
      this.#peer.send(response('Goodbye', id, [['Message', 'Thanks for all the fish.']]));
      return this.#peer.end();
    }
    if (!this.#authenticated) return this.#refuse(id, 'Permission denied');
    const world = this.#peer.world();
    switch (name) {
      case 'ping':
        return this.#accept(id, [
          ['Ping', 'Pong'],
          ['Timestamp', timestamp(world.atUs)],
        ]);
      case 'events':
        this.#events = wantsEvents(action.eventmask);
        return this.#accept(id, [['Events', this.#events ? 'On' : 'Off']]);
      case 'coresettings':
        return this.#peer.send(coreSettings(id));
      case 'corestatus':
        return this.#peer.send(coreStatus(world, id));
      case 'queuestatus':
        return this.#peer.send(queueStatus(world, id, action.queue ?? ''));
      case 'queuesummary':
        return this.#peer.send(queueSummary(world, id, action.queue ?? ''));
      case 'coreshowchannels':
        return this.#peer.send(coreShowChannels(world, id));
      case 'queueadd':
        return this.#queueAdd(world, action, id);
      case 'queueremove':
        return this.#queueRemove(world, action, id);
      case 'queuepause':
        return this.#queuePause(world, action, id);
      default:
        return this.#refuse(
          id,
          `Invalid/unknown command: ${action.action ?? ''}. Use Action: ListCommands to show available commands.`,
        );
    }
  }

  #giveChallenge(action: Action, id: string): void {
    if (action.authtype?.toLowerCase() !== 'md5') return this.#refuse(id, 'Must specify AuthType');
    this.#challenge = String(randomInt(100_000_000, 1_000_000_000));
    this.#accept(id, [['Challenge', this.#challenge]]);
  }

  #login(action: Action, id: string): void {
    const { username, secret } = this.#account;
    const md5 = createHash('md5').update(`${this.#challenge}${secret}`).digest('hex');
    const proven =
      action.authtype?.toLowerCase() === 'md5'
        ? this.#challenge !== '' && action.key?.toLowerCase() === md5
        : action.secret === secret;
    if (action.username !== username || !proven) {
      this.#refuse(id, 'Authentication failed');
      return this.#peer.end();
    }
    this.#authenticated = true;
    this.#events = wantsEvents(action.events);
    this.#accept(id, [['Message', 'Authentication accepted']]);
    const world = this.#peer.world();
    const uptime = Math.floor((world.atUs - world.state.startedAtUs) / 1_000_000);
    if (this.#events)
      this.#peer.send(
        listItem('FullyBooted', [
          ['Privilege', 'system,all'],
          ['Uptime', uptime],
          ['LastReload', uptime],
          ['Status', 'Fully Booted'],
        ]),
      );
  }

  #queueAdd(world: World, action: Action, id: string): void {
    const [queue, agent] = [world.queueIndex(action.queue ?? ''), agentOf(world, action.interface)];
    if (queue === undefined) return this.#refuse(id, 'Unable to add interface to queue: No such queue');
    if (agent === undefined)
      return this.#refuse(id, 'Unable to add interface: the simulator knows only its own agents');
    const penalty = Number(action.penalty ?? 0);
    if (!presence.addMember(world, agent, queue, Number.isInteger(penalty) ? penalty : 0))
      return this.#refuse(id, 'Unable to add interface: Already there');
    if (isTrue(action.paused)) presence.pause(world, agent, queue, action.reason ?? '');
    this.#accept(id, [['Message', 'Added interface to queue']]);
  }

  #queueRemove(world: World, action: Action, id: string): void {
    const [queue, agent] = [world.queueIndex(action.queue ?? ''), agentOf(world, action.interface)];
    if (queue === undefined) return this.#refuse(id, 'Unable to remove interface from queue: No such queue');
    if (agent === undefined || !presence.removeMember(world, agent, queue))
      return this.#refuse(id, 'Unable to remove interface: Not there');
    leaveIfEmpty(world, queue);
    this.#accept(id, [['Message', 'Removed interface from queue']]);
  }

  #queuePause(world: World, action: Action, id: string): void {
    if (action.interface === undefined || action.paused === undefined)
      return this.#refuse(id, "Need 'Interface' and 'Paused' parameters.");
    const agent = agentOf(world, action.interface);
    const queue = action.queue === undefined ? undefined : (world.queueIndex(action.queue) ?? -1);
    const [change, word] = isTrue(action.paused)
      ? [presence.pause, 'paused']
      : [presence.unpause, 'unpaused'];
    if (agent === undefined || !change(world, agent, queue, action.reason ?? ''))
      return this.#refuse(id, 'Interface not found');
    this.#accept(id, [['Message', `Interface ${word} successfully`]]);
  }

  #accept(id: string, headers: Header[]): void {
    this.#peer.send(response('Success', id, headers));
  }

  #refuse(id: string, message: string): void {
    this.#peer.send(response('Error', id, [['Message', message]]));
  }
}

/** Header names in lower case; the last of a repeated one counts. */
function parse(text: string): Action {
  const action: Action = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) action[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return action;
}

/** Any mask but `off` is taken as all: the simulator sends what a collector may see. */
const wantsEvents = (mask: string | undefined) => !['off', 'no', '0'].includes((mask ?? 'on').toLowerCase());

const isTrue = (value: string | undefined) =>
  ['1', 'true', 'yes', 'on'].includes((value ?? '').toLowerCase());

function agentOf(world: World, itself: string | undefined): number | undefined {
  const found = world.site.agents.findIndex((_, agent) => memberInterface(world, agent) === itself);
  return found < 0 ? undefined : found;
}
