/**
 * Compares the facts with what the PBX itself recorded, and lists every difference.
 *
 * What must hold: it runs when asked, for it reads a whole log; leaving the page stops it.
 */
import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field, TextLink, TimeRangeInput, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { ErrorState, LoadingState } from '../../components/states';
import { pageUrl } from '../../constants';
import { formatNumber, formatTime, UNKNOWN } from '../../format/format';
import { DataTable } from '../../components/DataTable';
import { PLAIN } from '../../i18n/plain';
import type { Diagnosis, Health } from './types';

export function Doctor() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const pbxs = useResource<Health>('health').data?.pbxs.map(({ pbx }) => pbx) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [range, setRange] = useState<TimeRange>(yesterday);
  const [asked, setAsked] = useState<Record<string, string> | null>(null);
  const pbx = chosen ?? pbxs[0] ?? null;
  const { data, error, isLoading, reload } = useResource<Diagnosis>(asked && 'doctor', asked ?? {});

  return (
    <div className={styles.part}>
      <p className={styles.about}>
        {t(
          'health.doctorAbout',
          'Compares every visit of the time with the PBX’s own record (queue_log, or call records). A difference means that one of the two is wrong.',
        )}
      </p>
      <div className={styles.form}>
        <Field label={t('health.pbx', 'PBX')} noMargin>
          <Combobox
            id="doctor-pbx"
            width={24}
            value={pbx}
            options={pbxs.map((value) => ({ value }))}
            onChange={({ value }) => setChosen(value)}
          />
        </Field>
        <Field label={t('health.range', 'Time')} noMargin>
          <TimeRangeInput value={range} onChange={setRange} timeZone={zone} showIcon />
        </Field>
        <Button
          icon="search"
          disabled={pbx === null || isLoading}
          onClick={() => {
            setAsked({ pbx: pbx!, from: range.from.toISOString(), to: range.to.toISOString() });
            reload();
          }}
        >
          {t('health.compare', 'Compare')}
        </Button>
      </div>
      {isLoading ? (
        <LoadingState />
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : (
        data && <Result found={data} />
      )}
    </div>
  );
}

function Result({ found }: { found: Diagnosis }) {
  const zone = useUser().me.defaultZone;
  const compared = t(
    'health.compared',
    'Visits in the PBX’s record: {{log}}; in the facts: {{facts}}; by {{source}}',
    {
      ...PLAIN,
      log: formatNumber(found.logVisits),
      facts: formatNumber(found.factVisits),
      source: found.source,
    },
  );
  if (found.differences === 0) {
    return (
      <Alert severity="success" title={t('health.noDifference', 'No difference')}>
        {compared}
      </Alert>
    );
  }
  const shown = (value: string | number | boolean | null) => (value === null ? UNKNOWN : String(value));
  return (
    <>
      <Alert
        severity="warning"
        title={t('health.differences', 'Differences: {{differences}}', {
          ...PLAIN,
          differences: formatNumber(found.differences),
        })}
      >
        {compared}
      </Alert>
      <DataTable
        label={t('health.differencesList', 'Differences')}
        headers={[
          t('health.entered', 'Entered'),
          t('health.queue', 'Queue'),
          t('health.call', 'Call'),
          t('health.field', 'What differs'),
          t('health.inFacts', 'Queuescope'),
          t('health.inLog', 'PBX'),
        ]}
        rows={found.rows.map(({ enteredAt, queue, callId, field, facts, log }) => ({
          key: `${callId} ${queue} ${enteredAt} ${field}`,
          cells: [formatTime(enteredAt, zone), queue, callId, field, shown(facts), shown(log)],
        }))}
      />
      {found.truncated && (
        <p>
          {t('health.truncated', 'Only the first are shown; choose a shorter time to see the others.')}{' '}
          <TextLink href={pageUrl('health')}>{t('health.overview', 'Overview')}</TextLink>
        </p>
      )}
    </>
  );
}

function yesterday(): TimeRange {
  const raw = { from: 'now-1d/d', to: 'now-1d/d' };
  return { from: dateTime().subtract(1, 'day').startOf('day'), to: dateTime().startOf('day'), raw };
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  about: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: 800 }),
  form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) }),
});
