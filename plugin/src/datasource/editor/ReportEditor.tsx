/** Any report: its parameters as text, for variables can stand everywhere. */
import { t } from '@grafana/i18n';
import { Combobox, InlineField, InlineFieldRow, Input, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import type { ReportQuery } from '../types';
import { reports } from './choices';
import { ReportParam } from './ReportParam';
import { useLoaded } from './useLoaded';

interface Props {
  query: ReportQuery;
  onChange: (query: ReportQuery) => void;
}

/** Those come with the range and zone of the dashboard, and the user's language. */
const GIVEN = new Set(['from', 'to', 'tz', 'lang', 'cursor']);

export function ReportEditor({ query, onChange }: Props) {
  const id = useId();
  const { data, error } = useLoaded(reports, '');
  const report = data?.find(({ name }) => name === query.report);
  const known = (report?.params ?? []).map(({ name }) => name).filter((name) => !GIVEN.has(name));
  const params = [...new Set([...known, ...Object.keys(query.params)])];
  const setParam = (name: string, text: string) => {
    const { [name]: _, ...others } = query.params;
    onChange({ ...query, params: text === '' ? others : { ...others, [name]: text } });
  };
  return (
    <>
      <InlineFieldRow>
        <InlineField
          label={t('datasource.editor.wholeReport', 'Report')}
          labelWidth={14}
          htmlFor={`${id}report`}
          invalid={error !== null}
          error={error}
        >
          <Combobox
            id={`${id}report`}
            width={48}
            loading={data === null && error === null}
            options={(data ?? []).map(({ name, title, description }) => ({
              value: name,
              label: title,
              description,
            }))}
            value={query.report}
            onChange={({ value }: ComboboxOption<string>) =>
              onChange({ ...query, report: value, params: {}, table: undefined })
            }
          />
        </InlineField>
        <InlineField
          label={t('datasource.editor.table', 'Table')}
          labelWidth={14}
          htmlFor={`${id}table`}
          tooltip={t(
            'datasource.editor.tableHelp',
            'Key of a further table of the report; nothing: the main one',
          )}
        >
          <Input
            id={`${id}table`}
            width={24}
            key={query.report}
            defaultValue={query.table}
            onBlur={({ currentTarget }) =>
              onChange({ ...query, table: currentTarget.value.trim() || undefined })
            }
          />
        </InlineField>
      </InlineFieldRow>
      <InlineFieldRow>
        {params.map((name) => (
          <ReportParam
            key={`${query.report} ${name}`}
            name={name}
            definition={report?.params.find((param) => param.name === name) ?? null}
            value={query.params[name] ?? ''}
            onChange={(text) => setParam(name, text)}
          />
        ))}
      </InlineFieldRow>
    </>
  );
}
