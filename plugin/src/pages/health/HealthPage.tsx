import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function HealthPage() {
  return (
    <AppPage title={t('health.title', 'Health')}>
      <NothingHere message={t('health.notYet', 'Not there yet')} />
    </AppPage>
  );
}
