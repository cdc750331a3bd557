/** The goal of the service level that several queues share. */
import type { Targets } from '../../directory/targets.js';

/** Of the queues at a time, 0–1; null where none is set, or queues differ. */
export function commonTarget(targets: Targets, queueIds: Iterable<number>, atMs: number): number | null {
  const goals = new Set([...queueIds].map((id) => targets.at(id, atMs)));
  const [only] = goals;
  return goals.size === 1 ? (only ?? null) : null;
}
