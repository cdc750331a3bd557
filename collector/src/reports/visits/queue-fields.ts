/** Columns of queues that several reports show. In: keys of the queue report. Out: fields over lines that have totals. */
import { QUEUE_COLUMNS } from '../queue-columns.js';
import type { QueueTotals } from '../queue-totals.js';
import type { ScopeMember } from '../scope.js';
import { fieldsOf, type Field } from './columns.js';

export interface OfQueue {
  /** Null: of all queues together. */
  queue: ScopeMember | null;
}

export interface WithTotals {
  totals: QueueTotals;
}

export function identityFields<T extends OfQueue>(): Field<T>[] {
  const make = fieldsOf<T>();
  return [
    make.text('pbx', 'PBX', 'Name of the PBX', ({ queue }) => queue?.pbx.name ?? null),
    make.text('queue', 'Queue', 'Name of the queue on the PBX', ({ queue }) => queue?.name ?? null),
    make.text(
      'queueName',
      'Queue name',
      'Display name, else the name on the PBX',
      ({ queue }) => queue?.displayName ?? queue?.name ?? null,
    ),
  ];
}

/** Columns of the queue report, in the order of the keys. */
export const totalsFields = <T extends WithTotals>(keys: readonly string[]): Field<T>[] =>
  keys
    .map((key) => QUEUE_COLUMNS.find((column) => column.key === key))
    .filter((column) => column !== undefined)
    .map(({ value, ...column }) => ({ ...column, value: ({ totals }: T) => value(totals) }));
