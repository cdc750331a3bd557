/**
 * The maps of a heatmap report: one over all, one for each queue or agent.
 *
 * In: the report. Out: maps with their rows. What must hold: the greatest value of the members is theirs alone, for the
 * sum of all would make each of them pale.
 */
import type { Column, ReportTable, Row } from '../../api/types';

export interface MemberMap {
  /** Key for lists: PBX and name. */
  id: string;
  pbx: string;
  name: string;
  title: string;
  rows: Row[];
}

export const greatestOf = (rows: readonly Row[]): number =>
  rows.reduce((most, { value }) => (typeof value === 'number' ? Math.max(most, value) : most), 0);

/** In the order of the API. */
export function memberMaps({ rows }: ReportTable): MemberMap[] {
  const maps = new Map<string, MemberMap>();
  for (const row of rows) {
    const pbx = String(row['pbx'] ?? '');
    const name = String(row['queue'] ?? row['agent'] ?? '');
    const id = `${pbx} ${name}`;
    const map = maps.get(id) ?? { id, pbx, name, title: String(row['displayName'] ?? name), rows: [] };
    map.rows.push(row);
    maps.set(id, map);
  }
  return [...maps.values()];
}

export const allOf = ({ tables = [] }: ReportTable): readonly Row[] =>
  tables.find(({ key }) => key === 'all')?.rows ?? [];

export const valueColumn = ({ columns }: ReportTable): Column | undefined =>
  columns.find(({ key }) => key === 'value');
