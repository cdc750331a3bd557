/**
 * How far each file and table was read, so that a restart goes on there.
 *
 * What must hold: a position is written only after everything before it is in the journal; a lost or old one costs
 * reading again, never a row (identities make that harmless). One small file each, replaced atomically.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class Positions {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** @returns what `save` was given last; undefined when there is none, or it cannot be read */
  load(pbx: string, source: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#file(pbx, source), 'utf8')) as unknown;
    } catch {
      return undefined;
    }
  }

  save(pbx: string, source: string, position: unknown): void {
    const file = this.#file(pbx, source);
    writeFileSync(`${file}.new`, JSON.stringify(position));
    renameSync(`${file}.new`, file);
  }

  #file(pbx: string, source: string): string {
    return path.join(this.#directory, `${encodeURIComponent(pbx)}.${source}.json`);
  }
}
