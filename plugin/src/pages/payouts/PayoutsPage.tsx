import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function PayoutsPage() {
  return (
    <AppPage title={t('payouts.title', 'Payouts')}>
      <NothingHere message={t('payouts.notYet', 'Not there yet')} />
    </AppPage>
  );
}
