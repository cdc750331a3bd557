/**
 * A call record of the journal → `LegEvent`.
 *
 * In: a message of source `cdr` and the zone of its times. Out: one leg with times in UTC. What must hold: the same record
 * from file and table gives the same leg with the same id; in the hour that comes twice, times agree with the channel's
 * Uniqueid and with the stated durations.
 */
import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import type { Zone } from '../../../time/zone.js';
import { zoneOf } from '../../../time/zone.js';
import { MessageError, type RawMessage } from '../../dialect.js';
import type { LegEvent } from '../../event.js';
import { clockUs, instantsOf, localTimeUs } from '../local-time.js';

const Columns = Type.Record(Type.String(), Type.String());
type Columns = Static<typeof Columns>;

/** cdr.h, `enum ast_cdr_disposition`: names as `ast_cdr_disp2str()` writes them, and the numbers of integer columns. */
const DISPOSITIONS: Readonly<Record<string, string>> = {
  ANSWERED: 'answered',
  ANSWER: 'answered',
  'NO ANSWER': 'noAnswer',
  NOANSWER: 'noAnswer',
  NO_ANSWER: 'noAnswer',
  BUSY: 'busy',
  FAILED: 'failed',
  CONGESTION: 'congestion',
  '0': 'noAnswer',
  '1': 'noAnswer',
  '2': 'failed',
  '4': 'busy',
  '8': 'answered',
  '16': 'congestion',
};

/**
 * @param zone IANA name; UTC with usegmtime = yes
 * @throws MessageError saying what the record lacks; ZoneError when there is no such zone
 */
export function decodeCdr(message: RawMessage, zone: string): LegEvent {
  const cdr = columnsOf(message.bytes);
  const value = (name: string): string => cdr[name] ?? '';
  const times = timesOf(cdr, zoneOf(zone));
  const legId = value('uniqueid') || hash(cdr);
  const sequence = value('sequence') === '' ? shortHash(cdr) : wholeNumber(cdr, 'sequence');
  const { name, number } = callerOf(value('clid'));
  return {
    kind: 'leg-recorded',
    id: `cdr:${legId}:${sequence}`,
    source: 'cdr',
    atUs: times.endedAtMs * 1000,
    connection: message.connection,
    ordinal: message.ordinal,
    legId,
    sequence,
    linkedId: value('linkedid') || legId,
    channel: value('channel'),
    destinationChannel: value('dstchannel'),
    callerNumber: value('src') || number,
    callerName: name,
    destination: value('dst'),
    context: value('dcontext'),
    lastApp: value('lastapp'),
    lastData: value('lastdata'),
    ...times,
    disposition: dispositionOf(value('disposition')),
    accountCode: value('accountcode'),
    userField: value('userfield'),
  };
}

function columnsOf(bytes: Buffer): Columns {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new MessageError(`call record is no JSON: ${bytes.toString('utf8', 0, 100)}`);
  }
  if (!Value.Check(Columns, json)) throw new MessageError('call record is no object of texts');
  if (json['!'] !== undefined) throw new MessageError(`${json['!']}: ${(json['line'] ?? '').slice(0, 200)}`);
  return json;
}

function timesOf(
  cdr: Columns,
  zone: Zone,
): Pick<LegEvent, 'startedAtMs' | 'answeredAtMs' | 'endedAtMs' | 'durationSeconds' | 'billSeconds'> {
  // A Uniqueid begins with the second in which its channel was made: no leg begins before.
  const channelSecond = Number(/(?:^|-)(\d{9,11})\.\d+$/.exec(cdr['uniqueid'] ?? '')?.[1] ?? 0);
  const startUs = localTimeUs(cdr['start'] ?? '', zone, channelSecond * 1000 - 1000);
  if (startUs === undefined) {
    throw new MessageError(`call record: start is "${cdr['start'] ?? ''}", not YYYY-MM-DD HH:MM:SS`);
  }
  const startedAtMs = Math.floor(startUs / 1000);
  const durationSeconds = wholeNumber(cdr, 'duration');
  const billSeconds = wholeNumber(cdr, 'billsec');
  const expectedEndMs = startedAtMs + durationSeconds * 1000;
  const endedAtMs = nearest(cdr['end'] ?? '', zone, expectedEndMs) ?? expectedEndMs;
  const answeredAtMs = nearest(cdr['answer'] ?? '', zone, endedAtMs - billSeconds * 1000) ?? null;
  return { startedAtMs, answeredAtMs, endedAtMs, durationSeconds, billSeconds };
}

/** The instant that local time means, of two the one nearer to `expectedMs`. */
function nearest(text: string, zone: Zone, expectedMs: number): number | undefined {
  const clock = clockUs(text);
  if (clock === undefined) return undefined;
  const { earlier, later } = instantsOf(Math.floor(clock / 1000), zone);
  return Math.abs(earlier - expectedMs) <= Math.abs(later - expectedMs) ? earlier : later;
}

function wholeNumber(cdr: Columns, name: string): number {
  const text = cdr[name] ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) {
    throw new MessageError(`call record: ${name} is "${text}", not a number`);
  }
  return Math.floor(value);
}

function dispositionOf(text: string): string {
  return DISPOSITIONS[text.trim().toUpperCase()] ?? text.trim().toLowerCase();
}

/** `"José Núñez" <105>` → name and number. */
function callerOf(clid: string): { name: string; number: string } {
  const match = /^\s*(?:"(.*)"|([^<]*?))\s*(?:<([^<>]*)>)?\s*$/s.exec(clid);
  const name = (match?.[1] ?? match?.[2] ?? '').replaceAll('\\"', '"');
  return { name, number: match?.[3] ?? '' };
}

/** What names a record that has no Uniqueid: its columns, whatever their order. */
function hash(cdr: Columns): string {
  const values = Object.entries(cdr).filter(([, value]) => value !== '');
  return createHash('sha1').update(JSON.stringify(values.sort())).digest('base64url');
}

/** Without `sequence`, several legs of one channel are told apart by their contents. */
function shortHash(cdr: Columns): number {
  return Buffer.from(hash(cdr)).readUInt32BE() >>> 1;
}
