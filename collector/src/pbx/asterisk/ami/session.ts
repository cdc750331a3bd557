/**
 * One manager session: from the connected socket through login to its end.
 *
 * In: a socket, user and secret. Out: every frame after the login through `onFrame`, answers to actions as promises, and
 * one `closed` with the reason. What must hold: the socket is never paused (Asterisk kills a client that does not
 * read); every action is answered, refused, timed out or ended with the session; nothing is left behind at its end.
 */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { nowUs } from '../../clock.js';
import { LinkError } from '../../link-errors.js';
import { SilenceWatch } from '../../silence.js';
import { type Endpoint, linkError, openSocket, type SocketTls, where } from '../../socket.js';
import { type AmiHeaders, encodeAction } from './action.js';
import { type AmiMessage, decodeAmi } from './codec.js';
import { AmiActionError, AmiLoginError } from './errors.js';
import { AmiFramer } from './framer.js';

export interface AmiOptions {
  host: string;
  port: number;
  username: string;
  secret: string;
  /** `md5` (default): challenge and response, the secret does not cross the wire. */
  auth?: 'plain' | 'md5';
  tls?: boolean | SocketTls;
  connectTimeoutMs?: number;
  /** From the connected socket to the accepted login. */
  loginTimeoutMs?: number;
  /** How long an action may go unanswered; a list, between two of its items. */
  actionTimeoutMs?: number;
  /** After this silence a Ping is sent; after three times as long the link counts as dead. */
  keepaliveMs?: number;
}

export interface AmiSessionHandlers {
  /** Before any frame of the session. `loginUs`: µs since the epoch. */
  onLogin?: (session: AmiSession, loginUs: number) => void;
  /** Every frame after the login answer; its bytes must not be changed. `receivedUs`: µs since the epoch. */
  onFrame: (frame: Buffer, receivedUs: number) => void;
  /** Every chunk as it came, the greeting and the login answer included (`capture`). */
  onChunk?: (chunk: Buffer, receivedUs: number) => void;
  /** Something that does not end the session: a frame too long to be one. */
  onTrouble?: (error: Error) => void;
}

interface Pending {
  /** Items of a list so far; undefined for a plain action. */
  items: AmiMessage[] | undefined;
  resolve: (messages: AmiMessage[]) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Our ActionIDs begin with this, so that answers to us are told from those to other clients' events. */
export const ACTION_ID_PREFIX = 'qs-';
const NO_TLS = 'No TLS there: is this the port of tlsbindaddr?';
const FIXES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is Asterisk running, and manager.conf enabled = yes with this port and bindaddr?',
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
};
const OUR_ANSWER = Buffer.from(`\r\nActionID: ${ACTION_ID_PREFIX}`);

export class AmiSession {
  /** Resolves with the reason when the session has ended, by whichever side. Never rejects. */
  readonly closed: Promise<string>;
  readonly #options: AmiOptions;
  readonly #handlers: AmiSessionHandlers;
  readonly #socket: Socket;
  readonly #framer: AmiFramer;
  readonly #silence: SilenceWatch;
  readonly #where: string;
  readonly #pending = new Map<string, Pending>();
  #loggedIn = false;
  #greeted!: () => void;
  #refuseGreeting!: (error: Error) => void;
  #actions = 0;
  #endReason: string | undefined;

