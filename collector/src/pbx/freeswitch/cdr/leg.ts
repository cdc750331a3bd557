/**
 * A call record → the leg it tells of (`LegEvent`).
 *
 * What must hold: numbers are those FreeSWITCH states itself (`duration`, `billsec`); the caller and what he dialled are
 * those of the first profile: later ones are where the dialplan or a transfer led him; `channel` is the caller's, whose
 * name and number stand beside it, also in the record of the channel that was called.
 */
import { MessageError } from '../../dialect.js';
import type { EventBase, LegEvent } from '../../event.js';
import type { CallRecord } from './record.js';

/** hangup_cause of a channel nobody answered; what is not here is `failed`, as Asterisk's CDR has it. */
const UNANSWERED: Readonly<Record<string, string>> = {
  USER_BUSY: 'busy',
  NORMAL_CLEARING: 'noAnswer',
  NO_ANSWER: 'noAnswer',
  NO_USER_RESPONSE: 'noAnswer',
  ALLOTTED_TIMEOUT: 'noAnswer',
  PROGRESS_TIMEOUT: 'noAnswer',
  ORIGINATOR_CANCEL: 'noAnswer',
  LOSE_RACE: 'noAnswer',
  PICKED_OFF: 'noAnswer',
  NORMAL_CIRCUIT_CONGESTION: 'congestion',
  SWITCH_CONGESTION: 'congestion',
};

/** @throws MessageError when the record does not say when the channel began and ended */
export function legEvent(record: CallRecord, base: EventBase): LegEvent {
  const [first] = record.profiles;
  const startedUs = record.us('start') ?? first.begunUs;
  const endedUs = endOf(record);
  if (startedUs === undefined) throw new MessageError(`the call record ${record.uuid} has no start_epoch`);
  const answeredUs = record.us('answer');
  return {
    ...base,
    kind: 'leg-recorded',
    legId: record.uuid,
    sequence: 0,
    linkedId: callOf(record),
    ...channelsOf(record),
    callerNumber: first.callerNumber,
    callerName: first.callerName,
    destination: first.destination,
    context: first.context,
    lastApp: record.variable('last_app'),
    lastData: record.variable('last_arg'),
    startedAtMs: Math.floor(startedUs / 1000),
    answeredAtMs: answeredUs === undefined ? null : Math.floor(answeredUs / 1000),
    endedAtMs: Math.floor(endedUs / 1000),
    durationSeconds: stated(record, 'duration') ?? seconds(endedUs - startedUs),
    billSeconds: stated(record, 'billsec') ?? (answeredUs === undefined ? 0 : seconds(endedUs - answeredUs)),
    disposition:
      answeredUs === undefined ? (UNANSWERED[record.variable('hangup_cause')] ?? 'failed') : 'answered',
    accountCode: record.variable('accountcode'),
    userField: '',
  };
}

/** When the channel ended, µs. @throws MessageError when the record does not say */
export function endOf(record: CallRecord): number {
  const endedUs = record.us('end') ?? record.profiles.at(-1)?.endedUs;
  if (endedUs === undefined) throw new MessageError(`the call record ${record.uuid} has no end_epoch`);
  return endedUs;
}

/** The caller's channel, and the one called: of a channel FreeSWITCH dialled, the caller is who it was dialled for. */
function channelsOf(record: CallRecord): Pick<LegEvent, 'channel' | 'destinationChannel'> {
  const [own, joined] = [record.variable('channel_name'), record.variable('bridge_channel')];
  if (!isDialled(record)) return { channel: own, destinationChannel: joined };
  const { originator } = record.profiles.find((profile) => profile.originator !== '') ?? { originator: '' };
  return { channel: originator || joined, destinationChannel: own };
}

const isDialled = (record: CallRecord): boolean => record.variable('direction') === 'outbound';

/**
 * What the legs of one call have in common: the channel of the caller. An agent's leg names it; other legs FreeSWITCH
 * dialled carry the uuid of the channel they were dialled for.
 */
function callOf(record: CallRecord): string {
  return (
    record.variable('cc_member_session_uuid') ||
    record.variable('call_uuid') ||
    (isDialled(record) && record.variable('bridge_uuid')) ||
    record.uuid
  );
}

function stated(record: CallRecord, name: string): number | undefined {
  const text = record.variable(name);
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const seconds = (us: number): number => Math.max(0, Math.floor(us / 1_000_000));
