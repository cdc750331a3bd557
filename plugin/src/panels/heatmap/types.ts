/** Options of the heatmap, as dashboards store them. */
export interface HeatmapOptions {
  showTotals: boolean;
  showLegend: boolean;
  /** Offers the queues or agents one by one. */
  showMembers: boolean;
  /** The value of the darkest colour; nothing: the greatest there is. */
  max?: number;
}

export const DEFAULTS: HeatmapOptions = { showTotals: true, showLegend: true, showMembers: true };
