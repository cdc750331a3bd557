/** The options of the heatmap in the panel editor. */
import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DEFAULTS, type HeatmapOptions } from './types';

export function addOptions(builder: PanelOptionsEditorBuilder<HeatmapOptions>): void {
  const category = [t('heatmapPanel.options.map', 'Map')];
  builder
    .addBooleanSwitch({
      path: 'showTotals',
      name: t('heatmapPanel.options.showTotals', 'Totals of rows and columns'),
      category,
      defaultValue: DEFAULTS.showTotals,
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: t('heatmapPanel.options.showLegend', 'Legend'),
      category,
      defaultValue: DEFAULTS.showLegend,
    })
    .addBooleanSwitch({
      path: 'showMembers',
      name: t('heatmapPanel.options.showMembers', 'Choice of queue or agent'),
      category,
      defaultValue: DEFAULTS.showMembers,
    })
    .addNumberInput({
      path: 'max',
      name: t('heatmapPanel.options.max', 'Darkest colour at'),
      description: t('heatmapPanel.options.maxHelp', 'Nothing: the greatest value there is'),
      category,
      settings: { min: 0 },
    });
}
