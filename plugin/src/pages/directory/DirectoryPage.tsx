import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function DirectoryPage() {
  return (
    <AppPage title={t('directory.title', 'Directory')}>
      <NothingHere message={t('directory.notYet', 'Not there yet')} />
    </AppPage>
  );
}
