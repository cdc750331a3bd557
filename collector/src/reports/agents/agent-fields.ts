/**
 * Columns that the reports of agents share: who a row is about, and the numbers of the agents report by their keys.
 *
 * What must hold: a number has the same key, meaning and formula here as in the agents report.
 */
import { AGENT_COLUMNS, type AgentTotals } from '../agent-columns.js';
import type { ScopeMember } from '../scope.js';
import type { Cell, Column } from '../table.js';
import { fieldsOf, type Field } from '../visits/columns.js';

/** Whom a line is about; null: everybody (totals). */
export interface OfAgent {
  agent: ScopeMember | null;
}

export interface OfQueue {
  queue: ScopeMember | null;
}

const ofAgent = fieldsOf<OfAgent>();
const ofQueue = fieldsOf<OfQueue>();

export const AGENT_IDENTITY: readonly Field<OfAgent>[] = [
  ofAgent.text('pbx', 'PBX', 'Name of the PBX', ({ agent }) => agent && agent.pbx.name),
  ofAgent.text('agent', 'Agent', 'Name of the member on the PBX', ({ agent }) => agent && agent.name),
  ofAgent.text(
    'agentName',
    'Agent name',
    'Display name, else the name on the PBX',
    ({ agent }) => agent && nameOf(agent),
  ),
];

export const QUEUE_IDENTITY: readonly Field<OfQueue>[] = [
  ofQueue.text('queue', 'Queue', 'Name of the queue on the PBX', ({ queue }) => queue && queue.name),
  ofQueue.text(
    'queueName',
    'Queue name',
    'Display name, else the name on the PBX',
    ({ queue }) => queue && nameOf(queue),
  ),
];

export const nameOf = ({ displayName, name }: ScopeMember): string => displayName ?? name;

/** Columns of the agents report, of a line that has its totals. @throws RangeError for a key it does not have */
export function agentFields<T extends { totals: AgentTotals }>(keys: readonly string[]): Field<T>[] {
  return keys.map((key) => {
    const found = AGENT_COLUMNS.find((column) => column.key === key);
    if (found === undefined) throw new RangeError(`the agents report has no column ${key}`);
    return { ...found, value: ({ totals }: T): Cell => found.value(totals) };
  });
}

/** Whether a column holds one number, so that it can rank and colour. */
export const isNumeric = ({ type }: Pick<Column, 'type'>): boolean =>
  type === 'count' || type === 'seconds' || type === 'ratio' || type === 'number';
