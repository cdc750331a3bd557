/**
 * The lines of the board: a head for each group, then its agents, several to a line.
 *
 * In: groups. Out: one list of lines, of which only those in view are drawn. What must hold: every agent of every group is in it
 * once.
 */
import type { Agent, Group } from './rows';

export type Line =
  { kind: 'head'; group: Group } | { kind: 'agents'; group: Group; agents: readonly Agent[] };

/** @param perLine agents in a line. */
export function linesOf(groups: readonly Group[], perLine: number, withHeads: boolean): Line[] {
  const lines: Line[] = [];
  for (const group of groups) {
    if (withHeads) {
      lines.push({ kind: 'head', group });
    }
    for (let first = 0; first < group.agents.length; first += perLine) {
      lines.push({ kind: 'agents', group, agents: group.agents.slice(first, first + perLine) });
    }
  }
  return lines;
}
