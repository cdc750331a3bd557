/**
 * Numbers over time as series.
 *
 * In: a report with a row per slot and member. Out: a frame per member with the begin of the slot and a field per number.
 * What must hold: a slot nobody says anything of is a gap in the line for ratios and times, and 0 for counts: in a slot
 * without a row nothing was counted; all frames have the same slots.
 */
import { FieldType, type DataFrame, type Field } from '@grafana/data';
import type { Column, ReportMeta, Row } from '../../api/types';
import { unitOf, valueOf } from './fields';
import { noteOf, noticesOf } from './report-frame';

export interface SeriesOptions {
  metrics: readonly string[];
  /** Columns of the name on the PBX and of the name to show; null: all members together. */
  member: { name: string; displayName: string } | null;
}

export function seriesFrames(
  refId: string,
  meta: ReportMeta,
  columns: readonly Column[],
  rows: readonly Row[],
  { metrics, member }: SeriesOptions,
): DataFrame[] {
  const times = [...new Set(rows.map(({ from }) => Date.parse(String(from))))].sort((a, b) => a - b);
  const placeOf = new Map(times.map((time, place) => [time, place]));
  const numbers = metrics.flatMap((key) => columns.filter((column) => column.key === key));
  return [...groups(rows, member)].map(([, members], index) => {
    const [first] = members;
    const bySlot = new Map(members.map((row) => [placeOf.get(Date.parse(String(row.from))), row]));
    const labels =
      member && first ? { [member.name]: String(first[member.name]), pbx: String(first.pbx) } : undefined;
    const name = member && first ? String(first[member.displayName]) : null;
    const time: Field = { name: 'time', type: FieldType.time, config: {}, values: times };
    return {
      refId,
      ...(name !== null && { name }),
      fields: [
        time,
        ...numbers.map((column): Field => {
          const description = [column.description, noteOf(column, meta)].filter(Boolean).join('. ');
          const text =
            numbers.length === 1 ? (name ?? column.label) : [name, column.label].filter(Boolean).join(' · ');
          return {
            name: column.key,
            type: FieldType.number,
            ...(labels && { labels }),
            config: { ...unitOf(column), displayNameFromDS: text, description },
            values: times.map((_, place) => valueIn(column, bySlot.get(place))),
          };
        }),
      ],
      length: times.length,
      // Once is enough: panels show the notices of all frames.
      meta: { ...(index === 0 && { notices: noticesOf(meta) }) },
    };
  });
}

const valueIn = (column: Column, row: Row | undefined): unknown =>
  row === undefined ? (column.type === 'count' ? 0 : null) : valueOf(column, row[column.key] ?? null);

function groups(rows: readonly Row[], member: SeriesOptions['member']): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = member === null ? '' : `${row.pbx}\0${row[member.name]}`;
    const group = found.get(key);
    if (group) {
      group.push(row);
    } else {
      found.set(key, [row]);
    }
  }
  return found;
}
