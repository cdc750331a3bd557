/** The switch says every 20 s that it lives, and since when. */
import type { EslWriter } from './esl-writer.js';

export function tellHeartbeat(writer: EslWriter): void {
  const { world } = writer;
  const upMs = Math.floor((writer.atUs - world.state.startedAtUs) / 1000);
  let sessions = 0;
  for (const call of world.calls.values())
    sessions += 1 + call.offers.length + (call.phase === 'talking' ? 1 : 0);
  writer.sayAside('HEARTBEAT', [
    ['Event-Info', 'System Ready'],
    ['Up-Time', upTime(upMs)],
    ['FreeSWITCH-Version', '1.10.12-simulated'],
    ['Uptime-msec', upMs],
    ['Session-Count', sessions],
    ['Max-Sessions', 10_000],
    ['Session-Per-Sec', 200],
    ['Session-Per-Sec-Last', 1],
    ['Session-Per-Sec-Max', 20],
    ['Session-Per-Sec-FiveMin', 2],
    ['Session-Since-Startup', world.state.callsProcessed],
    ['Session-Peak-Max', Math.max(sessions, world.site.agents.length)],
    ['Session-Peak-FiveMin', sessions],
    ['Idle-CPU', '96.500000'],
  ]);
}

/** As `status` writes it, too. */
export function upTime(upMs: number): string {
  const days = Math.floor(upMs / 86_400_000);
  const parts = [
    [Math.floor(days / 365), 'years'],
    [days % 365, 'days'],
    [Math.floor(upMs / 3_600_000) % 24, 'hours'],
    [Math.floor(upMs / 60_000) % 60, 'minutes'],
    [Math.floor(upMs / 1000) % 60, 'seconds'],
    [upMs % 1000, 'milliseconds'],
    [0, 'microseconds'],
  ] as const;
  return parts.map(([count, unit]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`).join(', ');
}
