/**
 * Chooses one agent of one PBX.
 *
 * In/Out: PBX and name on the PBX; null: nobody.
 */
import { t } from '@grafana/i18n';
import { Combobox, Field, type ComboboxOption } from '@grafana/ui';
import React from 'react';
import { api } from '../../api/client';

export interface AgentId {
  pbx: string;
  agent: string;
}

interface Member {
  pbx: string;
  name: string;
  displayName: string | null;
}

interface Props {
  id: string;
  value: AgentId | null;
  onChange: (agent: AgentId | null) => void;
  placeholder?: string;
  /** In units of 8 px; default: as wide as there is room. */
  width?: number;
}

/** Names may hold anything but this. */
const SEPARATOR = '\n';

export function AgentPicker({ id, value, onChange, placeholder, width }: Props) {
  return (
    <Field label={t('payouts.agent', 'Agent')} noMargin>
      <Combobox
        id={id}
        isClearable
        width={width}
        placeholder={placeholder}
        value={value && { value: [value.pbx, value.agent].join(SEPARATOR), label: value.agent }}
        options={search}
        onChange={(option) => {
          const [pbx = '', agent = ''] = option?.value.split(SEPARATOR) ?? [];
          onChange(option === null ? null : { pbx, agent });
        }}
      />
    </Field>
  );
}

async function search(text: string): Promise<Array<ComboboxOption<string>>> {
  const { rows } = await api.get<{ rows: Member[] }>('directory/agents', { search: text, limit: 100 });
  return rows.map(({ pbx, name, displayName }) => ({
    value: [pbx, name].join(SEPARATOR),
    label: displayName ?? name,
    description: [displayName && displayName !== name ? name : '', pbx].filter(Boolean).join(' · '),
  }));
}
