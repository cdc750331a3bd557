import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function LivePage() {
  return (
    <AppPage title={t('live.title', 'Live')}>
      <NothingHere message={t('live.notYet', 'Not there yet')} />
    </AppPage>
  );
}
