/** Which numbers: searched by their names, explained by what they mean. */
import { t } from '@grafana/i18n';
import { Combobox, InlineField, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import type { Column } from '../../api/types';
import { metricOption } from './choices';
import { useLoaded } from './useLoaded';

interface Props<T> {
  /** Loads the columns to choose from. */
  load: () => Promise<Column[]>;
  /** Loads again when it changes. */
  of: string;
  value: T;
  onChange: (value: T) => void;
}

export function MetricsField({ load, of, value, onChange }: Props<string[]>) {
  const id = useId();
  const { data, error } = useLoaded(load, of);
  return (
    <InlineField
      label={t('datasource.editor.metrics', 'Numbers')}
      labelWidth={14}
      htmlFor={id}
      invalid={error !== null || value.length === 0}
      error={error ?? t('datasource.editor.metricsMissing', 'Choose at least one')}
    >
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={32}
        maxWidth={96}
        loading={data === null && error === null}
        options={withStored(data ?? [], value)}
        value={value}
        onChange={(chosen: Array<ComboboxOption<string>>) => onChange(chosen.map(({ value: key }) => key))}
      />
    </InlineField>
  );
}

export function MetricField({ load, of, value, onChange }: Props<string>) {
  const id = useId();
  const { data, error } = useLoaded(load, of);
  return (
    <InlineField
      label={t('datasource.editor.metric', 'Number')}
      labelWidth={14}
      htmlFor={id}
      invalid={error !== null}
      error={error}
    >
      <Combobox
        id={id}
        width={40}
        loading={data === null && error === null}
        options={withStored(data ?? [], [value])}
        value={value}
        onChange={({ value: key }: ComboboxOption<string>) => onChange(key)}
      />
    </InlineField>
  );
}

/** What a stored query asks for is shown even when it is not known. */
function withStored(columns: Column[], stored: readonly string[]): Array<ComboboxOption<string>> {
  const unknown = stored.filter((key) => !columns.some((column) => column.key === key));
  return [...columns.map(metricOption), ...unknown.map((value) => ({ value, label: value }))];
}
