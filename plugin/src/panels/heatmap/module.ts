/** Entry of the heatmap. */
import { PanelPlugin } from '@grafana/data';
import { setUpTexts } from '../../i18n/setup';
import { fieldConfig } from '../shared/field-config';
import ru from './locales/ru.json';
import uz from './locales/uz.json';
import { migrate } from './migrations';
import { addOptions } from './options';
import pluginJson from './plugin.json';
import { HeatmapPanel } from './HeatmapPanel';
import type { HeatmapOptions } from './types';

await setUpTexts(pluginJson.id, { ru: () => ru, uz: () => uz });

export const plugin = new PanelPlugin<HeatmapOptions>(HeatmapPanel)
  .useFieldConfig(fieldConfig)
  .setMigrationHandler(migrate)
  .setPanelOptions(addOptions);
