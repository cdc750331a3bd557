/** A schedule being made or changed, beside what it would send and what it has sent. */
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Button, LinkButton, Stack, Tab, TabContent, TabsBar } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { pageUrl } from '../../constants';
import { activeLanguage } from '../../i18n/language';
import { draftOf, emptyDraft, missing, type Draft } from './draft';
import { History } from './History';
import { PreviewBox } from './PreviewBox';
import { ScheduleForm } from './ScheduleForm';
import type { Preview, Schedule } from './types';

const parent = () => ({ text: t('schedules.title', 'Schedules'), url: pageUrl('schedules') });

export function NewSchedulePage({ savedReportId }: { savedReportId: number | null }) {
  const zone = useUser().me.defaultZone;
  return (
    <AppPage title={t('schedules.new', 'New schedule')} parent={parent()} needs="schedules:write">
      <Editor initial={emptyDraft(savedReportId, zone, activeLanguage())} />
    </AppPage>
  );
}

export function EditSchedule({ id }: { id: string }) {
  const { data, error, reload } = useResource<Schedule>(`schedules/${encodeURIComponent(id)}`);
  const [tab, setTab] = useState<'form' | 'history'>('form');
  return (
    <AppPage title={data?.name ?? t('schedules.one', 'Schedule')} parent={parent()} needs="schedules:write">
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : (
        <>
          <TabsBar>
            <Tab
              label={t('schedules.settings', 'Settings')}
              active={tab === 'form'}
              onChangeTab={() => setTab('form')}
            />
            <Tab
              label={t('schedules.history', 'History')}
              active={tab === 'history'}
              onChangeTab={() => setTab('history')}
            />
          </TabsBar>
          <TabContent>
            {tab === 'form' ? (
              <Editor id={data.id} stored={data} initial={draftOf(data)} />
            ) : (
              <History id={data.id} />
            )}
          </TabContent>
        </>
      )}
    </AppPage>
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
      {saving.error && <ErrorState error={saving.error} />}
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
