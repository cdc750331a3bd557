/** Who set which rate, opened, locked or adjusted what, and when: newest first. */
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { timeText } from '../../components/report/time-text';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { actionText, valueText } from '../directory/change-words';
import type { Changed } from './types';

const PAGE = 50;
const KINDS = ['payout-rate', 'payout-period', 'payout-adjustment'] as const;
type Kind = (typeof KINDS)[number];

export function Changes() {
  const [address, setAddress] = useSearchParams();
  const kind = KINDS.find((one) => one === address.get('of')) ?? KINDS[0];
  return (
    <Stack direction="column" gap={2}>
      <div>
        <RadioButtonGroup<Kind>
          value={kind}
          options={KINDS.map((value) => ({ value, label: kindText(value) }))}
          onChange={(of) => setAddress({ of })}
          aria-label={t('payouts.changesOf', 'Changes of')}
        />
      </div>
      <ChangesOf key={kind} kind={kind} />
    </Stack>
  );
}

function ChangesOf({ kind }: { kind: Kind }) {
  const zone = useUser().me.defaultZone;
  const [before, setBefore] = useState<number | null>(null);
  const { data, error, reload } = useResource<{ rows: Changed[] }>('directory/changes', {
    ...{ kind, before, limit: PAGE },
  });
  if (error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (data === null) {
    return <LoadingState />;
  }
  const last = data.rows.at(-1);
  if (last === undefined) {
    return <NothingHere message={t('payouts.noChanges', 'Nothing was changed yet')} />;
  }
  return (
    <>
      <DataTable
        label={t('payouts.changes', 'History')}
        headers={[
          t('payouts.when', 'Time'),
          t('payouts.who', 'Who'),
          t('payouts.subject', 'Of'),
          t('payouts.action', 'What'),
          t('payouts.before', 'Before'),
          t('payouts.after', 'After'),
        ]}
        rows={data.rows.map(({ id, at, by, login, subject, action, oldValue, newValue }) => ({
          key: String(id),
          cells: [
            timeText(at, zone, 'second'),
            login ?? by ?? t('payouts.collector', 'the collector'),
            subject,
            actionText(action),
            valueText(oldValue, zone),
            valueText(newValue, zone),
          ],
        }))}
      />
      {data.rows.length === PAGE && (
        <div>
          <Button variant="secondary" onClick={() => setBefore(last.id)}>
            {t('payouts.older', 'Older')}
          </Button>
        </div>
      )}
    </>
  );
}

const kindText = (kind: Kind): string =>
  ({
    'payout-rate': t('payouts.rates', 'Rates'),
    'payout-period': t('payouts.periods', 'Periods'),
    'payout-adjustment': t('payouts.adjustments', 'Adjustments'),
  })[kind];
