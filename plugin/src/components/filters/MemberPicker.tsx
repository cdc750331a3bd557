/** Chooses queues or agents, by display name. In: names on the PBX. Out: the same. */
import { t } from '@grafana/i18n';
import { Field, MultiCombobox } from '@grafana/ui';
import React, { useCallback, useMemo } from 'react';
import { searchMembers, useMembers, type MemberKind } from './useMembers';

interface Props {
  id: string;
  kind: MemberKind;
  label: string;
  names: readonly string[];
  error?: string;
  onChange: (names: string[]) => void;
}

export function MemberPicker({ id, kind, label, names, error, onChange }: Props) {
  const { options, hasMore } = useMembers(kind);
  const search = useCallback((text: string) => searchMembers(kind, text), [kind]);
  // Also who is in the address and not in the directory (any more) is shown, and can be taken out.
  const chosen = useMemo(
    () => names.map((name) => options.find(({ value }) => value === name) ?? { value: name, label: name }),
    [names, options],
  );
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
        onChange={(picked) => onChange(picked.map(({ value }) => value))}
      />
    </Field>
  );
}
