/**
 * Sends only if a number of the totals is so: "only if the service level is below 80 %".
 *
 * In: the report and a condition. Out: the changed condition; null: always. What must hold: ratios are written in per cent, as
 * they are shown, and kept as 0–1.
 */
import { t } from '@grafana/i18n';
import { Combobox, Field, Input, Stack, Switch } from '@grafana/ui';
import React, { useState } from 'react';
import type { Column, ReportTable } from '../../api/types';
import { useResource } from '../../api/useResource';
import { activeLanguage } from '../../i18n/language';
import type { Condition, Operator } from './types';

interface Props {
  report: string | null;
  condition: Condition | null;
  onChange: (condition: Condition | null) => void;
}

const OPERATORS: readonly Operator[] = ['<', '<=', '>', '>=', '=', '!='];
const NUMBERS: ReadonlySet<Column['type']> = new Set(['count', 'seconds', 'ratio', 'number']);

export function ConditionFields({ report, condition, onChange }: Props) {
  const columns = useNumbersOf(report);
  const ratio = columns.find(({ key }) => key === condition?.column)?.type === 'ratio';
  const [typed, setTyped] = useState<string | null>(null);
  const shown =
    typed ??
    (condition === null ? '' : String(ratio ? Number((condition.value * 100).toFixed(6)) : condition.value));
  return (
    <Stack direction="column" gap={1}>
      <Field
        label={t('schedules.conditional', 'Only on a condition')}
        description={t('schedules.conditionalHelp', 'It is sent only if a total of the report says so.')}
        htmlFor="schedule-conditional"
        noMargin
      >
        <Switch
          id="schedule-conditional"
          value={condition !== null}
          disabled={columns.length === 0}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked ? { column: preferred(columns), operator: '<', value: 0.8 } : null,
            )
          }
        />
      </Field>
      {condition && (
        <Stack direction="row" gap={1} wrap="wrap" alignItems="flex-end">
          <Field label={t('schedules.number', 'Number of the totals')} noMargin>
            <Combobox
              id="schedule-column"
              width={40}
              value={condition.column}
              options={columns.map(({ key, label, description }) => ({ value: key, label, description }))}
              onChange={({ value }) => {
                setTyped(null);
                onChange({ ...condition, column: value });
              }}
            />
          </Field>
          <Field label={t('schedules.is', 'is')} noMargin>
            <Combobox<Operator>
              id="schedule-operator"
              width={12}
              value={condition.operator}
              options={OPERATORS.map((value) => ({ value }))}
              onChange={({ value }) => onChange({ ...condition, operator: value })}
            />
          </Field>
          <Field label={t('schedules.value', 'value')} noMargin>
            <Input
              id="schedule-value"
              width={12}
              inputMode="decimal"
              suffix={ratio ? '%' : undefined}
              value={shown}
              onChange={(event) => {
                const text = event.currentTarget.value;
                setTyped(text);
                const value = Number(text.replace(',', '.'));
                if (text.trim() !== '' && Number.isFinite(value)) {
                  onChange({ ...condition, value: ratio ? Number((value / 100).toFixed(8)) : value });
                }
              }}
            />
          </Field>
        </Stack>
      )}
    </Stack>
  );
}

const preferred = (columns: Column[]): string =>
  (columns.find(({ key }) => key === 'serviceLevel') ?? columns[0])?.key ?? '';

/** Columns of the report whose totals are numbers: of a small range, for the columns alone. */
function useNumbersOf(report: string | null): Column[] {
  const { data } = useResource<ReportTable>(report === null ? null : `reports/${report}`, {
    from: '2026-01-01',
    to: '2026-01-02',
    tz: 'UTC',
    lang: activeLanguage(),
  });
  return (data?.columns ?? []).filter(
    ({ type, key }) => NUMBERS.has(type) && data?.totals?.[key] !== undefined,
  );
}
