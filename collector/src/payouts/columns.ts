/** Columns of the payout reports: what each number means, and how it comes from the sums. */
import type { Cell, Column } from '../reports/table.js';
import { formatMoney, formatRate, NO_CURRENCY } from './money.js';
import type { PayoutSums } from './payout-sums.js';
import type { PayoutTerms } from './terms.js';

export interface SumColumn extends Column {
  value: (sums: PayoutSums, terms: PayoutTerms) => Cell;
}

const text = (key: string, label: string, description: string): Column => ({
  key,
  label,
  type: 'text',
  unit: null,
  description,
});

export const PBX = text('pbx', 'PBX', 'Name of the PBX');
export const AGENT = [
  text('agent', 'Agent', 'Name of the member on the PBX'),
  text(
    'agentName',
    'Agent name',
    'Display name that held at the end of the range or was stored with the lock',
  ),
];
export const QUEUE = [
  text('queue', 'Queue', 'Name of the queue on the PBX'),
  text(
    'queueName',
    'Queue name',
    'Display name that held at the end of the range or was stored with the lock',
  ),
];

const count = (
  key: string,
  label: string,
  description: string,
  of: keyof PayoutSums['counts'],
): SumColumn => ({
  key,
  label,
  type: 'count',
  unit: 'calls',
  description,
  value: ({ counts }) => counts[of],
});

const seconds = (
  key: string,
  label: string,
  description: string,
  ms: (sums: PayoutSums) => number,
): SumColumn => ({ key, label, type: 'seconds', unit: 's', description, value: (sums) => ms(sums) / 1000 });

export const money = (key: string, label: string, description: string): Column => ({
  key,
  label,
  type: 'money',
  unit: null,
  description,
});

/** @returns null where there is no currency, or nothing is known */
export const moneyCell = (minor: bigint | null, { currency, digits }: PayoutTerms): string | null =>
  minor === null || currency === NO_CURRENCY ? null : formatMoney(minor, digits);

export const SUM_COLUMNS: readonly SumColumn[] = [
  count(
    'calls',
    'Calls',
    'Calls answered by the agent; of a transferred call each agent has his own part',
    'calls',
  ),
  count('paidCalls', 'Paid calls', 'Calls that are paid', 'paid'),
  count('belowMinimum', 'Calls too short', 'Calls with less talk than the minimum', 'belowMinimum'),
  count(
    'talkUnknown',
    'Calls of unknown talk',
    'Calls whose talk is not known (yet); not paid',
    'talkUnknown',
  ),
  count('noRate', 'Calls without rate', 'Calls for which no rate held', 'noRate'),
  count(
    'otherCurrency',
    'Calls in other currency',
    'Calls paid in another currency, in a payout of its own',
    'otherCurrency',
  ),
  seconds('reportedSeconds', 'Talk reported', 'Σ talk as the PBX reports it', (sums) =>
    sums.talkMs('reported'),
  ),
  seconds(
    'measuredSeconds',
    'Talk measured',
    "Σ talk as measured: the agent's own part, also where a transfer was not reported",
    (sums) => sums.talkMs('measured'),
  ),
  seconds('paidSeconds', 'Talk paid', 'Σ talk of the paid calls, by the basis', (sums) => sums.paidMs),
  {
    ...text('rate', 'Rate', 'Per minute of talk; several that held one after the other are listed'),
    value: ({ rates }, { digits }) =>
      rates.size === 0 ? null : [...rates].map((rate) => formatRate(rate, digits)).join(', '),
  },
  {
    ...money('amount', 'Amount', 'Σ talk minutes × rate, rounded half up per call or per total of an agent'),
    value: (sums, terms) => moneyCell(sums.amountMinor, terms),
  },
  {
    ...money(
      'difference',
      'Difference of measures',
      'What the other measure of talk (measured, reported) would pay more; null where it does not know all calls',
    ),
    value: (sums, terms) => moneyCell(sums.differenceMinor, terms),
  },
];
