/** Progress of long steps: one line that is rewritten on a terminal, a line now and then elsewhere. */
const EVERY_MS = 2000;

export class Progress {
  readonly #write: (text: string) => void;
  readonly #isTerminal: boolean;
  #shownAtMs = -Infinity;
  #open = false;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#write = (text) => stream.write(text);
    this.#isTerminal = stream.isTTY;
  }

  show(text: string): void {
    const now = performance.now();
    if (now - this.#shownAtMs < (this.#isTerminal ? 100 : EVERY_MS)) return;
    this.#shownAtMs = now;
    this.#write(this.#isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
    this.#open = this.#isTerminal;
  }

  end(text: string): void {
    this.#write(this.#open ? `\r\u001b[2K${text}\n` : `${text}\n`);
    this.#open = false;
  }
}
