/** Text of a PBX: UTF-8, or Latin-1 where a line is no UTF-8 (a caller name of an old trunk). Pure. */
import { isUtf8 } from 'node:buffer';

export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
}
