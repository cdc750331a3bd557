/**
 * Which events are asked for, and which messages are kept (DECISIONS.md 17): one list for both.
 *
 * In: a frame. Out: the command that subscribes, and whether the journal gets a frame. What must hold: a recording made with
 * `event plain ALL` keeps exactly what a live connection would; an event nobody can read is kept, so that it stands in the
 * journal's list of errors instead of vanishing.
 *
 * A call makes some 90 events with `ALL` (400 kB), 20 of these; facts and the live model use no others.
 */
import { peekEsl } from './codec.js';

export type EslFormat = 'plain' | 'json';

const EVENTS: ReadonlySet<string> = new Set([
  // The switch itself: since when it runs.
  'HEARTBEAT',
  // Channels: agents' own calls, hold, who hung up. Who talks with whom and since when, the events of the queues carry.
  'CHANNEL_CREATE',
  'CHANNEL_ANSWER',
  'CHANNEL_HOLD',
  'CHANNEL_UNHOLD',
  'CHANNEL_HANGUP_COMPLETE',
]);

const CALLCENTER = 'callcenter::info';
const FIFO = 'fifo::info';
/** Phones that register, and no longer. */
const REGISTRATIONS = ['sofia::register', 'sofia::unregister', 'sofia::expire'];
const SUBCLASSES: ReadonlySet<string> = new Set([CALLCENTER, FIFO, ...REGISTRATIONS]);

/** The commands that list the state, as a table and as JSON. */
const LISTING =
  /^(?:callcenter_config (?:queue|agent|tier|member) list\b|json \{"command": ?"callcenter_config"|show (?:registrations|channels|calls) as json$|global_getvar core_uuid$)/;

/** @param fifo also the events of mod_fifo's queues */
export function subscribeCommand(format: EslFormat, { fifo }: { fifo: boolean }): string {
  const subclasses = [CALLCENTER, ...REGISTRATIONS, ...(fifo ? [FIFO] : [])];
  return `event ${format} ${[...EVENTS].join(' ')} CUSTOM ${subclasses.join(' ')}`;
}

/** True when the message is to be kept. `frame`: as it came, or with its command when it is an api reply. */
export function isJournaled(frame: Buffer): boolean {
  const { contentType, command, name, subclass } = peekEsl(frame);
  if (contentType === 'api/response') return command !== undefined && LISTING.test(command);
  if (!contentType?.startsWith('text/event-')) return false;
  if (name === 'CUSTOM') return SUBCLASSES.has(subclass ?? '');
  return name === undefined || EVENTS.has(name);
}
