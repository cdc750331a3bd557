/**
 * A scripted manager interface for tests of the client: real TCP or TLS, answers under the test's control.
 *
 * In: what it should do differently from a healthy Asterisk. Out: a port, the actions it was sent, its sockets.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

export interface Action {
  name: string;
  id: string;
  headers: Map<string, string>;
  socket: net.Socket;
}

export interface FakeOptions {
  username?: string;
  secret?: string;
  tls?: boolean;
  /** Milliseconds before it greets. */
  greetAfterMs?: number;
  greeting?: string;
  /** Called for every action before the usual answer; true: it has been dealt with. */
  onAction?: (action: Action) => boolean;
}

export const fixture = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

const CHALLENGE = '120399221';

export class FakeAsterisk {
  readonly actions: Action[] = [];
  readonly sockets: net.Socket[] = [];
  readonly #options: FakeOptions;
  readonly #server: net.Server;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
    const serve = (socket: net.Socket): void => this.#serve(socket);
    this.#server = options.tls
      ? tls.createServer({ key: fixture('key.pem'), cert: fixture('certificate.pem') }, serve)
      : net.createServer(serve);
    this.#server.on('tlsClientError', () => undefined);
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('not listening');
    return address.port;
  }

  /** Resolves when every client has gone, and what it said before is among the actions. */
  async left(): Promise<void> {
    for (const socket of this.sockets) if (!socket.closed) await once(socket, 'close');
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Sends to the newest connection. */
  send(text: string | Buffer): void {
    this.sockets.at(-1)?.write(text);
  }

  named(name: string): Action[] {
    return this.actions.filter((action) => action.name === name);
  }

  #serve(socket: net.Socket): void {
    this.sockets.push(socket);
    socket.on('error', () => undefined);
    const { greeting = 'Asterisk Call Manager/11.0.0\r\n', greetAfterMs = 0 } = this.#options;
    setTimeout(() => socket.write(greeting), greetAfterMs).unref();
    let held = '';
    socket.on('data', (chunk) => {
      held += chunk.toString('utf8');
      for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
        this.#act(held.slice(0, end), socket);
        held = held.slice(end + 4);
      }
    });
  }

  #act(text: string, socket: net.Socket): void {
    const headers = new Map(
      text.split('\r\n').map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    );
    const action = { name: headers.get('Action') ?? '', id: headers.get('ActionID') ?? '', headers, socket };
    this.actions.push(action);
    if (this.#options.onAction?.(action)) return;
    this.answer(action);
  }

  /** What a healthy Asterisk answers. */
  answer(action: Action): void {
    const { socket, id, name } = action;
    const say = (response: string, ...lines: string[]): void => {
      socket.write([`Response: ${response}`, `ActionID: ${id}`, ...lines].join('\r\n') + '\r\n\r\n');
    };
    const list = (...events: string[][]): void => {
      say('Success', 'EventList: start', `Message: ${name} will follow`);
      for (const event of events) socket.write([...event, `ActionID: ${id}`].join('\r\n') + '\r\n\r\n');
      socket.write(
        `Event: ${name}Complete\r\nActionID: ${id}\r\nEventList: Complete\r\nListItems: ${events.length}\r\n\r\n`,
      );
    };
    switch (name) {
      case 'Challenge':
        return say('Success', `Challenge: ${CHALLENGE}`);
      case 'Login':
        return this.#permits(action.headers)
          ? say('Success', 'Message: Authentication accepted')
          : say('Error', 'Message: Authentication failed');
      case 'Ping':
        return say('Success', 'Ping: Pong', 'Timestamp: 1795200523.000000');
      case 'CoreStatus':
        return say('Success', 'CoreStartupDate: 2026-11-20', 'CoreStartupTime: 18:58:54');
      case 'QueueStatus':
        return list(
          ['Event: QueueParams', 'Queue: support'],
          ['Event: QueueMember', 'Queue: support', 'Name: Øyvind Ås'],
        );
      case 'CoreShowChannels':
        return list();
      case 'Logoff':
        say('Goodbye', 'Message: Thanks for all the fish.');
        socket.end();
        return;
      default:
        return say(
          'Error',
          `Message: Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`,
        );
    }
  }

  #permits(headers: Map<string, string>): boolean {
    const { username = 'collector', secret = 'labsecret' } = this.#options;
    if (headers.get('Username') !== username) return false;
    return headers.get('AuthType') === 'MD5'
      ? headers.get('Key') ===
          createHash('md5')
            .update(CHALLENGE + secret)
            .digest('hex')
      : headers.get('Secret') === secret;
  }
}
