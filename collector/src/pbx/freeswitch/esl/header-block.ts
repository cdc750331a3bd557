/**
 * The header block every message of the event socket begins with: `Name: value` lines up to an empty line.
 *
 * In: bytes. Out: where the block ends, and what a header of it says. What must hold: no bytes make it throw; LF and
 * CRLF line ends are read alike.
 */

const LF = 0x0a;
const CR = 0x0d;

/** Offset behind the empty line that ends the block begun before `from`; -1 while there is none. */
export function blockEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return -1;
}

/** First value of a header of the block's text. */
export function blockHeader(block: string, name: string): string | undefined {
  const line = `\n${block}`.indexOf(`\n${name}:`);
  if (line < 0) return undefined;
  const start = line + name.length + 1;
  const end = block.indexOf('\n', start);
  return block.slice(start, end < 0 ? block.length : end).trim();
}
