import { expect, it } from '@jest/globals';
import { NO_AGENT_CALLS } from '../rollups/sums.js';
import type { AgentCallSums } from '../storage/schema.js';
import { AGENT_COLUMNS } from './agent-columns.js';
import { newAgentLine, agentTotals } from './agent-lines.js';
import type { Cell } from './table.js';

const KEYS = ['offered', 'ringNoAnswers', 'busy', 'rejected', 'lostRace'];

const shown = (calls: Partial<AgentCallSums>): Cell[] => {
  const line = newAgentLine();
  Object.assign(line.numbers, NO_AGENT_CALLS, calls);
  const totals = agentTotals(line, new Set());
  return KEYS.map((key) => AGENT_COLUMNS.find((column) => column.key === key)?.value(totals) ?? null);
};

it('what only the event stream tells is null where only the log is known', () => {
  expect(shown({ answered: 3, ringNoAnswers: 1 })).toEqual([null, 1, null, null, null]);
  expect(shown({ ringNoAnswers: 2 })).toEqual([null, 2, null, null, null]);
});

it('what the event stream told is counted, nothing as 0', () => {
  expect(shown({ answered: 3, offered: 5, ringNoAnswers: 1, busy: 1 })).toEqual([5, 1, 1, 0, 0]);
  expect(shown({})).toEqual([0, 0, 0, 0, 0]);
});
