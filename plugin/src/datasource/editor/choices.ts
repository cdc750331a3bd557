/**
 * What the editors offer: names from the directory, reports and their numbers from the collector.
 *
 * What must hold: variables can be chosen as names can; what a stored query has is shown even if it is no longer there.
 */
import { getTemplateSrv } from '@grafana/runtime';
import type { ComboboxOption } from '@grafana/ui';
import { api } from '../../api/client';
import type { Column, ParamDefinition, ReportTable } from '../../api/types';
import { activeLanguage } from '../../i18n/language';
import { members } from '../../live/today';
import { choicesOf, type Choice } from '../variables';
import type { VariableQuery } from '../types';

type Options = Array<ComboboxOption<string>>;

/** Names and variables that have `search` in them. */
export async function nameOptions(of: VariableQuery['of'], search: string): Promise<Options> {
  const all = { pbxs: null, teams: null };
  const lists = of === 'queues' || of === 'agents' ? [of] : (['queues', 'agents'] as const);
  const signal = new AbortController().signal;
  const found = await Promise.all(lists.map((list) => members(list, signal)));
  const choices = choicesOf(
    of,
    found.flatMap((list) => [...list.values()]),
    all,
  );
  return [...variableOptions(), ...choices.map(optionOf)].filter(matches(search));
}

const optionOf = ({ value, text }: Choice): ComboboxOption<string> => ({
  value,
  label: text,
  ...(text !== value && { description: value }),
});

export const variableOptions = (): Options =>
  getTemplateSrv()
    .getVariables()
    .map(({ name }) => ({ value: `$${name}`, label: `$${name}` }));

const matches =
  (search: string) =>
  ({ value, label = '' }: ComboboxOption<string>): boolean =>
    `${label} ${value}`.toLowerCase().includes(search.toLowerCase());

/** Numbers of a report, with what they mean. */
export async function metricColumns(report: 'queues' | 'agents'): Promise<Column[]> {
  const to = Date.now();
  const query = { from: to - 60_000, to, tz: 'UTC', lang: activeLanguage() };
  const { columns } = await api.get<ReportTable>(`reports/${report}`, query);
  return columns.filter(({ type }) => type !== 'text' && type !== 'time');
}

export const metricOption = ({ key, label, description }: Column): ComboboxOption<string> => ({
  value: key,
  label,
  description,
});

interface ReportDescription {
  name: string;
  title: string;
  description: string;
  params: ParamDefinition[];
}

export async function reports(): Promise<ReportDescription[]> {
  return (await api.get<{ rows: ReportDescription[] }>('reports', { lang: activeLanguage() })).rows;
}
