/** Numbers of the queues or agents report: which, of whom, by what. */
import { t } from '@grafana/i18n';
import { Combobox, InlineField, InlineFieldRow, RadioButtonGroup, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import type { NumbersQuery } from '../types';
import { metricColumns } from './choices';
import { MetricsField } from './MetricsField';
import { NamesField } from './NamesField';
import { ServiceLevelFields } from './ServiceLevelFields';

interface Props {
  query: NumbersQuery;
  onChange: (query: NumbersQuery) => void;
}

export function NumbersEditor({ query, onChange }: Props) {
  const { report, metrics, granularity, groupBy } = query;
  const id = useId();
  const own: 'queue' | 'agent' = report === 'queues' ? 'queue' : 'agent';
  const change = (changed: Partial<NumbersQuery>) => onChange({ ...query, ...changed });
  return (
    <>
      <InlineFieldRow>
        <InlineField label={t('datasource.editor.report', 'Numbers of')} labelWidth={14}>
          <RadioButtonGroup
            aria-label={t('datasource.editor.report', 'Numbers of')}
            options={[
              { value: 'queues' as const, label: t('datasource.editor.ofQueues', 'Queues') },
              { value: 'agents' as const, label: t('datasource.editor.ofAgents', 'Agents') },
            ]}
            value={report}
            onChange={(chosen) => change({ report: chosen, metrics: ['answered'], groupBy: undefined })}
          />
        </InlineField>
        <MetricsField
          load={() => metricColumns(report)}
          of={report}
          value={metrics}
          onChange={(chosen) => change({ metrics: chosen })}
        />
      </InlineFieldRow>
      <InlineFieldRow>
        <NamesField
          of="pbxs"
          label={t('datasource.editor.pbx', 'PBX')}
          value={query.pbx}
          onChange={(pbx) => change({ pbx })}
        />
        <NamesField
          of="queues"
          label={t('datasource.editor.queues', 'Queues')}
          value={query.queues}
          onChange={(queues) => change({ queues })}
        />
        {report === 'agents' && (
          <NamesField
            of="agents"
            label={t('datasource.editor.agents', 'Agents')}
            value={query.agents}
            onChange={(agents) => change({ agents })}
          />
        )}
      </InlineFieldRow>
      <InlineFieldRow>
        <InlineField label={t('datasource.editor.groupBy', 'Group by')} labelWidth={14}>
          <RadioButtonGroup<NonNullable<NumbersQuery['groupBy']>>
            aria-label={t('datasource.editor.groupBy', 'Group by')}
            options={[
              {
                value: own,
                label:
                  own === 'queue'
                    ? t('datasource.editor.byQueue', 'Queue')
                    : t('datasource.editor.byAgent', 'Agent'),
              },
              { value: 'none' as const, label: t('datasource.editor.together', 'All together') },
            ]}
            value={groupBy === 'none' ? 'none' : own}
            onChange={(chosen) => change({ groupBy: chosen })}
          />
        </InlineField>
        <InlineField
          label={t('datasource.editor.granularity', 'Time step')}
          labelWidth={14}
          htmlFor={`${id}granularity`}
        >
          <Combobox
            id={`${id}granularity`}
            width={24}
            options={granularities(query.kind)}
            value={granularity ?? (query.kind === 'timeseries' ? 'auto' : '')}
            onChange={({ value }: ComboboxOption<Granularity | ''>) =>
              change({ granularity: value === '' ? undefined : value })
            }
          />
        </InlineField>
        {report === 'queues' && <ServiceLevelFields value={query} onChange={change} />}
      </InlineFieldRow>
    </>
  );
}

type Granularity = NonNullable<NumbersQuery['granularity']>;

const granularities = (kind: NumbersQuery['kind']): Array<ComboboxOption<Granularity | ''>> => [
  ...(kind === 'table'
    ? [{ value: '' as const, label: t('datasource.granularity.none', 'None: the whole time') }]
    : []),
  { value: 'auto', label: t('datasource.granularity.auto', 'Automatic') },
  { value: '15m', label: t('datasource.granularity.quarter', '15 minutes') },
  { value: '30m', label: t('datasource.granularity.half', '30 minutes') },
  { value: 'hour', label: t('datasource.granularity.hour', 'Hour') },
  { value: 'day', label: t('datasource.granularity.day', 'Day') },
  { value: 'week', label: t('datasource.granularity.week', 'Week') },
  { value: 'month', label: t('datasource.granularity.month', 'Month') },
];
