/**
 * The options of a panel, by category, as in Grafana's panel editor but without its field options.
 *
 * In: the plugin, its options. Out: changed options. What must hold: options that do not apply (`showIf`) are not shown.
 */
import { css } from '@emotion/css';
import {
  EventBusSrv,
  getPanelOptionsWithDefaults,
  PanelOptionsEditorBuilder,
  type GrafanaTheme2,
  type PanelData,
  type PanelOptionsEditorItem,
  type PanelPlugin,
} from '@grafana/data';
import { Field, useStyles2 } from '@grafana/ui';
import { cloneDeep, get, set } from 'lodash';
import React, { useMemo } from 'react';

interface Props {
  plugin: PanelPlugin;
  options: Record<string, unknown>;
  data: PanelData;
  onChange: (options: Record<string, unknown>) => void;
}

export function OptionsPane({ plugin, options: chosen, data, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const options = useMemo(() => withDefaults(plugin, chosen), [plugin, chosen]);
  const categories = useMemo(() => itemsByCategory(plugin, data, options), [plugin, data, options]);
  return (
    <div className={styles.pane}>
      {[...categories].map(([category, items]) => (
        <section key={category}>
          <h3 className={styles.category}>{category}</h3>
          {items.map((item) => (
            <OptionField key={item.id} item={item} {...{ options, data, onChange }} />
          ))}
        </section>
      ))}
    </div>
  );
}

function OptionField({
  item,
  options,
  data,
  onChange,
}: Omit<Props, 'plugin'> & { item: PanelOptionsEditorItem }) {
  const styles = useStyles2(getStyles);
  const Editor = item.editor;
  return (
    <Field label={item.name} description={item.description} noMargin className={styles.field}>
      <Editor
        id={`option-${item.id}`}
        item={item}
        value={get(options, item.path)}
        onChange={(value: unknown) => onChange(set(cloneDeep(options), item.path, value))}
        context={{ data: data.series, options, eventBus: new EventBusSrv() }}
      />
    </Field>
  );
}

const withDefaults = (plugin: PanelPlugin, options: Record<string, unknown>): Record<string, unknown> =>
  getPanelOptionsWithDefaults({
    plugin,
    currentOptions: options,
    currentFieldConfig: { defaults: {}, overrides: [] },
    isAfterPluginChange: false,
  }).options as Record<string, unknown>;

function itemsByCategory(
  plugin: PanelPlugin,
  data: PanelData,
  options: Record<string, unknown>,
): Map<string, PanelOptionsEditorItem[]> {
  const builder = new PanelOptionsEditorBuilder();
  plugin.getPanelOptionsSupplier()(builder, { data: data.series, options });
  const categories = new Map<string, PanelOptionsEditorItem[]>();
  for (const item of builder.getItems()) {
    if (item.showIf && !item.showIf(options, data.series)) {
      continue;
    }
    const category = item.category?.[0] ?? 'Panel';
    categories.set(category, [...(categories.get(category) ?? []), item]);
  }
  return categories;
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ padding: theme.spacing(2), background: theme.colors.background.primary }),
  category: css({ fontSize: theme.typography.h5.fontSize, margin: theme.spacing(2, 0, 1) }),
  field: css({ marginBottom: theme.spacing(2) }),
});
