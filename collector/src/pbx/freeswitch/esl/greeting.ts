/**
 * How a connection to an event socket begins: FreeSWITCH asks for the password, refuses the address, or is not there.
 *
 * In: the first bytes and frames. Out: `asked`, which resolves when the password may be given, or rejects with what is to be
 * done. What must hold: something else on that port is found by its first bytes, for it may never send what ends a frame.
 */
import { LinkError } from '../../link-errors.js';
import { EslLoginError } from './errors.js';

/** Whether it lets us in or not. */
const FIRST_WORD = 'Content-Type:';
const SHOWN_BYTES = 80;

export class Greeting {
  /** @throws EslLoginError when the address is refused; LinkError when this is no FreeSWITCH; what `failed` is given */
  readonly asked: Promise<void>;
  readonly #where: string;
  #head = '';
  #resolve!: () => void;
  #reject!: (error: Error) => void;

  /** @param where begins every error: which PBX */
  constructor(where: string) {
    this.#where = where;
    this.asked = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** @returns false when these are no bytes of an event socket, which `asked` then says */
  begins(chunk: Buffer): boolean {
    if (this.#head.length < FIRST_WORD.length) this.#head += chunk.toString('latin1', 0, SHOWN_BYTES);
    const length = Math.min(this.#head.length, FIRST_WORD.length);
    if (this.#head.slice(0, length) === FIRST_WORD.slice(0, length)) return true;
    const text = JSON.stringify(this.#head.slice(0, SHOWN_BYTES));
    this.failed(
      new LinkError(
        `${this.#where}: this is no FreeSWITCH event socket, it says ${text}. Check host and port.`,
      ),
    );
    return false;
  }

  /** `auth/request` */
  asks(): void {
    this.#resolve();
  }

  /** `text/rude-rejection` */
  rejects(): void {
    this.failed(
      new EslLoginError(
        `${this.#where} refuses this machine's address. Check apply-inbound-acl of event_socket.conf.xml: ` +
          'without one only the switch itself may connect.',
      ),
    );
  }

  /** There will be no other greeting. */
  failed(error: Error): void {
    this.#reject(error);
  }
}
