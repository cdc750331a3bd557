/**
 * The wrappings in which FreeSWITCH hands over a JSON call record.
 *
 * In: a file, or the body of a POST. Out: the bytes of the JSON in it. What must hold: the contents decide, not the
 * Content-Type: with `disable-100-continue` mod_json_cdr sends plain JSON as `application/x-www-form-urlencoded`.
 *
 * | who writes                                             | what                                 |
 * | ------------------------------------------------------ | ------------------------------------ |
 * | mod_json_cdr `encode=false`; mod_format_cdr `json`; files | the JSON itself                   |
 * | `encode=true`                                          | `cdr=` and the JSON, URL-encoded     |
 * | `encode=base64`                                        | `cdr=` and the JSON in base64        |
 * | mod_format_cdr without encoding                        | `cdr=` and the JSON itself           |
 * | mod_json_cdr's error folder                            | the encoded text without `cdr=`      |
 */
import { MessageError } from '../../dialect.js';

const FORM_FIELD = /^cdr=/;
/** FreeSWITCH breaks its base64 into lines. */
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** @throws MessageError when it is none of these */
export function unwrapRecord(bytes: Buffer): Buffer {
  // One character per byte: what the encodings hide need not be UTF-8.
  const text = bytes.toString('latin1').trim();
  const given = text.replace(FORM_FIELD, '');
  const plain = given.startsWith('{') || !given.includes('%') ? given : formDecoded(given);
  if (plain.startsWith('{')) return plain === text ? bytes : Buffer.from(plain, 'latin1');
  const decoded = BASE64.test(plain) ? Buffer.from(plain, 'base64') : undefined;
  if (decoded?.toString('latin1', 0, 64).trimStart().startsWith('{')) return decoded;
  if (text === '') throw new MessageError('the call record is empty');
  throw new MessageError(
    `no JSON call record, plain, URL-encoded or in base64: it begins with ${JSON.stringify(text.slice(0, 60))}`,
  );
}

/** The value of a form field, one character per byte. */
function formDecoded(value: string): string {
  const field = value.split('&', 1)[0] ?? '';
  return field
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
