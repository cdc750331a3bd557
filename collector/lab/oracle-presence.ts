/**
 * Logins and pauses, according to a queue_log alone.
 *
 * In: its rows and the member names of interfaces. Out: per agent the seconds logged in and paused. What must hold:
 * presence and pause are per (member, queue) in the log; an agent's seconds are the union over the queues, in whole
 * seconds; an open stretch ends at the last row, or where Asterisk started anew (DECISIONS 6, 9).
 */
import type { QueueLogRow } from './oracle-rows.js';

export interface AgentPresence {
  /** Null for an agent of whom the log has no login (members written in queues.conf). */
  loginSeconds: number | null;
  loginSecondsByQueue: Record<string, number>;
  pauseSeconds: number;
  pauseSecondsByReason: Record<string, number>;
  /** By queue and, in it, by reason. */
  pauseSecondsByQueue: Record<string, Record<string, number>>;
}

interface Stretch {
  agent: string;
  queue: string;
  reason: string;
  from: number;
  to: number;
}

export function readPresence(
  rows: readonly QueueLogRow[],
  memberNames: Readonly<Record<string, string>>,
): Map<string, AgentPresence> {
  const nameOf = (interfaceName: string): string => memberNames[interfaceName] ?? interfaceName;
  const logins = new Stretches();
  const pauses = new Stretches();
  for (const { second, queue, agent, event, data } of rows) {
    const member = nameOf(agent);
    switch (event) {
      case 'ADDMEMBER':
        logins.begin(`${agent}|${queue}`, { agent: member, queue, reason: '', from: second });
        if (data[0] === 'PAUSED') {
          pauses.begin(`${member}|${queue}`, { agent: member, queue, reason: '', from: second });
        }
        break;
      case 'REMOVEMEMBER':
        pauses.end(`${member}|${queue}`, second);
        logins.end(`${agent}|${queue}`, second);
        break;
      case 'PAUSE': // also while paused: another reason
        pauses.begin(`${agent}|${queue}`, { agent, queue, reason: data[0] ?? '', from: second });
        break;
      case 'UNPAUSE':
        pauses.end(`${agent}|${queue}`, second);
        break;
      case 'QUEUESTART':
        logins.endAll(second);
        pauses.endAll(second);
        break;
    }
  }
  const lastSecond = rows.at(-1)?.second ?? 0;
  logins.endAll(lastSecond);
  pauses.endAll(lastSecond);
  return summarize(logins.closed, pauses.closed);
}

/** Stretches of time by key; beginning one ends the one before of the same key. */
class Stretches {
  readonly closed: Stretch[] = [];
  readonly #open = new Map<string, Omit<Stretch, 'to'>>();

  begin(key: string, stretch: Omit<Stretch, 'to'>): void {
    this.end(key, stretch.from);
    this.#open.set(key, stretch);
  }

  end(key: string, second: number): void {
    const open = this.#open.get(key);
    if (!open) return;
    this.#open.delete(key);
    this.closed.push({ ...open, to: second });
  }

  endAll(second: number): void {
    for (const key of [...this.#open.keys()]) this.end(key, second);
  }
}

function summarize(logins: readonly Stretch[], pauses: readonly Stretch[]): Map<string, AgentPresence> {
  const agents = new Map<string, AgentPresence>();
  for (const agent of new Set([...logins, ...pauses].map((stretch) => stretch.agent))) {
    const ownLogins = logins.filter((stretch) => stretch.agent === agent);
    const ownPauses = pauses.filter((stretch) => stretch.agent === agent);
    agents.set(agent, {
      loginSeconds: ownLogins.length === 0 ? null : unionSeconds(ownLogins),
      loginSecondsByQueue: secondsBy(ownLogins, (stretch) => stretch.queue),
      pauseSeconds: unionSeconds(ownPauses),
      pauseSecondsByReason: secondsBy(ownPauses, (stretch) => stretch.reason),
      pauseSecondsByQueue: Object.fromEntries(
        [...groupBy(ownPauses, (stretch) => stretch.queue)].map(([queue, stretches]) => [
          queue,
          secondsBy(stretches, (stretch) => stretch.reason),
        ]),
      ),
    });
  }
  return agents;
}

/** Per key the union's seconds; keys of no length are left out. */
function secondsBy(stretches: readonly Stretch[], key: (stretch: Stretch) => string): Record<string, number> {
  const seconds = [...groupBy(stretches, key)].map(([k, group]) => [k, unionSeconds(group)] as const);
  return Object.fromEntries(seconds.filter(([, total]) => total > 0));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function unionSeconds(stretches: readonly Stretch[]): number {
  let seconds = 0;
  let covered = -Infinity;
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    seconds += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return seconds;
}
