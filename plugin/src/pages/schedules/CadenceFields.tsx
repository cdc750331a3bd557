/** How often a schedule runs. In/Out: a cron expression. */
import { t } from '@grafana/i18n';
import { Combobox, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { weekdayName } from '../../i18n/calendar';
import { cadenceOf, cronOf, withKind, type Cadence, type CadenceKind } from './cadence';
import { cadenceKindText } from './words';

interface Props {
  cron: string;
  onChange: (cron: string) => void;
}

const KINDS: readonly CadenceKind[] = ['daily', 'workdays', 'weekly', 'monthly', 'custom'];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

export function CadenceFields({ cron, onChange }: Props) {
  // Kept here: who chose to write cron is not taken back to "Every day" while typing one.
  const [cadence, setCadence] = useState<Cadence>(() => cadenceOf(cron));
  const change = (next: Cadence) => {
    setCadence(next);
    onChange(cronOf(next));
  };
  return (
    <Stack direction="column" gap={2}>
      <div>
        <RadioButtonGroup<CadenceKind>
          value={cadence.kind}
          options={KINDS.map((value) => ({ value, label: cadenceKindText(value) }))}
          onChange={(kind) => change(withKind(cadence, kind))}
          aria-label={t('schedules.howOften', 'How often')}
        />
      </div>
      <Stack direction="row" gap={2} wrap="wrap">
        {cadence.kind === 'weekly' && (
          <Field label={t('schedules.weekday', 'Weekday')} noMargin>
            <Combobox
              id="schedule-weekday"
              width={24}
              value={cadence.weekday}
              options={WEEKDAYS.map((value) => ({ value, label: weekdayName(value) }))}
              onChange={({ value }) => change({ ...cadence, weekday: value })}
            />
          </Field>
        )}
        {cadence.kind === 'monthly' && (
          <Field
            label={t('schedules.day', 'Day of the month')}
            description={
              cadence.day > 28
                ? t('schedules.shortMonths', 'Months without this day are left out.')
                : undefined
            }
            noMargin
          >
            <Input
              id="schedule-day"
              width={10}
              type="number"
              min={1}
              max={31}
              value={cadence.day}
              onChange={(event) =>
                change({ ...cadence, day: Math.min(31, Math.max(1, Number(event.currentTarget.value) || 1)) })
              }
            />
          </Field>
        )}
        {cadence.kind === 'custom' ? (
          <Field
            label={t('schedules.cron', 'Cron expression')}
            description={t(
              'schedules.cronHelp',
              'Minute, hour, day, month, weekday; at most every 5 minutes.',
            )}
            noMargin
          >
            <Input
              id="schedule-cron"
              width={30}
              value={cadence.cron}
              onChange={(event) => change({ kind: 'custom', cron: event.currentTarget.value })}
            />
          </Field>
        ) : (
          <Field label={t('schedules.time', 'Time')} noMargin>
            <Input
              id="schedule-time"
              type="time"
              width={16}
              value={cadence.time}
              onChange={(event) =>
                event.currentTarget.value !== '' && change({ ...cadence, time: event.currentTarget.value })
              }
            />
          </Field>
        )}
      </Stack>
    </Stack>
  );
}
