import { t } from '@grafana/i18n';
import React from 'react';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';

export default function HeatmapPage() {
  return (
    <AppPage title={t('heatmap.title', 'Heatmap')}>
      <NothingHere message={t('heatmap.notYet', 'Not there yet')} />
    </AppPage>
  );
}
