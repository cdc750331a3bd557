/** Where a page of calls ended, as text for the client to give back. */
import type { FieldParser } from '../reports/request.js';
import type { CallPosition } from './call-source.js';

export const formatCursor = ({ enteredAt, visitId }: CallPosition): string =>
  Buffer.from(`${enteredAt}.${visitId}`).toString('base64url');

export function parseCursor(fields: FieldParser, text: string | null): CallPosition | null {
  if (text === null) return null;
  const parts = /^(\d+)\.(\d+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (parts !== null) return { enteredAt: Number(parts[1]), visitId: Number(parts[2]) };
  fields.fail('cursor', 'is not one this report gave; leave it away for the first page');
  return null;
}
