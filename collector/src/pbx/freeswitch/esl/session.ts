/**
 * One inbound connection to an event socket: from the connected socket through the password to its end.
 *
 * In: a socket and the password. Out: every frame after the login through `onFrame`, answers to commands as promises, and
 * one `closed` with the reason. What must hold: the socket is never paused (FreeSWITCH queues for a client that does not
 * read, loses, and ends it); answers come in the order of the commands and carry no name, so a command keeps its place
 * also when nobody waits for its answer any more; nothing is left behind at the end.
 */
import type { Socket } from 'node:net';
import { nowUs } from '../../clock.js';
import { LinkError } from '../../link-errors.js';
import { SilenceWatch } from '../../silence.js';
import { type Endpoint, linkError, openSocket, where } from '../../socket.js';
import { peekEsl } from './codec.js';
import { CommandQueue } from './command-queue.js';
import { EslCommandError, EslLoginError } from './errors.js';
import { EslFramer } from './framer.js';
import { Greeting } from './greeting.js';
import { farewellOf, replyText } from './replies.js';

export interface EslOptions {
  host: string;
  port: number;
  password: string;
  connectTimeoutMs?: number;
  /** From the connected socket to the accepted password. */
  loginTimeoutMs?: number;
  /** How long a command may go unanswered. */
  commandTimeoutMs?: number;
  /** After this silence an answer is asked for; after three times as long the link counts as dead. */
  keepaliveMs?: number;
}

export interface EslSessionHandlers {
  /** Before any frame of the session. `loginUs`: µs since the epoch. */
  onLogin?: (session: EslSession, loginUs: number) => void;
  /**
   * Every frame after the accepted password but a farewell; its bytes must not be changed. `receivedUs`: µs since the
   * epoch; `command`: of an api reply the command it answers, without "api ".
   */
  onFrame: (frame: Buffer, receivedUs: number, command: string | undefined) => void;
  /** Every chunk as it came, the greeting included (`capture`). */
  onChunk?: (chunk: Buffer, receivedUs: number) => void;
  /** Every command as it was sent, the password as `auth ****` (`capture`). */
  onCommand?: (command: string, sentUs: number) => void;
  /** Something that does not end the session: bytes that are no frame. */
  onTrouble?: (error: Error) => void;
}

const FIXES: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'Is FreeSWITCH running, mod_event_socket loaded, and listen-ip and listen-port of event_socket.conf.xml as given here?',
};
/** A listing of ten thousand channels; the journal takes no longer message. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** Makes FreeSWITCH answer and does nothing: there is no call here that could linger. An api command would fire an event. */
const HARMLESS = 'nolinger';

export class EslSession {
  /** Resolves with the reason when the session has ended, by whichever side. Never rejects. */
  readonly closed: Promise<string>;
  readonly #options: EslOptions;
  readonly #handlers: EslSessionHandlers;
  readonly #socket: Socket;
  readonly #framer: EslFramer;
  readonly #silence: SilenceWatch;
  readonly #greeting: Greeting;
  readonly #commands: CommandQueue;
  readonly #where: string;
  #loggedIn = false;
  #endReason: string | undefined;
  #expectedEnd = 'closed by FreeSWITCH';

