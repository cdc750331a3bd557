/**
 * What to ask for, in a supervisor's words.
 *
 * What must hold: every field of the query model can be set here; a change asks again at once.
 */
import type { QueryEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, InlineField, InlineFieldRow, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import type { QueuescopeDataSource } from '../DataSource';
import {
  asShown,
  DEFAULT_QUERY,
  type LiveQuery,
  type PanelQuery,
  type QueuescopeOptions,
  type QueuescopeQuery,
} from '../types';
import { HeatmapEditor } from './HeatmapEditor';
import { kindOptions, withKind, type Kind } from './kinds';
import { NamesField } from './NamesField';
import { NumbersEditor } from './NumbersEditor';
import { ReportEditor } from './ReportEditor';

type Props = QueryEditorProps<QueuescopeDataSource, QueuescopeQuery, QueuescopeOptions>;

export function QueryEditor({ query, onChange, onRunQuery }: Props) {
  const id = useId();
  const shown = panelQuery(query);
  const change = (changed: PanelQuery) => {
    onChange(changed);
    onRunQuery();
  };
  return (
    <>
      <InlineFieldRow>
        <InlineField label={t('datasource.editor.kind', 'Show')} labelWidth={14} htmlFor={id}>
          <Combobox
            id={id}
            width={32}
            options={kindOptions()}
            value={shown.kind}
            onChange={({ value }: ComboboxOption<Kind>) => change(withKind(shown, value))}
          />
        </InlineField>
      </InlineFieldRow>
      <Details query={shown} onChange={change} />
    </>
  );
}

/** Annotations and variables have editors of their own. */
function panelQuery(stored: QueuescopeQuery): PanelQuery {
  const query = asShown(stored);
  return query.kind === 'annotations' || query.kind === 'variable'
    ? { ...DEFAULT_QUERY, refId: query.refId }
    : query;
}

function Details({ query, onChange }: { query: PanelQuery; onChange: (query: PanelQuery) => void }) {
  switch (query.kind) {
    case 'queues':
    case 'agents':
    case 'calls':
      return <LiveEditor query={query} onChange={onChange} />;
    case 'timeseries':
    case 'table':
      return <NumbersEditor query={query} onChange={onChange} />;
    case 'heatmap':
      return <HeatmapEditor query={query} onChange={onChange} />;
    case 'report':
      return <ReportEditor query={query} onChange={onChange} />;
  }
}

function LiveEditor({ query, onChange }: { query: LiveQuery; onChange: (query: LiveQuery) => void }) {
  const change = (changed: Partial<LiveQuery>) => onChange({ ...query, ...changed });
  return (
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
      {query.kind !== 'queues' && (
        <NamesField
          of="agents"
          label={t('datasource.editor.agents', 'Agents')}
          value={query.agents}
          onChange={(agents) => change({ agents })}
        />
      )}
    </InlineFieldRow>
  );
}
