/**
 * A gzip file written piece by piece as it comes.
 *
 * What must hold: an existing file is never overwritten; what went wrong is told once, at the moment.
 */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';

export class GzipFile {
  readonly path: string;
  readonly #gzip: Gzip;
  readonly #written: Promise<void>;

  /** @param onFailure the file cannot be made or written, e.g. because it exists or the disk is full */
  constructor(path: string, onFailure: (error: Error) => void) {
    this.path = path;
    this.#gzip = createGzip();
    const output = createWriteStream(path, { flags: 'wx' });
    output.once('error', onFailure);
    this.#written = finished(this.#gzip.pipe(output));
    this.#written.catch(() => undefined); // told through onFailure
  }

  write(piece: Buffer | string): void {
    this.#gzip.write(piece);
  }

  end(piece: Buffer | string = ''): void {
    this.#gzip.end(piece);
  }

  /** Resolves when the file is complete after `end`. @throws what was told through `onFailure` */
  written(): Promise<void> {
    return this.#written;
  }
}
