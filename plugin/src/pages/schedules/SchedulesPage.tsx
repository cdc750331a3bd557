import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function SchedulesPage() {
  return (
    <AppPage title={t('schedules.title', 'Schedules')}>
      <NothingHere message={t('schedules.notYet', 'Not there yet')} />
    </AppPage>
  );
}
