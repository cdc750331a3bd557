/** What a template variable has to choose from. */
import type { QueryEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InlineField, InlineFieldRow, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import type { QueuescopeDataSource } from '../DataSource';
import type { QueuescopeOptions, QueuescopeQuery, VariableQuery } from '../types';
import { NamesField } from './NamesField';

type Props = QueryEditorProps<QueuescopeDataSource, QueuescopeQuery, QueuescopeOptions, VariableQuery>;

export function VariableEditor({ query, onChange }: Props) {
  const change = (changed: Partial<VariableQuery>) => onChange({ ...query, kind: 'variable', ...changed });
  return (
    <>
      <InlineField label={t('datasource.variable.of', 'Values')} labelWidth={14}>
        <RadioButtonGroup
          aria-label={t('datasource.variable.of', 'Values')}
          options={[
            { value: 'pbxs' as const, label: t('datasource.variable.pbxs', 'PBXs') },
            { value: 'queues' as const, label: t('datasource.variable.queues', 'Queues') },
            { value: 'agents' as const, label: t('datasource.variable.agents', 'Agents') },
            { value: 'teams' as const, label: t('datasource.variable.teams', 'Teams') },
          ]}
          value={query.of ?? 'queues'}
          onChange={(of) => change({ of })}
        />
      </InlineField>
      {query.of !== 'pbxs' && (
        <InlineFieldRow>
          <NamesField
            of="pbxs"
            label={t('datasource.editor.pbx', 'PBX')}
            value={query.pbx}
            onChange={(pbx) => change({ pbx })}
          />
          {query.of !== 'teams' && (
            <NamesField
              of="teams"
              label={t('datasource.variable.teams', 'Teams')}
              value={query.teams}
              onChange={(teams) => change({ teams })}
            />
          )}
        </InlineFieldRow>
      )}
    </>
  );
}
