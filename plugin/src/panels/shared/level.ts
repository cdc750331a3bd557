/**
 * How bad a number is: by the thresholds of its field as in any Grafana panel, else by the panel's own limits.
 *
 * What must hold: thresholds someone set at a field win; an unknown number is never bad.
 */
import type { Field } from '@grafana/data';

export type Level = 'ok' | 'warning' | 'critical';

export interface Limits {
  warning: number | undefined;
  critical: number | undefined;
}

/** Bad from the limits up. */
export function levelAbove(value: number | null, { warning, critical }: Limits): Level {
  if (value === null) {
    return 'ok';
  }
  return critical !== undefined && value >= critical
    ? 'critical'
    : warning !== undefined && value >= warning
      ? 'warning'
      : 'ok';
}

/** Bad below the limits. */
export function levelBelow(value: number | null, { warning, critical }: Limits): Level {
  if (value === null) {
    return 'ok';
  }
  return critical !== undefined && value < critical
    ? 'critical'
    : warning !== undefined && value < warning
      ? 'warning'
      : 'ok';
}

export const worst = (levels: readonly Level[]): Level =>
  levels.includes('critical') ? 'critical' : levels.includes('warning') ? 'warning' : 'ok';

/** The colour of thresholds or mappings set at the field; null: none are. */
export function ownColor(field: Field | undefined, value: number | null): string | null {
  const { thresholds, mappings = [] } = field?.config ?? {};
  const isSet = (thresholds?.steps.length ?? 0) > 1 || mappings.length > 0;
  return isSet && value !== null ? (field?.display?.(value).color ?? null) : null;
}
