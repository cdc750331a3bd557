/**
 * The clients of a simulated PBX: sockets and the sessions that speak through them. What must hold: a client that
 * vanishes or does not read harms nobody else.
 */
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { World } from './model/world.js';

/** What a session may do with its client. */
export interface Peer {
  /** The site as of now (time has been brought up to date). */
  world(): World;
  send(text: string): void;
  /** Ends the connection after what was sent. */
  end(): void;
}

export interface Session {
  /** Whether this client wants events. */
  readonly listening: boolean;
  feed(text: string): void;
}

/** A client that does not read is cut off, as the PBXs do. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

export class Clients<Kind extends Session> {
  readonly #sessions = new Map<Socket, Kind>();

  attach(socket: Socket, now: () => World, open: (peer: Peer) => Kind): void {
    socket.setNoDelay(true);
    const decoder = new StringDecoder('utf8');
    const session = open({
      world: now,
      send: (text) => socket.write(text),
      end: () => socket.end(),
    });
    this.#sessions.set(socket, session);
    socket.on('data', (chunk) => session.feed(decoder.write(chunk)));
    // A client may vanish at any time; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#sessions.delete(socket));
  }

  get isHeard(): boolean {
    return [...this.#sessions.values()].some((session) => session.listening);
  }

  /** @param textFor what this session gets; nothing for '' */
  tell(textFor: (session: Kind) => string): void {
    for (const [socket, session] of this.#sessions) {
      if (!session.listening) continue;
      const text = textFor(session);
      if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
      else if (text !== '') socket.write(text);
    }
  }

  /** @param farewell said to each before its connection ends */
  close(farewell = ''): void {
    for (const socket of this.#sessions.keys()) {
      if (farewell === '') socket.destroy();
      else socket.end(farewell, () => socket.destroy());
    }
  }
}
