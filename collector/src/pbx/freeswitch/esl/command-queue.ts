/**
 * The commands under way on one event socket.
 *
 * In: commands as they are sent, answers as they come. Out: for each command a promise of its answer. What must hold:
 * FreeSWITCH answers in order and does not say what; so every command has its place until its answer comes, also when
 * it was given up after the time limit.
 */
import { EslCommandError } from './errors.js';

interface Pending {
  command: string;
  /** Of an api command what follows "api ". */
  api: string | undefined;
  resolve: (answer: string) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export class CommandQueue {
  readonly #where: string;
  readonly #timeoutMs: number;
  readonly #pending: Pending[] = [];

  /** @param where begins every error: which PBX */
  constructor(where: string, timeoutMs: number) {
    this.#where = where;
    this.#timeoutMs = timeoutMs;
  }

  /** The api command whose answer comes next; undefined for any other command. */
  get next(): string | undefined {
    return this.#pending[0]?.api;
  }

  /** True while an answer is to come. */
  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  /** A command is on its way. @throws EslCommandError when refused or not answered in time; what `rejectAll` is given */
  sent(command: string, api: string | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = `${this.#where}: no answer to ${command} within ${this.#timeoutMs} ms`;
      const timer = setTimeout(() => reject(new EslCommandError(late)), this.#timeoutMs);
      this.#pending.push({ command, api, resolve, reject, timer });
    });
  }

  /** The next answer came; one to nothing we asked is passed over. */
  answered(text: string): void {
    const pending = this.#pending.shift();
    if (!pending) return;
    clearTimeout(pending.timer);
    const refusal = /^-(?:ERR|USAGE):?\s*/.exec(text);
    if (!refusal) return pending.resolve(text);
    const words = text.slice(refusal[0].length);
    pending.reject(new EslCommandError(`${this.#where}: ${pending.command} refused: ${words}`, words));
  }

  rejectAll(error: Error): void {
    for (const pending of this.#pending.splice(0)) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
  }
}
