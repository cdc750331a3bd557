/**
 * What a comparison with the PBX's own record found.
 *
 * What must hold: a record that begins later than the time, or does not reach it at all, never looks like agreement; errors of
 * the PBX's own record are told apart from differences.
 */
import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import React from 'react';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { formatNumber, formatTime, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { sourceText } from '../../i18n/reasons';
import { fieldText, pbxErrorText, valueText } from './doctor-words';
import type { Diagnosis } from './types';

interface Props {
  found: Diagnosis;
  /** What was asked for, UTC ms. */
  from: number;
  to: number;
}

export function DoctorResult({ found, from, to }: Props) {
  const zone = useUser().me.defaultZone;
  const begins = formatTime(found.comparedFrom, zone);
  if (found.comparedFrom >= to) {
    return (
      <Alert severity="info" title={t('health.notCompared', 'Nothing was compared')}>
        {t('health.beginsAfter', 'The PBX’s record begins at {{begins}}, after this time.', {
          ...PLAIN,
          begins,
        })}
      </Alert>
    );
  }
  return (
    <>
      <Alert
        severity={found.differences === 0 ? 'success' : 'warning'}
        title={
          found.differences === 0
            ? t('health.noDifference', 'No difference')
            : t('health.differences', 'Differences: {{differences}}', {
                ...PLAIN,
                differences: formatNumber(found.differences),
              })
        }
      >
        {t('health.compared', 'Visits in the PBX’s record ({{source}}): {{log}}; in Queuescope: {{facts}}.', {
          ...PLAIN,
          log: formatNumber(found.logVisits),
          facts: formatNumber(found.factVisits),
          source: sourceText(found.source === 'call records' ? 'record' : found.source),
        })}
        {found.comparedFrom > from && (
          <div>
            {t('health.comparedFrom', 'Compared from {{begins}} on, where that record begins.', {
              ...PLAIN,
              begins,
            })}
          </div>
        )}
      </Alert>
      {found.rows.length > 0 && <Differences rows={found.rows} />}
      {found.pbxErrors.length > 0 && <PbxErrors rows={found.pbxErrors} />}
      {found.unreadable.length > 0 && <Unreadable rows={found.unreadable} />}
      {found.truncated && (
        <p>{t('health.truncated', 'Only the first are shown; choose a shorter time to see the others.')}</p>
      )}
    </>
  );
}

function Differences({ rows }: { rows: Diagnosis['rows'] }) {
  const zone = useUser().me.defaultZone;
  return (
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
      rows={rows.map(({ enteredAt, queue, callId, field, facts, log }) => ({
        key: `${callId} ${queue} ${enteredAt} ${field}`,
        cells: [
          formatTime(enteredAt, zone),
          queue,
          callId,
          fieldText(field),
          valueText(field, facts) ?? UNKNOWN,
          valueText(field, log) ?? UNKNOWN,
        ],
      }))}
    />
  );
}

function PbxErrors({ rows }: { rows: Diagnosis['pbxErrors'] }) {
  const zone = useUser().me.defaultZone;
  return (
    <section>
      <h3>{t('health.pbxErrors', 'Errors of the PBX’s own record')}</h3>
      <DataTable
        label={t('health.pbxErrors', 'Errors of the PBX’s own record')}
        headers={[
          t('health.entered', 'Entered'),
          t('health.queue', 'Queue'),
          t('health.call', 'Call'),
          t('health.pbxError', 'Error'),
        ]}
        rows={rows.map((error, index) => ({
          key: String(index),
          cells: [formatTime(error.enteredAt, zone), error.queue, error.callId, pbxErrorText(error)],
        }))}
      />
    </section>
  );
}

function Unreadable({ rows }: { rows: string[] }) {
  return (
    <section>
      <h3>{t('health.unreadable', 'Lines that cannot be read')}</h3>
      <DataTable
        label={t('health.unreadable', 'Lines that cannot be read')}
        headers={[t('health.reason', 'Reason')]}
        rows={rows.map((reason, index) => ({ key: String(index), cells: [reason] }))}
      />
    </section>
  );
}
