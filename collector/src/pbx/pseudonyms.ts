/**
 * Replacements of callers' numbers and names in a recording.
 *
 * In: a number or name, one character per byte. Out: another of the same length and the same make: letters stay letters, digits
 * digits, and what breaks parsers (pipes, quotes, line ends, the bytes of other scripts) stays where it is, for that is
 * what a recording for a bug report is about. What must hold: the same text gets the same replacement everywhere in one
 * recording, different ones different replacements as long as there are any, so that reports still add up.
 */
import { createHmac, randomBytes } from 'node:crypto';

const NO_NAME = new Set(['', '<unknown>', 'unknown', 'anonymous', 'Anonymous']);
const MIN_NUMBER_DIGITS = 5;
const MIN_NAME_BYTES = 3;
const ATTEMPTS = 100;

export class Pseudonyms {
  readonly #key: Buffer;
  readonly #names = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param key makes the replacements of several recordings equal; secret */
  constructor(key: Buffer = randomBytes(32)) {
    this.#key = key;
  }

  /** A name that is a number is one. */
  learnName(name: string): void {
    if (NO_NAME.has(name) || name.length < MIN_NAME_BYTES) return;
    if (/^\+?\d+$/.test(name)) this.learnNumbers(name);
    else this.#learn(this.#names, name, alike);
  }

  /** The numbers in `text`. Up to four digits are extensions, and kept. */
  learnNumbers(text: string): void {
    for (const [number] of text.matchAll(/\d+/g)) {
      if (number.length >= MIN_NUMBER_DIGITS) this.#learn(this.#numbers, number, digits);
    }
  }

  /** The replacement of a name learned before; any other text as it is. */
  name(text: string): string {
    return this.#names.get(text) ?? text;
  }

  /** The replacement of a number learned before, digits only; any other text as it is. */
  number(text: string): string {
    return this.#numbers.get(text) ?? text;
  }

  #learn(known: Map<string, string>, text: string, write: (hash: Buffer, like: string) => string): void {
    if (known.has(text)) return;
    // Two of one replacement would merge two callers; short texts can run out of replacements and then must.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const hash = createHmac('sha256', this.#key).update(`${attempt}:${text}`, 'latin1').digest();
      const replacement = write(hash, text);
      if (this.#taken.has(replacement) && attempt < ATTEMPTS - 1) continue;
      this.#taken.add(replacement);
      known.set(text, replacement);
      return;
    }
  }
}

/** Digits of the same count that begin with 9, a prefix few numbering plans give to callers. */
function digits(hash: Buffer, like: string): string {
  return [...like].map((_, i) => (i === 0 ? '9' : String((hash[i % hash.length] ?? 0) % 10))).join('');
}

/** Of a character of several bytes only the last is changed: it stays one, of the same script. What is escaped by a backslash stays. */
function alike(hash: Buffer, like: string): string {
  return like.replace(/\\.|[A-Za-z0-9]|[\x80-\xbf](?![\x80-\xbf])/gs, (found, at: number) => {
    const random = hash[at % hash.length] ?? 0;
    if (found.length > 1) return found;
    if (found >= '\x80') return String.fromCharCode(0x80 + (random % 0x40));
    if (found >= 'a') return String.fromCharCode(0x61 + (random % 26));
    return found >= 'A' ? String.fromCharCode(0x41 + (random % 26)) : String(random % 10);
  });
}
