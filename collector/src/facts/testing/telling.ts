/**
 * For tests: what the sources of one PBX tell, in few words. Seconds are counted from `T0`, a Saturday's full minute.
 */
import type { CallEvent, CallEventBody, MemberEvent, MemberEventBody, PbxEvent } from '../../pbx/event.js';
import { queueLogEvents } from '../../pbx/asterisk/projection/queue-log-events.js';
import { parseQueueLogLine, queueLogRowId } from '../../pbx/asterisk/queue-log/row.js';

/** Seconds since the epoch. */
export const T0 = 1_795_200_480;
/** UTC ms of a moment `seconds` after T0. */
export const ms = (seconds: number): number => Math.round((T0 + seconds) * 1000);
/** The same in µs. */
export const atUs = (seconds: number): number => Math.round((T0 + seconds) * 1_000_000);

let told = 0;
/** A source's own order: by time, and within one moment as it is told here. */
const ordinalAt = (seconds: number): number =>
  Math.round((seconds + 100_000) * 1000) * 1000 + (++told % 1000);

/** Rows of queue_log without their time: `12 1.1|sales|NONE|ENTERQUEUE||0401|1`, one a line, seconds first. */
export function logged(rows: string): PbxEvent[] {
  const lines = rows.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, nth) => {
    const [, seconds, rest] = /^\s*(\d+) (.*?)\s*$/.exec(line) ?? [];
    const row = parseQueueLogLine(`${T0 + Number(seconds)}|${rest}`);
    const id = queueLogRowId({ ...row, nth });
    return queueLogEvents(row, {
      id,
      source: 'queue_log',
      atUs: row.second * 1_000_000,
      connection: 'queue_log',
      ordinal: ordinalAt(Number(seconds)),
    });
  });
}

/** The rows of one call, as its evidence. */
export const loggedCall = (rows: string): CallEvent[] =>
  logged(rows).filter((event): event is CallEvent => 'callId' in event);

/** The rows about members. */
export const loggedMember = (rows: string): MemberEvent[] =>
  logged(rows).filter((event): event is MemberEvent => 'member' in event);

/** The event stream on one connection; @param callId of the caller */
export const streamed = (
  seconds: number,
  body: CallEventBody,
  { connection = 'ami:1', callId = '1.1' } = {},
): CallEvent => ({ ...base(seconds, connection), callId, ...body });

export const streamedMember = (
  seconds: number,
  member: { interface: string; agentName: string },
  body: MemberEventBody,
  { connection = 'ami:1' } = {},
): MemberEvent => ({ ...base(seconds, connection), member: member.interface, ...member, ...body });

/** What every event of the stream has. */
export const base = (seconds: number, connection = 'ami:1') => {
  const ordinal = ordinalAt(seconds);
  return { id: `${connection}:${ordinal}`, source: 'ami' as const, atUs: atUs(seconds), connection, ordinal };
};

/** UTC ms → seconds after T0. */
export const secondsAt = (atMs: number): number => (atMs - T0 * 1000) / 1000;
