/** Goals of the service level. In: queues and a time. Out: a ratio 0–1; null where none is set, or queues differ. */
import type { ReportContext } from '../context.js';
import type { ScopeMember } from '../scope.js';

export const targetAt = (
  { targetOf }: ReportContext,
  { pbx, name }: ScopeMember,
  atMs: number,
): number | null => targetOf?.(pbx.name, name, atMs) ?? null;

/** The goal that all of the queues have. */
export function commonTarget(
  context: ReportContext,
  queues: Iterable<ScopeMember>,
  atMs: number,
): number | null {
  const targets = new Set([...queues].map((queue) => targetAt(context, queue, atMs)));
  const [only] = targets;
  return targets.size === 1 ? (only ?? null) : null;
}
