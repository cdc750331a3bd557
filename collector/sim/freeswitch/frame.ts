/**
 * Frames of the event socket as mod_event_socket.c writes them: a header block, an empty line, and as many bytes of body
 * as Content-Length says. In: texts. Out: a frame as text (UTF-8).
 */
import { eventText, type EslEvent, type EslFormat } from './event.js';

export const AUTH_REQUEST = 'Content-Type: auth/request\n\n';

export function eventFrame(event: EslEvent, format: EslFormat): string {
  const text = eventText(event, format);
  return `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-${format}\n\n${text}`;
}

/** @param more further header lines, e.g. `Job-UUID: …` */
export const commandReply = (text: string, ...more: string[]): string =>
  `Content-Type: command/reply\n${[`Reply-Text: ${text}`, ...more].join('\n')}\n\n`;

export function apiResponse(text: string): string {
  const body = text === '' ? '-ERR no reply\n' : text;
  return `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`;
}

export const disconnectNotice = (text: string): string =>
  `Content-Type: text/disconnect-notice\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`;
