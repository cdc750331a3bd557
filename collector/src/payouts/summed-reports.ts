/**
 * The reports `payout-agents` and `payout-queues`: what each agent gets, over all queues and in each.
 *
 * What must hold: totals are the sums of what agents get, added from calls; the same for open and locked periods.
 */
import type { ReportContext } from '../reports/context.js';
import type { ReportCall, ReportDefinition } from '../reports/report.js';
import { FieldParser } from '../reports/request.js';
import { compareText } from '../reports/scope.js';
import type { Cell, Column, ReportTable, Row } from '../reports/table.js';
import { callsOf } from './call-source.js';
import { AGENT, money, moneyCell, PBX, QUEUE, SUM_COLUMNS } from './columns.js';
import { loadPayout, type Payout } from './load-payout.js';
import { PAYOUT_PARAMS } from './payout-request.js';
import { PayoutSums } from './payout-sums.js';
import type { PayoutTerms } from './terms.js';

interface Line {
  agentId: number;
  /** Null: over all queues. */
  queueId: number | null;
  sums: PayoutSums;
}

const plain = (columns: readonly Column[]): Column[] =>
  columns.map(({ key, label, type, unit, description }) => ({ key, label, type, unit, description }));

const ADJUSTED: readonly Column[] = [
  money(
    'adjustments',
    'Adjustments',
    'Σ adjustments of the period; null when the report is not of a whole period',
  ),
  money('total', 'Total', 'Amount + adjustments'),
];

const AGENT_COLUMNS = [PBX, ...AGENT, ...plain(SUM_COLUMNS), ...ADJUSTED];
const QUEUE_COLUMNS = [PBX, ...QUEUE, ...AGENT, ...plain(SUM_COLUMNS)];

const shared = {
  params: PAYOUT_PARAMS,
  group: 'payouts',
  access: 'admin',
  granular: false,
  serviceLevel: false,
  charts: [],
  paged: false,
} as const;

export const PAYOUT_AGENTS: ReportDefinition = {
  ...shared,
  name: 'payout-agents',
  title: 'Payouts of agents',
  description: 'What each agent is paid for talk: calls, minutes, rate, amount, adjustments.',
  columns: AGENT_COLUMNS,
  make: agentsReport,
};

export const PAYOUT_QUEUES: ReportDefinition = {
  ...shared,
  name: 'payout-queues',
  title: 'Payouts of queues and agents',
  description:
    'What each agent is paid for talk in each queue. Adjustments belong to no queue and are left out.',
  columns: QUEUE_COLUMNS,
  make: queuesReport,
};

async function agentsReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const payout = await loadPayout(context, call, new FieldParser());
  const { terms } = payout.request;
  const lines = await collect(payout, () => null, call.signal);
  const known = new Set(lines.map(({ agentId }) => agentId));
  for (const agentId of payout.adjustments?.keys() ?? [])
    if (!known.has(agentId)) lines.push({ agentId, queueId: null, sums: new PayoutSums(terms) });
  const rows = sorted(payout, lines).map((line) => {
    const adjusted = payout.adjustments && (payout.adjustments.get(line.agentId) ?? 0n);
    return {
      ...agentCells(payout, line.agentId),
      ...sumCells(line.sums, terms),
      ...adjustedCells(line.sums.amountMinor, adjusted, terms),
    };
  });
  const adjustments = payout.adjustments && sum([...payout.adjustments.values()]);
  const { cells, amountMinor } = await totalsOf(payout, lines, call.signal);
  return {
    meta: await payout.meta('payout-agents', []),
    columns: AGENT_COLUMNS,
    rows,
    totals: {
      ...emptyCells([PBX, ...AGENT]),
      ...cells,
      ...adjustedCells(amountMinor, adjustments, terms),
    },
  };
}

async function queuesReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const payout = await loadPayout(context, call, new FieldParser());
  const { terms } = payout.request;
  const lines = await collect(payout, (queueId) => queueId, call.signal);
  const rows = sorted(payout, lines).map(({ agentId, queueId, sums }) => {
    const queue = payout.queue(queueId ?? 0);
    const names = { queue: queue.name, queueName: queue.displayName };
    return { ...agentCells(payout, agentId), ...names, ...sumCells(sums, terms) };
  });
  const { cells } = await totalsOf(payout, lines, call.signal);
  const note =
    'Each agent’s total over all queues is rounded once: rows of queues may differ from it by minor units.';
  return {
    meta: await payout.meta('payout-queues', terms.rounding === 'total' ? [note] : []),
    columns: QUEUE_COLUMNS,
    rows,
    totals: { ...emptyCells([PBX, ...QUEUE, ...AGENT]), ...cells },
  };
}

async function collect(
  { source, request }: Payout,
  queueOf: (queueId: number) => number | null,
  signal?: AbortSignal,
): Promise<Line[]> {
  const lines = new Map<string, Line>();
  for await (const calls of callsOf(source, signal)) {
    for (const call of calls) {
      const queueId = queueOf(call.queueId);
      const key = `${call.agentId}:${queueId}`;
      let line = lines.get(key);
      if (line === undefined)
        lines.set(key, (line = { agentId: call.agentId, queueId, sums: new PayoutSums(request.terms) }));
      line.sums.add(call);
    }
  }
  return [...lines.values()];
}

/** Added from the sums; money is what agents get, each rounded as the terms say. */
async function totalsOf(
  payout: Payout,
  lines: readonly Line[],
  signal?: AbortSignal,
): Promise<{ cells: Record<string, Cell>; amountMinor: bigint }> {
  const { terms } = payout.request;
  const perQueue = lines.some(({ queueId }) => queueId !== null);
  const byAgent = terms.rounding === 'total' && perQueue ? await collect(payout, () => null, signal) : lines;
  const total = new PayoutSums(terms);
  for (const { sums } of lines) total.merge(sums);
  const amountMinor = sum(byAgent.map(({ sums }) => sums.amountMinor));
  const differences = byAgent.map(({ sums }) => sums.differenceMinor);
  const isKnown = (minor: bigint | null): minor is bigint => minor !== null;
  const differenceMinor = differences.every(isKnown) ? sum(differences.filter(isKnown)) : null;
  const cells = {
    ...sumCells(total, terms),
    rate: null,
    amount: moneyCell(amountMinor, terms),
    difference: moneyCell(differenceMinor, terms),
  };
  return { cells, amountMinor };
}

const sum = (minors: readonly bigint[]): bigint => minors.reduce((all, one) => all + one, 0n);

const sumCells = (sums: PayoutSums, terms: PayoutTerms): Record<string, Cell> =>
  Object.fromEntries(SUM_COLUMNS.map(({ key, value }) => [key, value(sums, terms)]));

const emptyCells = (columns: readonly Column[]): Row =>
  Object.fromEntries(columns.map(({ key }) => [key, null]));

const adjustedCells = (amountMinor: bigint, adjusted: bigint | null, terms: PayoutTerms): Row => ({
  adjustments: moneyCell(adjusted, terms),
  total: moneyCell(amountMinor + (adjusted ?? 0n), terms),
});

function agentCells(payout: Payout, agentId: number): Row {
  const { pbx, name, displayName } = payout.agent(agentId);
  return { pbx, agent: name, agentName: displayName };
}

function sorted(payout: Payout, lines: readonly Line[]): Line[] {
  const keyOf = ({ agentId, queueId }: Line): string => {
    const agent = payout.agent(agentId);
    return [agent.pbx, queueId === null ? '' : payout.queue(queueId).name, agent.name].join('\u0000');
  };
  return [...lines].sort((a, b) => compareText(keyOf(a), keyOf(b)));
}
