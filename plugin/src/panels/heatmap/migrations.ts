/**
 * Options stored by older versions become those of this one. In: a stored panel. Out: its options. What must hold: what someone
 * chose stays; what is new gets its default.
 */
import type { PanelModel } from '@grafana/data';
import { DEFAULTS, type HeatmapOptions } from './types';

export const migrate = ({ options }: PanelModel<Partial<HeatmapOptions>>): HeatmapOptions => ({
  ...DEFAULTS,
  ...options,
});
