/** Reports: the list of them, and each one by its name. */
import React from 'react';
import { PLAIN } from '../../i18n/plain';
import { Route, Routes, useParams } from 'react-router-dom';
import { t } from '@grafana/i18n';
import { LinkButton } from '@grafana/ui';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { useCatalog, type Catalog } from './catalog';
import { ReportIndex } from './ReportIndex';
import { ReportPage } from './ReportPage';

export default function ReportsPage() {
  const { data, error, reload } = useCatalog();
  if (data === null) {
    return (
      <AppPage title={t('reports.title', 'Reports')}>
        {error ? <ErrorState error={error} onRetry={reload} /> : <LoadingState />}
      </AppPage>
    );
  }
  return (
    <Routes>
      <Route index element={<ReportIndex catalog={data} />} />
      <Route path=":name" element={<NamedReport catalog={data} />} />
    </Routes>
  );
}

function NamedReport({ catalog }: { catalog: Catalog }) {
  const { name } = useParams();
  const report = catalog.reports.find((one) => one.name === name);
  return report ? (
    <ReportPage key={report.name} report={report} />
  ) : (
    <AppPage title={t('reports.title', 'Reports')}>
      <NothingHere
        message={t('reports.unknown', 'There is no report “{{name}}” for you', { ...PLAIN, name })}
        button={<LinkButton href={pageUrl('reports')}>{t('reports.toAll', 'All reports')}</LinkButton>}
      >
        {t('reports.unknownWhy', 'It may have another name, or need another role.')}
      </NothingHere>
    </AppPage>
  );
}
