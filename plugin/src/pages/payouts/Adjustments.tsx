/** Amounts with a reason, added to what the calls pay; those of an open period can be added and taken back. */
import { t } from '@grafana/i18n';
import { Button, ConfirmModal, Field, IconButton, Input, Stack, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { timeText } from '../../components/report/time-text';
import { formatMoney } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { AgentPicker, type AgentId } from './AgentPicker';
import { getPartStyles } from './part-styles';
import type { Adjustment, Period } from './types';

interface Props {
  period: Period;
  onChanged: () => void;
}

export function Adjustments({ period, onChanged }: Props) {
  const styles = useStyles2(getPartStyles);
  const path = `payouts/periods/${period.id}/adjustments`;
  const mayWrite = useUser().may('payouts:write') && period.status === 'open';
  const { data, error, reload } = useResource<{ rows: Adjustment[] }>(path);
  const [toRemove, setToRemove] = useState<Adjustment | null>(null);
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
      <h3 className={styles.title}>{t('payouts.adjustments', 'Adjustments')}</h3>
      <Stack direction="column" gap={2}>
        {(changing.error ?? error) && (
          <ErrorState error={(changing.error ?? error)!} isChange={changing.error !== null} />
        )}
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
            numeric={[1]}
            rows={rows.map((adjustment) => ({
              key: String(adjustment.id),
              cells: [
                adjustment.agent,
                formatMoney(adjustment.amount, period.currency),
                adjustment.reason,
                timeText(adjustment.createdAt, period.zone, 'minute'),
                ...(mayWrite
                  ? [
                      <IconButton
                        key="remove"
                        name="trash-alt"
                        disabled={changing.isRunning}
                        tooltip={t('payouts.removeAdjustment', 'Take back {{amount}} of {{agent}}', {
                          ...PLAIN,
                          amount: formatMoney(adjustment.amount, period.currency),
                          agent: adjustment.agent,
                        })}
                        onClick={() => setToRemove(adjustment)}
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
      {toRemove && (
        <ConfirmModal
          isOpen
          title={t('payouts.removeAdjustmentTitle', 'Take this adjustment back?')}
          body={t('payouts.removeAdjustmentBody', '{{agent}}: {{amount}}, {{reason}}', {
            ...PLAIN,
            agent: toRemove.agent,
            amount: formatMoney(toRemove.amount, period.currency),
            reason: toRemove.reason,
          })}
          confirmText={t('payouts.takeBack', 'Take back')}
          onDismiss={() => setToRemove(null)}
          onConfirm={() => {
            setToRemove(null);
            void change(() => api.delete(`${path}/${toRemove.id}`));
          }}
        />
      )}
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
  const isComplete = agent !== null && amount.trim() !== '' && reason.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) {
          void save();
        }
      }}
    >
      <Stack direction="row" gap={1} wrap="wrap" alignItems="flex-end">
        <AgentPicker id="adjustment-agent" value={agent} onChange={setAgent} width={30} />
        <Field label={t('payouts.amount', 'Amount')} noMargin>
          <Input
            id="adjustment-amount"
            width={20}
            inputMode="decimal"
            suffix={currency}
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('payouts.reason', 'Reason')} noMargin>
          <Input
            id="adjustment-reason"
            width={40}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" variant="secondary" icon="plus" disabled={!isComplete}>
          {t('payouts.add', 'Add')}
        </Button>
      </Stack>
    </form>
  );
}
