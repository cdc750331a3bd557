/** A heatmap: which number, of whom, in which shape. */
import { t } from '@grafana/i18n';
import { InlineField, InlineFieldRow, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import type { Column } from '../../api/types';
import type { HeatmapQuery } from '../types';
import { metricColumns } from './choices';
import { MetricField } from './MetricsField';
import { NamesField } from './NamesField';
import { ServiceLevelFields } from './ServiceLevelFields';

interface Props {
  query: HeatmapQuery;
  onChange: (query: HeatmapQuery) => void;
}

export function HeatmapEditor({ query, onChange }: Props) {
  const { by, metric, shape } = query;
  const change = (changed: Partial<HeatmapQuery>) => onChange({ ...query, ...changed });
  return (
    <>
      <InlineFieldRow>
        <InlineField label={t('datasource.editor.report', 'Numbers of')} labelWidth={14}>
          <RadioButtonGroup
            aria-label={t('datasource.editor.report', 'Numbers of')}
            options={[
              { value: 'queue' as const, label: t('datasource.editor.ofQueues', 'Queues') },
              { value: 'agent' as const, label: t('datasource.editor.ofAgents', 'Agents') },
            ]}
            value={by}
            onChange={(chosen) => change({ by: chosen, metric: chosen === 'queue' ? 'entered' : 'answered' })}
          />
        </InlineField>
        <MetricField
          load={() => heatmapColumns(by)}
          of={by}
          value={metric}
          onChange={(chosen) => change({ metric: chosen })}
        />
        <InlineField label={t('datasource.editor.shape', 'Rows')} labelWidth={14}>
          <RadioButtonGroup
            aria-label={t('datasource.editor.shape', 'Rows')}
            options={[
              { value: 'weekday-hour' as const, label: t('datasource.editor.weekdays', 'Weekdays') },
              { value: 'date-hour' as const, label: t('datasource.editor.dates', 'Dates') },
            ]}
            value={shape}
            onChange={(chosen) => change({ shape: chosen })}
          />
        </InlineField>
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
        {by === 'agent' && (
          <NamesField
            of="agents"
            label={t('datasource.editor.agents', 'Agents')}
            value={query.agents}
            onChange={(agents) => change({ agents })}
          />
        )}
      </InlineFieldRow>
      {metric === 'serviceLevel' && (
        <InlineFieldRow>
          <ServiceLevelFields value={query} onChange={change} />
        </InlineFieldRow>
      )}
    </>
  );
}

/** What the heatmap report knows: the numbers of its report, and for queues the time talked in the hours it was talked in. */
async function heatmapColumns(by: HeatmapQuery['by']): Promise<Column[]> {
  const columns = await metricColumns(by === 'queue' ? 'queues' : 'agents');
  const talk = by === 'queue' ? await metricColumns('agents') : [];
  return [
    ...columns.filter(({ type, key }) => type !== 'reasons' && key !== 'slThresholdSeconds'),
    ...talk.filter(({ key }) => key === 'talkMeasuredSeconds'),
  ];
}
