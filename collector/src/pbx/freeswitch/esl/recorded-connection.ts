/**
 * One connection of a recording: what a live connection would have given to the journal.
 *
 * In: what was sent, the chunks received, the end. Out: `RawMessage`s. What must hold: the link is up with the accepted
 * password, so a refused login was never up; messages are numbered as live ones are; an answer is put to the command it
 * answers by their order, for FreeSWITCH answers in order and does not say what.
 */
import type { RawMessage } from '../../dialect.js';
import { encodeLink } from '../../link.js';
import { FINGERPRINT_BYTES, recordingName } from '../../trace.js';
import { peekEsl, withCommand } from './codec.js';
import { EslFramer, type EslFramerOptions } from './framer.js';
import { farewellOf, replyText } from './replies.js';
import { isJournaled } from './subscription.js';

const API = 'api ';

export class RecordedConnection {
  /** What FreeSWITCH said at the end, if it did. */
  farewell: string | undefined;
  /** Why the password was not accepted, if so. */
  refusal: string | undefined;
  /** Api replies whose command is not in the recording: nobody knows what they list. */
  unknownReplies = 0;
  readonly #pbx: string;
  readonly #framer: EslFramer;
  /** The first bytes name the connection; until they are there, its messages wait. */
  #head: Buffer = Buffer.alloc(0);
  #name: string | undefined;
  #waiting: RawMessage[] = [];
  readonly #commands: string[] = [];
  #isUp = false;
  #ordinal = 0;
  #firstUs: number | undefined;
  #lastUs = 0;

  constructor(pbx: string, onSkipped: EslFramerOptions['onSkipped']) {
    this.#pbx = pbx;
    this.#framer = new EslFramer(onSkipped && { onSkipped });
  }

  sent(command: string): void {
    this.#commands.push(command);
  }

  received(atUs: number, bytes: Buffer): RawMessage[] {
    this.#firstUs ??= atUs;
    this.#lastUs = atUs;
    const messages = this.#framer.feed(bytes).flatMap((frame) => this.#frame(frame, atUs));
    if (this.#name !== undefined) return messages;
    this.#waiting.push(...messages);
    this.#head = Buffer.concat([this.#head, bytes]);
    return this.#head.length < FINGERPRINT_BYTES ? [] : this.#named();
  }

  /** What still waits, and the end of the link if it was up. */
  end(reason: string, atUs = this.#lastUs): RawMessage[] {
    this.#framer.end();
    const messages = this.#name === undefined ? this.#named() : [];
    if (this.#isUp) messages.push(this.#message('link', encodeLink({ type: 'down', reason }), atUs));
    this.#isUp = false;
    return messages;
  }

  #named(): RawMessage[] {
    const connection = recordingName('esl', this.#head, this.#firstUs ?? 0);
    this.#name = connection;
    return this.#waiting.splice(0).map((message) => ({ ...message, connection }));
  }

  #frame(frame: Buffer, atUs: number): RawMessage[] {
    const { contentType } = peekEsl(frame);
    switch (contentType) {
      case 'auth/request':
      case 'text/rude-rejection':
        return [];
      case 'text/disconnect-notice':
        this.farewell = farewellOf(frame).reason;
        return [];
      case 'command/reply':
        return this.#commandReply(frame, atUs);
      case 'api/response':
        return this.#counted(frame, atUs, this.#answeredApi());
      default:
        return this.#counted(frame, atUs);
    }
  }

  #counted(frame: Buffer, atUs: number, command?: string): RawMessage[] {
    const messages = this.#isUp ? [] : [this.#up(atUs)]; // a recording that began in the middle
    const bytes = command === undefined ? frame : withCommand(frame, command);
    if (isJournaled(bytes)) messages.push(this.#message('esl', bytes, atUs));
    else this.#ordinal++;
    return messages;
  }

  #commandReply(frame: Buffer, atUs: number): RawMessage[] {
    const text = replyText(frame);
    const accepted = text.startsWith('+OK');
    if (!this.#isUp && !accepted) this.refusal = text;
    // An api command is answered so only when it is not permitted.
    if (!accepted || !this.#commands[0]?.startsWith(API)) this.#commands.shift();
    if (this.#isUp) this.#ordinal++;
    return !this.#isUp && accepted ? [this.#up(atUs)] : [];
  }

  /** The api command whose answer came; undefined when the recording does not hold it. */
  #answeredApi(): string | undefined {
    let command = this.#commands.shift();
    while (command !== undefined && !command.startsWith(API)) command = this.#commands.shift();
    if (command === undefined) this.unknownReplies++;
    return command?.slice(API.length);
  }

  #up(atUs: number): RawMessage {
    this.#isUp = true;
    return this.#message('link', encodeLink({ type: 'up' }), atUs);
  }

  #message(source: 'esl' | 'link', bytes: Buffer, receivedUs: number): RawMessage {
    return {
      pbx: this.#pbx,
      source,
      connection: this.#name ?? '',
      ordinal: this.#ordinal++,
      receivedUs,
      bytes,
    };
  }
}
