/** Phones that register, and no longer: told as sofia_reg.c writes the events; no recording has any. */
import { describe, expect, it } from '@jest/globals';
import { ToldSwitch, T0 } from '../testing/switch.js';

const QUEUE = 'support@branch.example';
const ANNA = 'anna@branch.example';
const CONFIG = (list: string): string =>
  `json {"command":"callcenter_config","data":{"arguments":"${list} list"}}`;

function withAnna(contact = 'user/101@branch.example', type = 'Callback'): ToldSwitch {
  const pbx = new ToldSwitch();
  const row = { name: ANNA, type, contact, status: 'Available', state: 'Waiting', wrap_up_time: '5' };
  pbx.answer(0, CONFIG('agent'), JSON.stringify({ status: 'success', response: [row] }));
  pbx.answer(
    0,
    CONFIG('tier'),
    JSON.stringify({ status: 'success', response: [{ queue: QUEUE, agent: ANNA, state: 'Ready' }] }),
  );
  return pbx;
}

const custom = (pbx: ToldSwitch, seconds: number, subclass: string, headers: Record<string, string>) =>
  pbx.say(seconds, 'CUSTOM', { 'Event-Subclass': `sofia::${subclass}`, ...headers });
const phone = (callId: string, user = '101') => ({
  'profile-name': 'internal',
  'from-user': user,
  'from-host': 'branch.example',
  contact: `"Anna" <sip:${user}@10.0.0.${callId.length}:5060>`,
  'call-id': callId,
});
const registers = (pbx: ToldSwitch, seconds: number, callId = 'a', user = '101') =>
  custom(pbx, seconds, 'register', { ...phone(callId, user), expires: '60' });
const leaves = (pbx: ToldSwitch, seconds: number, callId = 'a', user = '101') =>
  custom(pbx, seconds, 'unregister', { ...phone(callId, user), expires: '0' });
const expires = (pbx: ToldSwitch, seconds: number, callId = 'a') =>
  custom(pbx, seconds, 'expire', {
    user: '101',
    host: 'branch.example',
    'call-id': callId,
    contact: phone(callId).contact,
  });
const listed = (pbx: ToldSwitch, seconds: number, ...users: string[]) =>
  pbx.answer(
    seconds,
    'show registrations as json',
    JSON.stringify({
      row_count: users.length,
      ...(users.length > 0 && {
        rows: users.map((user) => ({
          reg_user: user,
          realm: 'branch.example',
          token: `token ${user}`,
          url: `sofia/internal/sip:${user}@10.0.0.9`,
          expires: String(T0 + seconds + 60),
        })),
      }),
    }),
  );

const devices = (pbx: ToldSwitch): string[] =>
  pbx.members
    .filter((text) => text.includes('device-state'))
    .map((text) => text.replace(` ${ANNA} device-state ${QUEUE}`, ''));

describe('a phone', () => {
  it('that was registered is out of reach when it leaves or its registration ends', () => {
    const pbx = withAnna();
    registers(pbx, 10);
    registers(pbx, 40);
    expect(devices(pbx)).toEqual([]);
    leaves(pbx, 50);
    registers(pbx, 70);
    expires(pbx, 200);
    expect(devices(pbx)).toEqual(['50 unavailable', '70 free', '200 unavailable']);
  });

  it('of which no registration was ever seen may be reached by other ways', () => {
    const pbx = withAnna();
    leaves(pbx, 10, 'x', '999');
    listed(pbx, 20);
    listed(pbx, 30, '102', '103');
    expect(devices(pbx)).toEqual([]);
    const direct = withAnna('sofia/internal/101@10.0.0.9');
    registers(direct, 10);
    leaves(direct, 20);
    expect(devices(direct)).toEqual([]);
  });

  it('is reachable while one of two is registered, or one of two users', () => {
    const pbx = withAnna();
    registers(pbx, 10, 'desk');
    registers(pbx, 11, 'mobile');
    leaves(pbx, 20, 'desk');
    expect(devices(pbx)).toEqual([]);
    leaves(pbx, 30, 'mobile');
    expect(devices(pbx)).toEqual(['30 unavailable']);
    const two = withAnna('user/101@branch.example,user/201@branch.example');
    registers(two, 10);
    registers(two, 10, 'b', '201');
    leaves(two, 20);
    leaves(two, 30, 'b', '201');
    expect(devices(two)).toEqual(['30 unavailable']);
  });

  it('that was started anew and registers again has one registration, not two', () => {
    const pbx = withAnna();
    const same = phone('a').contact;
    registers(pbx, 10);
    custom(pbx, 20, 'register', { ...phone('after the start'), contact: same, expires: '60' });
    custom(pbx, 30, 'unregister', { ...phone('after the start'), contact: same });
    expect(devices(pbx)).toEqual(['30 unavailable']);
  });

  it('whose end was not heard does not hold another one', () => {
    const pbx = withAnna();
    registers(pbx, 10, 'lost');
    registers(pbx, 600, 'desk');
    leaves(pbx, 610, 'desk');
    expect(devices(pbx)).toEqual(['610 unavailable']);
  });

  it('is in use while its agent talks, and out of reach after that', () => {
    const pbx = withAnna();
    const channel = { 'Unique-ID': 'c1', 'Channel-Presence-ID': '101@branch.example' };
    registers(pbx, 10);
    pbx.say(20, 'CHANNEL_ANSWER', channel);
    leaves(pbx, 30);
    pbx.say(40, 'CHANNEL_HANGUP_COMPLETE', channel);
    expect(devices(pbx)).toEqual(['20 inUse', '40 unavailable']);
  });
});

describe('the list of registrations', () => {
  it('makes up for what was missed, also after a restart of the collector', () => {
    const pbx = withAnna();
    listed(pbx, 10, '101');
    pbx.restartCollector();
    listed(pbx, 60);
    listed(pbx, 120, '101', '102');
    expect(devices(pbx)).toEqual(['60.02 unavailable', '120.02 free']);
  });

  it('a new listing of members tells who is out of reach', () => {
    const pbx = withAnna();
    registers(pbx, 10);
    leaves(pbx, 20);
    pbx.link(30, 'down');
    pbx.link(40, 'up');
    const row = {
      name: ANNA,
      type: 'Callback',
      contact: 'user/101@branch.example',
      status: 'Available',
      state: 'Waiting',
    };
    pbx.answer(41, CONFIG('agent'), JSON.stringify({ status: 'success', response: [row] }));
    const events = pbx.answer(
      41,
      CONFIG('tier'),
      JSON.stringify({ status: 'success', response: [{ queue: QUEUE, agent: ANNA }] }),
    );
    expect(events).toMatchObject([
      { kind: 'members-listed', members: [{ agentName: ANNA, device: 'unavailable' }] },
    ]);
  });
});

it('of a standing line nothing is said', () => {
  const pbx = withAnna('user/101@branch.example', 'uuid-standby');
  registers(pbx, 10);
  leaves(pbx, 20);
  expect(devices(pbx)).toEqual([]);
});
