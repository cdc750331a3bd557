import { describe, expect, it } from '@jest/globals';
import type { DeviceState, ListedMember, MemberEvent } from '../../pbx/event.js';
import { atUs, ms, secondsAt, streamedMember } from '../testing/telling.js';
import { type DeviceInput, deriveDevices } from './device.js';

const derive = (input: Partial<DeviceInput>): string[] =>
  deriveDevices({ events: [], listings: [], restartsUs: [], initial: new Map(), ...input }).map(
    ({ kind, interface: iface, fromMs, toMs }) =>
      `${iface} ${kind} ${secondsAt(fromMs)}–${toMs === null ? '' : secondsAt(toMs)}`,
  );
const state = (seconds: number, to: DeviceState, iface = 'PJSIP/201'): MemberEvent =>
  streamedMember(
    seconds,
    { interface: iface, agentName: 'Anna' },
    { kind: 'device-state', queue: 'sales', state: to },
  );
const listed = (device: DeviceState, iface = 'PJSIP/201'): ListedMember => ({
  queue: 'sales',
  agentName: 'Anna',
  interface: iface,
  paused: false,
  reason: '',
  device,
});

describe('an agent’s phone', () => {
  it('is in use, then free, then unreachable', () => {
    expect(derive({ events: [state(1, 'inUse'), state(9.5, 'free'), state(20, 'unavailable')] })).toEqual([
      'PJSIP/201 inUse 1–9.5',
      'PJSIP/201 unavailable 20–',
    ]);
  });

  it('changes from in use to unreachable without being free between', () => {
    expect(derive({ events: [state(1, 'inUse'), state(9, 'unavailable'), state(12, 'free')] })).toEqual([
      'PJSIP/201 inUse 1–9',
      'PJSIP/201 unavailable 9–12',
    ]);
  });

  it('told once per queue and connection, it changed once', () => {
    expect(derive({ events: [state(1, 'inUse'), state(1.01, 'inUse'), state(9, 'free')] })).toEqual([
      'PJSIP/201 inUse 1–9',
    ]);
  });

  it('two phones of one agent have each their own time', () => {
    const events = [state(1, 'inUse'), state(3, 'inUse', 'PJSIP/202'), state(5, 'free')];
    expect(derive({ events })).toEqual(['PJSIP/201 inUse 1–5', 'PJSIP/202 inUse 3–']);
  });

  it('a listing corrects what was missed in a gap', () => {
    const listings = [{ atUs: atUs(30), members: [listed('free')] }];
    expect(derive({ events: [state(1, 'inUse')], listings })).toEqual(['PJSIP/201 inUse 1–30']);
  });

  it('a restart ends whatever lasted', () => {
    const events = [state(1, 'inUse'), state(2, 'unavailable', 'PJSIP/202')];
    expect(derive({ events, restartsUs: [atUs(30)] })).toEqual([
      'PJSIP/201 inUse 1–30',
      'PJSIP/202 unavailable 2–30',
    ]);
  });

  it('goes on from what lasted before the time looked at', () => {
    const initial = new Map([['PJSIP/201', { kind: 'inUse' as const, sinceMs: ms(-100) }]]);
    expect(derive({ initial, events: [state(5, 'free')] })).toEqual(['PJSIP/201 inUse -100–5']);
  });
});
