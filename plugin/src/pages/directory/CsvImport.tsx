/**
 * The whole directory as one file: taken away, changed in a spreadsheet, given back.
 *
 * What must hold: a file is only applied after its effect was shown; while any line is wrong nothing is changed.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, FileDropzone, LinkButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api, apiUrl } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { forgetMembers } from '../../components/filters/useMembers';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatTime, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { ImportPlan } from './types';
import { actionText } from './change-words';

const SHOWN = 200;

export function CsvImport() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const [csv, setCsv] = useState<string | null>(null);
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const running = useAction();
  const send = (text: string, dryRun: boolean) =>
    running.run(async () => {
      setPlan(await api.postCsv<ImportPlan>('directory/csv', text, { dryRun, tz: zone }));
      forgetMembers();
    });
  const read = async (files: File[]) => {
    const text = await files[0]?.text();
    if (text !== undefined) {
      setCsv(text);
      setPlan(null);
      await send(text, true);
    }
  };

  return (
    <div className={styles.part}>
      <p className={styles.about}>
        {t(
          'directory.csvAbout',
          'Names, teams and goals of all queues and agents. An empty cell says nothing, “-” ends what was said; “from” is a date, empty for always.',
        )}
      </p>
      <div>
        <LinkButton
          icon="download-alt"
          variant="secondary"
          href={apiUrl('directory/csv')}
          download="directory.csv"
          target="_self"
        >
          {t('directory.download', 'Download directory.csv')}
        </LinkButton>
      </div>
      <FileDropzone
        options={{
          accept: { 'text/csv': ['.csv'] },
          multiple: false,
          onDropAccepted: (files) => void read(files),
        }}
        onFileRemove={() => {
          setCsv(null);
          setPlan(null);
        }}
      />
      {running.error && <ErrorState error={running.error} />}
      {plan && <Effect plan={plan} zone={zone} />}
      {plan?.dryRun && plan.errors.length === 0 && plan.changes.length > 0 && csv !== null && (
        <div>
          <Button disabled={running.isRunning} onClick={() => void send(csv, false)}>
            {t('directory.apply', 'Apply {{changes}} changes', { ...PLAIN, changes: plan.changes.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Effect({ plan, zone }: { plan: ImportPlan; zone: string }) {
  if (plan.errors.length > 0) {
    return (
      <Alert
        severity="error"
        title={t('directory.csvWrong', 'Lines that are wrong: {{lines}}. Nothing was changed.', {
          ...PLAIN,
          lines: plan.errors.length,
        })}
      >
        <ul>
          {plan.errors.slice(0, SHOWN).map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (!plan.dryRun) {
    return (
      <Alert
        severity="success"
        title={t('directory.applied', 'Changes applied: {{changes}}', {
          ...PLAIN,
          changes: plan.changes.length,
        })}
      />
    );
  }
  if (plan.changes.length === 0) {
    return <Alert severity="info" title={t('directory.noChanges', 'This file changes nothing')} />;
  }
  return (
    <>
      <DataTable
        label={t('directory.changes', 'Changes')}
        headers={[
          t('directory.line', 'Line'),
          t('directory.subject', 'Subject'),
          t('directory.field', 'Change'),
          t('directory.since', 'Since'),
          t('directory.before', 'Before'),
          t('directory.after', 'After'),
        ]}
        rows={plan.changes.slice(0, SHOWN).map(({ line, subject, field, fromAt, oldValue, newValue }) => ({
          key: `${line} ${field}`,
          cells: [
            line,
            subject,
            actionText(field),
            fromAt === 0 ? t('directory.always', 'always') : formatTime(fromAt, zone),
            oldValue ?? UNKNOWN,
            newValue ?? UNKNOWN,
          ],
        }))}
      />
      {plan.changes.length > SHOWN && (
        <p>{t('directory.more', 'And {{more}} more', { ...PLAIN, more: plan.changes.length - SHOWN })}</p>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  about: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: 800 }),
});
