/**
 * What can be done with a period: exported, opened as a report, removed while it is open, locked when it is over.
 *
 * What must hold: locking and removing ask first; locking says that it is for good.
 */
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Button, ConfirmModal, LinkButton, Modal, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api, queryString } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { pageUrl } from '../../constants';
import { PLAIN } from '../../i18n/plain';
import { ExportButton } from '../reports/exports/ExportButton';
import { periodQuery } from './period';
import type { Period } from './types';
import { momentText } from './words';

interface Props {
  period: Period;
  onLocked: () => void;
}

export function PeriodActions({ period, onLocked }: Props) {
  const mayWrite = useUser().may('payouts:write');
  const query = periodQuery(period);
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <LinkButton
        variant="secondary"
        icon="document-info"
        href={`${pageUrl('reports', 'payout-agents')}?${queryString(query)}`}
      >
        {t('payouts.asReport', 'Open as report')}
      </LinkButton>
      <ExportButton report={{ name: 'payout-agents', title: period.name }} query={query} />
      {mayWrite && period.status === 'open' && <Changes period={period} onLocked={onLocked} />}
    </Stack>
  );
}

function Changes({ period, onLocked }: Props) {
  const { id, name, toAt, zone } = period;
  const [asks, setAsks] = useState<'lock' | 'remove' | null>(null);
  const changing = useAction();
  const [isOver] = useState(() => toAt <= Date.now());
  const change = async (work: () => Promise<unknown>, done: () => void) => {
    setAsks(null);
    if (await changing.run(work)) {
      done();
    }
  };
  return (
    <>
      <Button
        variant="secondary"
        icon="trash-alt"
        tooltip={t('payouts.remove', 'Remove')}
        aria-label={t('payouts.remove', 'Remove')}
        onClick={() => setAsks('remove')}
      />
      <Button
        icon="lock"
        onClick={() => setAsks('lock')}
        disabled={!isOver || changing.isRunning}
        tooltip={
          isOver
            ? undefined
            : t('payouts.lockLater', 'It can be locked when it is over, from {{time}} on', {
                ...PLAIN,
                time: momentText(toAt, zone),
              })
        }
      >
        {t('payouts.lock', 'Lock')}
      </Button>
      {changing.error && (
        <Modal isOpen title={t('payouts.refused', 'Nothing was changed')} onDismiss={changing.clear}>
          <ErrorState error={changing.error} isChange />
        </Modal>
      )}
      <ConfirmModal
        isOpen={asks === 'lock'}
        title={t('payouts.lockTitle', 'Lock {{name}}?', { ...PLAIN, name })}
        body={t(
          'payouts.lockBody',
          'Every call is stored as it is paid. From then on nothing changes it: no late data, no new rate, no rename. It cannot be unlocked.',
        )}
        confirmText={t('payouts.lock', 'Lock')}
        confirmVariant="primary"
        onDismiss={() => setAsks(null)}
        onConfirm={() => void change(() => api.post(`payouts/periods/${id}/lock`), onLocked)}
      />
      <ConfirmModal
        isOpen={asks === 'remove'}
        title={t('payouts.removeTitle', 'Remove {{name}}?', { ...PLAIN, name })}
        body={t(
          'payouts.removeBody',
          'The period goes; its calls and the rates stay. A period with adjustments is not removed.',
        )}
        confirmText={t('payouts.remove', 'Remove')}
        onDismiss={() => setAsks(null)}
        onConfirm={() =>
          void change(
            () => api.delete(`payouts/periods/${id}`),
            () => locationService.push(pageUrl('payouts')),
          )
        }
      />
    </>
  );
}
