/** Sets a rate, of one agent or the default, from a date on. */
import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { FormDrawer } from '../../components/FormDrawer';
import { SinceField } from '../../components/SinceField';
import { useAction } from '../../components/useAction';
import { AgentPicker, type AgentId } from './AgentPicker';
import { useMainCurrency } from './useMainCurrency';

interface Props {
  /** Whose; null: everybody without a rate of their own. */
  of: AgentId | null;
  onClose: (set: boolean) => void;
}

export function RateDrawer({ of, onClose }: Props) {
  const zone = useUser().me.defaultZone;
  const [agent, setAgent] = useState(of);
  const [rate, setRate] = useState('');
  const [currency, setCurrency] = useMainCurrency();
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
    <FormDrawer
      title={t('payouts.newRate', 'Set a rate')}
      saveText={t('payouts.save', 'Save')}
      isComplete={rate.trim() !== '' && currency.length === 3}
      saving={saving}
      onSave={() => void save()}
      onClose={() => onClose(false)}
    >
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
    </FormDrawer>
  );
}
