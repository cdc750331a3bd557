/** By which formula and threshold the service level is computed, when not as configured for each queue. */
import { t } from '@grafana/i18n';
import { Combobox, InlineField, Input, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';

interface Settings {
  slFormula?: string;
  slThreshold?: number;
}

interface Props {
  value: Settings;
  onChange: (changed: Settings) => void;
}

export function ServiceLevelFields({ value, onChange }: Props) {
  const id = useId();
  return (
    <>
      <InlineField
        label={t('datasource.editor.formula', 'SL formula')}
        labelWidth={14}
        htmlFor={`${id}formula`}
        tooltip={t('datasource.editor.formulaHelp', 'Nothing: the formula configured for each queue')}
      >
        <Combobox
          id={`${id}formula`}
          width={48}
          isClearable
          placeholder={t('datasource.editor.configured', 'As configured')}
          options={formulas()}
          value={value.slFormula ?? null}
          onChange={(option: ComboboxOption<string> | null) => onChange({ slFormula: option?.value })}
        />
      </InlineField>
      <InlineField
        label={t('datasource.editor.threshold', 'Threshold, s')}
        labelWidth={16}
        htmlFor={`${id}threshold`}
        tooltip={t('datasource.editor.thresholdHelp', 'T in seconds; nothing: that of each queue')}
      >
        <Input
          id={`${id}threshold`}
          type="number"
          min={0}
          max={86_400}
          width={14}
          placeholder={t('datasource.editor.configuredShort', 'Configured')}
          defaultValue={value.slThreshold}
          onBlur={({ currentTarget }) =>
            onChange({ slThreshold: currentTarget.value === '' ? undefined : Number(currentTarget.value) })
          }
        />
      </InlineField>
    </>
  );
}

/** Their names are the same in all languages. */
const formulas = (): Array<ComboboxOption<string>> =>
  Object.entries(meanings()).map(([name, description]) => ({ value: name, label: name, description }));

const meanings = (): Record<string, string> => ({
  A: t('datasource.formula.A', 'answered within T / answered'),
  B: t('datasource.formula.B', 'answered within T / offered'),
  C: t('datasource.formula.C', 'answered within T / (offered − abandoned within T)'),
  D: t('datasource.formula.D', '(answered within T + abandoned within T) / offered'),
  E: t('datasource.formula.E', '(answered − answered late) / (answered + abandoned)'),
  F: t('datasource.formula.F', 'answered within T / (answered + abandoned after T)'),
  G: t('datasource.formula.G', 'answered within T / (answered + abandoned + left by key)'),
  H: t(
    'datasource.formula.H',
    'answered within T / (answered + abandoned beyond the short-abandon threshold + sent on elsewhere)',
  ),
});
