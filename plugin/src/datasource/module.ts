/** Entry of the data source; nothing is loaded later, for chunks of nested plugins would be looked for elsewhere. */
import { DataSourcePlugin } from '@grafana/data';
import { setUpTexts } from '../i18n/setup';
import pluginJson from './plugin.json';
import { ConfigEditor } from './editor/ConfigEditor';
import { QueryEditor } from './editor/QueryEditor';
import { QueuescopeDataSource } from './DataSource';
import paramsRu from '../locales/ru/params.json';
import reasonsRu from '../locales/ru/reasons.json';
import paramsUz from '../locales/uz/params.json';
import reasonsUz from '../locales/uz/reasons.json';
import ru from './locales/ru.json';
import uz from './locales/uz.json';

await setUpTexts(pluginJson.id, {
  ru: () => ({ ...paramsRu, ...reasonsRu, ...ru }),
  uz: () => ({ ...paramsUz, ...reasonsUz, ...uz }),
});

export const plugin = new DataSourcePlugin(QueuescopeDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
