/**
 * How far a simulated PBX of the demo has come: the span of its history while that is being made, then its state.
 *
 * What must hold: written in one go; a first start that was interrupted makes the same history again at the next, so that
 * nothing of it stands twice.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { HISTORY_DAYS } from './pbx.js';

export interface Span {
  fromMs: number;
  toMs: number;
}

/** `tz`: the site's time zone. */
export type Saved<State> = { tz: string; span: Span } | { tz: string; state: State };

const DAY_MS = 86_400_000;

export class ProgressFile<State> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** What an earlier start left; else a history that ends now, which is thereby begun. */
  open(): Saved<State> {
    const saved = this.#read();
    if (saved) return saved;
    const now = new Date();
    const begun = {
      tz: busyZone(now),
      span: { fromMs: now.getTime() - HISTORY_DAYS * DAY_MS, toMs: now.getTime() },
    };
    this.#write(begun);
    return begun;
  }

  save(tz: string, state: State): void {
    this.#write({ tz, state });
  }

  #read(): Saved<State> | undefined {
    try {
      const saved = JSON.parse(readFileSync(this.#file, 'utf8')) as Saved<State>;
      return 'span' in saved || 'state' in saved ? saved : undefined;
    } catch {
      return undefined;
    }
  }

  #write(saved: Saved<State>): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(saved));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** The zone in which it is ten o'clock now: whoever looks for the first time finds the center at work. */
function busyZone(now: Date): string {
  let hours = 10 - now.getUTCHours();
  if (hours < -12) hours += 24;
  // POSIX signs: Etc/GMT-5 is five hours ahead of Greenwich.
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
