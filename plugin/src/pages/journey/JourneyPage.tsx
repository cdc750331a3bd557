import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function JourneyPage() {
  return (
    <AppPage title={t('journey.title', 'Journey')}>
      <NothingHere message={t('journey.notYet', 'Not there yet')} />
    </AppPage>
  );
}
