/** Makes files of a report. In: the report and what it is asked for. Out: a button; the rest opens beside the page. */
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import React, { useState } from 'react';
import type { Query } from '../../../api/client';
import { useUser } from '../../../app/UserContext';
import type { ReportInfo } from '../catalog';
import { ExportDrawer } from './ExportDrawer';

interface Props {
  report: Pick<ReportInfo, 'name' | 'title'>;
  query: Query;
}

export function ExportButton({ report, query }: Props) {
  const { may } = useUser();
  const [isOpen, setOpen] = useState(false);
  return may('exports:create') ? (
    <>
      <Button variant="secondary" icon="download-alt" onClick={() => setOpen(true)}>
        {t('reports.export.button', 'Export')}
      </Button>
      {isOpen && <ExportDrawer wanted={{ report, query }} onClose={() => setOpen(false)} />}
    </>
  ) : null;
}
