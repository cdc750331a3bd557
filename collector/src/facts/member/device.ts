/**
 * An agent's phone: when it was in use, and when it could not be reached.
 *
 * In: device-state events of the agent's interfaces and listings, the PBX's restarts, and the state at the beginning.
 * Out: intervals per interface. Only the event stream tells of phones, so there is nothing to pair.
 */
import type { DeviceState, ListedMember, MemberEvent } from '../../pbx/event.js';

export interface DeviceInterval {
  kind: 'inUse' | 'unavailable';
  interface: string;
  fromMs: number;
  /** null while it lasts. */
  toMs: number | null;
}

export interface DeviceInput {
  events: readonly MemberEvent[];
  listings: readonly { atUs: number; members: readonly ListedMember[] }[];
  restartsUs: readonly number[];
  /** What lasted when the time looked at began, by interface. */
  initial: ReadonlyMap<string, { kind: 'inUse' | 'unavailable'; sinceMs: number }>;
}

export function deriveDevices(input: DeviceInput): DeviceInterval[] {
  const steps: { atUs: number; ordinal: number; interface: string; state: DeviceState }[] = [
    ...input.events.flatMap((event) =>
      event.kind === 'device-state'
        ? [
            {
              atUs: event.atUs,
              ordinal: event.ordinal,
              interface: event.interface ?? event.member,
              state: event.state,
            },
          ]
        : [],
    ),
    ...input.listings.flatMap(({ atUs, members }) =>
      members.map((member) => ({ atUs, ordinal: 0, interface: member.interface, state: member.device })),
    ),
    ...input.restartsUs.map((atUs) => ({ atUs, ordinal: -1, interface: '', state: 'free' as const })),
  ];
  steps.sort((a, b) => a.atUs - b.atUs || a.ordinal - b.ordinal);

  const lasting = new Map(input.initial);
  const intervals: DeviceInterval[] = [];
  const change = (iface: string, state: DeviceState, atMs: number): void => {
    const before = lasting.get(iface);
    if ((before?.kind ?? 'free') === state) return;
    if (before && atMs > before.sinceMs) {
      intervals.push({ kind: before.kind, interface: iface, fromMs: before.sinceMs, toMs: atMs });
    }
    if (state === 'free') lasting.delete(iface);
    else lasting.set(iface, { kind: state, sinceMs: atMs });
  };
  for (const step of steps) {
    const atMs = Math.floor(step.atUs / 1000);
    if (step.interface === '') for (const iface of [...lasting.keys()]) change(iface, 'free', atMs);
    else change(step.interface, step.state, atMs);
  }
  for (const [iface, { kind, sinceMs }] of lasting)
    intervals.push({ kind, interface: iface, fromMs: sinceMs, toMs: null });
  return intervals.sort((a, b) => a.fromMs - b.fromMs);
}
