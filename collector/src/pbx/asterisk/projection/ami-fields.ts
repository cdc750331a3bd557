/** Reading the fields of one AMI message in the types the projection needs. Pure. */
import { MessageError } from '../../dialect.js';
import type { DeviceState } from '../../event.js';

/** What the projection needs of a decoded AMI message. */
export interface AmiFields {
  /** First value of a header, undefined when absent. */
  get(key: string): string | undefined;
  /** All values of a repeated header. */
  all(key: string): string[];
}

/** Asterisk writes `<unknown>` for an empty caller id. */
export const callerId = (value: string | undefined): string | undefined =>
  value === undefined || value === '' || value === '<unknown>' ? undefined : value;

/** A header the event is meaningless without. @throws MessageError naming event and header */
export function required(fields: AmiFields, event: string, key: string): string {
  const value = fields.get(key);
  if (value === undefined || value === '') throw new MessageError(`AMI ${event} without ${key}`);
  return value;
}

/** A whole number; undefined when absent. @throws MessageError when it is something else */
export function integer(fields: AmiFields, event: string, key: string): number | undefined {
  const text = fields.get(key);
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value))
    throw new MessageError(`AMI ${event}: ${key} is "${text}", not a whole number`);
  return value;
}

/** `timestampevents = yes`: "1795200523.624817" → µs; undefined when the PBX does not write it. */
export function timestampUs(fields: AmiFields): number | undefined {
  const text = fields.get('Timestamp');
  const match = text === undefined ? null : /^(\d{9,11})\.(\d{1,6})$/.exec(text);
  return match ? Number(match[1]) * 1_000_000 + Number(match[2]?.padEnd(6, '0')) : undefined;
}

/** The value `channelvars = NAME` put into an event: repeated `ChanVariable: NAME=value` headers. */
export function channelVariable(fields: AmiFields, name: string): string | undefined {
  for (const line of fields.all('ChanVariable')) {
    if (line.startsWith(`${name}=`)) return line.slice(name.length + 1);
  }
  return undefined;
}

/** Set only the given keys: `exactOptionalPropertyTypes` forbids undefined values. */
export function defined<T extends Record<string, unknown>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Device states of app_queue: 1 free, 6 ringing; 2, 3, 7, 8 in a call; 4, 5 unreachable; 0 unknown (rings all the same). */
export const deviceState = (status: number): DeviceState =>
  status === 4 || status === 5
    ? 'unavailable'
    : status === 2 || status === 3 || status === 7 || status === 8
      ? 'inUse'
      : 'free';
