import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function ConnectionsPage() {
  return (
    <AppPage title={t('connections.title', 'Connections')}>
      <NothingHere message={t('connections.notYet', 'Not there yet')} />
    </AppPage>
  );
}
