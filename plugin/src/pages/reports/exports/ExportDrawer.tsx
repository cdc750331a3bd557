/**
 * Exports: making one of the report on the page, and all that were made.
 *
 * In: the report (null: only the list). Out: a drawer. What must hold: an export has all rows of what the page asks for,
 * made in the background; the page can be left meanwhile.
 */
import { t } from '@grafana/i18n';
import { Drawer, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { PLAIN } from '../../../i18n/plain';
import type { Query } from '../../../api/client';
import { toApiError, type ApiError } from '../../../api/errors';
import { ErrorState, LoadingState, NothingHere } from '../../../components/states';
import { useCatalog, type ReportInfo } from '../catalog';
import { ExportForm } from './ExportForm';
import { ExportRow } from './ExportRow';
import { makeExport, removeExport, useExports, type ExportWish } from './useExports';

interface Props {
  wanted: { report: Pick<ReportInfo, 'name' | 'title'>; query: Query } | null;
  onClose: () => void;
}

export function ExportDrawer({ wanted, onClose }: Props) {
  const { data, error, reload } = useExports();
  const catalog = useCatalog();
  const titleOf = (name: string) =>
    catalog.data?.reports.find((report) => report.name === name)?.title ?? name;
  const [failed, setFailed] = useState<ApiError | null>(null);

  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      setFailed(null);
    } catch (thrown) {
      setFailed(toApiError(thrown));
    }
    reload();
  };
  const make = (wish: ExportWish) =>
    wanted ? run(() => makeExport(wanted.report.name, wanted.query, wish)) : Promise.resolve();

  return (
    <Drawer
      title={
        wanted
          ? t('reports.export.title', 'Export “{{report}}”', { ...PLAIN, report: wanted.report.title })
          : t('reports.export.all', 'Exports')
      }
      subtitle={t(
        'reports.export.subtitle',
        'Files are made in the background, with all rows; you can leave this page.',
      )}
      size="sm"
      onClose={onClose}
    >
      <Stack direction="column" gap={3}>
        {wanted && <ExportForm onMake={make} />}
        {failed && <ErrorState error={failed} />}
        <section aria-label={t('reports.export.mine', 'Your exports')}>
          <h3>{t('reports.export.mine', 'Your exports')}</h3>
          {error && <ErrorState error={error} onRetry={reload} />}
          {data === null && !error && <LoadingState />}
          {data?.length === 0 && (
            <NothingHere variant="completed" message={t('reports.export.none', 'Nothing was exported yet')} />
          )}
          <Stack direction="column" gap={1}>
            {data?.map((job) => (
              <ExportRow
                key={job.id}
                job={job}
                title={titleOf(job.report)}
                onRemove={() => run(() => removeExport(job.id))}
              />
            ))}
          </Stack>
        </section>
      </Stack>
    </Drawer>
  );
}
