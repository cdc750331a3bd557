/**
 * Standard options of fields in our panels: links, mappings and thresholds as in Grafana's own.
 *
 * What must hold: without thresholds of their own fields have none, for the panels' limits then say what is bad (Grafana's default
 * would turn red at 80 whatever the number means).
 */
import { FieldConfigProperty, ThresholdsMode, type SetFieldConfigOptionsArgs } from '@grafana/data';

export const fieldConfig: SetFieldConfigOptionsArgs = {
  disableStandardOptions: [FieldConfigProperty.Color, FieldConfigProperty.Min, FieldConfigProperty.Max],
  standardOptions: {
    [FieldConfigProperty.Thresholds]: {
      defaultValue: { mode: ThresholdsMode.Absolute, steps: [{ value: -Infinity, color: 'text' }] },
    },
  },
};
