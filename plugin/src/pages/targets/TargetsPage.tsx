import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function TargetsPage() {
  return (
    <AppPage title={t('targets.title', 'Targets')}>
      <NothingHere message={t('targets.notYet', 'Not there yet')} />
    </AppPage>
  );
}