  /**
   * Connects and logs in.
   * @throws AmiLoginError when refused; LinkError when there is no link or no AMI; the signal's reason
   */
  static async open(
    options: AmiOptions,
    handlers: AmiSessionHandlers,
    signal: AbortSignal,
  ): Promise<AmiSession> {
    const { tls, connectTimeoutMs = 10_000 } = options;
    const limits = { timeoutMs: connectTimeoutMs, ...(tls !== undefined && { tls }) };
    const socket = await openSocket(endpointOf(options), limits, signal);
    const session = new AmiSession(socket, options, handlers);
    const onAbort = (): void => session.close('stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    void session.closed.then(() => signal.removeEventListener('abort', onAbort));
    try {
      await session.#login();
    } catch (error) {
      session.close('not logged in');
      signal.throwIfAborted();
      throw error;
    }
    return session;
  }

  private constructor(socket: Socket, options: AmiOptions, handlers: AmiSessionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#socket = socket;
    this.#where = where(endpointOf(options));
    this.#silence = new SilenceWatch({
      afterMs: options.keepaliveMs ?? 30_000,
      ask: () => void this.action('Ping').catch(() => undefined), // silence ends the session, not a refused Ping
      onDead: (reason) => {
        this.#endReason ??= reason;
        socket.destroy();
      },
    });
    this.#framer = new AmiFramer({
      onSkipped: (head, maxBytes) =>
        handlers.onTrouble?.(
          new LinkError(
            `${this.#where}: skipped more than ${maxBytes} bytes without a frame end, beginning with ${JSON.stringify(head.toString('latin1').slice(0, 80))}`,
          ),
        ),
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#end();
        resolve(this.#endReason ?? 'closed by Asterisk');
      });
    });
    socket.on('error', (error) => {
      this.#endReason ??= linkError(endpointOf(options), error).message;
    });
    socket.once('end', () => {
      this.#endReason ??= 'closed by Asterisk';
      socket.destroy();
    });
  }

  /**
   * Sends an action and waits for its answer.
   * @throws AmiActionError when refused or not answered in time; LinkError when the session ends before
   */
  async action(name: string, headers: AmiHeaders = {}): Promise<AmiMessage> {
    const [answer] = await this.#send(name, headers, false);
    if (answer === undefined) throw new AmiActionError(`${this.#where}: no answer to ${name}`);
    return answer;
  }

  /** Sends an action that answers with a list; resolves with its items when the list is complete. @throws as `action` */
  list(name: string, headers: AmiHeaders = {}): Promise<AmiMessage[]> {
    return this.#send(name, headers, true);
  }

  /** Ends the session; `closed` resolves with this reason. */
  close(reason: string): void {
    this.#endReason ??= reason;
    if (this.#loggedIn && this.#socket.writable) {
      this.#socket.write(encodeAction('Logoff', this.#nextId('Logoff')));
    }
    this.#socket.destroySoon();
    // A half-open peer never lets the rest of the output go.
    setTimeout(() => this.#socket.destroy(), 500).unref();
  }

  async #login(): Promise<void> {
    const { username, secret, auth = 'md5', loginTimeoutMs = 10_000 } = this.#options;
    const greeted = new Promise<void>((resolve, reject) => {
      this.#greeted = resolve;
      this.#refuseGreeting = reject;
    });
    const timer = setTimeout(() => {
      const error = new LinkError(`${this.#where}: no login within ${loginTimeoutMs} ms`);
      this.#refuseGreeting(error);
      for (const pending of this.#pending.values()) pending.reject(error);
    }, loginTimeoutMs);
    try {
      this.#socket.on('data', (chunk) => this.#receive(chunk));
      await greeted;
      const credentials = auth === 'md5' ? await this.#challenge(secret) : { Secret: secret };
      const user = { ...(auth === 'md5' && { AuthType: 'MD5' }), Username: username };
      await this.action('Login', { ...user, ...credentials, Events: 'on' });
    } catch (error) {
      throw error instanceof AmiActionError && error.answer !== undefined
        ? this.#loginError(error.answer)
        : error;
    } finally {
      clearTimeout(timer);
    }
    if (this.#endReason === undefined) this.#silence.start();
  }

  async #challenge(secret: string): Promise<AmiHeaders> {
    const challenge = (await this.action('Challenge', { AuthType: 'MD5' })).get('Challenge') ?? '';
    return { Key: createHash('md5').update(challenge).update(secret).digest('hex') };
  }

  #loginError(answer: string): AmiLoginError {
    const { username, host, port } = this.#options;
    return new AmiLoginError(
      `AMI refused the login of ${username}@${host}:${port}: ${answer}. ` +
        'Check user, secret, permit/deny and acl in manager.conf, and that it was reloaded ("manager reload").',
    );
  }

  #receive(chunk: Buffer): void {
    const receivedUs = nowUs();
    this.#silence.heard();
    this.#handlers.onChunk?.(chunk, receivedUs);
    for (const frame of this.#framer.feed(chunk)) {
      if (this.#loggedIn) {
        if (this.#pending.size > 0 && frame.includes(OUR_ANSWER)) this.#answered(decodeAmi(frame));
        this.#handlers.onFrame(frame, receivedUs);
      } else {
        this.#beforeLogin(decodeAmi(frame), receivedUs);
      }
    }
  }

  #beforeLogin(message: AmiMessage, receivedUs: number): void {
    if (message.type === 'greeting') return this.#greeted();
    if (message.type === 'unknown') {
      const text = JSON.stringify(message.name.slice(0, 80));
      return this.#refuseGreeting(
        new LinkError(
          `${this.#where}: this is no Asterisk manager interface, it says ${text}. Check host and port.`,
        ),
      );
    }
    const login = message.type === 'response' && message.actionId?.endsWith('-Login') === true;
    if (login && message.name === 'Success') {
      // At once: frames behind the answer can be in the same chunk.
      this.#loggedIn = true;
      this.#handlers.onLogin?.(this, receivedUs);
    }
    this.#answered(message);
  }

  #send(name: string, headers: AmiHeaders, list: boolean): Promise<AmiMessage[]> {
    const id = this.#nextId(name);
    const bytes = encodeAction(name, id, headers);
    return new Promise((resolve, reject) => {
      if (this.#endReason !== undefined || !this.#socket.writable) {
        reject(new LinkError(`${this.#where}: ${name} not sent, the link is down`));
        return;
      }
      const { actionTimeoutMs = 10_000 } = this.#options;
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new AmiActionError(`${this.#where}: no answer to ${name} within ${actionTimeoutMs} ms`));
      }, actionTimeoutMs);
      const settle =
        <T>(settled: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.#pending.delete(id);
          settled(value);
        };
      this.#pending.set(id, {
        items: list ? [] : undefined,
        resolve: settle(resolve),
        reject: settle(reject),
        timer,
      });
      this.#socket.write(bytes);
    });
  }

  #answered(message: AmiMessage): void {
    const pending = this.#pending.get(message.actionId ?? '');
    if (pending === undefined) return;
    if (message.type === 'response') {
      if (message.name === 'Error') {
        const answer = (message.get('Message') ?? '').trim();
        const name = message.actionId?.split('-').at(-1) ?? '';
        pending.reject(new AmiActionError(`${this.#where}: ${name} refused: ${answer}`, answer));
      } else if (pending.items === undefined) {
        pending.resolve([message]);
      }
    } else if (pending.items !== undefined) {
      pending.timer.refresh();
      if (message.get('EventList') === 'Complete') pending.resolve(pending.items);
      else pending.items.push(message);
    }
  }

  #end(): void {
    this.#silence.stop();
    const error = new LinkError(
      `${this.#where}: the link went down: ${this.#endReason ?? 'closed by Asterisk'}`,
    );
    for (const pending of [...this.#pending.values()]) pending.reject(error);
    this.#refuseGreeting?.(error);
  }

  #nextId(action: string): string {
    return `${ACTION_ID_PREFIX}${++this.#actions}-${action}`;
  }
}

const endpointOf = ({ host, port }: AmiOptions): Endpoint => ({ name: 'AMI', host, port, fixes: FIXES });
