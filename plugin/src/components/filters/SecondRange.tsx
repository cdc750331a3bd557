/**
 * The second period of a comparison. In: `from2` and `to2` as UTC ms in text; '' for the period before. Out: the same.
 *
 * What must hold: both are set, or none.
 */
import { dateTimeForTimeZone, getDefaultTimeRange, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, TimeRangeInput } from '@grafana/ui';
import React from 'react';
import { pickedRange } from './range';
import { timeRangeOf } from './RangePicker';

interface Props {
  from: string;
  to: string;
  zone: string;
  error?: string;
  onChange: (from: string, to: string) => void;
}

export function SecondRange({ from, to, zone, error, onChange }: Props) {
  const isSet = from !== '' && to !== '';
  const value: TimeRange = isSet
    ? timeRangeOf({ from, to }, { fromMs: Number(from), toMs: Number(to) }, zone)
    : { ...getDefaultTimeRange(), from: dateTimeForTimeZone(zone, NaN), to: dateTimeForTimeZone(zone, NaN) };
  const change = (picked: TimeRange) => {
    const [fromMs, toMs] = [picked.from.valueOf(), picked.to.valueOf()];
    const range =
      Number.isFinite(fromMs) && Number.isFinite(toMs) ? pickedRange(fromMs, toMs) : { from: '', to: '' };
    onChange(range.from, range.to);
  };
  return (
    <Field
      label={t('reports.filters.secondRange', 'Second period')}
      noMargin
      invalid={error !== undefined}
      error={error}
    >
      <TimeRangeInput
        value={value}
        timeZone={zone}
        clearable
        hideQuickRanges
        hideTimeZone
        weekStart="monday"
        placeholder={t('reports.filters.periodBefore', 'The period before')}
        onChange={change}
      />
    </Field>
  );
}
