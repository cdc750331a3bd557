/** Goals, business hours and holidays: of all queues, and of single ones. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, Field, Tab, TabContent, TabsBar, useStyles2, type ComboboxOption } from '@grafana/ui';
import React, { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { api } from '../../api/client';
import { AppPage } from '../../components/AppPage';
import { NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { Holidays } from './Holidays';
import { TargetForm } from './TargetForm';

const PARTS = ['all', 'queue', 'holidays'] as const;
type Part = (typeof PARTS)[number];

export default function TargetsPage() {
  const navigate = useNavigate();
  const asked = useParams()['*'];
  const part = PARTS.find((name) => name === asked) ?? 'all';
  return (
    <AppPage
      title={t('targets.title', 'Targets and hours')}
      subTitle={t(
        'targets.about',
        'What the service level is measured against, and when queues are open. The threshold and formula stand in the collector’s configuration.',
      )}
    >
      <TabsBar>
        {PARTS.map((name) => (
          <Tab
            key={name}
            label={partText(name)}
            active={name === part}
            onChangeTab={() => navigate(pageUrl('targets', name))}
          />
        ))}
      </TabsBar>
      <TabContent>
        {part === 'all' && <TargetForm key="all" path="directory/defaults" isDefault />}
        {part === 'queue' && <OneQueue />}
        {part === 'holidays' && <Holidays />}
      </TabContent>
    </AppPage>
  );
}

const partText = (part: Part): string =>
  ({
    all: t('targets.all', 'All queues'),
    queue: t('targets.queue', 'One queue'),
    holidays: t('targets.holidays', 'Holidays'),
  })[part];

interface Queue {
  id: number;
  pbx: string;
  name: string;
  displayName: string | null;
}

function OneQueue() {
  const styles = useStyles2(getStyles);
  const [queue, setQueue] = useState<ComboboxOption<number> | null>(null);
  return (
    <div className={styles.part}>
      <Field label={t('targets.chooseQueue', 'Queue')} noMargin>
        <Combobox<number>
          id="target-queue"
          width={50}
          value={queue}
          options={searchQueues}
          onChange={setQueue}
          placeholder={t('targets.search', 'Search a queue')}
        />
      </Field>
      {queue === null ? (
        <NothingHere variant="not-found" message={t('targets.choose', 'Choose a queue')}>
          {t('targets.chooseHint', 'What a queue says of its own wins over what is said of all queues.')}
        </NothingHere>
      ) : (
        <TargetForm key={queue.value} path={`directory/queues/${queue.value}`} isDefault={false} />
      )}
    </div>
  );
}

async function searchQueues(text: string): Promise<Array<ComboboxOption<number>>> {
  const { rows } = await api.get<{ rows: Queue[] }>('directory/queues', { search: text, limit: 100 });
  return rows.map(({ id, pbx, name, displayName }) => ({
    value: id,
    label: displayName ?? name,
    description: pbx,
  }));
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
});
