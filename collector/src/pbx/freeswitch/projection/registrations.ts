/**
 * Whether agents' phones can be reached: the registrations of the SIP users their contacts dial.
 *
 * In: sofia::register, sofia::unregister, sofia::expire, the list of registrations. Out: whether a phone is registered. What
 * must hold: only who was seen registered, and is no longer, is unreachable: who never was may be reached by other ways
 * (Verto, a fixed address); a user of two phones is reachable while one of them is.
 *
 * Headers as sofia_reg.c writes them (sofia_reg_handle_register_token, sofia_reg_del_callback); no recording has any.
 */
import type { EslEvent } from '../esl/codec.js';
import { numberOf } from './fields.js';
import type { Row } from './reply.js';
import type { FreeSwitchState, Registration } from './state.js';

const SECOND_US = 1_000_000;
/** A phone renews its registration before the end; the switch waits a while for one that is late. */
const LATE_US = 120 * SECOND_US;

/** The SIP user an event of registrations is about. */
export function registeredUser(event: EslEvent): string {
  const part = (name: string): string =>
    event.get(event.subclass === 'sofia::expire' ? name : `from-${name}`) ?? '';
  return `${part('user')}@${part('host')}`;
}

export function noteRegistration(state: FreeSwitchState, event: EslEvent, atUs: number): void {
  const user = registeredUser(event);
  const isEnd = event.subclass !== 'sofia::register';
  const one = { callId: event.get('call-id') ?? '', contact: event.get('contact') ?? '' };
  // Of a contact that registers anew there is no end of the old registration.
  const others = (state.registrations[user] ?? []).filter((other) => !isSame(one, other));
  const untilUs = atUs + (numberOf(event, 'expires') ?? 0) * SECOND_US + LATE_US;
  state.registrations[user] = isEnd
    ? others.filter((other) => other.untilUs > atUs)
    : [...others, { ...one, untilUs }];
}

type Named = Pick<Registration, 'callId' | 'contact'>;

const isSame = (one: Named, other: Named): boolean =>
  one.callId === other.callId || (one.contact !== '' && one.contact === other.contact);

/** The registrations there are now; of users who were registered and are not listed there is none. */
export function setRegistrations(state: FreeSwitchState, rows: readonly Row[]): void {
  for (const user of Object.keys(state.registrations)) {
    if (state.phones[user] === undefined) delete state.registrations[user];
    else state.registrations[user] = [];
  }
  for (const { reg_user: name = '', realm = '', token = '', expires = '' } of rows) {
    const user = `${name}@${realm}`;
    if (state.phones[user] === undefined) continue;
    const one = { callId: token, contact: '', untilUs: Number(expires) * SECOND_US + LATE_US };
    state.registrations[user] = [...(state.registrations[user] ?? []), one];
  }
}

/** All phones of the agent were registered once and are not now. */
export function isUnreachable(state: FreeSwitchState, agent: string): boolean {
  const { phones = [], isStandby } = state.agents[agent] ?? {};
  return !isStandby && phones.length > 0 && phones.every((phone) => state.registrations[phone]?.length === 0);
}
