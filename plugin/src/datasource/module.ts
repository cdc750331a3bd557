/** Entry of the data source; nothing is loaded later, for chunks of nested plugins would be looked for elsewhere. */
import { DataSourcePlugin } from '@grafana/data';
import { setUpTexts } from '../i18n/setup';
import pluginJson from './plugin.json';
import { ConfigEditor } from './editor/ConfigEditor';
import { QueryEditor } from './editor/QueryEditor';
import { QueuescopeDataSource } from './DataSource';
import ru from './locales/ru.json';
import uz from './locales/uz.json';

await setUpTexts(pluginJson.id, { ru: () => ru, uz: () => uz });

export const plugin = new DataSourcePlugin(QueuescopeDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
