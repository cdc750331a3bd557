/**
 * The caller profiles of a call record (`callflow`): who called whom, and when the channel was joined with others.
 *
 * In: the JSON of `callflow`. Out: its profiles, the oldest first. What must hold: an entry of another shape (old
 * versions wrote one object instead of a list) is read as far as it goes, never an error.
 */
import { valueAt as at } from './json.js';

export interface Profile {
  uuid: string;
  callerName: string;
  callerNumber: string;
  destination: string;
  context: string;
  /** Channels joined with this one, or made for it, while the profile held. */
  partners: readonly string[];
  /** Name of the channel this one was dialled for. */
  originator: string;
  /** µs since the epoch; undefined for what did not happen. */
  begunUs: number | undefined;
  /** Joined with another channel. */
  joinedUs: number | undefined;
  /** The next profile began, or the channel ended. */
  endedUs: number | undefined;
}

/** @param decoded makes the text of a value as it was parsed */
export function readProfiles(callflow: unknown, decoded: (value: string) => string): Profile[] {
  const entries = listOf(callflow).map((entry) => {
    const text = (value: unknown): string => (typeof value === 'string' ? decoded(value) : '');
    const profile = at(entry, 'caller_profile');
    const times = at(entry, 'times');
    return {
      index: Number(at(entry, 'profile_index')) || 0,
      profile: {
        uuid: text(at(profile, 'uuid')),
        callerName: text(at(profile, 'caller_id_name')),
        callerNumber: text(at(profile, 'caller_id_number')),
        destination: text(at(profile, 'destination_number')),
        context: text(at(profile, 'context')),
        partners: [...partners(profile, 'originator'), ...partners(profile, 'originatee')].map((partner) =>
          text(at(partner, 'uuid')),
        ),
        originator: text(at(partners(profile, 'originator')[0], 'chan_name')),
        begunUs: timeOf(at(times, 'profile_created_time')),
        joinedUs: timeOf(at(times, 'bridged_time')),
        endedUs: timeOf(at(times, 'transfer_time')) ?? timeOf(at(times, 'hangup_time')),
      },
    };
  });
  return entries.sort((a, b) => a.index - b.index).map(({ profile }) => profile);
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const partners = (profile: unknown, role: 'originator' | 'originatee'): unknown[] =>
  listOf(at(at(profile, role), `${role}_caller_profiles`));

function timeOf(value: unknown): number | undefined {
  const us = Number(value);
  return Number.isSafeInteger(us) && us > 0 ? us : undefined;
}
