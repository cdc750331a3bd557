/** Lines of a file, plain or gzip, for reading it once from beginning to end. */
import { LineSplitter } from './line-splitter.js';
import { readBytes } from './read-bytes.js';

/**
 * @param onRead told the number of bytes read from the file itself, for progress
 * @throws Error naming file and place, after all lines before it were given out
 */
export async function* readLines(path: string, onRead?: (bytes: number) => void): AsyncGenerator<string> {
  const splitter = new LineSplitter();
  const bytes = readBytes(path, onRead);
  try {
    for (;;) {
      const next = await bytes.next().catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        return new Error(`cannot read ${path} after byte ${splitter.bytesDone}: ${text}`, { cause: error });
      });
      if (next instanceof Error || next.done) {
        const last = splitter.end();
        if (last) yield last.text;
        if (next instanceof Error) throw next;
        return;
      }
      for (const { text } of splitter.feed(next.value)) yield text;
    }
  } finally {
    await bytes.return(undefined);
  }
}
