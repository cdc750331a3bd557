/**
 * A scripted event socket for tests of the client: real TCP, answers under the test's control.
 *
 * In: what it should do differently from a healthy FreeSWITCH. Out: a port, the commands it was sent, its sockets.
 */
import { once } from 'node:events';
import net from 'node:net';

export interface Command {
  text: string;
  socket: net.Socket;
}

export interface FakeOptions {
  password?: string;
  /** Said instead of asking for the password. */
  greeting?: string;
  /** Called for every command before the usual answer; true: it has been dealt with. */
  onCommand?: (command: Command) => boolean;
}

export const CORE_UUID = 'e62d897e-9b4f-40ca-b2f7-6e4eaebf534c';
export const GREETING = 'Content-Type: auth/request\n\n';
export const REJECTION = 'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n';

export class FakeFreeSwitch {
  readonly commands: Command[] = [];
  readonly sockets: net.Socket[] = [];
  readonly #options: FakeOptions;
  readonly #server: net.Server;

  constructor(options: FakeOptions = {}) {
    this.#options = options;
    this.#server = net.createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('not listening');
    return address.port;
  }

  /** Resolves when every client has gone, and what it said before is among the commands. */
  async left(): Promise<void> {
    for (const socket of this.sockets) if (!socket.closed) await once(socket, 'close');
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Sends to the newest connection. */
  send(bytes: string | Buffer): void {
    this.sockets.at(-1)?.write(bytes);
  }

  /** Texts of the commands so far, of all connections. */
  get told(): string[] {
    return this.commands.map(({ text }) => text);
  }

  #serve(socket: net.Socket): void {
    this.sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(this.#options.greeting ?? GREETING);
    let held = '';
    socket.on('data', (chunk) => {
      held += chunk.toString('utf8');
      for (let end = held.indexOf('\n\n'); end >= 0; end = held.indexOf('\n\n')) {
        const command = { text: held.slice(0, end), socket };
        held = held.slice(end + 2);
        this.commands.push(command);
        if (!this.#options.onCommand?.(command)) this.answer(command);
      }
    });
  }

  /** What a healthy FreeSWITCH with an empty mod_callcenter answers. */
  answer({ text, socket }: Command): void {
    const [word = '', argument = ''] = text.split(/ (.*)/s);
    switch (word) {
      case 'auth': {
        const right = argument === (this.#options.password ?? 'ClueCon');
        socket.write(reply(right ? '+OK accepted' : '-ERR invalid'));
        if (!right) socket.end();
        return;
      }
      case 'event':
        socket.write(reply(`+OK event listener enabled ${argument.split(' ')[0]}`));
        return;
      case 'exit':
        socket.write(`${reply('+OK bye')}${notice('Disconnected, goodbye.\nSee you at ClueCon!\n')}`);
        socket.end();
        return;
      case 'nolinger':
        socket.write(reply('-ERR not controlling a session'));
        return;
      case 'api':
        socket.write(apiReply(argument === 'global_getvar core_uuid' ? CORE_UUID : emptyList(argument)));
        return;
      default:
        socket.write(reply('-ERR command not found'));
    }
  }
}

export const reply = (text: string): string => `Content-Type: command/reply\nReply-Text: ${text}\n\n`;

export const apiReply = (text: string): string => framed('api/response', text);

export const notice = (text: string): string => framed('text/disconnect-notice', text);

/** An event in the plain format, headers as given. */
export function plainEvent(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${encodeURIComponent(value)}\n`);
  const body = `${lines.join('')}\n`;
  return `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-plain\n\n${body}`;
}

function emptyList(command: string): string {
  if (command.startsWith('show ')) return '{"row_count": 0}\n';
  if (!command.startsWith('json ')) return '+OK\n';
  const asked = JSON.parse(command.slice('json '.length)) as Record<string, unknown>;
  return `${JSON.stringify({ ...asked, status: 'success', response: [] })}\n`;
}

const framed = (type: string, text: string): string =>
  `Content-Type: ${type}\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`;
