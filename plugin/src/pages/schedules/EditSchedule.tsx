/** A schedule being made or changed, beside what it would send and what it has sent. */
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Badge, Button, LinkButton, Modal, Stack, Tab, TabContent, TabsBar } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { timeText } from '../../components/report/time-text';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { pageUrl } from '../../constants';
import { activeLanguage } from '../../i18n/language';
import { PLAIN } from '../../i18n/plain';
import { draftOf, emptyDraft, missing, type Draft } from './draft';
import { History } from './History';
import { PreviewBox } from './PreviewBox';
import { ScheduleForm } from './ScheduleForm';
import type { Preview, Schedule } from './types';
import { cadenceText } from './words';

const parent = () => ({ text: t('schedules.title', 'Schedules'), url: pageUrl('schedules') });

export function NewSchedulePage({ savedReportId }: { savedReportId: number | null }) {
  const zone = useUser().me.defaultZone;
  return (
    <AppPage title={t('schedules.new', 'New schedule')} parent={parent()} needs="schedules:write">
      <Editor initial={emptyDraft(savedReportId, zone, activeLanguage())} />
    </AppPage>
  );
}

type Part = 'settings' | 'history';

export function EditSchedule({ id }: { id: string }) {
  const { data, error, reload } = useResource<Schedule>(`schedules/${encodeURIComponent(id)}`);
  const [address, setAddress] = useSearchParams();
  const part: Part = address.get('tab') === 'history' ? 'history' : 'settings';
  const show = (tab: Part) => setAddress(tab === 'settings' ? {} : { tab });
  const tabs: Array<[Part, string]> = [
    ['settings', t('schedules.settings', 'Settings')],
    ['history', t('schedules.history', 'History')],
  ];
  return (
    <AppPage
      title={data?.name ?? t('schedules.one', 'Schedule')}
      subTitle={data && <Status schedule={data} />}
      parent={parent()}
      needs="schedules:write"
      actions={data && <RunNow id={data.id} onRun={() => show('history')} />}
    >
      {error?.kind === 'notFound' ? (
        <NothingHere message={t('schedules.gone', 'There is no such schedule')} />
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : (
        <Stack direction="column" gap={2}>
          <TabsBar>
            {tabs.map(([name, label]) => (
              <Tab key={name} label={label} active={name === part} onChangeTab={() => show(name)} />
            ))}
          </TabsBar>
          <TabContent>
            {part === 'settings' ? (
              <Editor id={data.id} stored={data} initial={draftOf(data)} />
            ) : (
              <History id={data.id} />
            )}
          </TabContent>
        </Stack>
      )}
    </AppPage>
  );
}

/** When it runs next, or that it does not. */
function Status({ schedule: { paused, cron, tz, nextRunAt } }: { schedule: Schedule }) {
  const zone = useUser().me.defaultZone;
  const next =
    nextRunAt === null
      ? ''
      : t('schedules.nextAt', 'Next run: {{time}}', { ...PLAIN, time: timeText(nextRunAt, zone, 'minute') });
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      {paused && <Badge color="orange" icon="pause" text={t('schedules.paused', 'Paused')} />}
      <span>{[`${cadenceText(cron)} (${tz})`, paused ? '' : next].filter(Boolean).join(' · ')}</span>
    </Stack>
  );
}

function RunNow({ id, onRun }: { id: number; onRun: () => void }) {
  const running = useAction();
  return (
    <>
      <Button
        variant="secondary"
        icon="bolt"
        disabled={running.isRunning}
        onClick={() =>
          void running.run(() => api.post(`schedules/${id}/run`)).then((started) => started && onRun())
        }
      >
        {t('schedules.runNow', 'Run now')}
      </Button>
      {running.error && (
        <Modal isOpen title={t('schedules.notRun', 'It was not started')} onDismiss={running.clear}>
          <ErrorState error={running.error} isChange />
        </Modal>
      )}
    </>
  );
}

function Editor({ id, stored, initial }: { id?: number; stored?: Schedule; initial: Draft }) {
  const [draft, setDraft] = useState(initial);
  const [preview, setPreview] = useState<Preview | null>(null);
  const saving = useAction();
  const showing = useAction();
  const problem = missing(draft);
  const save = async () => {
    const saved = await saving.run(() =>
      id === undefined ? api.post('schedules', draft) : api.put(`schedules/${id}`, draft),
    );
    if (saved) {
      locationService.push(pageUrl('schedules'));
    }
  };
  const show = () => showing.run(async () => setPreview(await api.post<Preview>('schedules/preview', draft)));

  return (
    <Stack direction="column" gap={3}>
      <ScheduleForm draft={draft} onChange={setDraft} hasSecret={stored?.delivery.hasSecret ?? false} />
      {saving.error && <ErrorState error={saving.error} isChange />}
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <Button
          onClick={() => void save()}
          disabled={problem !== null || saving.isRunning}
          tooltip={problem ?? undefined}
        >
          {t('schedules.save', 'Save')}
        </Button>
        <Button
          variant="secondary"
          icon="eye"
          onClick={() => void show()}
          disabled={problem !== null || showing.isRunning}
        >
          {t('schedules.preview', 'Preview')}
        </Button>
        <LinkButton variant="secondary" fill="text" href={pageUrl('schedules')}>
          {t('schedules.cancel', 'Cancel')}
        </LinkButton>
        {problem !== null && <span>{problem}</span>}
      </Stack>
      {showing.error && <ErrorState error={showing.error} />}
      {preview && <PreviewBox preview={preview} />}
    </Stack>
  );
}
