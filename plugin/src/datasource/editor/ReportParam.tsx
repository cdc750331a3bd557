/**
 * One parameter of a whole report, called as on the report's page.
 *
 * In: its definition (null: the report does not know it any more), its text ('' is the default). Out: the new text. What must hold:
 * variables can stand everywhere, also where there are choices; what is typed takes effect when the field is left.
 */
import { t } from '@grafana/i18n';
import { Combobox, InlineField, Input } from '@grafana/ui';
import React, { useId } from 'react';
import type { ParamDefinition } from '../../api/types';
import { choiceText, paramText } from '../../components/filters/param-texts';
import { variableOptions } from './choices';

interface Props {
  name: string;
  definition: ParamDefinition | null;
  value: string;
  onChange: (text: string) => void;
}

export function ReportParam({ name, definition, value, onChange }: Props) {
  const id = useId();
  const choices = definition?.kind === 'choice' ? (definition.choices ?? []) : null;
  const standard = definition?.default === undefined ? undefined : String(definition.default);
  const unset =
    definition?.kind === 'names'
      ? t('datasource.editor.all', 'All')
      : t('datasource.editor.default', 'Default');
  return (
    <InlineField label={paramText(name)} labelWidth={28} htmlFor={id}>
      {choices ? (
        <Combobox
          id={id}
          width={28}
          isClearable
          createCustomValue
          placeholder={standard === undefined ? unset : choiceText(name, standard)}
          options={[
            ...choices.map((choice) => ({ value: choice, label: choiceText(name, choice) })),
            ...variableOptions(),
          ]}
          value={value === '' ? null : { value, label: choiceText(name, value) }}
          onChange={(option) => onChange(option?.value ?? '')}
        />
      ) : (
        <Input
          id={id}
          width={28}
          placeholder={standard ?? unset}
          defaultValue={value}
          onBlur={({ currentTarget }) => onChange(currentTarget.value.trim())}
        />
      )}
    </InlineField>
  );
}
