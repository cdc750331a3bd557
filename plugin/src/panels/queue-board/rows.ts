/**
 * The queues of a frame.
 *
 * In: a frame with a row per queue. Out: queues, in order, each with how bad it is at a time. What must hold: unknown is null
 * and never bad; numbers are those of the frame.
 */
import type { DataFrame } from '@grafana/data';
import { levelAbove, levelBelow, worst, type Level } from '../shared/level';
import { listsOf, numbersOf, textsOf } from '../shared/frames';
import { secondsSince } from '../shared/useNow';
import type { QueueBoardOptions } from './types';

/** Fields without which there is no board. */
export const NEEDED = ['queue', 'waiting'];

export const STATES = [
  'ready',
  'ringing',
  'onCall',
  'onHold',
  'wrapUp',
  'paused',
  'otherCall',
  'unavailable',
] as const;
export type CountedState = (typeof STATES)[number];

export interface Queue {
  /** Row of the frame. */
  row: number;
  key: string;
  name: string;
  pbx: string | null;
  waiting: number | null;
  /** Since when the oldest caller waits, UTC ms. */
  oldestEnteredAt: number | null;
  /** Seconds, as measured; when it is not known since when. */
  longestWait: number | null;
  agents: Readonly<Record<CountedState, number | null>>;
  answered: number | null;
  abandoned: number | null;
  serviceLevel: number | null;
  target: number | null;
  hours: readonly unknown[] | null;
}

export function queuesOf(frame: DataFrame): Queue[] {
  const text = (name: string) => textsOf(frame, name);
  const number = (name: string) => numbersOf(frame, name);
  const [queue, queueName, pbx] = [text('queue'), text('queueName'), text('pbx')];
  const [waiting, oldest, longest] = [number('waiting'), number('oldestEnteredAt'), number('longestWait')];
  const states = STATES.map((state) => [state, number(state)] as const);
  const [answered, abandoned] = [number('answeredToday'), number('abandonedToday')];
  const [serviceLevel, target] = [number('serviceLevelToday'), number('target')];
  const hours = listsOf(frame, 'enteredByHour');
  return Array.from({ length: frame.length }, (_, row) => ({
    row,
    key: `${pbx(row) ?? ''}\0${queue(row) ?? row}`,
    name: queueName(row) ?? queue(row) ?? '',
    pbx: pbx(row),
    waiting: waiting(row),
    oldestEnteredAt: oldest(row),
    longestWait: longest(row),
    agents: Object.fromEntries(states.map(([state, read]) => [state, read(row)])) as Queue['agents'],
    answered: answered(row),
    abandoned: abandoned(row),
    serviceLevel: serviceLevel(row),
    target: target(row),
    hours: hours(row),
  }));
}

/** Seconds the longest waiting caller waits; null: nobody waits, or it is not known. */
export function waitOf({ waiting, oldestEnteredAt, longestWait }: Queue, now: number): number | null {
  if (waiting === 0) {
    return null;
  }
  return secondsSince(oldestEnteredAt, now) ?? longestWait;
}

export interface Levels {
  waiting: Level;
  wait: Level;
  serviceLevel: Level;
  ready: Level;
  /** The worst of what needs someone now; the service level of the day alone is no alarm. */
  overall: Level;
}

/** How far below its target a queue is critical, ratio. */
const FAR_BELOW = 0.1;

export function levelsOf(queue: Queue, options: QueueBoardOptions, now: number): Levels {
  const { target, agents } = queue;
  const waiting = levelAbove(queue.waiting, {
    warning: options.waitingWarning,
    critical: options.waitingCritical,
  });
  const wait = levelAbove(waitOf(queue, now), {
    warning: options.waitWarning,
    critical: options.waitCritical,
  });
  const limits =
    target === null
      ? { warning: options.serviceLevelWarning, critical: options.serviceLevelCritical }
      : { warning: target, critical: target - FAR_BELOW };
  const nobody = options.alarmNoReady && (queue.waiting ?? 0) > 0 && agents.ready === 0;
  const ready: Level = nobody ? 'critical' : 'ok';
  return {
    waiting,
    wait,
    serviceLevel: levelBelow(queue.serviceLevel, limits),
    ready,
    overall: worst([waiting, wait, ready]),
  };
}

/** Nobody waits and nobody works there. */
export const isQuiet = ({ waiting, agents }: Queue): boolean =>
  (waiting ?? 0) === 0 && STATES.every((state) => (agents[state] ?? 0) === 0);

/** The most urgent first; equal ones by name, so that cards do not jump. */
export function sorted(queues: readonly Queue[], by: QueueBoardOptions['sortBy']): Queue[] {
  const byName = new Intl.Collator(undefined, { numeric: true });
  const order = (a: Queue, b: Queue): number => {
    switch (by) {
      case 'longestWait':
        return (sinceOf(a) ?? Infinity) - (sinceOf(b) ?? Infinity) || 0;
      case 'waiting':
        return (b.waiting ?? 0) - (a.waiting ?? 0);
      case 'serviceLevel':
        return (a.serviceLevel ?? 2) - (b.serviceLevel ?? 2);
      case 'name':
        return 0;
    }
  };
  return [...queues].sort((a, b) => order(a, b) || byName.compare(a.name, b.name));
}

/** Waits that began earlier come first; without an instant, longer ones. */
const sinceOf = ({ waiting, oldestEnteredAt, longestWait }: Queue): number | null =>
  waiting === 0 ? null : (oldestEnteredAt ?? (longestWait === null ? null : -longestWait));
