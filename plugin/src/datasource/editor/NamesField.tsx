/** A field for names of PBXs, queues, agents or teams, or variables of them; empty: all. */
import { t } from '@grafana/i18n';
import { InlineField, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import React, { useCallback, useId } from 'react';
import type { VariableQuery } from '../types';
import { nameOptions } from './choices';

interface Props {
  of: VariableQuery['of'];
  label: string;
  value: string[] | undefined;
  onChange: (names: string[] | undefined) => void;
}

export function NamesField({ of, label, value = [], onChange }: Props) {
  const id = useId();
  const options = useCallback((search: string) => nameOptions(of, search), [of]);
  return (
    <InlineField label={label} labelWidth={14} htmlFor={id}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={24}
        maxWidth={64}
        createCustomValue
        isClearable
        placeholder={t('datasource.editor.all', 'All')}
        options={options}
        value={value}
        onChange={(chosen: Array<ComboboxOption<string>>) =>
          onChange(chosen.length === 0 ? undefined : chosen.map(({ value: name }) => name))
        }
      />
    </InlineField>
  );
}