  /**
   * Connects and gives the password.
   * @throws EslLoginError when refused; LinkError when there is no link or no FreeSWITCH; the signal's reason
   */
  static async open(
    options: EslOptions,
    handlers: EslSessionHandlers,
    signal: AbortSignal,
  ): Promise<EslSession> {
    const { connectTimeoutMs = 10_000 } = options;
    const socket = await openSocket(endpointOf(options), { timeoutMs: connectTimeoutMs }, signal);
    const session = new EslSession(socket, options, handlers);
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

  private constructor(socket: Socket, options: EslOptions, handlers: EslSessionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#socket = socket;
    this.#where = where(endpointOf(options));
    this.#greeting = new Greeting(this.#where);
    this.#commands = new CommandQueue(this.#where, options.commandTimeoutMs ?? 10_000);
    this.#framer = new EslFramer({
      maxBytes: MAX_FRAME_BYTES,
      onSkipped: (head, reason) => this.#skipped(head, reason),
    });
    this.#silence = new SilenceWatch({
      afterMs: options.keepaliveMs ?? 30_000,
      ask: () => void this.command(HARMLESS).catch(() => undefined), // it is refused, and that is an answer
      onDead: (reason) => {
        this.#endReason ??= reason;
        socket.destroy();
      },
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#end();
        resolve(this.#endReason ?? this.#expectedEnd);
      });
    });
    socket.on('error', (error) => {
      this.#endReason ??= linkError(endpointOf(options), error).message;
    });
    socket.once('end', () => {
      this.#endReason ??= this.#expectedEnd;
      socket.destroy();
    });
  }

  /**
   * Sends an api command (without "api ") and waits for its answer. Beware: it fires an API event for everybody.
   * @throws EslCommandError when refused (`-ERR …`) or not answered in time; LinkError when the session ends before
   */
  api(command: string): Promise<string> {
    return this.#send(`api ${command}`, command);
  }

  /** Sends a command of the event socket itself (`event plain …`). @throws as `api` */
  command(command: string): Promise<string> {
    return this.#send(command, undefined);
  }

  /** Ends the session; `closed` resolves with this reason. */
  close(reason: string): void {
    this.#endReason ??= reason;
    if (this.#loggedIn && this.#socket.writable) this.#write('exit', 'exit');
    this.#socket.destroySoon();
    // A half-open peer never lets the rest of the output go.
    setTimeout(() => this.#socket.destroy(), 500).unref();
  }

  async #login(): Promise<void> {
    const { password, loginTimeoutMs = 10_000 } = this.#options;
    const timer = setTimeout(() => {
      const error = new LinkError(
        `${this.#where}: no login within ${loginTimeoutMs} ms. Is that the port of the event socket?`,
      );
      this.#greeting.failed(error);
      this.#commands.rejectAll(error);
    }, loginTimeoutMs);
    try {
      this.#socket.on('data', (chunk) => this.#receive(chunk));
      await this.#greeting.asked;
      await this.#send(`auth ${password}`, undefined, 'auth ****');
    } catch (error) {
      throw error instanceof EslCommandError && error.answer !== undefined
        ? this.#refused(error.answer)
        : error;
    } finally {
      clearTimeout(timer);
    }
    if (this.#endReason === undefined) this.#silence.start();
  }

  #refused(answer: string): EslLoginError {
    return new EslLoginError(
      `${this.#where} refused the password: ${answer}. ` +
        'Check that it is the one of event_socket.conf.xml, and that mod_event_socket was reloaded after a change.',
    );
  }

  #receive(chunk: Buffer): void {
    const receivedUs = nowUs();
    this.#silence.heard();
    this.#handlers.onChunk?.(chunk, receivedUs);
    if (!this.#loggedIn && !this.#greeting.begins(chunk)) return;
    for (const frame of this.#framer.feed(chunk)) this.#frame(frame, receivedUs);
  }

  #frame(frame: Buffer, receivedUs: number): void {
    const { contentType } = peekEsl(frame);
    switch (contentType) {
      case 'auth/request':
        return this.#greeting.asks();
      case 'text/rude-rejection':
      case 'rude/rejection': // before 2010
        return this.#greeting.rejects();
      case 'text/disconnect-notice':
        return this.#farewell(frame);
      case 'command/reply':
        return this.#reply(frame, receivedUs, undefined);
      case 'api/response':
        return this.#reply(frame, receivedUs, this.#commands.next);
      default:
        if (this.#loggedIn) this.#handlers.onFrame(frame, receivedUs, undefined);
    }
  }

  #reply(frame: Buffer, receivedUs: number, command: string | undefined): void {
    const text = replyText(frame).trim();
    if (this.#loggedIn) this.#handlers.onFrame(frame, receivedUs, command);
    else if (text.startsWith('+OK')) {
      // At once: frames behind the answer can be in the same chunk.
      this.#loggedIn = true;
      this.#handlers.onLogin?.(this, receivedUs);
    }
    this.#commands.answered(text);
  }

  #skipped(head: Buffer, reason: string): void {
    if (!this.#loggedIn) return; // the login fails, with a better reason
    const error = new LinkError(
      `${this.#where}: bytes were passed over, ${reason}; they begin with ${quoted(head.toString('latin1'))}`,
    );
    this.#handlers.onTrouble?.(error);
    if (!this.#commands.isWaiting) return;
    // One of them may have been an answer: from now on no answer could be put to its command.
    this.#commands.rejectAll(error);
    this.close('bytes were passed over while answers were to come');
  }

  #farewell(frame: Buffer): void {
    const { reason, lingers } = farewellOf(frame);
    this.#expectedEnd = reason;
    if (lingers) return; // what is still under way comes, then the end
    this.#endReason ??= reason;
    this.#socket.destroySoon();
  }

  #send(text: string, api: string | undefined, shown = text): Promise<string> {
    if (/[\r\n\0]/.test(text)) {
      const error = new RangeError(
        `${quoted(shown)} holds a line end, which FreeSWITCH would read as the end of the command`,
      );
      return Promise.reject(error);
    }
    if (this.#endReason !== undefined || !this.#socket.writable) {
      return Promise.reject(new LinkError(`${this.#where}: ${shown} not sent, the link is down`));
    }
    this.#write(text, shown);
    return this.#commands.sent(shown, api);
  }

  #write(text: string, shown: string): void {
    this.#socket.write(`${text}\n\n`);
    this.#handlers.onCommand?.(shown, nowUs());
  }

  #end(): void {
    this.#silence.stop();
    const reason = this.#endReason ?? this.#expectedEnd;
    const error = new LinkError(`${this.#where}: the link went down: ${reason}`);
    this.#commands.rejectAll(error);
    this.#greeting.failed(error);
  }
}

const endpointOf = ({ host, port }: EslOptions): Endpoint => ({
  name: 'FreeSWITCH',
  host,
  port,
  fixes: FIXES,
});

const quoted = (text: string): string => JSON.stringify(text.slice(0, 80));
