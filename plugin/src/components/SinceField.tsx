/**
 * From when on something holds: always, or from a date in the site's zone.
 *
 * In/Out: a local date (`2026-12-01`), or null for always.
 */
import { t } from '@grafana/i18n';
import { DatePickerWithInput, Field, RadioButtonGroup, Stack } from '@grafana/ui';
import React from 'react';
import { dateOf, localDate } from './local-date';

interface Props {
  value: string | null;
  onChange: (date: string | null) => void;
  description?: string;
}

export function SinceField({ value, onChange, description }: Props) {
  return (
    <Field label={t('app.since.label', 'Holds from')} description={description} noMargin>
      <Stack direction="row" gap={1} wrap="wrap">
        <RadioButtonGroup
          value={value === null}
          options={[
            { value: true, label: t('app.since.always', 'Always') },
            { value: false, label: t('app.since.date', 'A date') },
          ]}
          onChange={(always) => onChange(always ? null : today())}
          aria-label={t('app.since.label', 'Holds from')}
        />
        {value !== null && (
          <DatePickerWithInput
            value={dateOf(value)}
            onChange={(date) => onChange(localDate(date))}
            closeOnSelect
            width={20}
            aria-label={t('app.since.day', 'First day')}
          />
        )}
      </Stack>
    </Field>
  );
}

const today = (): string => localDate(new Date());
