/**
 * One JSON call record of FreeSWITCH (mod_json_cdr; mod_format_cdr with `format=json`): a channel, told when it ended.
 *
 * In: bytes of JSON. Out: its variables and the caller profiles it went through. What must hold: whatever the shape
 * (values as numbers, URL-encoded, bytes that are no UTF-8), the same channel gives the same values; what is missing
 * reads as empty, never as an error: what must be there, those who need it say.
 */
import { isUtf8 } from 'node:buffer';
import { MessageError } from '../../dialect.js';
import { decodeText } from '../../files/text.js';
import { decodePlain } from '../esl/plain-event.js';
import { isObject, type JsonObject } from './json.js';
import { type Profile, readProfiles } from './profiles.js';

/** Later than that is no time of a call (the year 2112). */
const LATEST_US = 2 ** 52;
/** Characters that no value has where the values are URL-encoded (switch_url_encode()). */
const UNSAFE = /[ "<>@:;&]/;
const ENCODED = /%[0-9A-Fa-f]{2}/;

export interface CallRecord {
  /** The channel. */
  readonly uuid: string;
  /** A channel variable; empty when there is none. Several values are `ARRAY::a|:b`, as FreeSWITCH writes them. */
  variable(name: string): string;
  /** Seconds since the epoch of `<name>_epoch`; undefined for what did not happen. */
  second(name: string): number | undefined;
  /** µs since the epoch of `<name>_uepoch`, else of `<name>_epoch`; undefined for what did not happen. */
  us(name: string): number | undefined;
  /** In order, at least one: each transfer, and each time somebody was joined with the channel, begins another. */
  readonly profiles: readonly [Profile, ...Profile[]];
}

/** @throws MessageError saying what is wrong with the record */
export function parseRecord(bytes: Buffer): CallRecord {
  const isMixed = !isUtf8(bytes);
  const json = parseObject(bytes.toString(isMixed ? 'latin1' : 'utf8'));
  const { variables } = json;
  if (!isObject(variables)) throw new MessageError('no call record: the JSON has no "variables"');
  const decoded = valueDecoder(isMixed, variables);
  const variable = (name: string): string => decoded(textOf(variables[name]));
  const number = (name: string, maximum: number): number | undefined => {
    const text = variable(name);
    const value = Number(text);
    return /^\d+$/.test(text) && value > 0 && value < maximum ? value : undefined;
  };
  const second = (name: string): number | undefined => number(`${name}_epoch`, LATEST_US / 1e6);
  // The core writes profiles as they are, also where it encodes the variables.
  const [first, ...others] = readProfiles(json['callflow'], isMixed ? reread : (text) => text);
  const uuid = variable('uuid') || (first?.uuid ?? '');
  if (uuid === '') throw new MessageError('the call record has no uuid');
  return {
    uuid,
    variable,
    second,
    us: (name) => number(`${name}_uepoch`, LATEST_US) ?? times1e6(second(name)),
    profiles: [first ?? NO_PROFILE, ...others],
  };
}

const NO_PROFILE: Profile = {
  uuid: '',
  callerName: '',
  callerNumber: '',
  destination: '',
  context: '',
  partners: [],
  originator: '',
  begunUs: undefined,
  joinedUs: undefined,
  endedUs: undefined,
};

function parseObject(text: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MessageError(`the call record is no JSON, or broken off: ${reason}`);
  }
  if (!isObject(json)) throw new MessageError('no call record: the JSON is no object');
  return json;
}

/** `encode-values`, on by default, URL-encodes every variable; a record does not say whether it was. */
function valueDecoder(isMixed: boolean, variables: JsonObject): (value: string) => string {
  const values = Object.values(variables);
  const isPlain = values.some((value) => UNSAFE.test(textOf(value)));
  if (!isPlain && values.some((value) => ENCODED.test(textOf(value)))) return decodePlain;
  return isMixed ? reread : (value) => value;
}

/** A value of a record that is no UTF-8 as a whole, read as Latin-1: alone it may be UTF-8 all the same. */
const reread = (value: string): string => decodeText(Buffer.from(value, 'latin1'));

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY::${value.map(textOf).join('|:')}`;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const times1e6 = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1_000_000;
