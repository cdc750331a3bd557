/**
 * AMI frames as text: `Key: value` lines, ended by an empty line. Values are C-escaped where Asterisk does so
 * (caller and connected-line names, VarSet's value); a raw CR or LF never gets through.
 */
export type Header = readonly [name: string, value: string | number];

/** An event of an Asterisk with `timestampevents = yes`. */
export function eventFrame(
  name: string,
  privilege: string,
  atUs: number,
  headers: readonly Header[],
): string {
  return `Event: ${name}\r\nPrivilege: ${privilege},all\r\nTimestamp: ${timestamp(atUs)}\r\n${lines(headers)}\r\n`;
}

/** An item of a list answer: no privilege, no time. */
export function listItem(name: string, headers: readonly Header[]): string {
  return `Event: ${name}\r\n${lines(headers)}\r\n`;
}

export function response(
  result: 'Success' | 'Error' | 'Goodbye',
  actionId: string,
  headers: readonly Header[],
): string {
  return `Response: ${result}\r\n${lines(actionId === '' ? [] : [['ActionID', actionId]])}${lines(headers)}\r\n`;
}

export function timestamp(atUs: number): string {
  return `${Math.floor(atUs / 1_000_000)}.${String(atUs % 1_000_000).padStart(6, '0')}`;
}

/** manager_channels.c: ast_escape_c_alloc() on names and values. */
export function escapeC(text: string): string {
  return text.replace(/["'?\\]/g, '\\$&');
}

function lines(headers: readonly Header[]): string {
  let text = '';
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  return text;
}
