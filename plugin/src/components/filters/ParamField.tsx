/**
 * The control of one parameter of a report, made of its definition.
 *
 * In: the definition, its value ('' is its default). Out: the new value. What must hold: what is
 * typed takes effect when the field is left or Enter is pressed, not at every key.
 */
import { Combobox, Field, Input, MultiCombobox, RadioButtonGroup, type ComboboxOption } from '@grafana/ui';
import { t } from '@grafana/i18n';
import React, { useState } from 'react';
import type { ParamDefinition } from '../../api/types';
import { namesOf, textsOf, valueOf, type FilterValue } from './filter-value';
import { MemberPicker } from './MemberPicker';
import { choiceText, paramText } from './param-texts';

export interface ParamFieldProps {
  param: ParamDefinition;
  value: FilterValue;
  error?: string;
  /** Words of choices, where the report's columns have them. */
  words?: Readonly<Record<string, string>>;
  onChange: (value: FilterValue) => void;
}

/** As many choices as are seen at once without a list. */
const RADIO_CHOICES = 3;

export function ParamField(props: ParamFieldProps) {
  const { param, value, error, onChange } = props;
  const id = `param-${param.name}`;
  if (param.name === 'queues2' || param.name === 'agents2') {
    const kind = param.name === 'queues2' ? 'queues' : 'agents';
    return <MemberPicker {...{ id, kind, value, error, onChange }} label={paramText(param.name)} />;
  }
  return (
    <Field label={paramText(param.name)} htmlFor={id} noMargin invalid={error !== undefined} error={error}>
      <Control {...props} id={id} />
    </Field>
  );
}

function Control(props: ParamFieldProps & { id: string }) {
  const { param } = props;
  switch (param.kind) {
    case 'names':
      return <Names {...props} />;
    case 'choice':
      return <Choice {...props} value={oneOf(props.value)} />;
    case 'integer':
    case 'text':
      return <Typed key={oneOf(props.value)} {...props} value={oneOf(props.value)} />;
  }
}

/** Of a parameter that takes one value: an address may say several. */
const oneOf = (value: FilterValue): string => textsOf(value)[0] ?? '';

type OneValue = ParamFieldProps & { id: string; value: string };

const optionsOf = ({ name, choices = [] }: ParamDefinition, words: Readonly<Record<string, string>> = {}) =>
  choices.map((choice): ComboboxOption => ({
    value: choice,
    label: words[choice] ?? choiceText(name, choice),
  }));

function Names({ id, param, value, words, error, onChange }: ParamFieldProps & { id: string }) {
  const isChoice = (text: string) => param.choices?.includes(text) ?? false;
  return (
    <MultiCombobox
      id={id}
      options={optionsOf(param, words)}
      value={namesOf(value, isChoice).map((name) => ({ value: name, label: words?.[name] ?? name }))}
      createCustomValue={param.choices === undefined}
      width="auto"
      minWidth={20}
      maxWidth={48}
      isClearable
      invalid={error !== undefined}
      placeholder={t('reports.filters.all', 'All')}
      onChange={(picked) => onChange(valueOf(picked.map((option) => option.value)))}
    />
  );
}

function Choice({ id, param, value, words, error, onChange }: OneValue) {
  const options = optionsOf(param, words);
  const standard = param.default === undefined ? undefined : String(param.default);
  if (options.length <= RADIO_CHOICES && standard !== undefined) {
    return (
      <RadioButtonGroup
        id={id}
        aria-label={paramText(param.name)}
        options={options}
        value={value || standard}
        onChange={(picked) => onChange(picked === standard ? '' : picked)}
      />
    );
  }
  return (
    <Combobox
      id={id}
      options={options}
      value={value || standard || null}
      width={24}
      isClearable
      invalid={error !== undefined}
      placeholder={t('reports.filters.default', 'Default')}
      onChange={(picked) => onChange(picked?.value === standard ? '' : (picked?.value ?? ''))}
    />
  );
}

function Typed({ id, param, value, error, onChange }: OneValue) {
  const [text, setText] = useState(value);
  const isNumber = param.kind === 'integer';
  const commit = () => {
    if (text.trim() !== value) {
      onChange(text.trim());
    }
  };
  return (
    <Input
      id={id}
      type={isNumber ? 'number' : 'text'}
      width={isNumber ? 16 : 24}
      min={param.min}
      max={param.max}
      value={text}
      invalid={error !== undefined}
      placeholder={param.default === undefined ? undefined : String(param.default)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
