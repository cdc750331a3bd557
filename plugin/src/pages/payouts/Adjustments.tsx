/** Amounts with a reason, added to what the calls pay; only of an open period. */
import { t } from '@grafana/i18n';
import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatMoney, formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { AgentPicker, type AgentId } from './AgentPicker';
import type { Adjustment, Period } from './types';

interface Props {
  period: Period;
  onChanged: () => void;
}

export function Adjustments({ period, onChanged }: Props) {
  const path = `payouts/periods/${period.id}/adjustments`;
  const mayWrite = useUser().may('payouts:write') && period.status === 'open';
  const { data, error, reload } = useResource<{ rows: Adjustment[] }>(path);
  const changing = useAction();
  const change = async (work: () => Promise<unknown>) => {
    const done = await changing.run(work);
    if (done) {
      reload();
      onChanged();
    }
    return done;
  };
  const rows = data?.rows ?? [];
  if (!mayWrite && rows.length === 0 && !error) {
    return null;
  }
  return (
    <section>
      <h3>{t('payouts.adjustments', 'Adjustments')}</h3>
      <Stack direction="column" gap={2}>
        {(changing.error ?? error) && <ErrorState error={(changing.error ?? error)!} />}
        {rows.length > 0 && (
          <DataTable
            label={t('payouts.adjustments', 'Adjustments')}
            headers={[
              t('payouts.agent', 'Agent'),
              t('payouts.amount', 'Amount'),
              t('payouts.reason', 'Reason'),
              t('payouts.made', 'Made'),
              ...(mayWrite ? [''] : []),
            ]}
            rows={rows.map(({ id, agent, amount, reason, createdAt }) => ({
              key: String(id),
              cells: [
                agent,
                formatMoney(amount, period.currency),
                reason,
                formatTime(createdAt, period.zone),
                ...(mayWrite
                  ? [
                      <IconButton
                        key="remove"
                        name="trash-alt"
                        disabled={changing.isRunning}
                        aria-label={t('payouts.removeAdjustment', 'Take back {{amount}} of {{agent}}', {
                          ...PLAIN,
                          amount,
                          agent,
                        })}
                        onClick={() => void change(() => api.delete(`${path}/${id}`))}
                      />,
                    ]
                  : []),
              ],
            }))}
          />
        )}
        {mayWrite && (
          <NewAdjustment currency={period.currency} add={(body) => change(() => api.post(path, body))} />
        )}
      </Stack>
    </section>
  );
}

function NewAdjustment({ currency, add }: { currency: string; add: (body: unknown) => Promise<boolean> }) {
  const [agent, setAgent] = useState<AgentId | null>(null);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const save = async () => {
    if (await add({ ...agent, amount: amount.trim().replace(',', '.').replace('−', '-'), reason })) {
      setAmount('');
      setReason('');
    }
  };
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="flex-end">
      <AgentPicker id="adjustment-agent" value={agent} onChange={setAgent} />
      <Field label={t('payouts.amountIn', 'Amount, {{currency}}', { ...PLAIN, currency })} noMargin>
        <Input
          id="adjustment-amount"
          width={16}
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('payouts.reason', 'Reason')} noMargin>
        <Input
          id="adjustment-reason"
          width={40}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Button
        variant="secondary"
        icon="plus"
        disabled={agent === null || amount.trim() === '' || reason.trim() === ''}
        onClick={() => void save()}
      >
        {t('payouts.add', 'Add')}
      </Button>
    </Stack>
  );
}
