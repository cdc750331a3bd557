/**
 * Fields of data frames made of columns of the collector's tables.
 *
 * In: a column and its cells. Out: a field with type, unit, name and description. What must hold: the field is named by the
 * column's key, so that overrides of dashboards hold in every language; people see its label; unknown stays null.
 */
import { FieldType, type DataLink, type Field, type FieldConfig } from '@grafana/data';
import type { Cell, Column } from '../../api/types';
import { formatDuration } from '../../format/format';
import { journeyLink, memberLink } from './links';

/** @param note added to the description: what holds for this answer. */
export function fieldOf(column: Column, cells: readonly Cell[], note?: string): Field {
  const description = [column.description, note].filter(Boolean).join('. ');
  const config: FieldConfig = {
    displayNameFromDS: column.label,
    description,
    ...unitOf(column),
    // Links take the text of the cell: an id must not read 48,357.
    ...(column.key.endsWith('Id') && { unit: 'none' }),
    ...(column.type === 'money' && { decimals: minorDigits(cells) }),
  };
  const links = linksOf(column.key);
  return {
    name: column.key,
    type: typeOf(column),
    values: cells.map((cell) => valueOf(column, cell)),
    config: links.length > 0 ? { ...config, links } : config,
  };
}

export function typeOf({ type }: Column): FieldType {
  switch (type) {
    case 'time':
      return FieldType.time;
    case 'text':
    case 'date':
    case 'reasons':
      return FieldType.string;
    case 'count':
    case 'seconds':
    case 'ratio':
    case 'number':
    case 'money':
      return FieldType.number;
  }
}

export function unitOf({ type, unit }: Column): FieldConfig {
  switch (type) {
    case 'count':
      // Exact: `short` would show 12 345 as 12.3 K.
      return { unit: 'locale', decimals: 0 };
    case 'seconds':
      // Hours, minutes and seconds: `s` would show an average of 4:40 as 4.67 mins.
      return { unit: 'dthms' };
    case 'ratio':
      return { unit: 'percentunit', decimals: 1, ...(unit !== 'points' && { min: 0, max: 1 }) };
    case 'number':
    case 'money':
      return { unit: 'locale' };
    case 'time':
    case 'text':
    case 'date':
    case 'reasons':
      return {};
  }
}

/** As many as the collector writes: 2 of UZS, 0 of JPY. */
const minorDigits = (cells: readonly Cell[]): number =>
  Math.max(0, ...cells.map((cell) => String(cell ?? '').split('.')[1]?.length ?? 0));

export function valueOf({ type }: Column, cell: Cell): unknown {
  if (cell === null) {
    return null;
  }
  switch (type) {
    case 'time':
      return Date.parse(String(cell));
    case 'money':
      return Number(cell);
    case 'reasons':
      return reasonsText(cell);
    default:
      return cell;
  }
}

/** `Lunch 0:30:00, Training 12:10`, the longest first. */
function reasonsText(cell: Cell): string {
  return typeof cell === 'object' && cell !== null
    ? Object.entries(cell)
        .sort(([, a], [, b]) => b - a)
        .map(([reason, seconds]) => `${reason} ${formatDuration(seconds)}`.trim())
        .join(', ')
    : String(cell);
}

function linksOf(key: string): DataLink[] {
  switch (key) {
    case 'queue':
    case 'queueName':
      return [memberLink('queues', 'queue')];
    case 'agent':
    case 'agentName':
      return [memberLink('agents', 'agent')];
    case 'contactId':
      return [journeyLink()];
    default:
      return [];
  }
}
