/**
 * An event of the event socket and its two texts, as switch_event.c writes them.
 *
 * In: name, headers in order. Out: `event plain` text (values URL-encoded) or `event json` text. What must hold: both
 * are byte for byte what FreeSWITCH 1.10.12 makes of the same headers (tested on recorded events).
 */
export type Header = readonly [name: string, value: string | number];

export interface EslEvent {
  name: string;
  subclass: string | undefined;
  /** All of them, `Event-Name` included; a name may occur twice. */
  headers: readonly Header[];
  body?: string;
}

export type EslFormat = 'plain' | 'json';

/** @returns the block that a frame's Content-Length counts */
export const eventText = (event: EslEvent, format: EslFormat): string =>
  format === 'plain' ? plainText(event) : jsonText(event);

function plainText({ headers, body }: EslEvent): string {
  let text = '';
  for (const [name, value] of headers) {
    const encoded = typeof value === 'number' ? value : urlEncode(value);
    // Of a header without a value switch_event_serialize() still says that it is there.
    text += `${name}: ${encoded === '' ? '_undef_' : encoded}\n`;
  }
  return body === undefined ? `${text}\n` : `${text}Content-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

/** Of a header that occurs twice cJSON keeps both; so does this, by writing the text itself. */
function jsonText({ headers, body }: EslEvent): string {
  const members = headers.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(String(value))}`);
  if (body !== undefined)
    members.push(
      `"Content-Length":${JSON.stringify(String(Buffer.byteLength(body)))}`,
      `"_body":${JSON.stringify(body)}`,
    );
  return `{${members.join(',')}}`;
}

const HEX_PAIR = /^%[0-9A-F]{2}/;
const HEX = '0123456789ABCDEF';
/** How each byte is written; what is not escaped stands for itself. */
const ESCAPED: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const isSafe =
    byte >= 0x20 && byte <= 0x7e && !'\r\n #%&+:;<=>?@[\\]^`{|}"'.includes(String.fromCharCode(byte));
  return isSafe ? String.fromCharCode(byte) : `%${HEX.charAt(byte >> 4)}${HEX.charAt(byte & 15)}`;
});

/** switch_url_encode(): what looks encoded already (`%2F`) stays as it is. */
export function urlEncode(text: string): string {
  return text.replace(/[^!$'()*,\-./0-9A-Z_a-z~]/gu, (character, at: number) => {
    if (character === '%' && HEX_PAIR.test(text.slice(at, at + 3))) return character;
    const code = character.charCodeAt(0);
    if (code < 0x80) return ESCAPED[code] ?? character;
    return [...Buffer.from(character)].map((byte) => ESCAPED[byte]).join('');
  });
}
