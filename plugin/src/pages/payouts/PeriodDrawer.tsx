/** Opens a period: by default the month that is over, in the currency of the default rate. */
import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonList, Stack, Text } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { FormDrawer } from '../../components/FormDrawer';
import { useAction } from '../../components/useAction';
import { PLAIN } from '../../i18n/plain';
import { dayAfter, dayBefore, proposedMonth } from './period';
import type { Period, Terms } from './types';
import { useMainCurrency } from './useMainCurrency';
import { basisText, roundingText } from './words';

interface Props {
  /** Those there are. */
  periods: readonly Period[];
  onClose: (made: boolean) => void;
}

export function PeriodDrawer({ periods, onClose }: Props) {
  const zone = useUser().me.defaultZone;
  const [month] = useState(() => proposedMonth(new Date(), periods));
  const [draft, setDraft] = useState({ name: month.name, from: month.from, last: dayBefore(month.to) });
  const [currency, setCurrency] = useMainCurrency();
  const [terms, setTerms] = useState<Terms>({ basis: 'reported', rounding: 'call', minimumTalkSeconds: 0 });
  const saving = useAction();
  const { name, from, last } = draft;
  const isComplete = name.trim() !== '' && from !== '' && last !== '' && currency.length === 3;
  const save = async () => {
    const body = { name, from, to: dayAfter(last), tz: zone, currency, ...terms };
    if (await saving.run(() => api.post('payouts/periods', body))) {
      onClose(true);
    }
  };
  const field = (key: keyof typeof draft) => ({
    id: `period-${key}`,
    value: draft[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setDraft({ ...draft, [key]: event.currentTarget.value }),
  });

  return (
    <FormDrawer
      title={t('payouts.newPeriod', 'New period')}
      saveText={t('payouts.create', 'Open the period')}
      isComplete={isComplete}
      saving={saving}
      onSave={() => void save()}
      onClose={() => onClose(false)}
    >
      <Field label={t('payouts.name', 'Name')} noMargin>
        <Input {...field('name')} maxLength={190} />
      </Field>
      <div>
        <Stack direction="row" gap={2}>
          <Field label={t('payouts.firstDay', 'First day')} noMargin>
            <Input type="date" {...field('from')} />
          </Field>
          <Field label={t('payouts.lastDay', 'Last day')} noMargin>
            <Input type="date" {...field('last')} />
          </Field>
        </Stack>
        <Text variant="bodySmall" color="secondary">
          {t('payouts.daysOf', 'Whole days in {{zone}}', { ...PLAIN, zone })}
        </Text>
      </div>
      <Field
        label={t('payouts.currency', 'Currency')}
        description={t(
          'payouts.currencyHelp',
          'ISO 4217, as the rates have it. Periods of one currency do not overlap.',
        )}
        noMargin
      >
        <Input
          id="period-currency"
          width={12}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
      </Field>
      <Field
        label={t('payouts.basis', 'Paid talk')}
        description={t(
          'payouts.basisHelp',
          'Measured talk ends at a transfer the queue did not notice. The difference is shown in either case.',
        )}
        noMargin
      >
        <RadioButtonList<Terms['basis']>
          name="basis"
          value={terms.basis}
          options={(['reported', 'measured'] as const).map((value) => ({ value, label: basisText(value) }))}
          onChange={(basis) => setTerms({ ...terms, basis })}
        />
      </Field>
      <Field label={t('payouts.rounding', 'Rounding')} noMargin>
        <RadioButtonList<Terms['rounding']>
          name="rounding"
          value={terms.rounding}
          options={(['call', 'total'] as const).map((value) => ({ value, label: roundingText(value) }))}
          onChange={(rounding) => setTerms({ ...terms, rounding })}
        />
      </Field>
      <Field
        label={t('payouts.minimum', 'Minimum talk')}
        description={t('payouts.minimumHelp', 'Calls with less talk are not paid.')}
        noMargin
      >
        <Input
          id="period-minimum"
          type="number"
          min={0}
          width={14}
          suffix={t('payouts.secondsUnit', 's')}
          value={terms.minimumTalkSeconds}
          onChange={(event) =>
            setTerms({
              ...terms,
              minimumTalkSeconds: Math.max(0, Math.round(Number(event.currentTarget.value) || 0)),
            })
          }
        />
      </Field>
    </FormDrawer>
  );
}
