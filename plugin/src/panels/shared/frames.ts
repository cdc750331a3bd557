/**
 * Reading frames by the names of their fields.
 *
 * In: the series of a panel. Out: the frame with the fields a panel needs, and cells of it. What must hold: any data source
 * may give such a frame; a field that is missing reads as null.
 */
import type { DataFrame, Field } from '@grafana/data';

/** @returns null when no frame has all these fields. */
export function frameWith(series: readonly DataFrame[], names: readonly string[]): DataFrame | null {
  return series.find((frame) => names.every((name) => fieldNamed(frame, name) !== undefined)) ?? null;
}

export const fieldNamed = (frame: DataFrame, name: string): Field | undefined =>
  frame.fields.find((field) => field.name === name);

/** How to read one field, row by row. */
export type Read<T> = (row: number) => T | null;

export function numbersOf(frame: DataFrame, name: string): Read<number> {
  const values = fieldNamed(frame, name)?.values;
  return (row) => {
    const value: unknown = values?.[row];
    return typeof value === 'number' ? value : null;
  };
}

export function textsOf(frame: DataFrame, name: string): Read<string> {
  const values = fieldNamed(frame, name)?.values;
  return (row) => {
    const value: unknown = values?.[row];
    return value === null || value === undefined || value === '' ? null : String(value);
  };
}

/** Lists; a text is a list of its parts between commas. */
export function listsOf(frame: DataFrame, name: string): Read<readonly unknown[]> {
  const values = fieldNamed(frame, name)?.values;
  return (row) => {
    const value: unknown = values?.[row];
    if (Array.isArray(value)) {
      return value;
    }
    return typeof value === 'string' && value !== '' ? value.split(',').map((part) => part.trim()) : null;
  };
}

/** What our data source says of a live frame; frames of others are taken as of now. */
export interface LiveMeta {
  stale: boolean;
  /** To add to this browser's clock, ms. */
  clockOffsetMs: number;
}

export function liveMetaOf({ meta }: DataFrame): LiveMeta {
  const live: unknown = meta?.custom?.live;
  if (typeof live !== 'object' || live === null) {
    return { stale: false, clockOffsetMs: 0 };
  }
  const { state, clockOffsetMs }: { state?: unknown; clockOffsetMs?: unknown } = live;
  return { stale: state === 'stale', clockOffsetMs: typeof clockOffsetMs === 'number' ? clockOffsetMs : 0 };
}
