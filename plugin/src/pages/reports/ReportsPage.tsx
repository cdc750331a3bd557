import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function ReportsPage() {
  return (
    <AppPage title={t('reports.title', 'Reports')}>
      <NothingHere message={t('reports.notYet', 'Not there yet')} />
    </AppPage>
  );
}
