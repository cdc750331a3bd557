/** Sets a rate, of one agent or the default, from a date on. */
import { t } from '@grafana/i18n';
import { Button, Drawer, Field, Input, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { SinceField } from '../../components/SinceField';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { AgentPicker, type AgentId } from './AgentPicker';

export function RateDrawer({ onClose }: { onClose: (set: boolean) => void }) {
  const zone = useUser().me.defaultZone;
  const [agent, setAgent] = useState<AgentId | null>(null);
  const [rate, setRate] = useState('');
  const [currency, setCurrency] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const saving = useAction();
  const save = async () => {
    const body = {
      ...agent,
      rate: rate.trim().replace(',', '.'),
      currency,
      ...(from !== null && { from, tz: zone }),
    };
    if (await saving.run(() => api.put('payouts/rates', body))) {
      onClose(true);
    }
  };
  return (
    <Drawer size="sm" title={t('payouts.newRate', 'Set a rate')} onClose={() => onClose(false)}>
      <Stack direction="column" gap={2}>
        <AgentPicker
          id="rate-agent"
          value={agent}
          onChange={setAgent}
          placeholder={t('payouts.default', 'Everybody else')}
        />
        <Field
          label={t('payouts.rate', 'Per minute of talk')}
          description={t('payouts.rateHelp', 'A decimal number, at most six digits after the point.')}
          noMargin
        >
          <Input
            id="rate-amount"
            inputMode="decimal"
            value={rate}
            onChange={(event) => setRate(event.currentTarget.value)}
          />
        </Field>
        <Field
          label={t('payouts.currency', 'Currency')}
          description={t('payouts.iso', 'ISO 4217, as UZS')}
          noMargin
        >
          <Input
            id="rate-currency"
            width={12}
            maxLength={3}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
        </Field>
        <SinceField
          value={from}
          onChange={setFrom}
          description={t(
            'payouts.fromHelp',
            'Calls whose callers entered before are paid by the rate of before.',
          )}
        />
        {saving.error && <ErrorState error={saving.error} />}
        <Stack direction="row" gap={1}>
          <Button
            onClick={() => void save()}
            disabled={rate.trim() === '' || currency.length !== 3 || saving.isRunning}
          >
            {t('payouts.save', 'Save')}
          </Button>
          <Button variant="secondary" onClick={() => onClose(false)}>
            {t('payouts.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}
