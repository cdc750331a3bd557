/**
 * Reads a file, plain or gzip (by its name), piece by piece.
 *
 * Out: its bytes. What must hold: of a gzip that is cut off or damaged everything readable is given out before the
 * error is thrown (an ordinary pipe drops what it holds at that moment).
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** @param onRead told the number of bytes read from the file itself, for progress */
export async function* readBytes(path: string, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file: AsyncIterable<Buffer> = createReadStream(path);
  if (path.endsWith('.gz')) {
    yield* gunzip(file, onRead);
    return;
  }
  for await (const piece of file) {
    onRead?.(piece.length);
    yield piece;
  }
}

async function* gunzip(
  file: AsyncIterable<Buffer>,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const unzip = createGunzip();
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  let proceed: () => void = () => undefined;
  unzip.on('data', (piece: Buffer) => ready.push(piece));
  unzip.on('end', () => proceed());
  // A write that fails never calls back.
  unzip.on('error', (error) => {
    failure = error;
    proceed();
  });
  for await (const piece of file) {
    onRead?.(piece.length);
    await new Promise<void>((resolve) => {
      proceed = resolve;
      unzip.write(piece, () => resolve());
    });
    yield* ready.splice(0);
    if (failure) throw failure;
  }
  await new Promise<void>((resolve) => {
    proceed = resolve;
    unzip.end();
  });
  yield* ready.splice(0);
  if (failure) throw failure;
}
