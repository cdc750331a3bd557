/** Progress of long steps: one line that is rewritten on a terminal, a line now and then elsewhere. */
import type { Call } from './command.js';

const EVERY_MS = 2000;

export class Progress {
  readonly #call: Pick<Call, 'say'>;
  readonly #stream: NodeJS.WriteStream;
  #shownAtMs = -Infinity;
  #open = false;

  /** @param stream where the call says its lines; one is rewritten there when it is a terminal */
  constructor(call: Pick<Call, 'say'>, stream: NodeJS.WriteStream = process.stderr) {
    this.#call = call;
    this.#stream = stream;
  }

  show(text: string): void {
    const now = performance.now();
    const isTerminal = this.#stream.isTTY;
    if (now - this.#shownAtMs < (isTerminal ? 100 : EVERY_MS)) return;
    this.#shownAtMs = now;
    if (isTerminal) this.#stream.write(`\r\u001b[2K${text}`);
    else this.#call.say(text);
    this.#open = isTerminal;
  }

  end(text: string): void {
    if (this.#open) this.#stream.write('\r\u001b[2K');
    this.#open = false;
    this.#call.say(text);
  }
}
