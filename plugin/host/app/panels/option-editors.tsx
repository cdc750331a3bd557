/**
 * Small stand-ins for Grafana's editors of panel options: enough to try each option in the gallery.
 *
 * Out: the registry's items. What must hold: every kind of editor that a panel may name exists, for naming an unknown one
 * fails when the panel loads; one without a stand-in edits nothing.
 */
import type { StandardEditorProps, StandardEditorsRegistryItem } from '@grafana/data';
import {
  ColorPickerInput,
  Combobox,
  Input,
  MultiCombobox,
  RadioButtonGroup,
  Slider,
  Switch,
  TextArea,
} from '@grafana/ui';
import React from 'react';

interface Choices {
  options?: Array<{ value: string | number; label?: string; description?: string }>;
  allowCustomValue?: boolean;
}
interface Bounds {
  min?: number;
  max?: number;
  step?: number;
}

type Editor<Value, Settings = unknown> = (props: StandardEditorProps<Value, Settings>) => React.ReactNode;

const NumberEditor: Editor<number | undefined, Bounds> = ({ value, onChange, item, id }) => (
  <Input
    id={id}
    type="number"
    {...{ min: item.settings?.min, max: item.settings?.max, step: item.settings?.step }}
    defaultValue={value}
    onBlur={({ currentTarget }) =>
      onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
    }
  />
);

const TextEditor: Editor<string, { useTextarea?: boolean }> = ({ value, onChange, item, id }) =>
  item.settings?.useTextarea ? (
    <TextArea id={id} defaultValue={value} onBlur={({ currentTarget }) => onChange(currentTarget.value)} />
  ) : (
    <Input id={id} defaultValue={value} onBlur={({ currentTarget }) => onChange(currentTarget.value)} />
  );

const BooleanEditor: Editor<boolean> = ({ value, onChange, id }) => (
  <Switch id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
);

const SliderEditor: Editor<number, Bounds> = ({ value, onChange, item }) => (
  <Slider
    {...{ min: item.settings?.min ?? 0, max: item.settings?.max ?? 100, step: item.settings?.step }}
    value={value}
    onAfterChange={(changed) => changed !== undefined && onChange(changed)}
  />
);

const SelectEditor: Editor<string | number, Choices> = ({ value, onChange, item, id }) => (
  <Combobox
    id={id}
    options={choicesOf(item.settings)}
    value={value === undefined ? null : String(value)}
    onChange={(chosen) => onChange(valueIn(item.settings, chosen.value))}
  />
);

const MultiSelectEditor: Editor<string[], Choices> = ({ value, onChange, item, id }) => (
  <MultiCombobox
    id={id}
    options={choicesOf(item.settings)}
    value={value ?? []}
    createCustomValue={item.settings?.allowCustomValue}
    onChange={(chosen) => onChange(chosen.map((option) => option.value))}
  />
);

const RadioEditor: Editor<string | number, Choices> = ({ value, onChange, item }) => (
  <RadioButtonGroup options={item.settings?.options ?? []} value={value} onChange={onChange} />
);

const ColorEditor: Editor<string> = ({ value, onChange }) => (
  <ColorPickerInput value={value} onChange={onChange} />
);

const NoEditor: Editor<unknown> = () => <>Can be edited in Grafana.</>;

const choicesOf = (settings?: Choices) =>
  (settings?.options ?? []).map(({ value, label, description }) => ({
    value: String(value),
    label: label ?? String(value),
    description,
  }));

/** Comboboxes know strings only. */
const valueIn = (settings: Choices | undefined, chosen: string): string | number =>
  settings?.options?.find(({ value }) => String(value) === chosen)?.value ?? chosen;

const EDITORS: Record<string, unknown> = {
  boolean: BooleanEditor,
  color: ColorEditor,
  'multi-select': MultiSelectEditor,
  number: NumberEditor,
  radio: RadioEditor,
  select: SelectEditor,
  slider: SliderEditor,
  text: TextEditor,
};

const WITHOUT_EDITOR = [
  ...['actions', 'dashboard-uid', 'field-name', 'fieldColor', 'icon', 'links', 'mappings', 'stats-picker'],
  ...['strings', 'thresholds', 'timezone', 'unit', 'viz-actions', 'cell-options'],
];

export const optionEditors = (): StandardEditorsRegistryItem[] =>
  [...Object.keys(EDITORS), ...WITHOUT_EDITOR].map((id) => ({
    id,
    name: id,
    editor: (EDITORS[id] ?? NoEditor) as StandardEditorsRegistryItem['editor'],
  }));
