/**
 * What of the live state is shown. In: the text searched for and the queues chosen. Out: predicates. What must hold: pure; the
 * text is looked for in names as they are shown and as the PBX has them, regardless of case.
 */
import type { LiveAgent, LiveCall, LiveQueue } from '../../live/types';
import type { Names } from './rows';

interface Wanted {
  search: string;
  /** Empty: all. */
  queues: readonly string[];
}

export function matching({ search, queues }: Wanted) {
  const wanted = search.trim().toLocaleLowerCase();
  /** Thousands of rows, several times a second: names are looked up only when there is something to look for. */
  const has = (texts: () => Array<string | null>) =>
    wanted === '' || texts().some((text) => text?.toLocaleLowerCase().includes(wanted));
  const inQueues = (names: readonly string[]) =>
    queues.length === 0 || names.some((name) => queues.includes(name));
  return {
    queue: (names: Names) => (row: LiveQueue) =>
      inQueues([row.queue]) && has(() => [row.queue, names.queue(row.pbx, row.queue)]),
    agent: (names: Names) => (row: LiveAgent) =>
      (queues.length === 0 || inQueues(row.queues.map(({ queue }) => queue))) &&
      has(() => [row.agent, names.agent(row.pbx, row.agent), row.reason, row.callerNumber, row.callerName]),
    call: (names: Names) => (row: LiveCall) =>
      inQueues([row.queue]) &&
      has(() => [
        row.callerNumber,
        row.callerName,
        row.did,
        row.queue,
        names.queue(row.pbx, row.queue),
        row.agent,
      ]),
  };
}
