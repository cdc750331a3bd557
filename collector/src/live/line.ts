/**
 * The waiting line of a queue. In: a queue and a call that joins or leaves it. Out: the calls whose place changed.
 * What must hold: the others' places move as they do in the PBX, which never says so (no event tells others that
 * their positions moved); a place the PBX states is taken as it is.
 */
import type { Call, Queue } from './model.js';

/** Takes `position`, or the end; nobody moves: a listing states every place itself. */
export function placeInLine(queue: Queue, call: Call, position: number | undefined): number {
  let last = 0;
  for (const other of queue.line) last = Math.max(last, other.position ?? 0);
  call.position = position ?? last + 1;
  queue.line.add(call);
  return call.position;
}

/** Joins at `position`, or at the end; those behind move back (a caller with priority enters before others). */
export function joinLine(queue: Queue, call: Call, position: number | undefined): Call[] {
  const place = placeInLine(queue, call, position);
  return shift(queue, place, +1, call);
}

/** Leaves; those behind move up, unless the PBX has stated their places since (`moveUp` false). */
export function leaveLine(queue: Queue, call: Call, moveUp = true): Call[] {
  const place = call.position;
  call.position = null;
  if (!queue.line.delete(call) || place === null || !moveUp) return [];
  return shift(queue, place + 1, -1);
}

/** The oldest entry of those who wait, or null. */
export function oldestEntry(queue: Queue): number | null {
  let oldest: number | null = null;
  for (const call of queue.line) {
    if (oldest === null || call.enteredAt < oldest) oldest = call.enteredAt;
  }
  return oldest;
}

function shift(queue: Queue, from: number, by: 1 | -1, except?: Call): Call[] {
  const moved: Call[] = [];
  for (const other of queue.line) {
    if (other === except || other.position === null || other.position < from) continue;
    other.position += by;
    moved.push(other);
  }
  return moved;
}
