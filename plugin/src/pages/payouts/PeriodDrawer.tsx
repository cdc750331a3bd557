/** Opens a period: by default the month that is over. */
import { t } from '@grafana/i18n';
import { Button, Drawer, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { dayAfter, dayBefore, monthBefore } from './period';
import type { Terms } from './types';
import { basisText, roundingText } from './words';

export function PeriodDrawer({ onClose }: { onClose: (made: boolean) => void }) {
  const zone = useUser().me.defaultZone;
  const [month] = useState(() => monthBefore(new Date()));
  const [draft, setDraft] = useState({
    name: month.name,
    from: month.from,
    last: dayBefore(month.to),
    currency: '',
  });
  const [terms, setTerms] = useState<Terms>({ basis: 'reported', rounding: 'call', minimumTalkSeconds: 0 });
  const saving = useAction();
  const complete =
    draft.name.trim() !== '' && draft.from !== '' && draft.last !== '' && draft.currency.length === 3;
  const save = async () => {
    const { name, from, last, currency } = draft;
    const body = { name, from, to: dayAfter(last), tz: zone, currency, ...terms };
    if (await saving.run(() => api.post('payouts/periods', body))) {
      onClose(true);
    }
  };
  const text = (field: keyof typeof draft) => ({
    id: `period-${field}`,
    value: draft[field],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setDraft({ ...draft, [field]: event.currentTarget.value }),
  });

  return (
    <Drawer size="sm" title={t('payouts.newPeriod', 'New period')} onClose={() => onClose(false)}>
      <Stack direction="column" gap={2}>
        <Field label={t('payouts.name', 'Name')} noMargin>
          <Input {...text('name')} />
        </Field>
        <Stack direction="row" gap={2}>
          <Field label={t('payouts.firstDay', 'First day')} noMargin>
            <Input type="date" {...text('from')} />
          </Field>
          <Field label={t('payouts.lastDay', 'Last day')} description={zone} noMargin>
            <Input type="date" {...text('last')} />
          </Field>
        </Stack>
        <Field
          label={t('payouts.currency', 'Currency')}
          description={t(
            'payouts.currencyHelp',
            'ISO 4217, as the rates have it. Periods of one currency do not overlap.',
          )}
          noMargin
        >
          <Input
            {...text('currency')}
            width={12}
            maxLength={3}
            placeholder={EXAMPLE}
            onChange={(event) => setDraft({ ...draft, currency: event.currentTarget.value.toUpperCase() })}
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
          <RadioButtonGroup<Terms['basis']>
            value={terms.basis}
            options={(['reported', 'measured'] as const).map((value) => ({ value, label: basisText(value) }))}
            onChange={(basis) => setTerms({ ...terms, basis })}
          />
        </Field>
        <Field label={t('payouts.rounding', 'Rounding')} noMargin>
          <RadioButtonGroup<Terms['rounding']>
            value={terms.rounding}
            options={(['call', 'total'] as const).map((value) => ({ value, label: roundingText(value) }))}
            onChange={(rounding) => setTerms({ ...terms, rounding })}
          />
        </Field>
        <Field
          label={t('payouts.minimum', 'Minimum talk, seconds')}
          description={t('payouts.minimumHelp', 'Calls with less talk are not paid.')}
          noMargin
        >
          <Input
            id="period-minimum"
            type="number"
            min={0}
            width={12}
            value={terms.minimumTalkSeconds}
            onChange={(event) =>
              setTerms({
                ...terms,
                minimumTalkSeconds: Math.max(0, Math.round(Number(event.currentTarget.value) || 0)),
              })
            }
          />
        </Field>
        {saving.error && <ErrorState error={saving.error} />}
        <Stack direction="row" gap={1}>
          <Button onClick={() => void save()} disabled={!complete || saving.isRunning}>
            {t('payouts.create', 'Open the period')}
          </Button>
          <Button variant="secondary" onClick={() => onClose(false)}>
            {t('payouts.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}

const EXAMPLE = 'UZS';
