/** The columns that say which slot of time a row is about; none for a total. */
import type { Granularity, Slot } from '../time/bucket.js';
import type { ReportRequest } from './request.js';
import type { Column, Row } from './table.js';

const COLUMNS: readonly Column[] = [
  {
    key: 'from',
    label: 'From',
    type: 'time',
    unit: null,
    description: 'Start of the slot, in the zone of the report',
  },
  { key: 'to', label: 'To', type: 'time', unit: null, description: 'End of the slot (exclusive)' },
];

export const slotColumns = (granularity: Granularity): readonly Column[] =>
  granularity === 'total' ? [] : COLUMNS;

/** @param slot null: of the totals */
export function slotCells({ granularity, zone }: ReportRequest, slot: Slot | null): Row {
  if (granularity === 'total') return {};
  return { from: slot && zone.iso(slot.fromMs), to: slot && zone.iso(slot.toMs) };
}
