/** The schedules there are, how they do, and what can be done with them at once. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, ConfirmModal, IconButton, LinkButton, TextLink, Tooltip, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { DataTable } from '../../components/DataTable';
import { timeText } from '../../components/report/time-text';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { pageUrl } from '../../constants';
import { UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { RunBadge } from './RunBadge';
import type { SavedReport, Schedule } from './types';
import { cadenceText, deliveryKindText, deliveryText } from './words';

const REFRESH = { refreshMs: 5000 };

export function ScheduleList() {
  const mayMake = useUser().may('schedules:write');
  const { data, error, reload } = useResource<{ rows: Schedule[] }>(
    mayMake ? 'schedules' : null,
    {},
    REFRESH,
  );
  const saved = useResource<{ rows: SavedReport[] }>('saved-reports').data?.rows ?? [];
  const create = (
    <LinkButton icon="plus" href={pageUrl('schedules', 'new')}>
      {t('schedules.new', 'New schedule')}
    </LinkButton>
  );
  return (
    <AppPage
      title={t('schedules.title', 'Schedules')}
      subTitle={t('schedules.about', 'Reports that are made and sent by themselves.')}
      needs="schedules:write"
      actions={create}
    >
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere
          variant="call-to-action"
          message={t('schedules.none', 'No schedules yet')}
          button={create}
        >
          {t(
            'schedules.noneHint',
            'Save a report with its filters, then say when it is made, in which formats, and who gets it.',
          )}
        </NothingHere>
      ) : (
        <List schedules={data.rows} saved={saved} reload={reload} />
      )}
    </AppPage>
  );
}

interface ListProps {
  schedules: Schedule[];
  saved: SavedReport[];
  reload: () => void;
}

function List({ schedules, saved, reload }: ListProps) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const acting = useAction();
  const [toRemove, setToRemove] = useState<Schedule | null>(null);
  const act = async (change: () => Promise<unknown>) => {
    await acting.run(change);
    reload();
  };
  const nameOf = (id: number) => saved.find((report) => report.id === id)?.name ?? UNKNOWN;

  return (
    <>
      {acting.error && <ErrorState error={acting.error} isChange />}
      <DataTable
        label={t('schedules.title', 'Schedules')}
        headers={[
          t('schedules.name', 'Name'),
          t('schedules.report', 'Report'),
          t('schedules.when', 'When'),
          t('schedules.next', 'Next run'),
          t('schedules.to', 'To'),
          t('schedules.last', 'Last run'),
          '',
        ]}
        rows={schedules.map((schedule) => ({
          key: String(schedule.id),
          cells: [
            <TextLink key="name" href={pageUrl('schedules', String(schedule.id))} inline={false}>
              {schedule.name}
            </TextLink>,
            nameOf(schedule.savedReportId),
            <span key="when">
              {cadenceText(schedule.cron)}
              <span className={styles.detail}>{schedule.tz}</span>
            </span>,
            schedule.paused ? (
              <Badge key="paused" color="orange" icon="pause" text={t('schedules.paused', 'Paused')} />
            ) : (
              <span key="next">
                {schedule.nextRunAt === null ? UNKNOWN : timeText(schedule.nextRunAt, zone, 'minute')}{' '}
                {schedule.late && (
                  <Tooltip content={t('schedules.lateWhy', 'Due for more than 5 minutes and not delivered')}>
                    <span>
                      <Badge color="red" icon="clock-nine" text={t('schedules.late', 'Late')} />
                    </span>
                  </Tooltip>
                )}
              </span>
            ),
            <span key="to">
              {`${deliveryKindText(schedule.delivery.kind)} · ${schedule.formats.join(', ').toUpperCase()}`}
              <span className={styles.detail}>{deliveryText(schedule.delivery)}</span>
            </span>,
            schedule.lastRun ? <RunBadge key="last" run={schedule.lastRun} zone={zone} /> : UNKNOWN,
            <span key="actions" className={styles.actions}>
              <IconButton
                name="bolt"
                tooltip={t('schedules.runNow', 'Run now')}
                disabled={acting.isRunning}
                onClick={() => void act(() => api.post(`schedules/${schedule.id}/run`))}
              />
              <IconButton
                name={schedule.paused ? 'play' : 'pause'}
                tooltip={schedule.paused ? t('schedules.resume', 'Resume') : t('schedules.pause', 'Pause')}
                disabled={acting.isRunning}
                onClick={() =>
                  void act(() => api.post(`schedules/${schedule.id}/${schedule.paused ? 'resume' : 'pause'}`))
                }
              />
              <IconButton
                name="trash-alt"
                tooltip={t('schedules.remove', 'Remove')}
                onClick={() => setToRemove(schedule)}
              />
            </span>,
          ],
        }))}
      />
      <ConfirmModal
        isOpen={toRemove !== null}
        title={t('schedules.removeTitle', 'Remove this schedule?')}
        body={t('schedules.removeBody', '“{{name}}” and its history are removed. The saved report stays.', {
          ...PLAIN,
          name: toRemove?.name,
        })}
        confirmText={t('schedules.remove', 'Remove')}
        onDismiss={() => setToRemove(null)}
        onConfirm={() => {
          void act(() => api.delete(`schedules/${toRemove!.id}`));
          setToRemove(null);
        }}
      />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  detail: css({
    display: 'block',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  actions: css({ display: 'inline-flex', gap: theme.spacing(1) }),
});
