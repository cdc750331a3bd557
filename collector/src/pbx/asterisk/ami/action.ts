/**
 * Writes an action of AMI.
 *
 * In: its name, id and headers. Out: the bytes to send. What must hold: no value can add a header or an action, so CR,
 * LF and NUL are refused, not removed.
 */

/** A header with several values (`Variable`) is written once for each. */
export type AmiHeaders = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** @throws RangeError when a name or value holds a line end */
export function encodeAction(action: string, actionId: string, headers: AmiHeaders = {}): string {
  const lines = [line(action, 'Action', action), line(action, 'ActionID', actionId)];
  for (const [key, value] of Object.entries(headers)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) lines.push(line(action, key, String(one)));
  }
  return `${lines.join('')}\r\n`;
}

function line(action: string, key: string, value: string): string {
  if (!/^[A-Za-z0-9_()-]+$/.test(key)) {
    throw new RangeError(`AMI action ${JSON.stringify(action)}: ${JSON.stringify(key)} cannot name a header`);
  }
  if (/[\r\n\0]/.test(value)) {
    throw new RangeError(
      `AMI action ${JSON.stringify(action)}: the value of ${key} holds a line end, which Asterisk would read as another header`,
    );
  }
  return `${key}: ${value}\r\n`;
}
