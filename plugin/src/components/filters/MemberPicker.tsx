/** Chooses queues or agents, by display name. In: names on the PBX, as a filter has them. Out: the same. */
import { t } from '@grafana/i18n';
import { Field, MultiCombobox } from '@grafana/ui';
import React, { useCallback, useMemo } from 'react';
import { namesOf, valueOf, type FilterValue } from './filter-value';
import { searchMembers, useMembers, type MemberKind } from './useMembers';

interface Props {
  id: string;
  kind: MemberKind;
  label: string;
  value: FilterValue | undefined;
  error?: string;
  onChange: (value: FilterValue) => void;
}

export function MemberPicker({ id, kind, label, value, error, onChange }: Props) {
  const { options, hasMore } = useMembers(kind);
  const search = useCallback((text: string) => searchMembers(kind, text), [kind]);
  // Also who is in the address and not in the directory (any more) is shown, and can be taken out.
  const chosen = useMemo(() => {
    const known = new Map(options.map((option) => [option.value, option]));
    return namesOf(value, (text) => known.has(text)).map(
      (name) => known.get(name) ?? { value: name, label: name },
    );
  }, [value, options]);
  return (
    <Field label={label} htmlFor={id} noMargin invalid={error !== undefined} error={error}>
      <MultiCombobox
        id={id}
        options={hasMore ? search : options}
        value={chosen}
        width="auto"
        minWidth={22}
        maxWidth={48}
        placeholder={t('reports.filters.all', 'All')}
        invalid={error !== undefined}
        isClearable
        onChange={(picked) => onChange(valueOf(picked.map((option) => option.value)))}
      />
    </Field>
  );
}
