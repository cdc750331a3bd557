/**
 * One report: what is asked for on top, its answer below.
 *
 * In: the report's definition; everything else stands in the address. Out: the page. What must hold: a wrong range or a
 * filter for what is gone is said where it is, with a way on.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Stack, useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { AppPage } from '../../components/AppPage';
import { RangeControls } from '../../components/filters/RangeControls';
import { pageUrl } from '../../constants';
import { DEFAULT_RANGE, requestOf } from './report-url';
import type { ReportInfo } from './catalog';
import { isComparable } from './comparison';
import { ExportButton } from './exports/ExportButton';
import { PresetMenu } from './presets/PresetMenu';
import { useDefaultPreset } from './presets/useDefaultPreset';
import { ReportAnswer } from './ReportAnswer';
import { ReportFilters } from './ReportFilters';
import { ReportProblem } from './ReportProblem';
import { useReportState } from './useReportState';
import { useReportTable } from './useReportTable';

export function ReportPage({ report }: { report: ReportInfo }) {
  const styles = useStyles2(getStyles);
  const page = useReportState();
  const { state, zone, span, turn, change, refresh } = page;
  const isOpening = useDefaultPreset(report.name, state, change);
  const query = useMemo(
    () => (span === null || isOpening ? null : requestOf(state, report, span, zone)),
    [state, report, span, zone, isOpening],
  );
  const answer = useReportTable(report.name, query, report.paged, turn);
  const [columns, setColumns] = useState(answer.table?.columns ?? []);
  if (answer.table && answer.table.columns !== columns) {
    setColumns(answer.table.columns);
  }
  const errors = answer.error?.errors ?? [];
  const comparable = isComparable(report.name, state.filters);

  return (
    <AppPage
      title={report.title}
      subTitle={report.description}
      parent={{ text: t('reports.title', 'Reports'), url: pageUrl('reports') }}
      actions={
        <Stack direction="row" wrap="wrap" alignItems="center" gap={1}>
          <RangeControls
            range={state.range}
            span={span}
            zone={zone}
            isLoading={answer.isLoading}
            onChange={change}
            onRefresh={refresh}
          />
          <PresetMenu report={report} state={state} zone={zone} onChange={change} />
          {query && <ExportButton report={report} query={query} />}
        </Stack>
      }
    >
      <div className={styles.page}>
        <ReportFilters
          report={report}
          filters={state.filters}
          zone={zone}
          errors={errors}
          columns={columns}
          granularity={typeof query?.['granularity'] === 'string' ? query['granularity'] : null}
          compare={comparable ? state.compare : null}
          onChange={(filters) => change({ filters })}
          onCompare={(compare) => change({ compare })}
        />
        {span === null || answer.error ? (
          <ReportProblem
            error={span === null ? null : answer.error}
            filters={state.filters}
            onRetry={span === null ? undefined : refresh}
            onRange={(range) => change({ range })}
            onFilters={(filters) => change({ filters })}
            fallback={DEFAULT_RANGE}
          />
        ) : (
          <ReportAnswer
            report={report}
            page={page}
            span={span}
            query={query}
            answer={answer}
            compare={comparable && state.compare}
          />
        )}
      </div>
    </AppPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
